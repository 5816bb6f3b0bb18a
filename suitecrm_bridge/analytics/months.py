"""What each customer bought month by month, as one text a customer."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine, Tables

MONTHS = 12
"""The month of the day that is looked from, and those before it."""

_KEYS = ["entity", "customer_id"]


def show_months(engine: SqlEngine, as_of: date) -> None:
    """Let the table `purchase_months` have the twelve months of which the last has `as_of` in it.

    Raises:
        DataError: the engine cannot hold them.
    """
    starts = _starts(as_of)
    engine.values(
        "shown_months",
        *(
            {"place": place, "first_day": to_day(first), "last_day": to_day(after) - 1}
            for place, (first, after) in enumerate(pairwise(starts))
        ),
    )


def purchase_months(tables: Tables, as_of: date) -> pd.Series[Any]:
    """Tell what those who bought in these months bought in each, after `rfm.compute`.

    Returned with entity and customer_id as index, named purchase_months: the first month and
    twelve amounts in hundredths, the first month's first ("2025-12,0,1200,…,0").

    Args:
        tables: of the customers.
        as_of: the day that was given to `show_months`.

    Raises:
        DataError: a table is missing, or a sum is out of range.
    """
    found = tables.fetch("purchase_months")
    table = (
        found.pivot(index=_KEYS, columns="place", values="cents")
        .reindex(columns=range(MONTHS))
        .fillna(0)
        .astype("int64")
    )
    first = f"{_starts(as_of)[0]:%Y-%m}"
    told = [",".join((first, *map(str, row))) for row in table.to_numpy().tolist()]
    return pd.Series(told, index=table.index, name="purchase_months", dtype=object)


def _starts(as_of: date) -> list[date]:
    return [_shifted(as_of, place - MONTHS + 1) for place in range(MONTHS + 1)]


def _shifted(day: date, months: int) -> date:
    """Return the first day of the month `months` after that of `day`."""
    years, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(years, month + 1, 1)
