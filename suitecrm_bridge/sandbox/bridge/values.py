"""Values sent to the route `scores` → values as the database holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.sandbox.bridge.options import moment
from suitecrm_bridge.sandbox.bridge.refusals import invalid_value

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
TEXT_BYTES = 65_535
LAST_CHARACTER = 0xFFFF
NOISE = 1e-12
"""Share of a number that may be lost in floating point."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def checked(field: Field, value: Any, where: str) -> Any:
    """Return a value as it is stored.

    Raises:
        Declined: the catalogue does not allow it.
    """
    return None if value is None else _CHECKS[field.type](field, value, where)


def _enum(field: Field, value: Any, where: str) -> str:
    keys = catalogue().dropdowns[field.dropdown or ""]
    if not isinstance(value, str) or value not in keys:
        raise invalid_value(f"{field.name} must be one of {', '.join(keys)}", where)
    return value


def _text(field: Field, value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise invalid_value(f"{field.name} must be a text", where)
    if field.length is not None and len(value) > field.length:
        raise invalid_value(f"{field.name} has at most {field.length} characters", where)
    if len(value.encode()) > TEXT_BYTES:
        raise invalid_value(f"{field.name} has at most {TEXT_BYTES} bytes", where)
    if any(ord(character) > LAST_CHARACTER for character in value):
        raise invalid_value(f"{field.name} must not hold emoji or other such characters", where)
    return value


def _int(field: Field, value: Any, where: str) -> int:
    low = INT_MIN if field.min is None else field.min
    high = INT_MAX if field.max is None else field.max
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        message = f"{field.name} must be a whole number from {low} to {high}"
        raise invalid_value(message, where)
    return value


def _decimal(field: Field, value: Any, where: str) -> float:
    digits, scale = field.digits or 0, field.scale or 0
    bound = 10 ** (digits - scale)
    low = -bound if field.min is None else field.min
    high = bound if field.max is None else field.max
    if not _is_number(value) or abs(value) >= bound or not _fits(value, scale):
        message = f"{field.name} must be a number of at most {digits} digits, {scale} of them"
        raise invalid_value(f"{message} after the point", where)
    if not low <= value <= high:
        raise invalid_value(f"{field.name} must be a number from {low} to {high}", where)
    return round(float(value), scale)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(value: float, scale: int) -> bool:
    """Whether a number has no more decimals, what floating point adds left aside."""
    return abs(round(value, scale) - value) <= NOISE * max(1, abs(value))


def _date(field: Field, value: Any, where: str) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value) or not _exists(value):
        raise invalid_value(f"{field.name} must be a date, YYYY-MM-DD", where)
    return value


def _datetime(field: Field, value: Any, where: str) -> str:
    return moment(value, where)


def _bool(field: Field, value: Any, where: str) -> int:
    if not isinstance(value, bool):
        raise invalid_value(f"{field.name} must be true or false", where)
    return int(value)


def _exists(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: dict[str, Callable[[Field, Any, str], Any]] = {
    "enum": _enum,
    "varchar": _text,
    "text": _text,
    "int": _int,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "bool": _bool,
}
