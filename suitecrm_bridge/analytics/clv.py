"""Customer lifetime value: what each customer will still buy, and whether they still do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from suitecrm_bridge.analytics import churn
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.bg_nbd import MIN_CUSTOMERS, BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.churn import Calibration, Cuts, calibrate
from suitecrm_bridge.analytics.days import to_dates, to_day
from suitecrm_bridge.analytics.engine import Engine, SqlEngine, Values
from suitecrm_bridge.analytics.fitting import Floats, NotFitted, floats
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma
from suitecrm_bridge.analytics.intake import customers_table, purchases_table
from suitecrm_bridge.analytics.summary import summarize as summarize
from suitecrm_bridge.catalogue.bearable import LAST_DAY, MAX_UNITS
from suitecrm_bridge.i18n import Language, text

ANYBODY = "customers"
"""Whose purchases they are where nothing tells contacts from accounts."""

DISCOUNT_RATE = 0.10
"""A year."""

MONTHS = 12
MONTH_DAYS = 365.25 / 12
FARTHEST_PURCHASE_DAYS = 5 * 365
"""A next purchase expected later than this has no date."""

MOST_CENTS = 100 * 100 * MAX_UNITS
"""A lifetime value of a hundred of the largest purchases is none."""


@dataclass(frozen=True)
class Valuation:
    """What stands behind the figures of an entity: the models, or why there are none."""

    bg_nbd: BgNbd | NotFitted
    gamma_gamma: GammaGamma | NotFitted
    cuts: Cuts
    calibration: Calibration | None

    def remarks(self, lang: Language | None = None) -> list[str]:
        """Return in words what a reader of the figures must know."""
        if isinstance(self.bg_nbd, NotFitted):
            return [self.bg_nbd.sentence(lang)]
        said = [self.cuts.sentence(lang)]
        if self.bg_nbd.prior:
            said.append(text("analytics.fitted_with_prior", lang))
        if isinstance(self.gamma_gamma, NotFitted):
            said.append(text("analytics.no_value", lang, why=self.gamma_gamma.sentence(lang)))
        elif not self.gamma_gamma.independent:
            shown = f"{self.gamma_gamma.correlation:.2f}"
            said.append(text("analytics.value_depends_on_frequency", lang, correlation=shown))
        return said


def lifetime_value(
    bg_nbd: BgNbd,
    gamma_gamma: GammaGamma,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,  # noqa: N803
    monetary_value: ArrayLike,
    *,
    months: int = MONTHS,
    discount_rate: float = DISCOUNT_RATE,
) -> Floats:
    """Return the discounted value of the purchases expected over the next months.

    The sum over months i of (E[Y(i)] − E[Y(i − 1)]) m / (1 + d)^(i / 12): E[Y] the purchases
    expected by the end of the month, m the expected average value, d the rate a year.

    Args:
        bg_nbd: fitted on days.
        gamma_gamma: fitted on the same unit of money as `monetary_value`.
        frequency: repeat purchases.
        recency: days from the first purchase to the last.
        T: days from the first purchase to now.
        monetary_value: average of the repeat purchases.
        months: how far to look.
        discount_rate: a year, 0.10 for ten per cent.

    Reference:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), RFM and CLV: Using Iso-Value
        Curves for Customer Base Analysis, Journal of Marketing Research 42 (4), 415–430;
        their integral over time, in steps of a month.
    """
    alive = bg_nbd.probability_alive(frequency, recency, T)
    _, discounted = expected_purchases(bg_nbd, frequency, T, months, discount_rate)
    return alive * discounted * gamma_gamma.expected_average(frequency, monetary_value)


def expected_purchases(
    bg_nbd: BgNbd,
    frequency: ArrayLike,
    T: ArrayLike,  # noqa: N803
    months: int,
    discount_rate: float,
) -> tuple[Floats, Floats]:
    """Return the purchases of the next months of customers who have not left: all, discounted."""
    expected = bg_nbd.expected_if_alive(0.0, frequency, T)
    discounted = np.zeros_like(expected)
    for month in range(1, months + 1):
        by_then = bg_nbd.expected_if_alive(month * MONTH_DAYS, frequency, T)
        discounted += (by_then - expected) / (1 + discount_rate) ** (month / 12)
        expected = by_then
    return expected, discounted


def forecast(
    purchases: pd.DataFrame,
    as_of: date,
    customers: pd.DataFrame | Iterable[Any] | None = None,
    *,
    discount_rate: float = DISCOUNT_RATE,
    min_customers: int = MIN_CUSTOMERS,
) -> pd.DataFrame:
    """Return what each customer is worth in the next 12 months, in one call.

    Columns in: customer_id; date (date, datetime or ISO 8601 text); amount (int, float, Decimal
    or text with a decimal point, in units of the currency). Purchases after `as_of` do not exist
    yet; amounts below zero are refunds.
    Columns out, one row per customer in the order of customer_id: customer_id; alive_probability
    (missing for those who bought once); expected_purchases (in 12 months); next_purchase (date or
    None); clv (Decimal or None, discounted); churn_risk (low, medium, high). What cannot be told
    is missing; `attrs["remarks"]` says why, in words.

    Args:
        purchases: the purchases.
        as_of: the day to forecast from.
        customers: a frame with customer_id, or the ids, of everyone who gets a row; by default
            those who have purchases.
        discount_rate: a year, 0.10 for ten per cent.
        min_customers: fewest customers with a purchase for a fit.

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd, or a type is wrong.
    """
    to_day(as_of)
    table = purchases_table(purchases)
    everyone, table["customer_id"] = customers_table(customers, table["customer_id"])
    engine = Engine()
    engine.table("purchases", table, ANYBODY)
    engine.table("customers", everyone, ANYBODY)
    valuations = compute(engine, as_of, discount_rate=discount_rate, min_customers=min_customers)
    rows = presented(engine.fetch("clv")).drop(columns="entity")
    rows = rows.sort_values("customer_id", ignore_index=True)
    rows.attrs["remarks"] = [line for one in valuations.values() for line in one.remarks()]
    return rows


def compute(
    engine: SqlEngine,
    as_of: date,
    *,
    discount_rate: float = DISCOUNT_RATE,
    min_customers: int = MIN_CUSTOMERS,
    low_from: float = churn.LOW_FROM,
    high_below: float = churn.HIGH_BELOW,
) -> dict[str, Valuation]:
    """Value customers by the table `purchases` in `engine`, into the table `clv`.

    Tables in: `customers` and `purchases`. Each kind of customer (the column `entity`) has a model
    of its own.
    Columns out, one row per customer: entity, customer_id, frequency, recency (days), last_day
    (integer day), alive_probability (4 digits; missing for those who bought once: the model cannot
    tell), purchase_probability (of a purchase within the cuts' horizon), expected_purchases (in 12
    months), next_day (integer day by which half of such customers have bought again; missing where
    more likely lost than not, or more than 5 years away), clv_cents (hundredths), churn_risk (low,
    medium, high). What cannot be told is missing; the Valuation says why.

    Args:
        engine: holds the tables.
        as_of: the day to value for.
        discount_rate: a year.
        min_customers: fewest customers with a purchase for a fit.
        low_from: share that buys again, from which the risk is low.
        high_below: share below which it is high.

    Raises:
        DataError: a table is missing or a sum is out of range.
    """
    engine.look_from(as_of)
    calibrations = calibrate(
        engine, as_of, low_from=low_from, high_below=high_below, min_customers=min_customers
    )
    fixed = Cuts(low_from, high_below, churn.HORIZON_DAYS, calibrated=False)
    shared, spent = churn.histories(engine, as_of), engine.fetch("spendings")
    valuations = {}
    for entity in sorted(engine.fetch("customer_kinds")["entity"]):
        history, spending = (rows[rows["entity"] == entity] for rows in (shared, spent))
        calibration = calibrations.get(entity)
        valuations[entity] = Valuation(
            _fitted(history, min_customers),
            _fitted_spending(spending),
            calibration.cuts if calibration else fixed,
            calibration,
        )
    _give(engine, valuations, discount_rate)
    engine.make("clv")
    return valuations


def presented(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `clv` as people and SuiteCRM read them: dates and Decimals.

    Columns out: entity, customer_id, alive_probability, expected_purchases, next_purchase (date or
    None), clv (Decimal or None), churn_risk.
    """
    return pd.DataFrame(
        {
            "entity": rows["entity"],
            "customer_id": rows["customer_id"],
            "alive_probability": rows["alive_probability"],
            "expected_purchases": rows["expected_purchases"],
            "next_purchase": to_dates(rows["next_day"]),
            "clv": to_units(rows["clv_cents"]),
            "churn_risk": rows["churn_risk"],
        }
    )


