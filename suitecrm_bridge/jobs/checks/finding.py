"""The result of one check."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from suitecrm_bridge.i18n import text

Status = Literal["PASS", "WARN", "FAIL"]


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    status: Status
    check: str
    text: str
    remedy: str | None = None
    exit_code: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


def title(name: str) -> str:
    """Return the name of a check for people."""
    return text(f"doctor.check_{name}")


def passed(name: str, key: str, **params: object) -> Finding:
    """Return that all is well."""
    return Finding("PASS", title(name), text(f"doctor.{key}", **params))


def warned(name: str, key: str, **params: object) -> Finding:
    """Return what works, but not as well as it should, with the remedy."""
    remedy = text(f"doctor.{key}_remedy", **params)
    return Finding("WARN", title(name), text(f"doctor.{key}", **params), remedy)


def failed(name: str, words: str, exit_code: int) -> Finding:
    """Return what does not work; the words hold the remedy."""
    return Finding("FAIL", title(name), words, exit_code=exit_code)
