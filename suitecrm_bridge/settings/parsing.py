"""From the text of a setting to its value, or an error that says what is expected."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from suitecrm_bridge.i18n import text

MINUTES_A_DAY = 1440
_PAGE = re.compile(r"((/public)?(/legacy)?/Api)?(/[\w.-]+\.php(/.*)?|/V8(/.*)?|/access_token)?/*$")
"""What follows SuiteCRM's own address in that of one of its pages, or of its API."""
LONGEST_SIGN, _NO_SIGN = 5, frozenset("<>&\"'=+-@,.;:")
"""Of the sign of a currency: its characters, and what it cannot be made of."""
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")


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


def currency(value: str) -> str:
    """Return the sign or code of a currency; nothing stays nothing."""
    sign = value.strip()
    if len(sign) > LONGEST_SIGN or any(one.isdigit() or one in _NO_SIGN for one in sign):
        raise ValueError(text("settings.currency"))
    if _CONTROLS.search(sign):
        raise ValueError(text("settings.currency"))
    return sign


def address(value: str) -> str:
    """Return an http address as links begin with it; nothing stays nothing.

    What a browser shows may be given: the page, its parameters and the slash go, and https:// is
    added where nothing is said, http:// for this machine itself.
    """
    words = value.strip()
    if not words:
        return ""
    if "://" not in words:
        words = f"{'http' if is_loopback(words) else 'https'}://{words}"
    parts = urlsplit(words)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(text("settings.not_a_url"))
    if parts.username or parts.password:
        raise ValueError(text("settings.url_with_password"))
    if any(not c.isprintable() or c.isspace() for c in words):
        raise ValueError(text("settings.not_a_url"))
    return f"{parts.scheme}://{parts.netloc}{_PAGE.sub('', parts.path)}".rstrip("/")


def is_loopback(url: str) -> bool:
    """Return whether an address, with or without http://, leads to this machine itself."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_in_clear(url: str) -> bool:
    """Return whether what is sent to an address can be read on its way."""
    return url.strip().lower().startswith("http://") and not is_loopback(url.strip())


def path(value: str) -> Path:
    """Return a path, in which ~ is the user's home."""
    try:
        return Path(value.strip()).expanduser()
    except RuntimeError:
        raise ValueError(text("settings.no_such_user")) from None


def home(value: str) -> Path:
    """Return the path of a folder in which the mirror's database can lie."""
    found = path(value)
    # Before a question mark DuckDB puts the name of its log, so that it lands elsewhere.
    if "?" in str(found.absolute()) or "\t" in str(found):
        raise ValueError(text("settings.home_unusable"))
    return found


def is_one_line(value: str) -> bool:
    """Return whether a value has neither line ends nor other control characters but tabs."""
    return _CONTROLS.search(value) is None


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


def whole(low: int, high: int, *, optional: bool = False) -> Callable[[str], int | None]:
    """Return a parser of whole numbers from `low` to `high`; where `optional`, None for nothing."""

    def parse(value: str) -> int | None:
        if optional and not value.strip():
            return None
        if not re.fullmatch(r"\s*\d{1,9}\s*", value, re.ASCII) or not low <= int(value) <= high:
            raise ValueError(text("settings.not_in_range", low=low, high=high))
        return int(value)

    return parse


def cents(value: str) -> int:
    """Return hundredths from an amount such as 25 or 25.00."""
    found = re.fullmatch(r"\s*(\d{1,9})(?:\.(\d{1,2}))?\s*", value, re.ASCII)
    if not found:
        raise ValueError(text("settings.not_an_amount"))
    return 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))


def one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Return a parser of the words in `allowed`."""

    def parse(value: str) -> str:
        if value.strip().lower() not in allowed:
            raise ValueError(text("settings.not_a_choice", choices=", ".join(allowed)))
        return value.strip().lower()

    return parse


def ranking(value: str) -> str:
    """Return fifths, thresholds, frozen, or frozen:2026-01-31."""
    known = value.strip().lower()
    try:
        if known not in ("fifths", "thresholds", "frozen"):
            kind, _, day = known.partition(":")
            known = f"{one_of(('frozen',))(kind)}:{date.fromisoformat(day)}"
    except ValueError:
        raise ValueError(text("settings.not_a_ranking")) from None
    return known


@dataclass(frozen=True)
class Schedule:
    """When syncs run: at times of the day, in local time, or every N minutes."""

    times: tuple[time, ...] = ()
    every: int | None = None

    def __str__(self) -> str:
        if self.every:
            return f"every {self.every}"
        return ", ".join(f"{at:%H:%M}" for at in self.times)


def schedule(value: str) -> Schedule:
    """Return the schedule that "02:15, 13:00" or "every 60" stands for."""
    interval = re.fullmatch(r"\s*every\s+(\d{1,4})\s*", value, re.ASCII | re.IGNORECASE)
    if interval and 1 <= int(interval[1]) <= MINUTES_A_DAY:
        return Schedule(every=int(interval[1]))
    found = [re.fullmatch(r"\s*(\d{1,2}):(\d\d)\s*", one, re.ASCII) for one in value.split(",")]
    try:
        times = {time(int(one[1]), int(one[2])) for one in found if one}
    except ValueError:
        times = set()
    if not times or None in found:
        raise ValueError(text("settings.not_a_schedule", longest=MINUTES_A_DAY))
    return Schedule(times=tuple(sorted(times)))


def telling_parts(secret: Secret) -> set[str]:
    """Return what of a secret must not be shown: itself, and of an address password and path.

    An error of a network library quotes parts of an address, and a password as it was sent.
    """
    value = secret.reveal()
    if "://" not in value:
        return {value} - {""}
    rest = value.split("://", 1)[1]
    login, _, place = rest.rpartition("@")
    password = login.partition(":")[2]
    return {value, password, unquote(password), place.partition("/")[2]} - {""}


def without_login(value: str) -> str:
    """Return a value that may be shown: user and password of an address are masked."""
    return re.sub(r"//[^/]*@", "//********@", value)
