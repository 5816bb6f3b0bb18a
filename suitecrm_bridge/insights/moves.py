"""Who moved from which segment to which, between two days with a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import migration as analytics
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import (
    LANGUAGES,
    SEGMENT_LIST,
    Entity,
    Language,
    Translated,
    catalogue,
)
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import day as shown
from suitecrm_bridge.i18n import number, percent, text
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import OUTSIDE, Column, Kind, Table, columns, in_units, words

Method = tuple[str, str]
"""What was a purchase, and how scores were cut."""

MOVERS: Mapping[str, Kind] = {
    "name": "text",
    "from_segment": "place",
    "to_segment": "place",
    "before": "money",
    "after": "money",
    "customer_id": "id",
}
COUNTED = {"invoices": "net", "invoices, gross": "gross", "opportunities": "opportunities"}
"""The end of the key of the words for each way of counting purchases."""


@dataclass(frozen=True)
class Migration:
    """Moves between two snapshots.

    `matrix` has the columns of `analytics.migration.matrix`, `movers` those of its `movers`, and
    name: empty for who is gone from the mirror. `methods` say of either day what was a purchase and
    how scores were cut, None where nobody knows.
    """

    before: date
    after: date
    matrix: pd.DataFrame
    movers: pd.DataFrame
    methods: tuple[Method | None, Method | None]

    def changed(self, lang: Language | None = None) -> str:
        """Return in words that the method changed between the two days, "" where it did not."""
        before, after = self.methods
        if before is None or after is None or before == after:
            return ""
        either = (_worded(one, lang, purchases=before[0] != after[0]) for one in (before, after))
        return text("analytics.method_changed", lang, before=next(either), after=next(either))

    def moves(self, lang: Language) -> Table:
        """Return who went from which segment to which.

        Programs get a row a pair of segments; people a row a segment before, and in each column a
        segment after with its customers and their share of the row.
        """
        ends = [end for end in self.matrix["to_segment"].unique() if self._any("to_segment", end)]
        shown = [
            Column("from_segment", "place", words("cli.mover_from_segment")),
            Column("all", "count", words("cli.customers")),
            *(Column(str(end), "text", _heading(str(end))) for end in ends),
        ]
        rows = [
            _row(start, moves, lang)
            for start, moves in self.matrix.groupby("from_segment", sort=False)
            if self._any("from_segment", start)
        ]
        told = pd.DataFrame(rows, dtype=object).reindex(columns=[one.name for one in shown])
        return Table("matrix", in_units(self.matrix), shown, for_people=told.fillna(""))

    def movers_table(self) -> Table:
        """Return the customers whose segment changed, highest revenue first."""
        return Table("movers", in_units(self.movers), columns("cli.mover_", MOVERS))

    def _any(self, column: str, key: object) -> bool:
        return bool((self.matrix.loc[self.matrix[column] == key, "customers"] > 0).any())


def migration(
    mirror: Mirror,
    entity: Entity,
    today: date,
    before: date | None = None,
    after: date | None = None,
    movers: int = 20,
) -> Migration:
    """Compare two snapshots: by default the last one, and the one before.

    Args:
        mirror: holds the snapshots.
        entity: whose.
        today: a snapshot of a later day was made by a clock that was wrong.
        before: the day of the earlier one.
        after: the day of the later one.
        movers: how many of those who moved to name at most.

    Raises:
        NotFound: a day has no snapshot, or there are no two; the message names those there are.
    """
    require_scores(mirror, entity)
    before, after = _days(mirror, entity, today, before, after)
    snapshots = mirror.snapshots
    engine = Engine(mirror.connection)
    matrix = analytics.matrix(engine, snapshots.view(entity, before), snapshots.view(entity, after))
    moved = analytics.movers(engine, movers)
    names = mirror.scores.names(entity, moved["customer_id"].to_list())
    named = [names.get(customer) or "" for customer in moved["customer_id"]]
    moved.insert(2, "name", named)
    methods = (snapshots.method(entity, before), snapshots.method(entity, after))
    return Migration(before, after, matrix, moved, methods)


def _heading(end: str) -> Translated:
    if end in OUTSIDE:
        return words(f"tables.{end}")
    as_it_is = Translated.of(**dict.fromkeys(LANGUAGES, end))
    return catalogue().dropdowns[SEGMENT_LIST].get(end, as_it_is)


def _row(start: object, moves: pd.DataFrame, lang: Language) -> dict[str, object]:
    cells = {
        end: f"{number(int(count), lang)}\u00a0({percent(share, lang)})" if count else ""
        for end, count, share in zip(
            moves["to_segment"], moves["customers"], moves["share"], strict=True
        )
    }
    return {"from_segment": start, "all": int(moves["customers"].sum()), **cells}


def _worded(method: Method, lang: Language | None, *, purchases: bool) -> str:
    counted, basis = method
    words = text(f"analytics.basis_{basis}", lang)
    of = text(f"analytics.counted_{COUNTED[counted]}", lang)
    return f"{words}, {of}" if purchases else words


def has_two_snapshots(mirror: Mirror, entity: Entity, today: date) -> bool:
    """Return whether there is anything to compare."""
    return sum(day <= today for day in mirror.snapshots.dates(entity)) > 1


def _days(
    mirror: Mirror, entity: Entity, today: date, before: date | None, after: date | None
) -> tuple[date, date]:
    known = mirror.snapshots.dates(entity)
    past = [day for day in known if day <= today]
    later = [day for day in past if before is None or day > before]
    after = after or max(later, default=None)
    earlier = [day for day in known if after is None or day < after]
    before = before or max(earlier, default=None)
    if before is None or after is None or before >= after:
        listed = ", ".join(map(shown, known)) or "–"
        raise NotFound(text("jobs.no_two_snapshots", entity=entity, known=listed))
    return before, after