def _fitted(rows: pd.DataFrame, min_customers: int) -> BgNbd | NotFitted:
    return fit_bg_nbd(
        rows["frequency"],
        rows["recency"],
        rows["age"],
        min_customers=min_customers,
        customers=rows["customers"],
    )


def _fitted_spending(rows: pd.DataFrame) -> GammaGamma | NotFitted:
    frequency = floats(rows["frequency"], "frequency")
    average = floats(rows["repeat_cents"], "repeat_cents") / frequency
    return fit_gamma_gamma(frequency, average, customers=rows["customers"])


def _give(engine: SqlEngine, valuations: Mapping[str, Valuation], discount_rate: float) -> None:
    """Give the engine the models, of those kinds of customers that have one."""
    buying: list[Values] = []
    spending: list[Values] = []
    for entity, valuation in valuations.items():
        model, values, cuts = valuation.bg_nbd, valuation.gamma_gamma, valuation.cuts
        if isinstance(model, NotFitted):
            continue
        buying.append(
            {
                "entity": entity,
                "r": model.r,
                "alpha": model.alpha,
                "a": model.a,
                "b": model.b,
                "horizon_days": cuts.horizon_days,
                "low_from": cuts.low_from,
                "high_below": cuts.high_below,
                "discount_rate": discount_rate,
            }
        )
        if isinstance(values, GammaGamma):
            spending.append({"entity": entity, "p": values.p, "q": values.q, "v": values.v})
    names = ("r", "alpha", "a", "b", "horizon_days", "low_from", "high_below", "discount_rate")
    nobody: Values = {"entity": "", **dict.fromkeys(names, 1.0)}
    engine.values("buying_models", *(buying or [nobody]))
    engine.values("spending_models", *(spending or [{"entity": "", "p": 1.0, "q": 2.0, "v": 1.0}]))
    engine.values(
        "value_parameters",
        {
            "farthest_days": FARTHEST_PURCHASE_DAYS,
            "last_day": LAST_DAY,
            # Beyond, a slip in one amount speaks, and sums over customers would leave 64 bits.
            "most_cents": MOST_CENTS,
        },
    )
