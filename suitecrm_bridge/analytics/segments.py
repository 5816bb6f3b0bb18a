"""The portfolio by segment, and the map of recency by frequency."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import SCORES, catalogue

_FACTS = ("rfm_segment", "purchase_count", "total_cents")


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum up the customers of each segment: what they buy, what they bring, how loyal they are.

    Columns in: rfm_segment, purchase_count (days with a purchase), total_cents, recency_days,
    first_day, last_day (integer days), as `rfm.compute` puts them out.
    Columns out, one row per segment of the catalogue in the order of its rank, empty ones too:

    * rfm_segment; rank; customers; share (of all customers, 0 to 1); purchases
    * revenue_cents (refunds deducted); revenue_share (0 to 1, missing where all revenue together is
      not positive); revenue_per_customer_cents, average_purchase_cents (rounded half away from
      zero)
    * last_day (of the latest purchase); median_recency_days
    * purchases_per_customer; repeat_share (of its buyers, those with two or more, 0 to 1);
      median_rhythm_days (of these: days from the first to the last purchase divided by the
      purchases between)
    * behaviour_rank (purchases a customer), revenue_rank, loyalty_rank (repeat_share): 1 the best,
      equals share the better one

    A figure that would divide by nothing is missing, and so is the place by it.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, (*_FACTS, "recency_days", "first_day", "last_day"), "rfm")
    return summed_up(_sums(rows), len(rows))


def summed_up(sums: pd.DataFrame, whole: int) -> pd.DataFrame:
    """Return what `summary` does, of the sums of each segment that has customers.

    Rows in: by rfm_segment. Columns in: customers, purchases, revenue_cents, last_day,
    median_recency_days, buyers, repeaters (bought more than once), median_rhythm_days (of these).

    Args:
        sums: the sums.
        whole: how many customers there are.
    """
    ranked = sorted(catalogue().segments.values(), key=lambda segment: segment.rank)
    found = sums.reindex([segment.key for segment in ranked])
    counts = found[["customers", "purchases", "revenue_cents"]].fillna(0).astype("int64")
    revenue = int(counts["revenue_cents"].sum())
    per_customer = _ratio(found["purchases"], found["customers"])
    repeat_share = _ratio(found["repeaters"], found["buyers"])
    return pd.DataFrame(
        {
            "rfm_segment": found.index,
            "rank": [segment.rank for segment in ranked],
            "customers": counts["customers"].to_numpy(),
            "share": _share(counts["customers"], whole),
            "purchases": counts["purchases"].to_numpy(),
            "revenue_cents": counts["revenue_cents"].to_numpy(),
            "revenue_share": _share(counts["revenue_cents"], revenue),
            "revenue_per_customer_cents": _per(counts, "customers"),
            "average_purchase_cents": _per(counts, "purchases"),
            "last_day": found["last_day"].astype("Int64").array,
            "median_recency_days": found["median_recency_days"].astype("Float64").array,
            "purchases_per_customer": per_customer.array,
            "repeat_share": repeat_share.array,
            "median_rhythm_days": found["median_rhythm_days"].astype("Float64").array,
            "behaviour_rank": _place(per_customer),
            "revenue_rank": _place(found["revenue_cents"]),
            "loyalty_rank": _place(repeat_share),
        }
    )


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is summed of the customers of each segment that has any."""
    return (
        _with_loyalty(rows)
        .groupby("rfm_segment")
        .agg(
            customers=("rfm_segment", "size"),
            purchases=("purchase_count", "sum"),
            revenue_cents=("total_cents", "sum"),
            last_day=("last_day", "max"),
            median_recency_days=("recency_days", "median"),
            buyers=("buyer", "sum"),
            repeaters=("repeater", "sum"),
            median_rhythm_days=("rhythm_days", "median"),
        )
    )


def _with_loyalty(rows: pd.DataFrame) -> pd.DataFrame:
    days = rows[["purchase_count", "first_day", "last_day"]].astype("Float64")
    again = days["purchase_count"] > 1
    between = (days["purchase_count"] - 1).where(again)
    return rows.assign(
        buyer=(days["purchase_count"] > 0).astype("Int64"),
        repeater=again.astype("Int64"),
        rhythm_days=((days["last_day"] - days["first_day"]).where(again) / between),
    )


def _ratio(part: pd.Series[Any], whole: pd.Series[Any]) -> pd.Series[Any]:
    divisor = whole.astype("Float64")
    return part.astype("Float64") / divisor.where(divisor > 0)


def _place(figure: pd.Series[Any]) -> Any:
    return figure.astype("Float64").rank(ascending=False, method="min").astype("Int64").array


def grid(rows: pd.DataFrame) -> pd.DataFrame:
    """Count customers in each cell of recency by frequency.

    Columns in: rfm_recency, rfm_frequency (1 to 5), total_cents, as `rfm.compute` puts them
    out. Customers without scores are left out.
    Columns out, 25 rows, best recency first, then lowest frequency first: rfm_recency;
    rfm_frequency; rfm_segment; customers; share (of the scored customers, 0 to 1);
    revenue_cents (refunds deducted).

    Raises:
        MissingColumns: a column is missing.
    """
    axes = ["rfm_recency", "rfm_frequency"]
    require_columns(rows, (*axes, "total_cents"), "rfm")
    scored = rows.dropna(subset=axes)
    scored = scored.astype({axis: "int64" for axis in axes})
    found = scored.groupby(axes).agg(
        customers=("total_cents", "size"), revenue_cents=("total_cents", "sum")
    )
    return counted(found)


def counted(sums: pd.DataFrame) -> pd.DataFrame:
    """Return what `grid` does, of customers and revenue_cents by (rfm_recency, rfm_frequency)."""
    axes = ["rfm_recency", "rfm_frequency"]
    cells = list(product(reversed(SCORES), SCORES))
    counts = sums.reindex(pd.MultiIndex.from_tuples(cells, names=axes)).fillna(0).astype("int64")
    return pd.DataFrame(
        {
            "rfm_recency": [recency for recency, _ in cells],
            "rfm_frequency": [frequency for _, frequency in cells],
            "rfm_segment": [catalogue().segment_of_cell[cell] for cell in cells],
            "customers": counts["customers"].to_numpy(),
            "share": _share(counts["customers"], int(counts["customers"].sum())),
            "revenue_cents": counts["revenue_cents"].to_numpy(),
        }
    )


def _share(part: pd.Series[Any], whole: int) -> Any:
    if whole <= 0:
        return np.full(len(part), np.nan)
    return part.to_numpy() / whole


def _per(counts: pd.DataFrame, divisor: str) -> Any:
    """Revenue by `divisor`, in integers: doubles would lose cents of large totals."""
    pairs = zip(counts["revenue_cents"].tolist(), counts[divisor].tolist(), strict=True)
    return pd.array([_rounded(total, count) for total, count in pairs], dtype="Int64")


def _rounded(total: int, count: int) -> int | None:
    if count == 0:
        return None
    size = (2 * abs(total) + count) // (2 * count)
    return -size if total < 0 else size
