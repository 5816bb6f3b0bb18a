"""A few records that stand for a module: from everywhere in it, and the latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from suitecrm_bridge.crm import Page
from suitecrm_bridge.jobs.context import Context

PLACES = 8
"""Pages spread evenly over the ids; SuiteCRM's ids are random, so that each is drawn by lot."""
AT_ONCE = 50
RECENT_DAYS = 30


def sample(context: Context, module: str, field: str) -> Iterator[Page]:
    """Yield pages with a field of records from all over a module, then of those changed lately.

    A fault that began with an import, a user or an update is not among the first few ids.
    """
    records = context.crm.module(module)
    count = records.estimate() or 0
    places = {1 + number * count // PLACES for number in range(PLACES)}
    for place in sorted(places):
        start = records.id_at(place) if place > 1 else None
        if start is not None or place == 1:
            yield records.page(fields=[field], from_id=start, size=AT_ONCE)
    since = context.clock() - timedelta(days=RECENT_DAYS)
    yield records.page(fields=[field], modified_from=since, size=AT_ONCE)
