"""How well the past would have been forecast: fitted on a first part, held against the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.bg_nbd import MIN_CUSTOMERS, BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.churn import holdout
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.fitting import Floats, NotFitted
from suitecrm_bridge.analytics.intake import purchases_table
from suitecrm_bridge.analytics.rfm import ANYBODY

MOST_SHOWN = 7
"""Customers with as many repeat purchases or more share a row."""


@dataclass(frozen=True)
class Backtest:
    """What was forecast, and what came.

    `by_frequency`: frequency (repeat purchases before, 7 for 7 or more), customers, and the
    average purchases a customer in the holdout: actual, predicted, repeated, nothing.
    `total`: the same four, summed over all customers. `error` and `deviation`: mean absolute error
    and root mean squared error a customer of predicted, repeated and nothing. `correlation`: of
    predicted with actual purchases.
    "repeated" lets each customer go on at the rate of their repeat purchases so far, "nothing"
    lets nobody buy again.
    """

    model: BgNbd
    customers: int
    holdout_days: int
    by_frequency: pd.DataFrame
    total: dict[str, float]
    error: dict[str, float]
    deviation: dict[str, float]
    correlation: float


def backtest(
    purchases: pd.DataFrame, until: date, as_of: date, *, min_customers: int = MIN_CUSTOMERS
) -> Backtest | NotFitted:
    """Fit on the purchases up to `until`, and foretell those from then to `as_of`.

    Columns in: customer_id, date, amount, as `clv.summarize` takes them.

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.
    """
    engine = Engine()
    engine.table("purchases", purchases_table(purchases), ANYBODY)
    engine.look_from(as_of)
    rows = holdout(engine, until, as_of)
    history = (rows["frequency"], rows["recency"], rows["age"])
    model = fit_bg_nbd(*history, min_customers=min_customers)
    if isinstance(model, NotFitted):
        return model
    days = (as_of - until).days
    frequency, age = (rows[name].to_numpy(dtype=np.float64) for name in ("frequency", "age"))
    forecast = {
        "predicted": model.expected_purchases(days, *history),
        "repeated": frequency / np.maximum(age, 1) * days,
        "nothing": np.zeros(len(rows)),
    }
    return _compared(model, days, frequency, rows["bought"].to_numpy(dtype=np.float64), forecast)


def _compared(
    model: BgNbd, days: int, frequency: Floats, actual: Floats, forecast: dict[str, Floats]
) -> Backtest:
    values = {"actual": actual, **forecast}
    shown = np.minimum(frequency, MOST_SHOWN).astype(np.int64)
    grouped = pd.DataFrame({"frequency": shown, **values}).groupby("frequency")
    table = grouped.mean().reset_index()
    table.insert(1, "customers", grouped.size().to_numpy())
    missed = {name: column - actual for name, column in forecast.items()}
    return Backtest(
        model=model,
        customers=len(actual),
        holdout_days=days,
        by_frequency=table,
        total={name: float(column.sum()) for name, column in values.items()},
        error={name: float(np.abs(miss).mean()) for name, miss in missed.items()},
        deviation={name: float(np.sqrt((miss**2).mean())) for name, miss in missed.items()},
        correlation=float(np.corrcoef(forecast["predicted"], actual)[0, 1]),
    )
