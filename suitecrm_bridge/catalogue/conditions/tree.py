"""What a condition is made of. A missing value is never equal, above, below or contained."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Operator = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Figure:
    """What a condition may name of a record.

    `scored` tells a figure of the scores from a column of the record, `column` is what the table
    calls it; `since` marks what happened since a wave, which no table holds. `kind` is a type of
    the catalogue's columns. `words` are those that an enum knows, empty where any is right;
    `least` and `most` bound numbers. `asked` marks a column that is mirrored because a condition
    names it, as text: its kind is that of what it is compared with.
    """

    name: str
    column: str
    kind: str
    scored: bool = False
    words: Mapping[str, object] | None = None
    least: int | None = None
    most: int | None = None
    since: bool = False
    asked: bool = False

    @property
    def _same(self) -> tuple[str, bool, bool, str]:
        return self.column, self.scored, self.since, self.kind if self.asked else ""

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        """Two names of the same column are the same figure."""
        return isinstance(other, Figure) and self._same == other._same


ASKED = "asked"
"""Kind of a column of which nobody knows yet what it is compared with."""


@dataclass(frozen=True)
class Moment:
    """A day told from the day that it is: days or calendar months later."""

    days: int = 0
    months: int = 0

    def on(self, as_of: date) -> date:
        """Return the day; where the month has none of this number, its last one."""
        total = 12 * as_of.year + as_of.month - 1 + self.months
        year, month = divmod(total, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(as_of.day, last)) + timedelta(days=self.days)


Value = str | int | Decimal | bool | date | Moment


@dataclass(frozen=True)
class Compared:
    """A figure against a value."""

    figure: Figure
    operator: Operator
    value: Value


@dataclass(frozen=True)
class OneOf:
    """A figure that is one of some values."""

    figure: Figure
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Containing:
    """A text that contains another, or begins with it; neither minds upper and lower case."""

    figure: Figure
    text: str
    at_start: bool = False


@dataclass(frozen=True)
class Empty:
    """A figure that is missing, or a text without a character."""

    figure: Figure


@dataclass(frozen=True)
class Having:
    """A record of another module that belongs to the customer, and of which `part` holds."""

    module: str
    part: Condition | None = None


@dataclass(frozen=True)
class Both:
    """All of the parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """One of the parts holds at least."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Never:
    """The part does not hold."""

    part: Condition


Condition = Compared | OneOf | Containing | Empty | Having | Both | Either | Never
Atom = Compared | OneOf | Containing | Empty


def atoms(condition: Condition) -> Iterator[Atom | Having]:
    """Yield what is asked of single figures and modules, wherever it stands."""
    if isinstance(condition, Both | Either):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Never):
        yield from atoms(condition.part)
    else:
        yield condition


def happened(condition: Condition | None) -> set[str]:
    """Return what a condition asks of the time since a wave."""
    asked = described(condition) if condition is not None else ()
    return {figure.name for figure in asked if figure.since}


def described(condition: Condition) -> list[Figure]:
    """Return the figures of the record that a condition names, each once."""
    found = [atom.figure for atom in atoms(condition) if not isinstance(atom, Having)]
    return list(dict.fromkeys(found))
