"""Whom to look at: a flag for a person to decide, never an action."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from scipy import stats

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import review_bounds

REASONS = ("fraud", "serial_complainer", "late_payer", "discount_hunter", "unprofitable")


def compute(engine: SqlEngine, bounds: Mapping[str, int] | None = None) -> None:
    """Find the customers that a person should look at, into the table `review`.

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
    engine.values("review_parameters", values)
    engine.make("review")


def often_complaining(habits: pd.DataFrame, bounds: Mapping[str, int]) -> pd.DataFrame:
    """Return the ways of complaining that are more than chance.

    Columns in: bought (purchases), complaints, customers (how many do so).
    Columns out: bought, complaints, of those who complain at least `complaints` times, and so often
    that at `complaints_times` times the rate of all others chance alone would make it so less than
    once in `complaints_once_in` customers.

    Complaints are Poisson with a rate a purchase. Of the customer's and the others' complaints
    together the customer's are then binomial, whatever the rate, so that what is not known of the
    others counts as well. Who never bought counts as if they had bought once.

    Reference:
        Przyborowski, J. and Wilenski, H. (1940), Homogeneity of results in testing samples from
        Poisson series, Biometrika 31.
    """
    bought = habits["bought"].to_numpy(dtype="float64").clip(min=1)
    complaints = habits["complaints"].to_numpy(dtype="float64")
    customers = habits["customers"].to_numpy(dtype="float64")
    others = (bought * customers).sum() - bought
    together = (complaints * customers).sum()
    weight = bounds["complaints_times"] * bought
    chance = stats.binom.sf(complaints - 1, together, weight / (weight + others))
    often = (complaints >= bounds["complaints"]) & (chance * bounds["complaints_once_in"] < 1)
    found: pd.DataFrame = habits.loc[often, ["bought", "complaints"]]
    return found
