"""Fit and sum up lifetime values, against the package lifetimes.

The customers are those of CDNOW, which lifetimes brings along, and made-up ones who follow the
BG/NBD model. Every contender gets the same numbers in memory.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from bench_timing import CannotDo, Task, Work

from suitecrm_bridge.analytics import clv
from suitecrm_bridge.analytics.fitting import NotFitted

START = date(2024, 1, 1)
DAYS = 730
MODEL = {"r": 0.6, "alpha": 40.0, "a": 0.7, "b": 9.0}
AWKWARD = {"r": 1.0, "alpha": 5.0, "a": 1.5, "b": 30.0}
TINY = ("--buyers", "800", "--purchases", "2000")
"""Options for a test of the suite itself."""


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument("--buyers", type=int, default=87_000, help="made-up customers to fit")
    parser.add_argument("--purchases", type=int, default=1_000_000, help="purchases to sum up")


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield the tasks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lifetimes  # its import warns
        from lifetimes.utils import summary_data_from_transaction_data as their_summary

        def fits(history: Any) -> dict[str, Any]:
            return {
                "baseline": ("lifetimes", _their_fit(lifetimes.BetaGeoFitter, history)),
                "others": [("suitecrm-bridge", _our_fit(history))],
            }

        yield Task("fit BG/NBD on CDNOW, 2,357 customers", **fits(_cdnow()))
        history = _histories(options.buyers, MODEL, seed=1)
        yield Task(f"fit BG/NBD on {options.buyers:,} customers", **fits(history))
        later = (*history[:2], history[2] + 2)
        yield Task("the same, observed two days longer", **fits(later))
        awkward = _histories(3_000, AWKWARD, seed=1)
        yield Task("fit BG/NBD on 3,000 frequent customers", **fits(awkward))

        frame, as_of = _purchases(options.purchases, options.buyers, seed=2)
        yield Task(
            f"sum up {options.purchases:,} purchases",
            ("lifetimes", lambda: _their_sums(their_summary, frame, as_of)),
            [("suitecrm-bridge", lambda: _count(clv.summarize(frame, as_of), frame))],
            "purchases",
        )


def _our_fit(history: Any) -> Work:
    def work() -> None:
        found = clv.fit_bg_nbd(*history)
        if isinstance(found, NotFitted):
            raise CannotDo(found.reason)

    return work


def _their_fit(fitter: Callable[[], Any], history: Any) -> Work:
    def work() -> None:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                fitter().fit(*history)
        except Exception as error:
            if type(error).__name__ != "ConvergenceError":
                raise
            raise CannotDo("ConvergenceError") from error

    return work


def _their_sums(summary: Callable[..., Any], frame: pd.DataFrame, as_of: date) -> int:
    found = summary(
        frame,
        "customer_id",
        "date",
        monetary_value_col="amount",
        observation_period_end=pd.Timestamp(as_of),
    )
    return _count(found, frame)


def _count(summary: pd.DataFrame, frame: pd.DataFrame) -> int:
    if len(summary) != frame["customer_id"].nunique():
        raise AssertionError("a customer is missing from the summary")
    return len(frame)


def _cdnow() -> tuple[Any, Any, Any]:
    name = "lifetimes/datasets/cdnow_customers_summary.csv"
    rows = pd.read_csv(Path(str(distribution("lifetimes").locate_file(name))))
    return rows["frequency"], rows["recency"], rows["T"]


def _histories(count: int, model: dict[str, float], seed: int) -> tuple[Any, Any, Any]:
    """Frequency, recency and T in days, of customers who came one by one over two years."""
    chance = np.random.default_rng(seed)
    first = chance.integers(0, DAYS, count)
    rate = chance.gamma(model["r"], 1 / model["alpha"], count)
    leaves = chance.beta(model["a"], model["b"], count)
    age = (DAYS - first).astype(np.float64)
    frequency, recency, now = np.zeros((3, count))
    alive = np.ones(count, dtype=bool)
    while alive.any():
        who = np.flatnonzero(alive)
        now[who] += np.maximum(1, np.ceil(chance.exponential(1 / rate[who])))
        seen = now[who] <= age[who]
        alive[who[~seen]] = False
        who = who[seen]
        frequency[who] += 1
        recency[who] = now[who]
        alive[who[chance.random(len(who)) < leaves[who]]] = False
    return frequency, recency, age


def _purchases(count: int, customers: int, seed: int) -> tuple[pd.DataFrame, date]:
    chance = np.random.default_rng(seed)
    days = pd.Timestamp(START) + pd.to_timedelta(chance.integers(0, DAYS, count), unit="D")
    cents = np.maximum(1, np.round(np.exp(chance.normal(8, 1, count))))
    frame = pd.DataFrame(
        {
            "customer_id": chance.integers(0, customers, count),
            "date": days,
            "amount": cents / 100,
        }
    )
    return frame, START + timedelta(days=DAYS)
