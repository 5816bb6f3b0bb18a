"""Values sent to the route `scores` → values as the database holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_LIST, Field, catalogue, routes
from suitecrm_bridge.sandbox.bridge.options import moment
from suitecrm_bridge.sandbox.bridge.refusals import refusal

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
LAST_CHARACTER = 0xFFFF
NOISE = 1e-12
"""Share of a number that may be lost in floating point."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def checked(field: Field, value: Any, where: str, segments: Collection[str] | None = None) -> Any:
    """Return a value as it is stored.

    Args:
        field: where it is stored.
        value: what was sent.
        where: its place in the request.
        segments: the keys of segments that the package knows; default, those of the catalogue.

    Raises:
        Declined: the catalogue does not allow it.
    """
    if value is None:
        return None
    if field.type == "enum":
        own = segments is not None and field.dropdown == SEGMENT_LIST
        keys = segments if own else catalogue().dropdowns[field.dropdown or ""]
        return _key(field, value, where, keys or ())
    return _CHECKS[field.type](field, value, where)


def _key(field: Field, value: Any, where: str, keys: Collection[str]) -> str:
    if not isinstance(value, str) or value not in keys:
        raise refusal("bad_key", where, field=field.name, keys=", ".join(keys))
    return value


def _text(field: Field, value: Any, where: str) -> str:
    most = field.length or routes().sizes["text"]
    if not isinstance(value, str) or (len(value) if field.length else len(value.encode())) > most:
        raise refusal("bad_text", where, field=field.name, length=most)
    if any(ord(character) > LAST_CHARACTER for character in value):
        raise refusal("bad_character", where, field=field.name)
    return value


def _int(field: Field, value: Any, where: str) -> int:
    low = INT_MIN if field.min is None else field.min
    high = INT_MAX if field.max is None else field.max
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise refusal("bad_integer", where, field=field.name, min=low, max=high)
    return value


def _decimal(field: Field, value: Any, where: str) -> float:
    digits, scale = field.digits or 0, field.scale or 0
    most = "9" * (digits - scale) + "." + "9" * scale
    low, high = (known if known is not None else most for known in (field.min, field.max))
    low = f"-{most}" if field.min is None else low
    if (
        not _is_number(value)
        or abs(value) >= 10 ** (digits - scale)
        or not _fits(value, scale)
        or not float(low) <= value <= float(high)
    ):
        raise refusal("bad_decimal", where, field=field.name, scale=scale, min=low, max=high)
    return round(float(value), scale)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(value: float, scale: int) -> bool:
    """Whether a number has no more decimals, what floating point adds left aside."""
    return abs(round(value, scale) - value) <= NOISE * max(1, abs(value))


def _date(field: Field, value: Any, where: str) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value) or not _exists(value):
        raise refusal("bad_date", where, field=field.name)
    return value


def _datetime(field: Field, value: Any, where: str) -> str:
    return moment(value, where)


def _bool(field: Field, value: Any, where: str) -> int:
    if not isinstance(value, bool):
        raise refusal("bad_boolean", where, field=field.name)
    return int(value)


def _exists(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: dict[str, Callable[[Field, Any, str], Any]] = {
    "varchar": _text,
    "text": _text,
    "int": _int,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "bool": _bool,
}
