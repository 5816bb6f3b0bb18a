"""The four figures of the first screen, each beside what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
BETTER = {"revenue": 1, "active": 1, "newcomers": 1, "complaints": -1}
"""Which change is a good one: a rise, or a fall."""


def headlines(
    active: int,
    compared: Sequence[Comparison],
    months: pd.DataFrame,
    newcomers: pd.DataFrame,
    trend: pd.DataFrame | None,
    as_of: date,
) -> Table:
    """Return revenue of twelve whole months, customers, new ones and complaints of a month.

    Columns: headline (revenue, active, newcomers or complaints); value and before, in the unit that
    stands in `unit` (before is missing where nobody knows); since, the day or month of before;
    better (1 where a rise is good, else -1).

    Args:
        active: how many customers there are who have not left.
        compared: as `comparisons` returns them.
        months: month (its first day) and cents.
        newcomers: month and newcomers, who bought for the first time.
        trend: complaints by month, None where there are none.
        as_of: the day of the scores.
    """
    first = as_of.replace(day=1)
    sums = _by_month(months, "cents")
    recent = [back(first, ago) for ago in range(1, 13)]
    earlier = [back(first, ago) for ago in range(13, 25)]
    # A year that began before the first purchase is no year to compare with.
    known = bool(sums) and min(sums) <= earlier[-1]
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
        ("newcomers", *_of_month(_by_month(newcomers, "newcomers"), recent), "count"),
        ("complaints", *_of_month(counts, recent), "count"),
    ]
    frame = pd.DataFrame(rows, columns=["headline", "value", "before", "since", "unit"])
    frame = frame.astype(object).where(frame.notna(), None)
    frame["better"] = [BETTER[key] for key in frame["headline"]]
    return Table("headlines", frame, columns("dashboard.column_", HEADLINES))


def back(first: date, months: int) -> date:
    """Return the first day of the month that many months before."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _of_month(
    counts: Mapping[date, int], recent: Sequence[date]
) -> tuple[int, int | None, date | None]:
    """Return the figure of the last whole month, that of the one before, and which that is."""
    last, before = recent[:2]
    return counts.get(last, 0), counts.get(before), before if before in counts else None


def _by_month(frame: pd.DataFrame, name: str) -> dict[date, int]:
    return {
        pd.Timestamp(month).date(): int(value)
        for month, value in zip(frame["month"], frame[name], strict=True)
    }
