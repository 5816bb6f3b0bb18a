"""Customer lifetime value: what each customer will still buy, and whether he still does."""

from __future__ import annotations

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
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.fitting import Floats, NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma
from suitecrm_bridge.analytics.summary import summarize as summarize
from suitecrm_bridge.catalogue.bearable import LAST_DAY, MAX_UNITS
from suitecrm_bridge.i18n import Language, text

DISCOUNT_RATE = 0.10
"""A year."""

MONTHS = 12
MONTH_DAYS = 365.25 / 12
FARTHEST_PURCHASE_DAYS = 5 * 365
"""A next purchase expected later than this has no date."""

MOST_CENTS = 100 * 100 * MAX_UNITS
"""A lifetime value of a hundred of the largest purchases is none."""

_KEYS = ["entity", "customer_id"]

COLUMNS = (
    *_KEYS, "frequency", "recency", "last_day", "alive_probability",
    "purchase_probability", "expected_purchases", "next_day", "clv_cents", "churn_risk",
)  # fmt: skip


_KINDS = {
    "alive_probability": "float64", "purchase_probability": "float64",
    "expected_purchases": "float64", "next_day": "Int64", "clv_cents": "Int64",
    "churn_risk": "string", "frequency": "Int64", "recency": "Int64", "last_day": "Int64",
}  # fmt: skip
_FIGURES = list(_KINDS)[:6]


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
    discounted, before = np.zeros_like(alive), np.zeros_like(alive)
    for month in range(1, months + 1):
        by_then = bg_nbd.expected_if_alive(month * MONTH_DAYS, frequency, T)
        discounted += (by_then - before) / (1 + discount_rate) ** (month / 12)
        before = by_then
    return alive * discounted * gamma_gamma.expected_average(frequency, monetary_value)


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
    customers = engine.fetch("customers")[_KEYS].drop_duplicates()
    rows = customers.merge(churn.summed_up(engine, as_of), on=_KEYS, how="inner")
    fixed = Cuts(low_from, high_below, churn.HORIZON_DAYS, calibrated=False)
    valuations, told = {}, []
    for entity in sorted(customers["entity"].unique()):
        own = rows[rows["entity"] == entity].reset_index(drop=True)
        calibration = calibrations.get(entity)
        valuations[entity] = Valuation(
            fit_bg_nbd(*_history(own), min_customers=min_customers),
            fit_gamma_gamma(own["frequency"], _average(own)),
            calibration.cuts if calibration else fixed,
            calibration,
        )
        figures = _figures(own, valuations[entity], to_day(as_of), discount_rate)
        told.append(pd.concat([own[[*_KEYS, "frequency", "recency", "last_day"]], figures], axis=1))
    if told:
        customers = customers.merge(pd.concat(told), on=_KEYS, how="left").sort_values(_KEYS)
    everyone = customers.reindex(columns=list(COLUMNS)).astype(_KINDS)
    engine.table("clv", everyone.reset_index(drop=True))
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


def _history(rows: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    frequency, recency, age = (
        rows[name].to_numpy(dtype=np.float64) for name in ("frequency", "recency", "age")
    )
    return frequency, recency, age


def _average(rows: pd.DataFrame) -> pd.Series[Any]:
    """Hundredths a repeat purchase, 0 where there is none."""
    count = rows["frequency"].to_numpy(dtype=np.float64)
    total = rows["repeat_cents"].to_numpy(dtype=np.float64)
    return pd.Series(total / np.maximum(count, 1), index=rows.index)


def _figures(
    rows: pd.DataFrame, valuation: Valuation, as_of_day: int, discount_rate: float
) -> pd.DataFrame:
    model, values, cuts = valuation.bg_nbd, valuation.gamma_gamma, valuation.cuts
    kinds = {name: _KINDS[name] for name in _FIGURES}
    missing = pd.DataFrame(index=rows.index, columns=_FIGURES).astype(kinds)
    if isinstance(model, NotFitted):
        return missing
    frequency, recency, age = _history(rows)
    alive = model.probability_alive(frequency, recency, age)
    again = model.probability_of_purchase(cuts.horizon_days, frequency, recency, age)
    wait = np.ceil(model.median_wait(frequency, age))
    dated = (alive >= 0.5) & (wait <= FARTHEST_PURCHASE_DAYS) & (as_of_day + wait <= LAST_DAY)
    expected = model.expected_purchases(MONTHS * MONTH_DAYS, frequency, recency, age)
    figures = {
        "alive_probability": np.where(frequency > 0, alive.round(4), np.nan),
        "purchase_probability": again.round(4),
        "expected_purchases": expected.round(4),
        "next_day": pd.Series(as_of_day + wait).where(dated),
        "churn_risk": cuts.risk(again),
    }
    if isinstance(values, GammaGamma):
        worth = lifetime_value(
            model, values, frequency, recency, age, _average(rows), discount_rate=discount_rate
        )
        # Beyond, a slip in one amount speaks, and sums over customers would leave 64 bits.
        figures["clv_cents"] = np.where(worth < MOST_CENTS, worth.round(), np.nan)
    return missing.assign(**figures).astype(kinds)
