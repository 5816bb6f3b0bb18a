"""Whom to look at: a flag for a person to decide, never an action."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import review_bounds

REASONS = ("fraud", "serial_complainer", "late_payer", "discount_hunter", "unprofitable")

_SHAPE = 0.5
"""Of the Gamma distribution that rates of complaint are taken to come from: so wide that a real
habit shows within a few purchases, so narrow that one complaint on one purchase is none."""


def compute(engine: SqlEngine, bounds: Mapping[str, int] | None = None) -> None:
    """Find the customers whom a person should look at, into the table `review`.

    Tables in: `customers` (customer_id); `review_facts`, a row a customer: customer_id, fraud (0 or
    1, as people ticked it), complaints, rejected (of those: not upheld), bought (purchases),
    purchases (days with one), invoices, overdue, discounted (invoices), discount_percent (of the
    list prices, whole), profit_cents (null where it is unknown).
    Columns out, a row for each customer with a reason: customer_id; 0 or 1 for each of `REASONS`;
    and the figures of `review_facts`.

    Complaints are held against purchases, and against what other customers complain: see
    `often_complaining`.

    Args:
        engine: holds the tables.
        bounds: every bound of the catalogue's review.toml; default, those.

    Raises:
        DataError: a table is missing.
    """
    shipped = {name: value for own in review_bounds().values() for name, value in own.items()}
    values = shipped if bounds is None else bounds
    engine.table("review_parameters", pd.DataFrame({name: [v] for name, v in values.items()}))
    engine.run("complaint_habits", "complaint_habits")
    habits = engine.fetch("complaint_habits")
    engine.table("often_complaining", often_complaining(habits, values))
    engine.run("review", "review")


def often_complaining(habits: pd.DataFrame, bounds: Mapping[str, int]) -> pd.DataFrame:
    """Return the ways of complaining that are more than chance.

    Columns in: bought (purchases), complaints, customers (how many do so).
    Columns out: bought, complaints, of those who complain at least `complaints` times and, surer
    than `complaints_sure` per cent, at more than `complaints_times` times the rate of all others.

    Complaints are Poisson with a rate a purchase of each customer's own, and the rates Gamma
    distributed about that of the others, so that few purchases are pulled towards it (empirical
    Bayes). Who never bought counts as if he had bought once. Where nobody else complains, or
    there is nobody else, nothing is more than usual.

    Reference:
        Clayton, D. and Kaldor, J. (1987), Empirical Bayes estimates of age-standardized relative
        risks for use in disease mapping, Biometrics 43.
    """
    bought = habits["bought"].to_numpy(dtype="float64").clip(min=1)
    complaints = habits["complaints"].to_numpy(dtype="float64")
    customers = habits["customers"].to_numpy(dtype="float64")
    others = (bought * customers).sum() - bought
    usual = ((complaints * customers).sum() - complaints) / np.where(others > 0, others, np.inf)
    known = usual > 0
    usual = np.where(known, usual, 1.0)
    beyond = bounds["complaints_times"] * usual
    sure = stats.gamma.sf(beyond, _SHAPE + complaints, scale=1 / (_SHAPE / usual + bought))
    often = known & (complaints >= bounds["complaints"]) & (100 * sure > bounds["complaints_sure"])
    found: pd.DataFrame = habits.loc[often, ["bought", "complaints"]]
    return found
