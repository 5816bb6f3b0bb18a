"""Recency, frequency, monetary value: every customer in one segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

import pandas as pd

from suitecrm_bridge.analytics import lifecycle
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.days import to_dates, to_day
from suitecrm_bridge.analytics.engine import Engine, SqlEngine, Values
from suitecrm_bridge.analytics.intake import customers_table, purchases_table
from suitecrm_bridge.catalogue import Cuts, Entity, RfmRules, Source, catalogue, rfm_rules

Ranking = Literal["fifths", "after_rhythm", "always_fifths", "thresholds"] | Cuts
"""How scores are cut: by fifths of the buyers, or by rhythm where fifths would not tell them apart;
the same after a run that was cut by rhythm, which takes more to go back; by fifths whatever they
tell; by the catalogue's thresholds; or by the cut-points of an earlier run, so that a changed score
means a changed customer."""

MARGINS = {"fifths": 20, "after_rhythm": 25}
"""Of a hundred buyers, how many at either end must differ from the others for fifths to tell."""

MIN_BUYERS = 30

ANYBODY = "customers"
"""Whose purchases they are where nothing tells contacts from accounts."""

_SHOWN_AS_THEY_ARE = (
    "customer_id",
    "rfm_segment",
    "rfm_score",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "recency_days",
)


def score(
    purchases: pd.DataFrame | str,
    as_of: date,
    customers: pd.DataFrame | Iterable[Any] | str | None = None,
    *,
    engine: SqlEngine | None = None,
    min_buyers: int = MIN_BUYERS,
    ranking: Ranking = "fifths",
) -> pd.DataFrame:
    """Score customers by recency, frequency and monetary value.

    A score is the fifth of the buyers that a customer falls into, 5 the best:
    floor(5 (rank − 1) / n) + 1 with the lowest rank for ties, so that equal customers share it.

    * Fewer buyers than `min_buyers` are scored by the catalogue's thresholds.
    * Where fifths would not tell the buyers apart (nearly all bought within their own rhythm, or on
      the same day, or about equally often), recency is scored by the customer's own rhythm, the
      other two by the thresholds; `cuts` says so.
    * Purchases after `as_of` do not exist yet. Amounts below zero are refunds and lower the total.
    * A day that brings nothing, refunds deducted, is no purchase; several purchases on one day
      count once.

    Columns in:

    * of a frame: customer_id; date (date, datetime or ISO 8601 text); amount (int, float, Decimal
      or text with a decimal point, in units of the currency; a float counts as the number it shows,
      and fractions of a cent are rounded half to even)
    * of a table of `engine`, none missing anywhere: customer_id; day (integer days since
      1970-01-01); cents (integer hundredths)

    Columns out, one row per customer in the order of customer_id:

    * customer_id; rfm_segment (key of the catalogue); rfm_score ("545"); rfm_recency,
      rfm_frequency, rfm_monetary (1 to 5, missing without a purchase); recency_days
    * first_purchase, last_purchase (date or None); purchase_count (days with a purchase)
    * purchase_total (Decimal, refunds deducted); average_purchase (Decimal or None, total divided
      by count, rounded half away from zero)

    Args:
        purchases: the purchases, a frame or the name of a table.
        as_of: the day to score for.
        customers: a frame with customer_id, the ids, or the name of a table with customer_id,
            of everyone who gets a row; a purchase of anyone else is ignored. By default those
            who have purchases.
        engine: holds the tables; by default one in memory.
        min_buyers: fewest customers with a purchase for a ranking by fifths.
        ranking: how scores are cut.

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.
            Or a table is missing.

    Reference:
        Hughes, A. M. (1994), Strategic Database Marketing, for fifths of recency, frequency
        and monetary value.
    """
    to_day(as_of)
    engine = engine or Engine()
    if isinstance(purchases, str):
        _take_tables(engine, purchases, customers)
    else:
        table = purchases_table(purchases)
        wanted = engine.fetch(customers) if isinstance(customers, str) else customers
        everyone, table["customer_id"] = customers_table(wanted, table["customer_id"])
        engine.table("purchases", table, ANYBODY)
        engine.table("customers", everyone, ANYBODY)
    rank(engine, {ANYBODY: ranking}, "invoices", as_of, min_buyers)
    return presented(engine.fetch("rfm"))


def compute(
    engine: SqlEngine,
    rankings: Mapping[Entity, Ranking],
    source: Source,
    as_of: date,
    min_buyers: int,
    rules: RfmRules | None = None,
) -> None:
    """Score customers from the canonical facts in `engine`, into the table `rfm`.

    Columns in: `customers_contacts`, `customers_accounts`: customer_id; `invoice_facts`:
    invoice_id, contact_id, account_id, status, day, cents; `opportunity_facts`: opportunity_id,
    account_id, stage, day, cents; `accounts_contacts`: contact_id, account_id;
    `opportunities_contacts`: opportunity_id, contact_id.
    Columns out: entity, customer_id, rfm_segment, rfm_score, rfm_recency, rfm_frequency,
    rfm_monetary (1 to 5), recency_days, first_day, last_day (integer days), purchase_count (days),
    total_cents, average_cents (hundredths).

    Args:
        engine: holds the tables.
        rankings: who is to be scored, and how the scores of each kind are cut.
        source: what counts as a purchase.
        as_of: the day to score for.
        min_buyers: fewest customers with a purchase for a ranking by fifths.
        rules: what scores are cut by where fifths do not serve; default, the shipped cut-points.

    Raises:
        DataError: a table is missing or a sum is out of range.
    """
    counted: list[Values] = [{"entity": entity, "source": source} for entity in rankings]
    engine.values("purchase_rule", *counted)
    rank(engine, rankings, source, as_of, min_buyers, rules)


def cuts(engine: SqlEngine) -> dict[str, Cuts]:
    """Return the cut-points of each kind of customer that `compute` scored last."""
    rows = engine.fetch("rfm_cuts").set_index("entity").to_dict("index")
    return {str(entity): Cuts.of(row.pop("basis"), row.values()) for entity, row in rows.items()}


def presented(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `rfm` as people and SuiteCRM read them: dates and Decimals.

    Columns in: those that `compute` puts out. Columns out: those that `score` puts out.
    """
    return pd.DataFrame(
        {
            **{name: rows[name] for name in _SHOWN_AS_THEY_ARE},
            "first_purchase": to_dates(rows["first_day"]),
            "last_purchase": to_dates(rows["last_day"]),
            "purchase_count": rows["purchase_count"],
            "purchase_total": to_units(rows["total_cents"]),
            "average_purchase": to_units(rows["average_cents"]),
        }
    )


