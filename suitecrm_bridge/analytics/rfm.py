"""Recency, frequency, monetary value: every customer in one segment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from suitecrm_bridge.analytics.days import to_dates, to_day
from suitecrm_bridge.analytics.engine import Engine, SqlEngine
from suitecrm_bridge.analytics.intake import customers_table, purchases_table
from suitecrm_bridge.catalogue import catalogue

Entity = Literal["contacts", "accounts"]
Source = Literal["invoices", "opportunities"]

MIN_BUYERS = 30

_SHOWN_AS_THEY_ARE = (
    "customer_id", "rfm_segment", "rfm_score", "rfm_recency", "rfm_frequency", "rfm_monetary",
    "recency_days",
)  # fmt: skip


def score(
    purchases: pd.DataFrame,
    as_of: date,
    customers: pd.DataFrame | Iterable[Any] | None = None,
    *,
    min_buyers: int = MIN_BUYERS,
) -> pd.DataFrame:
    """Score customers by recency, frequency and monetary value.

    A score is the fifth of the buyers that a customer falls into, 5 the best:
    floor(5 (rank − 1) / n) + 1 with the lowest rank for ties, so that equal customers share it.
    Purchases after `as_of` do not exist yet. Amounts of zero or less are refunds: they lower
    the total and are no purchase. Several purchases on one day count once.

    Columns in: customer_id; date (date, datetime or ISO 8601 text); amount (int, float,
    Decimal or text with a decimal point, in units of the currency; a float counts as the
    number it shows, and fractions of a cent are rounded half to even).
    Columns out, one row per customer in the order of customer_id: customer_id; rfm_segment
    (key of the catalogue); rfm_score ("545"); rfm_recency, rfm_frequency, rfm_monetary (1 to 5,
    missing where there is no ranking); recency_days; first_purchase, last_purchase (date or
    None); purchase_count (days with a purchase); purchase_total (Decimal, net);
    average_purchase (Decimal or None, total by count, rounded half away from zero).

    Args:
        purchases: the purchases.
        as_of: the day to score for.
        customers: a frame with customer_id, or the ids, of everyone who gets a row; a purchase
            of anyone else is ignored. By default those who have purchases.
        min_buyers: fewest customers with a purchase for a ranking.

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.

    Reference:
        Hughes, A. M. (1994), Strategic Database Marketing, for fifths of recency, frequency
        and monetary value.
    """
    table = purchases_table(purchases)
    everyone, table["customer_id"] = customers_table(customers, table["customer_id"])
    engine = Engine()
    engine.table("purchases", table)
    engine.table("customers", everyone)
    _rank(engine, as_of, min_buyers, into="rfm")
    return presented(engine.fetch("rfm"))


def compute(
    engine: SqlEngine, entity: Entity, source: Source, as_of: date, min_buyers: int
) -> None:
    """Score an entity from the canonical facts in `engine`, into the table `rfm_<entity>`.

    Columns in: `customers_<entity>`: customer_id. For invoices, `invoice_facts`: invoice_id,
    contact_id, account_id, status, day, cents; for opportunities, `opportunity_facts`:
    opportunity_id, account_id, stage, day, cents. Where the rule needs them,
    `accounts_contacts`: contact_id, account_id, and `opportunities_contacts`: opportunity_id,
    contact_id.
    Columns out: customer_id, rfm_segment, rfm_score, rfm_recency, rfm_frequency, rfm_monetary
    (1 to 5), recency_days, first_day, last_day (integer days), purchase_count (days),
    total_cents, average_cents (hundredths). The tables `customers`, `purchases` and
    `purchase_summary` of the same entity stay for the calculations that follow.

    Args:
        engine: holds the tables.
        entity: who the customers are.
        source: what counts as a purchase.
        as_of: the day to score for.
        min_buyers: fewest customers with a purchase for a ranking.

    Raises:
        DataError: a table is missing or a sum is out of range.
    """
    engine.table("customers", f"customers_{entity}")
    engine.run(f"purchases_{entity}_{source}", "purchases")
    _rank(engine, as_of, min_buyers, into=f"rfm_{entity}")


def presented(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `rfm_<entity>` as people and SuiteCRM read them: dates and Decimals.

    Columns in: those that `compute` puts out. Columns out: those that `score` puts out.
    """
    return pd.DataFrame(
        {
            **{name: rows[name] for name in _SHOWN_AS_THEY_ARE},
            "first_purchase": to_dates(rows["first_day"]),
            "last_purchase": to_dates(rows["last_day"]),
            "purchase_count": rows["purchase_count"],
            "purchase_total": _units(rows["total_cents"]),
            "average_purchase": _units(rows["average_cents"]),
        }
    )


def _rank(engine: SqlEngine, as_of: date, min_buyers: int, into: str) -> None:
    segments = catalogue().segments.values()
    parameters = pd.DataFrame({"as_of_day": [to_day(as_of)], "min_buyers": [min_buyers]})
    cells = [(*cell, segment.key) for segment in segments for cell in sorted(segment.cells)]
    conditions = [(segment.when, segment.key) for segment in segments if segment.when]
    engine.table("parameters", parameters)
    engine.table("segment_cells", pd.DataFrame(cells, columns=["recency", "frequency", "segment"]))
    engine.table("segment_conditions", pd.DataFrame(conditions, columns=["condition", "segment"]))
    engine.run("purchase_summary", "purchase_summary")
    engine.run("rfm", into)


def _units(cents: pd.Series[Any]) -> pd.Series[Any]:
    values = [None if pd.isna(value) else Decimal(int(value)).scaleb(-2) for value in cents]
    return pd.Series(values, index=cents.index, dtype=object)
