"""Who moved from which segment to which between two snapshots."""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import catalogue

CAME, LEFT = "came", "left"
"""In the place of a segment: who was not yet there, and who is there no more."""


def matrix(
    engine: SqlEngine, before: pd.DataFrame | str, after: pd.DataFrame | str
) -> pd.DataFrame:
    """Count who moved from which segment to which.

    Columns in, of both snapshots: customer_id, rfm_segment, total_cents (integer hundredths).
    Columns out, a row for every pair of segments, best first, with "came" as the last
    from_segment and "left" as the last to_segment: from_segment; to_segment; customers; share
    (of those in from_segment, 0 to 1; missing where there was nobody); revenue_cents (total of
    those who moved: after the move, or before they left). The table `moves` stays for `movers`.

    Args:
        engine: where it is computed.
        before: the earlier snapshot, a frame or the name of a table.
        after: the later one.

    Raises:
        DataError: a table or column is missing.
    """
    engine.table("before", before)
    engine.table("after", after)
    found = engine.fetch("migration").set_index(["from_segment", "to_segment"])
    ranked = sorted(catalogue().segments.values(), key=lambda segment: segment.rank)
    keys = [segment.key for segment in ranked]
    # What an earlier day counted and the installation has given up since comes last.
    seen = {key for pair in found.index for key in pair}
    keys += sorted(seen - {*keys, CAME, LEFT})
    pairs = [
        (start, end)
        for start in [*keys, CAME]
        for end in [*keys, LEFT]
        if (start, end) != (CAME, LEFT)
    ]
    whole = pd.MultiIndex.from_tuples(pairs, names=["from_segment", "to_segment"])
    counted = found.reindex(whole, fill_value=0).astype("int64").reset_index()
    started = counted.groupby("from_segment")["customers"].transform("sum")
    share = (counted["customers"] / started.where(started > 0)).astype("Float64")
    counted.insert(3, "share", share)
    return counted


def movers(engine: SqlEngine, limit: int = 100) -> pd.DataFrame:
    """Return the customers of the last `matrix` whose segment changed, highest revenue first.

    Columns out: place (from 1), customer_id, from_segment, to_segment, before_cents,
    after_cents (totals on the two days, 0 when absent).

    Args:
        engine: where `matrix` was computed.
        limit: how many at most.
    """
    engine.values("movers_wanted", {"most": limit})
    return engine.fetch("movers")
