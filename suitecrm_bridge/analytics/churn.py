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
    """What a model fitted on the purchases up to `until` foretold of the days after.

    `deciles`: decile (1 the least likely), customers, predicted and actual (share that bought).
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
    history = summed_up(engine, as_of).groupby("entity")["age"].max()
    horizons = {
        str(entity): min(horizon_days, int(age) // 2)
        for entity, age in history.items()
        if int(age) // 2 >= LEAST_HORIZON_DAYS
    }
    untils = {entity: as_of - timedelta(days=days) for entity, days in horizons.items()}
    rows = _until(engine, "holdout", untils, as_of)
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
    model = fit_bg_nbd(rows["frequency"], rows["recency"], rows["age"], min_customers=min_customers)
    bought = np.minimum(floats(rows["bought"], "bought"), 1.0)
    if isinstance(model, BgNbd) and LEAST_OF_EACH <= bought.sum() <= len(bought) - LEAST_OF_EACH:
        foretold = model.probability_of_purchase(
            horizon, rows["frequency"], rows["recency"], rows["age"]
        )
        cuts = _cuts(foretold, bought, low_from, high_below, horizon)
        return _calibration(as_of - timedelta(days=horizon), foretold, bought, cuts)
    return None


def holdout(engine: SqlEngine, until: date, as_of: date) -> pd.DataFrame:
    """Return the summary up to `until` with what each customer bought from then to `as_of`.

    Tables in: `purchases`, looked at from `as_of`.
    Columns out: entity, customer_id, frequency, recency, age (days), bought (days with a
    purchase).
    """
    return _until(engine, "holdout", dict.fromkeys(_kinds(engine), until), as_of)


def summed_up(engine: SqlEngine, as_of: date) -> pd.DataFrame:
    """Return what `summary.summarize` tells, of purchases in a database, maybe a very large one."""
    return _until(engine, "btyd_summary", dict.fromkeys(_kinds(engine), as_of), as_of)


def _kinds(engine: SqlEngine) -> list[str]:
    return sorted(engine.fetch("purchase_kinds")["entity"])


def _until(engine: SqlEngine, table: str, untils: Mapping[str, date], as_of: date) -> pd.DataFrame:
    """Return a table that is made of the purchases up to a day, by kind of customer."""
    rows: list[Values] = [
        {"entity": entity, "as_of_day": to_day(until), "until_day": to_day(as_of)}
        for entity, until in (untils or {"": as_of}).items()
    ]
    engine.values("summary_days", *rows)
    return engine.fetch(table)


def _cuts(
    foretold: Floats, bought: Floats, low_from: float, high_below: float, horizon: int
) -> Cuts:
    """The least probabilities whose customers bought as often as asked for.

    What really happened, as a function of the probability that never falls: isotonic regression
    (Barlow, Bartholomew, Bremner and Brunk 1972, Statistical Inference under Order Restrictions).
    """
    levels, at = np.unique(foretold, return_inverse=True)
    customers = np.bincount(at)
    actual = np.bincount(at, weights=bought) / customers
    rising = isotonic_regression(actual, weights=customers).x
    found = []
    for share in (low_from, high_below):
        reached = np.flatnonzero(rising >= share)
        found.append(float(levels[reached[0]]) if len(reached) else float("inf"))
    return Cuts(found[0], found[1], horizon, calibrated=True)


def _calibration(until: date, foretold: Floats, bought: Floats, cuts: Cuts) -> Calibration:
    order = np.lexsort((bought, foretold))
    decile = np.empty(len(order), dtype=np.int64)
    decile[order] = np.arange(len(order)) * 10 // len(order) + 1
    rows = pd.DataFrame({"decile": decile, "predicted": foretold, "actual": bought})
    grouped = rows.groupby("decile")
    table = grouped.mean().assign(customers=grouped.size()).reset_index()
    share = float(bought.mean())
    return Calibration(
        until=until,
        horizon_days=cuts.horizon_days,
        customers=len(bought),
        deciles=table[["decile", "customers", "predicted", "actual"]],
        brier=float(((foretold - bought) ** 2).mean()),
        brier_of_base_rate=share * (1 - share),
        cuts=cuts,
    )
