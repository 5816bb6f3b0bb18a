"""Complaints month by month, with the limits between which chance alone keeps them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.charts import laney, upper_limit
from suitecrm_bridge.analytics.complaints.figures import crossing
from suitecrm_bridge.analytics.complaints.intervals import Numbers, numbers, ratio
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import SqlEngine

FEWEST_MONTHS = 6
"""With fewer, limits would say more of those few months than of what is usual."""


def trend(
    engine: SqlEngine, as_of: date, *, since: date = EARLIEST, until: date | None = None
) -> pd.DataFrame:
    """Return the complaints made from `since` to `until` as a Laney u′ chart by month.

    Tables in: those of `figures.crossing`.
    Columns out, a row for each month from the first with a complaint or a purchase on: month
    (date); number; sales; rate (complaints per 100 sales, missing in a month without; where there
    are no sales at all, complaints); centre, lower, upper (of the rate, missing below six
    months); outside (whether the rate lies beyond its limits).

    Reference:
        Laney, D. B. (2002), Improved control charts for attributes, Quality Engineering 14.
    """
    last = until or as_of
    made = crossing(engine, ["month"], as_of, since=since, until=last)
    sold = engine.fetch("crossing_sales")
    counts = pd.Series(numbers(made["number"]), index=made["month"])
    sales = pd.Series(numbers(sold["sales"]), index=to_dates(sold["month_day"]))
    months = _months(min([*counts.index, *sales.index], default=None), last)
    number = numbers(counts.reindex(months).fillna(0))
    amount = numbers(sales.reindex(months).fillna(0))
    sizes = np.where(amount.any(), amount / 100, 1.0)
    rate = ratio(number, sizes)
    centre, lower, upper = _limits(number, sizes)
    return pd.DataFrame(
        {
            "month": pd.Series(months, dtype=object),
            "number": number.astype("int64"),
            "sales": amount.astype("int64"),
            "rate": rate,
            "centre": centre,
            "lower": lower,
            "upper": upper,
            "outside": (rate > upper) | (rate < lower),
        }
    )


def _limits(number: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    unknown = np.full_like(number, np.nan)
    usable = sizes > 0
    if usable.sum() < FEWEST_MONTHS or not number[usable].any():
        return unknown, unknown, unknown
    centre, sigma_z = laney(number[usable], sizes[usable])
    upper = unknown.copy()
    upper[usable] = upper_limit(centre, sigma_z, sizes[usable])
    return np.where(usable, centre, np.nan), np.maximum(2 * centre - upper, 0), upper


def _months(first: date | None, last: date) -> list[date]:
    if first is None:
        return []
    numbers_ = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers_]
