"""Who stays and who goes, as tables: by month, by cohort, by revenue, and the curve of survival."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.retention import Retention
from suitecrm_bridge.i18n import month, text
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns

LATER = {"after_1": 1, "after_3": 3, "after_6": 6, "after_12": 12, "after_24": 24}
"""Columns of a cohort's later months, with how many months later."""
SURVIVAL_STEPS = (30, 90)
"""Days between two lines of the curve as people read it, in the first year and later; programs get
every day on which it falls."""

BY_MONTH: Mapping[str, Kind] = {
    "month": "month",
    "customers_at_start": "count",
    "new_customers": "count",
    "won_back": "count",
    "lost": "count",
    "churn_rate": "share",
}
BY_COHORT: Mapping[str, Kind] = {
    "cohort": "month",
    "customers": "count",
    "ever_lost": "count",
    "lost": "count",
    "churn_rate": "share",
    **dict.fromkeys(LATER, "share"),
}
REVENUE: Mapping[str, Kind] = {
    "window_days": "count",
    "customers": "count",
    "lost_customers": "count",
    **dict.fromkeys(("before", "lost", "shrunk", "grown", "new", "now"), "money"),
    **dict.fromkeys(("churn", "gross_churn", "net_retention"), "share"),
}
SURVIVAL: Mapping[str, Kind] = {
    "days": "count",
    "lost": "count",
    **dict.fromkeys(("earliest", "latest", "low", "high"), "share"),
}


def by_month(found: Retention) -> Table:
    """Return who came and went month by month; a month that is not over says so."""
    frame = found.by_month
    marked = [
        text("cli.provisional_month", month=month(first)) if provisional else month(first)
        for first, provisional in zip(frame["month"], frame["provisional"], strict=True)
    ]
    told = frame.assign(month=pd.Series(marked, index=frame.index, dtype=object))
    return _table("month", frame, {**BY_MONTH, "month": "text"}, told)


def by_cohort(found: Retention) -> Table:
    """Return a row a month of first purchases, with the share that bought months later."""
    later = found.table.pivot_table(index="cohort", columns="months_since", values="retention")
    later = later.reindex(columns=list(LATER.values())).set_axis(list(LATER), axis="columns")
    frame = found.by_cohort.merge(later, left_on="cohort", right_index=True, how="left")
    return _table("cohort", frame, BY_COHORT)


def revenue(found: Retention) -> Table:
    """Return in one row what was lost and won of the revenue of a year."""
    churn = found.revenue
    row = {
        name: units(getattr(churn, f"{name}_cents")) if kind == "money" else getattr(churn, name)
        for name, kind in REVENUE.items()
    }
    return _table("revenue", pd.DataFrame([row], dtype=object), REVENUE)


def survival(found: Retention) -> Table:
    """Return the share of customers still there, day by day; people see days that lie evenly."""
    return _table("survival", found.survival, SURVIVAL, _at_steps(found.survival))


TABLES: Mapping[str, Callable[[Retention], Table]] = {
    "month": by_month,
    "cohort": by_cohort,
    "revenue": revenue,
    "survival": survival,
}


def _at_steps(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the curve on days that lie evenly, with who was lost since the one before."""
    within, later = SURVIVAL_STEPS
    last = int(curve["days"].iloc[-1])
    year = range(0, min(last, 360), within)
    days = [*year, *range(len(year) * within, last, later), last]
    place = np.searchsorted(curve["days"], days, side="right") - 1
    lost = curve["lost"].cumsum().to_numpy()[place]
    return curve.iloc[place].assign(days=days, lost=np.diff(lost, prepend=0))


def _table(
    name: str,
    frame: pd.DataFrame,
    kinds: Mapping[str, Kind],
    for_people: pd.DataFrame | None = None,
) -> Table:
    return Table(name, frame, columns("cli.stay_", kinds), for_people=for_people)
