"""RFM and the summary of purchases with pandas and with polars, as their users would write it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

FIGURES = (
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "recency_days",
    "purchase_count",
    "total_cents",
    "frequency",
    "recency",
    "age",
    "repeat_cents",
)
"""What every contender finds of each customer."""


def with_pandas(file: Path, as_of: date) -> pd.DataFrame:
    """Return the figures by customer_id."""
    import pyarrow.parquet as pq

    rows = pq.read_table(file).to_pandas(date_as_object=False)
    rows = rows[rows["date"] <= pd.Timestamp(as_of)]
    rows["cents"] = (rows["amount"] * 100).round().astype("int64")
    rows["customer_id"] = rows["customer_id"].astype("category")
    days = rows.groupby(["customer_id", "date"], observed=True, sort=False)["cents"].sum()
    days = days.reset_index()
    totals = days.groupby("customer_id", observed=True)["cents"].sum()
    paid = days[days["cents"] > 0].sort_values("date")
    own = paid.groupby("customer_id", observed=True)
    first = own.agg(first=("date", "first"), last=("date", "last"), cents=("cents", "first"))
    count = own.size()
    found = pd.DataFrame(
        {
            "recency_days": (pd.Timestamp(as_of) - first["last"]).dt.days,
            "purchase_count": count,
            "total_cents": totals,
            "frequency": count - 1,
            "recency": (first["last"] - first["first"]).dt.days,
            "age": (pd.Timestamp(as_of) - first["first"]).dt.days,
            "repeat_cents": totals[first.index] - first["cents"],
        }
    )
    buyers = found["purchase_count"].notna()
    axes = {
        "recency": -found["recency_days"],
        "frequency": found["purchase_count"],
        "monetary": found["total_cents"],
    }
    for name, axis in axes.items():
        rank = axis[buyers].rank(method="min")
        found[f"rfm_{name}"] = 5 * (rank - 1) // buyers.sum() + 1
    return found[list(FIGURES)]


def with_polars(file: Path, as_of: date) -> Any:
    """Return the figures with the column customer_id, a frame of polars."""
    import polars as pl

    c = pl.col
    paid = c("cents") > 0
    days = (
        pl.scan_parquet(file)
        .filter(c("date") <= as_of)
        .select("customer_id", "date", (c("amount") * 100).round().cast(pl.Int64).alias("cents"))
        .group_by("customer_id", "date")
        .agg(c("cents").sum())
    )
    summed = days.group_by("customer_id").agg(
        c("cents").sum().alias("total_cents"),
        paid.sum().cast(pl.Int64).alias("purchase_count"),
        c("date").filter(paid).min().alias("first"),
        c("date").filter(paid).max().alias("last"),
        c("cents").filter(paid).sort_by(c("date").filter(paid)).first().alias("first_cents"),
    )
    known = c("purchase_count") > 0
    found = summed.select(
        "customer_id",
        (pl.lit(as_of) - c("last")).dt.total_days().alias("recency_days"),
        "purchase_count",
        "total_cents",
        pl.when(known).then(c("purchase_count") - 1).alias("frequency"),
        (c("last") - c("first")).dt.total_days().alias("recency"),
        (pl.lit(as_of) - c("first")).dt.total_days().alias("age"),
        pl.when(known).then(c("total_cents") - c("first_cents")).alias("repeat_cents"),
    )
    return _with_fifths(found).collect()


def _with_fifths(found: Any) -> Any:
    import polars as pl

    axes = {
        "recency": -pl.col("recency_days"),
        "frequency": pl.col("purchase_count"),
        "monetary": pl.col("total_cents"),
    }
    buyers = pl.col("purchase_count") > 0
    return found.with_columns(
        [
            (5 * (pl.when(buyers).then(axis).rank("min") - 1) // buyers.sum() + 1)
            .cast(pl.Int64)
            .alias(f"rfm_{name}")
            for name, axis in axes.items()
        ]
    )