def _take_tables(
    engine: SqlEngine, purchases: str, customers: pd.DataFrame | Iterable[Any] | str | None
) -> None:
    engine.table("purchases", purchases, ANYBODY)
    if customers is None:
        engine.table("customers", "buyers")
    elif isinstance(customers, str | pd.DataFrame):
        engine.table("customers", customers, ANYBODY)
    else:
        engine.table("customers", pd.DataFrame({"customer_id": list(customers)}), ANYBODY)


def rank(
    engine: SqlEngine,
    rankings: Mapping[Any, Ranking],
    source: Source,
    as_of: date,
    min_buyers: int,
    rules: RfmRules | None = None,
) -> None:
    """Score customers from the tables `customers` and `purchases`; else as `compute` does."""
    rules = rules or rfm_rules()
    segments = catalogue().segments.values()
    cells: list[Values] = [
        {"recency": recency, "frequency": frequency, "segment": segment.key}
        for segment in segments
        for recency, frequency in sorted(segment.cells)
    ]
    conditions: list[Values] = [{"condition": s.when, "segment": s.key} for s in segments if s.when]
    engine.look_from(as_of)
    lifecycle.give(engine, rules.lifecycle)
    # Without a single buyer there are no fifths, whoever asks for them.
    engine.values("rfm_parameters", {"min_buyers": max(1, min_buyers)})
    engine.values("segment_cells", *cells)
    engine.values("segment_conditions", *conditions)
    rows = [_thresholds(entity, ranking, source, rules) for entity, ranking in rankings.items()]
    engine.values("rfm_thresholds", *rows)
    # To measure rhythms takes longer than all else.
    by_rhythm = any(row["checked"] or row["basis"] == "rhythm" for row in rows)
    engine.view("own_rhythms", "rhythms" if by_rhythm else "no_rhythms")
    engine.make("rfm")


def _thresholds(entity: str, ranking: Ranking, source: Source, rules: RfmRules) -> Values:
    """The bounds that hold if they are `fixed`, or else where the buyers are too few for fifths.

    Those of a rhythm beside them, for where fifths are `checked` and do not tell.
    """
    known = rules.fixed[source] if isinstance(ranking, str) else ranking
    rhythm = {f"rhythm_{score}": part for score, part in enumerate(rules.rhythm, start=2)}
    return {
        "entity": entity,
        "fixed": int(not isinstance(ranking, str) or ranking == "thresholds"),
        "checked": int(isinstance(ranking, str) and ranking in MARGINS),
        "margin": MARGINS.get(ranking, 0) if isinstance(ranking, str) else 0,
        "basis": known.basis,
        **rhythm,
        **known.bounds(),
    }
