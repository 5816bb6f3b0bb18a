"""How a column writes its numbers: whether "12.346" is twelve and a bit, or twelve thousand.

SuiteCRM's API answers what the database holds: a currency with its 6 digits behind the point, any
decimal column with as many digits in each of its values. A value such as "12.346" in another form
than its neighbours was formatted by somebody's code, with a point between thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_LIKE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:\.(\d+))?", re.ASCII)
_SCALE = re.compile(r"\d+\s*,\s*(\d+)", re.ASCII)
AMBIGUOUS = 3
"""Digits behind a point that may be a decimal point, or may stand between thousands."""


def like_thousands(raw: Any) -> bool:
    """Return whether a value may be a whole number with a point between its thousands."""
    return isinstance(raw, str) and _LIKE_THOUSANDS.fullmatch(raw) is not None


def is_decimal_point(
    kind: str, values: Iterable[Any], definition: Mapping[str, Any] | None
) -> bool:
    """Return whether the point in values such as "12.346" is a decimal point.

    For an amount it is where every value of the column has three digits behind it, and one of them
    cannot be thousands ("0.500"), or the field's definition says that there are three. For another
    number it is already where some value has fewer or more digits behind a point. A column with a
    value that is no plain number ("1.234,56") is written in a form of its own, and it is not.

    Args:
        kind: money or number.
        values: all values of the column that came together.
        definition: the field's entry in meta/fields, where the server tells.
    """
    found = [value for value in values if value not in (None, "", False)]
    plain = [_PLAIN.fullmatch(value) if isinstance(value, str) else None for value in found]
    if not all(plain):
        return False
    if _scale(definition) == AMBIGUOUS:
        return True
    digits = {len(match[1] or "") for match in plain if match}
    if kind == "number" and digits - {0, AMBIGUOUS}:
        return True
    return digits == {AMBIGUOUS} and not all(map(like_thousands, found))


def _scale(definition: Mapping[str, Any] | None) -> int | None:
    """Return how many digits behind the point a field is defined with, None where unsaid."""
    known = definition or {}
    match = _SCALE.fullmatch(str(known.get("len", "")).strip())
    if match:
        return int(match[1])
    precision = str(known.get("precision", ""))
    return int(precision) if precision.isdecimal() else None
