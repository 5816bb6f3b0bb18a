"""Engagement: how involved customers are beside buying, and what that costs and is worth.

The score is a sum of points, so that its shares are those points. Held against what customers are
worth it makes four quadrants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine, Values
from suitecrm_bridge.analytics.intake import require_columns

Quadrant = Literal["engaged_large", "quiet_large", "engaged_small", "quiet_small"]
QUADRANTS: tuple[Quadrant, ...] = ("engaged_large", "quiet_large", "engaged_small", "quiet_small")
_COLUMNS = ("engagement", "worth_cents", "total_cents", "service_cents", "leaving")


def compute(engine: SqlEngine, as_of: date, signals: Mapping[str, tuple[int, int]]) -> None:
    """Score the engagement of every customer, into `engagement` and `engagement_signals`.

    Tables in: `customers`; `engagement_facts` (customer_id, signal, record_id, day);
    `wish_mentions`, as `wishes.compute` leaves it.
    Columns out of `engagement`: customer_id, engagement (0 to 100); of `engagement_signals`:
    customer_id, signal, number, points.

    Args:
        engine: holds the tables.
        as_of: the day to score for.
        signals: by signal its points and how many times bring them all.

    Raises:
        DataError: a table is missing.
    """
    engine.look_from(as_of)
    rows: list[Values] = [
        {"signal": name, "points": points, "times": times}
        for name, (points, times) in signals.items()
    ]
    engine.values("engagement_weights", *rows)
    engine.make("engagement")


def quadrants(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the four quadrants of value and engagement, the large ones first.

    Large is who is worth at least the median of those who bought, engaged who has at least the
    median of the points and more than none.

    Columns in: engagement; worth_cents (what they are expected to bring, missing for who never
    bought, who stand in no quadrant), total_cents (bought so far), service_cents, leaving
    (whether at risk or lost).
    Columns out: quadrant, customers, worth_cents, total_cents, service_cents, leaving (customers).

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "quadrants")
    known = rows[rows["worth_cents"].notna()]
    worth = known["worth_cents"].astype("int64")
    points = known["engagement"].astype("int64")
    large = worth >= (worth.median() if len(known) else 0)
    engaged = (points >= (points.median() if len(known) else 0)) & (points > 0)
    places = np.where(large, np.where(engaged, 0, 1), np.where(engaged, 2, 3))
    names = ("worth_cents", "total_cents", "service_cents", "leaving")
    sums = known[list(names)].astype("Int64").fillna(0).astype("int64").groupby(places).sum()
    counts = pd.Series(places, dtype="int64").value_counts()
    found = sums.reindex(range(len(QUADRANTS)), fill_value=0)
    return found.assign(
        quadrant=list(QUADRANTS), customers=[int(counts.get(n, 0)) for n in range(len(QUADRANTS))]
    )[["quadrant", "customers", *names]].reset_index(drop=True)
