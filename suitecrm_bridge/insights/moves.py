"""Who moved from which segment to which, between two days with a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import migration as analytics
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity, Language
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import day as shown
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Mirror

Method = tuple[str, str]
"""What was a purchase, and how scores were cut."""

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
