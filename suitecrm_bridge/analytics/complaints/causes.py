"""Causes by Pareto: the vital few of which most complaints come."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.figures import crossing
from suitecrm_bridge.analytics.complaints.intervals import numbers, ratio
from suitecrm_bridge.analytics.engine import SqlEngine

BY = ("cause", "theme", "product")
VITAL = 0.8
"""Share of the complaints that the vital few have together."""

_ROUNDING = 1e-9
_KEPT = ["number", "open", "customers", "value_cents", "clv_cents"]


def pareto(
    engine: SqlEngine,
    by: str,
    as_of: date,
    *,
    since: date = EARLIEST,
    until: date | None = None,
) -> pd.DataFrame:
    """Return of which causes, themes or products the complaints come, the most frequent first.

    Tables in: those of `figures.crossing`, for one entity.
    Columns out: the column `by`; number (complaints); share, cumulative (of those of which it is
    known); vital (whether it is one of the few that make up 80 %: all before it have less); open;
    customers (who complained of it), value_cents (their purchases so far, net), clv_cents. The
    last row, `by` "", is of those of which it is not known, if there are any; it has no shares.

    Args:
        engine: holds the tables.
        by: one of `BY`.
        as_of: the day of `timeline.prepare`.
        since: complaints before do not count.
        until: nor do those after; default, `as_of`.

    Reference:
        Juran, J. M. (1954), Universals in management planning and controlling, The Management
        Review 43(11).

    Raises:
        ValueError: `by` is none of `BY`.
        DataError: a table is missing.
    """
    if by not in BY:
        raise ValueError(f"no causes by {by}")
    cells = crossing(engine, [by], as_of, since=since, until=until)[[by, *_KEPT]]
    cells = cells.assign(unknown=cells[by] == "")
    cells = cells.sort_values(
        ["unknown", "number", by], ascending=[True, False, True], ignore_index=True
    )
    known = numbers(cells["number"].mask(cells["unknown"]))
    total = pd.Series(known).sum()
    share = pd.Series(ratio(known, known * 0 + total))
    before = share.cumsum() - share
    shown = cells.assign(share=share, cumulative=share.cumsum(), vital=before < VITAL - _ROUNDING)
    return shown[[by, "number", "share", "cumulative", "vital", *_KEPT[1:]]]
