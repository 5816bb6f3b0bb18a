"""Whether a condition can hold of anybody: what contradicts itself is a mistake.

Figures vary by themselves, so a condition can hold when one way through its alternatives asks
nothing impossible of any single figure. Of each figure the values that are named are tried, those
between them, one beyond, and none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from suitecrm_bridge.catalogue.conditions.holding import atom_holds
from suitecrm_bridge.catalogue.conditions.tree import (
    Atom,
    Both,
    Compared,
    Condition,
    Containing,
    Either,
    Figure,
    Having,
    Moment,
    Never,
    OneOf,
    atoms,
)

Literal = tuple[Atom | Having, bool]
"""What is asked, and whether it is to hold."""

MOST_WAYS = 5_000
"""Ways through the alternatives that are tried; beyond it a condition counts as possible."""
_DAY = date(2026, 1, 15)


def possible(condition: Condition) -> bool:
    """Return whether there can be a record, on some day, of which the condition holds."""
    days = _days(condition)
    for tried, way in enumerate(_ways(condition, True)):
        if tried >= MOST_WAYS or any(_agree(way, day) for day in days):
            return True
    return False


def _ways(condition: Condition, wanted: bool) -> Iterator[list[Literal]]:
    """Yield each way in which a condition may hold, or not hold, as a list of what must be."""
    if isinstance(condition, Never):
        yield from _ways(condition.part, not wanted)
    elif isinstance(condition, Both | Either):
        if isinstance(condition, Both) == wanted:
            yield from _together(condition.parts, wanted)
        else:
            for part in condition.parts:
                yield from _ways(part, wanted)
    else:
        yield [(condition, wanted)]


def _together(parts: Sequence[Condition], wanted: bool) -> Iterator[list[Literal]]:
    if not parts:
        yield []
        return
    for first in _ways(parts[0], wanted):
        for rest in _together(parts[1:], wanted):
            yield first + rest


def _agree(way: Sequence[Literal], as_of: date) -> bool:
    of_figure: dict[Figure, list[tuple[Atom, bool]]] = {}
    of_module: dict[Having, bool] = {}
    for asked, wanted in way:
        if isinstance(asked, Having):
            if of_module.setdefault(asked, wanted) != wanted:
                return False
            if wanted and asked.part is not None and not possible(asked.part):
                return False
        else:
            of_figure.setdefault(asked.figure, []).append((asked, wanted))
    return all(_one_fits(figure, asked, as_of) for figure, asked in of_figure.items())


def _one_fits(figure: Figure, asked: Sequence[tuple[Atom, bool]], as_of: date) -> bool:
    if any(isinstance(atom, Containing) for atom, _ in asked):
        return _text_fits(asked, as_of)
    return any(
        all(atom_holds(atom, value, as_of) == wanted for atom, wanted in asked)
        for value in _values(figure, [atom for atom, _ in asked], as_of)
    )


def _text_fits(asked: Sequence[tuple[Atom, bool]], as_of: date) -> bool:
    """Texts have no end of values: only what is said to equal one is tried, and being empty."""
    same = [a for a, wanted in asked if wanted and isinstance(a, Compared | OneOf)]
    if same:
        tried: list[Any] = list(_named(same[0], as_of))
    elif all(not isinstance(atom, Containing) or not wanted for atom, wanted in asked):
        tried = [None, "\x00"]
    else:
        parts = [a.text for a, wanted in asked if wanted and isinstance(a, Containing)]
        starts = [a.text for a, w in asked if w and isinstance(a, Containing) and a.at_start]
        tried = ["".join([*sorted(starts, key=len, reverse=True)[:1], *parts])]
    return any(all(atom_holds(a, value, as_of) == wanted for a, wanted in asked) for value in tried)


def _values(figure: Figure, asked: Sequence[Atom], as_of: date) -> list[Any]:
    """Return values of a figure of which one behaves like every value that there can be."""
    if figure.kind == "bool":
        return [True, False, None]
    if figure.words is not None:
        return [*figure.words, None]
    named = [value for atom in asked for value in _named(atom, as_of)]
    if figure.kind in ("text", "enum", "id"):
        return [*named, "\x00", None]
    return [*filter(lambda value: _bearable(figure, value), _between(sorted(set(named)))), None]


def _named(atom: Atom, as_of: date) -> list[Any]:
    given = atom.values if isinstance(atom, OneOf) else ()
    if isinstance(atom, Compared):
        given = (atom.value,)
    return [value.on(as_of) if isinstance(value, Moment) else value for value in given]


def _between(named: Sequence[Any]) -> list[Any]:
    if not named:
        return [Decimal(0)]
    if isinstance(named[0], date):
        near = [day + timedelta(days=step) for day in named for step in (-1, 0, 1)]
        return [*near, *named]
    middles = [(one + other) / 2 for one, other in pairwise(named)]
    return [named[0] - 1, *named, *middles, named[-1] + 1]


def _bearable(figure: Figure, value: Any) -> bool:
    if isinstance(value, date):
        return True
    if figure.kind == "int" and value != int(value):
        return False
    least, most = figure.least, figure.most
    return (least is None or value >= least) and (most is None or value <= most)


def _days(condition: Condition) -> list[date]:
    """Return days to try: where days of the calendar and days ago meet, it matters which it is."""
    fixed, moved = set[date](), set[Moment]()
    for atom in atoms(condition):
        if not isinstance(atom, Having):
            given = atom.values if isinstance(atom, OneOf) else ()
            if isinstance(atom, Compared):
                given = (atom.value,)
            fixed |= {value for value in given if isinstance(value, date)}
            moved |= {value for value in given if isinstance(value, Moment)}
    if not fixed or not moved:
        return [_DAY]
    found = {_DAY}
    for day in fixed:
        for moment in moved:
            back = Moment(-moment.days, -moment.months).on(day)
            found |= {back + timedelta(days=step) for step in (-3, -1, 0, 1, 3)}
    return sorted(found)
