"""Who may not buy again: the risk of each customer, held against what happened before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from suitecrm_bridge.analytics.bg_nbd import MIN_CUSTOMERS, BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine, Values
from suitecrm_bridge.analytics.fitting import Floats, floats
from suitecrm_bridge.i18n import Language, number, text

HORIZON_DAYS = 365
LEAST_HORIZON_DAYS = 90
LEAST_OF_EACH = 30

LOW_FROM = 0.5
"""Risk is low where at least this share of customers buy again within the horizon."""

HIGH_BELOW = 0.2
"""Risk is high where less than this share do."""


@dataclass(frozen=True)
class Cuts:
    """Which probability of buying again within `horizon_days` means which risk.

    Low from `low_from`, high below `high_below`, medium between. `calibrated` says whether a
    holdout shifted the cut-points, or they are the shares asked for, as they are.
    """

    low_from: float
    high_below: float
    horizon_days: int
    calibrated: bool

    def risk(self, probability: Floats) -> Any:
        """Return "low", "medium" or "high" for each probability, an array of objects."""
        levels = [probability >= self.low_from, probability < self.high_below]
        return np.select(levels, ["low", "high"], "medium").astype(object)

    def sentence(self, lang: Language | None = None) -> str:
        """Return in words which cut-points are in use."""
        key = "risk_calibrated" if self.calibrated else "risk_fixed"
        return text(f"analytics.{key}", lang, days=number(self.horizon_days, lang))


@dataclass(frozen=True)
class Calibration:
    """What a model fitted on the purchases up to `until` forecast of the days after.

    `deciles`: decile (1 the least likely), customers, predicted and actual (share that bought;
    customers with one forecast share it, whichever tenths they fall into).
    `brier` is the mean squared error of the probabilities; `brier_of_base_rate` what it would be
    if each customer were given the share of all who bought.
    """

    until: date
    horizon_days: int
    customers: int
    deciles: pd.DataFrame
    brier: float
    brier_of_base_rate: float
    cuts: Cuts


def calibrate(
    engine: SqlEngine,
    as_of: date,
    *,
    low_from: float = LOW_FROM,
    high_below: float = HIGH_BELOW,
    horizon_days: int = HORIZON_DAYS,
    min_customers: int = MIN_CUSTOMERS,
) -> dict[str, Calibration]:
    """Fit each kind of customer on the first part of its history, and see who bought in the last.

    Tables in: `purchases`, looked at from `as_of`.

    Args:
        engine: holds the purchases.
        as_of: the last day of the holdout.
        low_from: share that buys again, from which the risk is low.
        high_below: share below which it is high.
        horizon_days: longest holdout; half of the history where that is shorter.
        min_customers: fewest customers for a fit.

    Returns:
        Those of the kinds (the column `entity`) whose history is long enough, whose first part
        can be fitted, and where enough customers bought and enough stayed away in the last.
    """
    first = engine.fetch("purchase_kinds").set_index("entity")["first_day"]
    horizons = {
        str(entity): min(horizon_days, (to_day(as_of) - int(day)) // 2)
        for entity, day in sorted(first.items())
        if (to_day(as_of) - int(day)) // 2 >= LEAST_HORIZON_DAYS
    }
    untils = {entity: as_of - timedelta(days=days) for entity, days in horizons.items()}
    rows = _until(engine, "holdout_histories", untils, as_of)
    found = {
        entity: _calibrate(own, as_of, horizons[str(entity)], low_from, high_below, min_customers)
        for entity, own in rows.groupby("entity")
    }
    return {str(entity): one for entity, one in found.items() if one is not None}


def _calibrate(
    rows: pd.DataFrame,
    as_of: date,
    horizon: int,
    low_from: float,
    high_below: float,
    min_customers: int,
) -> Calibration | None:
    history = tuple(floats(rows[name], name) for name in ("frequency", "recency", "age"))
    customers, bought = (floats(rows[name], name) for name in ("customers", "bought"))
    model = fit_bg_nbd(*history, min_customers=min_customers, customers=customers)
    enough = LEAST_OF_EACH <= bought.sum() <= customers.sum() - LEAST_OF_EACH
    if isinstance(model, BgNbd) and enough:
        forecast = model.probability_of_purchase(horizon, *history)
        cuts = _cuts(forecast, customers, bought, low_from, high_below, horizon)
        until = as_of - timedelta(days=horizon)
        return _calibration(until, forecast, customers, bought, cuts)
    return None


def holdout(engine: SqlEngine, until: date, as_of: date) -> pd.DataFrame:
    """Return the summary up to `until` with what each customer bought from then to `as_of`.

    Tables in: `purchases`, looked at from `as_of`.
    Columns out: entity, customer_id, frequency, recency, age (days), bought (days with a
    purchase).
    """
    kinds = sorted(engine.fetch("purchase_kinds")["entity"])
    return _until(engine, "holdout", dict.fromkeys(kinds, until), as_of)


def summed_up(engine: SqlEngine, as_of: date) -> pd.DataFrame:
    """Return what `summary.summarize` tells, of purchases in a database, maybe a very large one."""
    engine.look_from(as_of)
    return engine.fetch("btyd_summary")


def histories(engine: SqlEngine, as_of: date) -> pd.DataFrame:
    """Return the histories that customers share.

    Tables in: `customers` and `purchases`.
    Columns out: entity, frequency, recency, age (days), customers (how many share it).
    """
    engine.look_from(as_of)
    return engine.fetch("histories")


def sum_up(engine: SqlEngine, as_of: date) -> None:
    """Make the table `btyd_summary`, which `summed_up` returns."""
    engine.look_from(as_of)
    engine.make("btyd_summary")


def _until(engine: SqlEngine, table: str, untils: Mapping[str, date], as_of: date) -> pd.DataFrame:
    """Return a table that is made of the purchases up to a day, by kind of customer."""
    rows: list[Values] = [
        {"entity": entity, "as_of_day": to_day(until), "until_day": to_day(as_of)}
        for entity, until in (untils or {"": as_of}).items()
    ]
    engine.values("summary_days", *rows)
    return engine.fetch(table)


def _cuts(
    forecast: Floats,
    customers: Floats,
    bought: Floats,
    low_from: float,
    high_below: float,
    horizon: int,
) -> Cuts:
    """The least probabilities whose customers bought as often as asked for.

    What really happened, as a function of the probability that never falls: isotonic regression
    (Barlow, Bartholomew, Bremner and Brunk 1972, Statistical Inference under Order Restrictions).
    """
    levels, at = np.unique(forecast, return_inverse=True)
    sizes = np.bincount(at, weights=customers)
    actual = np.bincount(at, weights=bought) / sizes
    rising = isotonic_regression(actual, weights=sizes).x
    found = []
    for share in (low_from, high_below):
        reached = np.flatnonzero(rising >= share)
        found.append(float(levels[reached[0]]) if len(reached) else float("inf"))
    return Cuts(found[0], found[1], horizon, calibrated=True)


def _calibration(
    until: date, forecast: Floats, customers: Floats, bought: Floats, cuts: Cuts
) -> Calibration:
    count = float(customers.sum())
    share = float(bought.sum()) / count
    missed = (customers - bought) * forecast**2 + bought * (1 - forecast) ** 2
    return Calibration(
        until=until,
        horizon_days=cuts.horizon_days,
        customers=int(count),
        deciles=_deciles(forecast, customers, bought),
        brier=float(missed.sum()) / count,
        brier_of_base_rate=share * (1 - share),
        cuts=cuts,
    )


def _deciles(forecast: Floats, customers: Floats, bought: Floats) -> pd.DataFrame:
    """Tenths of the customers by probability; of equal ones all share what came."""
    value, at = np.unique(forecast, return_inverse=True)
    size, came = (np.bincount(at, weights=each) for each in (customers, bought))
    up_to = np.concatenate([[0.0], np.cumsum(size)])
    edges = np.ceil(np.arange(11) * up_to[-1] / 10)
    sums = {
        name: np.diff(np.interp(edges, up_to, np.concatenate([[0.0], np.cumsum(total)])))
        for name, total in (("predicted", size * value), ("actual", came))
    }
    sizes = np.diff(edges)
    table = pd.DataFrame({"decile": np.arange(1, 11), "customers": sizes.astype(np.int64)})
    table = table.assign(**{name: total / np.maximum(sizes, 1) for name, total in sums.items()})
    return pd.DataFrame(table[sizes > 0]).reset_index(drop=True)
