"""Follow-up figures of complaints in any crossing of dimensions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.intervals import numbers, poisson, ratio
from suitecrm_bridge.analytics.days import to_dates, to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.nodes import lists

_KNOWN = lists("crossing")["dimensions"]

OF_SALES = tuple(known["name"] for known in _KNOWN if "sale" in known)
"""Dimensions that a purchase has, too: rates are by the purchases of the same cell."""
OF_COMPLAINTS = tuple(known["name"] for known in _KNOWN if "sale" not in known)
"""Dimensions that only a complaint has: rates are by the purchases of the rest of the cell."""
DIMENSIONS = (*OF_SALES, *OF_COMPLAINTS)

_NO_THEMES = pd.DataFrame({"case_id": [], "theme": []}, dtype="string")


def crossing(
    engine: SqlEngine,
    dimensions: Collection[str],
    as_of: date,
    *,
    since: date = EARLIEST,
    until: date | None = None,
) -> pd.DataFrame:
    """Return the figures of the complaints made from `since` to `until`, by `dimensions`.

    Tables in: those that `timeline.prepare` leaves for the same day, and `survey_scores`, as
    `satisfaction.prepare` does; of one entity: `case_customers` (case_id, customer_id),
    `customer_traits` (customer_id, country, region, account_type, industry), `customer_scores`
    (customer_id, segment, lifecycle, clv_cents), `purchases` (customer_id, purchase_id, day,
    cents); `line_facts` (invoice_id, product_id); by theme also `case_themes` (case_id, theme).

    Columns out, a row for each cell with a complaint, the largest first:

    * the dimensions asked for, in the order of `DIMENSIONS` ("" where unknown; a month is the date
      of its first day)
    * number; open, answered, resolved; breached, within (the target); reopened; repeated (the
      customer had complained within 30 days before)
    * waited (for the customer), waited_minutes (business minutes of all of them), waiting_unknown
      (complaints whose statuses are not known from the beginning)
    * response_median, response_p90, resolution_median, resolution_p90 (business minutes without
      waiting for the customer); age_median, age_p90 (days, of open ones): the least value that
      half, or nine in ten, do not exceed
    * customers (who complained); value_cents (their purchases so far, net); clv_cents (missing
      where unknown)
    * watched (who had bought before, and complained 90 days ago or more), lost (of those: bought
      nothing later than 90 days after it, and have lapsed)
    * rated (complaints followed by an answer to a survey within 90 days after they were resolved),
      satisfaction_after (0 to 100, missing where none)
    * sales, buyers (of the cell, over the same time); per_100_sales, per_100_customers, with _low
      and _high: their Poisson interval (missing where there were no purchases)

    Args:
        engine: holds the tables.
        dimensions: some of `DIMENSIONS`; none gives one row for all complaints.
        as_of: the day of `timeline.prepare`; figures are as they stood then.
        since: complaints and purchases before do not count.
        until: nor do those after; default, `as_of`.

    Raises:
        ValueError: a dimension is unknown.
        DataError: a table is missing.
    """
    unknown = sorted(set(dimensions) - set(DIMENSIONS))
    if unknown:
        raise ValueError(f"no dimensions of complaints: {', '.join(unknown)}")
    asked = {name: int(name in dimensions) for name in DIMENSIONS}
    days = {"since_day": to_day(since), "until_day": to_day(until or as_of)}
    engine.look_from(as_of)
    engine.table("crossing_themes", "case_themes" if asked["theme"] else _NO_THEMES)
    engine.values("crossing_dimensions", asked | days)
    figures = engine.fetch("crossing_figures")
    figures["month"] = to_dates(figures.pop("month_day"))
    kept = [name for name in DIMENSIONS if asked[name]]
    measures = [name for name in figures.columns if name not in (*DIMENSIONS, "points")]
    return _with_rates(figures[[*kept, *measures]], figures["points"])


def _with_rates(figures: pd.DataFrame, points: pd.Series[int]) -> pd.DataFrame:
    number = numbers(figures["number"])
    low, high = poisson(number)
    rates = {"satisfaction_after": ratio(numbers(points) / 100, numbers(figures["rated"]))}
    for name, denominator in (("per_100_sales", "sales"), ("per_100_customers", "buyers")):
        for ending, count in (("", number), ("_low", low), ("_high", high)):
            rates[name + ending] = ratio(100 * count, numbers(figures[denominator]))
    return figures.assign(**rates)
