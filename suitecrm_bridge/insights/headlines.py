"""The four figures of the first screen, each beside what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.insights.comparisons import Comparison
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns

HEADLINES: Mapping[str, Kind] = {
    "headline": "key",
    "value": "figure",
    "before": "figure",
    "since": "date",
}
NO_CUSTOMERS = ("lapsed", "prospect", "")
"""Lifecycles of those who are no customers any more, or not yet."""
BETTER = {"revenue": 1, "active": 1, "stake": -1, "complaints": -1}
"""Which change is a good one: a rise, or a fall."""


def headlines(
    customers: pd.DataFrame,
    compared: Sequence[Comparison],
    months: pd.DataFrame,
    trend: pd.DataFrame | None,
    as_of: date,
) -> Table:
    """Return revenue of twelve whole months, customers, what is at stake, complaints of a month.

    Columns: headline (revenue, active, stake or complaints); value and before, in the unit that
    stands in `unit` (before is missing where nobody knows); since, the day or month of before;
    better (1 where a rise is good, else -1).

    Args:
        customers: those that are scored, with the columns of `customers.customers`.
        compared: as `comparisons` returns them.
        months: month (its first day) and cents.
        trend: complaints by month, None where there are none.
        as_of: the day of the scores.
    """
    first = as_of.replace(day=1)
    sums = _by_month(months, "cents")
    recent = [back(first, ago) for ago in range(1, 13)]
    earlier = [back(first, ago) for ago in range(13, 25)]
    # A year that began before the first purchase is no year to compare with.
    known = bool(sums) and min(sums) <= earlier[-1]
    active = len(customers) - int(customers["lifecycle"].fillna("").isin(NO_CUSTOMERS).sum())
    stakes = [one for one in customers["value_at_stake"] if isinstance(one, Decimal)]
    past = next((one for one in compared if one.ago in ("month", "last")), None)
    counts = {} if trend is None else _by_month(trend, "number")
    rows: list[tuple[Any, ...]] = [
        (
            "revenue",
            units(sum(sums.get(month, 0) for month in recent)),
            units(sum(sums.get(month, 0) for month in earlier)) if known else None,
            earlier[-1] if known else None,
            "money",
        ),
        ("active", active, past and past.active, past and past.before, "count"),
        ("stake", sum(stakes, Decimal("0.00")), None, None, "money"),
        (
            "complaints",
            counts.get(recent[0], 0),
            counts.get(recent[1]),
            recent[1] if recent[1] in counts else None,
            "count",
        ),
    ]
    frame = pd.DataFrame(rows, columns=["headline", "value", "before", "since", "unit"])
    frame = frame.astype(object).where(frame.notna(), None)
    frame["better"] = [BETTER[key] for key in frame["headline"]]
    return Table("headlines", frame, columns("dashboard.column_", HEADLINES))


def back(first: date, months: int) -> date:
    """Return the first day of the month so many months before."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _by_month(frame: pd.DataFrame, name: str) -> dict[date, int]:
    return {
        pd.Timestamp(month).date(): int(value)
        for month, value in zip(frame["month"], frame[name], strict=True)
    }
