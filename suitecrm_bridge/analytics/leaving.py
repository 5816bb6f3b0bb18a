"""Who is at risk or lost: segment, lifecycle and churn risk held against one another."""

from __future__ import annotations

from itertools import product

import pandas as pd

from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import STANDINGS, catalogue

WAYS = ("standing", "rfm_segment", "lifecycle", "churn_risk")


def leaving(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the customers of each standing by segment, lifecycle and churn risk.

    Columns in: standing, rfm_segment, lifecycle, churn_risk ('' or missing where unknown),
    total_cents, stake_cents.
    Columns out, one row for each way in which there are customers, in the order of the catalogue:
    those of `WAYS` ('' where unknown), customers, revenue_cents (refunds deducted), stake_cents.

    Raises:
        MissingColumns: a column is missing.
    """
    known = _known(rows)
    sums = known.groupby(list(WAYS)).agg(
        customers=("total_cents", "size"),
        revenue_cents=("total_cents", "sum"),
        stake_cents=("stake_cents", "sum"),
    )
    return ordered(sums)


def ordered(sums: pd.DataFrame) -> pd.DataFrame:
    """Return what `leaving` does, of customers, revenue_cents and stake_cents by `WAYS`."""
    ranked = sorted(catalogue().segments.values(), key=lambda one: one.rank)
    dropdowns = catalogue().dropdowns
    places = product(
        STANDINGS,
        [segment.key for segment in ranked],
        ["", *dropdowns["lifecycle"]],
        ["", *dropdowns["churn_risk"]],
    )
    order = pd.MultiIndex.from_tuples(
        [place for place in places if place in sums.index], names=list(WAYS)
    )
    return sums.reindex(order).astype("int64").reset_index()


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    require_columns(rows, (*WAYS, "total_cents", "stake_cents"), "leaving")
    words = {name: rows[name].astype(object).where(rows[name].notna(), "") for name in WAYS}
    cents = {
        name: rows[name].astype("Int64").fillna(0).astype("int64")
        for name in ("total_cents", "stake_cents")
    }
    return pd.DataFrame({**words, **cents})
