"""What changed since a week, a month, a quarter and a year ago, by the snapshots there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from suitecrm_bridge.catalogue import Entity, catalogue
from suitecrm_bridge.insights.moves import Migration, migration
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.choosing import active_in, left_since
from suitecrm_bridge.tables import OUTSIDE

Ago = Literal["week", "month", "quarter", "year", "last"]
DAYS: Mapping[Ago, int] = {"week": 7, "month": 30, "quarter": 91, "year": 365}
"""How long ago each lies; "last" is the snapshot before, where none is that old."""
LATE = 2
"""A snapshot stands for a day if it is not this many times as old."""


@dataclass(frozen=True)
class Comparison:
    """The customers of a day held against those of an earlier one.

    Args:
        ago: which of the comparisons.
        migration: who moved from which segment to which.
        up, down: how many moved to a better segment, and to a worse one.
        left: the ids of the customers who have left since, the most at stake first.
        active: how many customers had not left by then.
    """

    ago: Ago
    migration: Migration
    up: int
    down: int
    left: Sequence[str]
    active: int

    @property
    def before(self) -> date:
        """The earlier day."""
        return self.migration.before


def comparisons(mirror: Mirror, entity: Entity, as_of: date) -> list[Comparison]:
    """Compare a day that was scored with each of `DAYS` that has a snapshot near it.

    Where none has, with the one before. Without an earlier snapshot there is no comparison.
    """
    known = mirror.snapshots.dates(entity)
    if as_of not in known:
        return []
    return [
        _compared(mirror, entity, ago, before, as_of)
        for ago, before in _days([day for day in known if day < as_of], as_of)
    ]


def _days(earlier: Sequence[date], as_of: date) -> list[tuple[Ago, date]]:
    found: list[tuple[Ago, date]] = []
    for ago, days in DAYS.items():
        old = [day for day in earlier if day <= as_of - timedelta(days=days)]
        if old and (as_of - max(old)).days < LATE * days:
            found.append((ago, max(old)))
    return found or [("last", max(earlier))] if earlier else []


def _compared(mirror: Mirror, entity: Entity, ago: Ago, before: date, as_of: date) -> Comparison:
    found = migration(mirror, entity, as_of, before, as_of, movers=0)
    steps = [
        (_step(start, end), count)
        for start, end, count in zip(
            found.matrix["from_segment"],
            found.matrix["to_segment"],
            found.matrix["customers"],
            strict=True,
        )
    ]
    return Comparison(
        ago,
        found,
        up=sum(int(count) for step, count in steps if step > 0),
        down=sum(int(count) for step, count in steps if step < 0),
        left=left_since(mirror.connection, entity, mirror.snapshots.view(entity, before)),
        active=active_in(mirror.connection, mirror.snapshots.view(entity, before)),
    )


def _step(start: str, end: str) -> int:
    """Return whether a segment is better (1), worse (-1) or neither; a first purchase is better."""
    segments = catalogue().segments
    if start in OUTSIDE or end in OUTSIDE or start not in segments or end not in segments:
        return 0
    before, after = segments[start].rank, segments[end].rank
    return (before > after) - (before < after)
