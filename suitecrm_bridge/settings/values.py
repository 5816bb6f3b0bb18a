"""From the text of a setting to its value, or an error that says what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from suitecrm_bridge.i18n import text


class Secret:
    """A value that shows itself only when asked by `reveal()`."""

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value in clear."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "********" if self._value else ""

    __str__ = __repr__


def stripped(value: str) -> str:
    """Return the text without spaces around it."""
    return value.strip()


def address(value: str) -> str:
    """Return an http address without a trailing slash; nothing stays nothing."""
    if not value.strip():
        return ""
    parts = urlsplit(value.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(text("settings.not_a_url"))
    if parts.username or parts.password:
        raise ValueError(text("settings.url_with_password"))
    return value.strip().rstrip("/")


def path(value: str) -> Path:
    """Return a path, in which ~ is the user's home."""
    return Path(value.strip()).expanduser()


def optional_path(value: str) -> Path | None:
    """Return a path, None for nothing."""
    return path(value) if value.strip() else None


def yes_no(value: str) -> bool:
    """Return the truth that a word stands for."""
    words = {"true": True, "yes": True, "1": True, "on": True}
    words |= {"false": False, "no": False, "0": False, "off": False}
    if value.strip().lower() not in words:
        raise ValueError(text("settings.not_yes_no"))
    return words[value.strip().lower()]


def tls(value: str) -> bool | str:
    """Return yes, no, or the path of a bundle of certificates."""
    try:
        return yes_no(value)
    except ValueError:
        bundle = path(value)
        if not bundle.exists():
            raise ValueError(text("settings.no_such_bundle", path=bundle)) from None
        return str(bundle)


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `low` to `high`."""

    def parse(value: str) -> int:
        if not re.fullmatch(r"\s*\d{1,9}\s*", value, re.ASCII) or not low <= int(value) <= high:
            raise ValueError(text("settings.not_in_range", low=low, high=high))
        return int(value)

    return parse


def one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Return a parser of the words in `allowed`."""

    def parse(value: str) -> str:
        if value.strip().lower() not in allowed:
            raise ValueError(text("settings.not_a_choice", choices=", ".join(allowed)))
        return value.strip().lower()

    return parse


def without_login(value: str) -> str:
    """Return a value that may be shown: user and password of an address are masked."""
    return re.sub(r"//[^/]*@", "//********@", value)
