"""How long customers stay: the Kaplan–Meier curve, and between which two it must lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from suitecrm_bridge.analytics.fitting import Floats, floats
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_TAIL = 0.025


def kaplan_meier(days: ArrayLike, lost: ArrayLike, customers: ArrayLike = 1) -> pd.DataFrame:
    """Return the share of customers still there after that many days.

    Args:
        days: how long each customer stayed, or was watched.
        lost: whether they were lost then (1), or still there when the watch ended (0).
        customers: how many customers each entry stands for.

    Columns out, one row per day on which somebody was lost: days; at_risk (customers watched
    that long); lost; survival (share); low, high (95 % interval that also holds for few
    customers: the beta product; where everybody was watched to the end, that of Clopper and
    Pearson).

    Raises:
        DataError: a value is missing or negative.

    References:
        Kaplan, E. L. and Meier, P. (1958), Nonparametric Estimation from Incomplete
        Observations, JASA 53, 457–481.
        Fay, M. P., Brittain, E. H. and Proschan, M. A. (2013), Pointwise confidence intervals for
        a survival distribution with small samples or heavy censoring, Biostatistics 14, 723–736,
        for the interval, by the method of moments.
    """
    time, event, weight = np.broadcast_arrays(
        floats(days, "days"), floats(lost, "lost"), floats(customers, "customers")
    )
    if (event > 1).any():
        raise DataError(text("analytics.bad_summary_column", column="lost"))
    rows = pd.DataFrame({"days": time.ravel(), "lost": (event * weight).ravel()})
    rows["left"] = weight.ravel()
    table = rows.groupby("days").sum().reset_index()
    table["at_risk"] = table["left"][::-1].cumsum()[::-1]
    table["beyond"] = table["at_risk"] - table["left"]
    table = table[table["lost"] > 0].reset_index(drop=True)
    at_risk, gone, beyond = (
        table[name].to_numpy(np.float64) for name in ("at_risk", "lost", "beyond")
    )
    low, high = _limits(at_risk, gone, beyond)
    counts = table[["days", "at_risk", "lost"]].astype("int64")
    return counts.assign(survival=np.cumprod(1 - gone / at_risk), low=low, high=high)


def bounds(latest: pd.DataFrame, earliest: pd.DataFrame) -> pd.DataFrame:
    """Return between which shares of customers are still there after that many days.

    When somebody left is not seen: after their last purchase at the earliest, and on the day on
    which they count as lost at the latest.

    Args:
        latest: what `kaplan_meier` makes of the days until customers counted as lost.
        earliest: the same of the days until the purchase that was their last before.

    Columns out, one row per day on which one of the two falls, the first being day 0: days; lost
    (of `latest`); earliest and latest (shares); low and high (the lower limit of the one and the
    upper limit of the other, at 95 %).
    """
    days = np.unique(np.concatenate([[0], earliest["days"], latest["days"]])).astype(np.int64)
    lost = latest.set_index("days")["lost"].reindex(days, fill_value=0).to_numpy(np.int64)
    sooner, low = (_at(days, earliest, name) for name in ("survival", "low"))
    later, high = (_at(days, latest, name) for name in ("survival", "high"))
    sooner = np.minimum(sooner, later)
    shares = {"earliest": sooner, "latest": later, "low": np.minimum(low, sooner)}
    return pd.DataFrame({"days": days, "lost": lost, **shares, "high": np.maximum(high, later)})


def _at(days: ArrayLike, curve: pd.DataFrame, name: str) -> Floats:
    """Return the value of a curve of steps on each of `days`, 1 before its first step."""
    steps = np.concatenate([[1.0], curve[name].to_numpy(np.float64)])
    return np.asarray(steps[np.searchsorted(curve["days"], days, side="right")])


def _limits(at_risk: Floats, lost: Floats, beyond: Floats) -> tuple[Floats, Floats]:
    """Return the limits of the share that is left after each loss."""
    stayed = at_risk - lost + 1
    first = np.cumprod(stayed / (at_risk + 1))
    second = np.cumprod(stayed * (stayed + 1) / ((at_risk + 1) * (at_risk + 2)))
    share, square = beyond / (beyond + 1), beyond / (beyond + 2)
    high = _quantile(1 - _TAIL, first, second)
    low = _quantile(_TAIL, first * share, second * square)
    return np.where(beyond > 0, low, 0.0), high


def _quantile(share: float, first: Any, second: Any) -> Floats:
    """Return the quantile of the beta distribution with these two moments."""
    spread = np.maximum(second - first**2, np.finfo(float).tiny)
    size = (first - second) / spread
    found = special.betaincinv(
        np.maximum(first * size, 1e-12), np.maximum((1 - first) * size, 1e-12), share
    )
    return np.asarray(found, dtype=np.float64)
