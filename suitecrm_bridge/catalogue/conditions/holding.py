"""Whether a condition holds of one record, in Python; the database asks the same of all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Any

from suitecrm_bridge.catalogue.conditions.tree import (
    Atom,
    Both,
    Compared,
    Condition,
    Containing,
    Either,
    Empty,
    Figure,
    Having,
    Moment,
    Never,
    OneOf,
    Value,
)

_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def holds(
    condition: Condition,
    record: Mapping[Figure, Any],
    as_of: date,
    having: Callable[[Having], bool] = lambda part: False,
) -> bool:
    """Return whether a condition holds.

    Args:
        condition: what is asked.
        record: values by figure; one that is not there is missing.
        as_of: the day that it is.
        having: whether the customer has such a record of another module.
    """
    if isinstance(condition, Both):
        return all(holds(part, record, as_of, having) for part in condition.parts)
    if isinstance(condition, Either):
        return any(holds(part, record, as_of, having) for part in condition.parts)
    if isinstance(condition, Never):
        return not holds(condition.part, record, as_of, having)
    if isinstance(condition, Having):
        return having(condition)
    return atom_holds(condition, record.get(condition.figure), as_of)


def atom_holds(atom: Atom, value: Any, as_of: date) -> bool:
    """Return whether what is asked of one figure holds of a value."""
    if value is None or value == "":
        return isinstance(atom, Empty)
    if isinstance(atom, Empty):
        return False
    if isinstance(atom, Containing):
        given, text = str(value).lower(), atom.text.lower()
        return given.startswith(text) if atom.at_start else text in given
    if isinstance(atom, OneOf):
        return any(_plain(value, atom.figure) == _given(v, atom.figure, as_of) for v in atom.values)
    return _SIGNS[atom.operator](_plain(value, atom.figure), _given(atom.value, atom.figure, as_of))


def _given(value: Value, figure: Figure, as_of: date) -> Any:
    return value.on(as_of) if isinstance(value, Moment) else _plain(value, figure)


def _plain(value: Any, figure: Figure) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value.lower() if figure.kind == "text" else value
    if isinstance(value, float):
        return Decimal(str(value))
    return value


__all__ = ["Compared", "atom_holds", "holds"]
