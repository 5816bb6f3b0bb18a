"""Addresses of the web to which something is sent."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(address: str) -> str | None:
    """Return the host of an address, None where it is none of the web."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return host if host and parts.scheme in ("http", "https") else None
