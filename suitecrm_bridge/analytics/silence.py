"""How long customers are silent between two purchases, and when silence means more.

Each customer's gaps between purchases vary about their own rate, and the rates vary over
customers: gaps are Gamma(shape, rate), rates Gamma(r, alpha). Given how many gaps a customer has
had and how many days they took, the next one then has a known distribution, which is wide where
they are few and narrows as they become more. A limit is a quantile of it: so it means the same for
everybody, whether they have bought once or a hundred times, by the clock or at random.

References:
    Aitchison, J. and Dunsmore, I. R. (1975), Statistical Prediction Analysis, Cambridge, for the
    predictive distribution of a gamma variable whose rate is gamma (an inverted beta; with shape 1
    that of Lomax 1954).
    Allenby, G. M., Leone, R. P. and Jen, L. (1999), A dynamic model of purchase timing with
    application to direct marketing, JASA 94, for generalised gamma gaps with gamma heterogeneity.
    Lagakos, S. W., Barraj, L. M. and De Gruttola, V. (1988), Nonparametric analysis of truncated
    survival data, with application to AIDS, Biometrika 75, for what ended in time to be seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
from scipy import special
from scipy.optimize import minimize
from threadpoolctl import ThreadpoolController

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.fitting import Floats
from suitecrm_bridge.catalogue import LifecycleRules

SAMPLE = 1_500
"""About that many silences are fitted: enough to be right to a few parts in a hundred."""

HABITS = (0, 1, 2, 3)
"""Few gaps so far, even ones, some between, uneven ones; see `silences.sql`."""

FEWEST_OF_A_HABIT = 100
NEVER = 10**9
_MONTHS_AT_MOST = 12
_OLDER = 1.5
_TOLERANCE = 1e-7
_HORIZON_GAPS = 3
_HALF_DAY = 0.5
_SHORT = 4
_USUAL_R = 2.0
_SPREADS = np.array([1.0, 1.5, 1.0])
_FAR = [(-4.0, 6.0), (-3.0, 14.0), (-3.0, 5.0)]
_LEAST = 1e-300


def give(engine: SqlEngine, rules: LifecycleRules) -> None:
    """Give what the table `spells` goes by: one row per purchase day and the silence after it.

    A silence has two limits, of risk and of lapse, which are set on the day of the purchase, by
    the customer's purchases and by what the base had told until then. So whether somebody had
    lapsed on a day never changes later. An era of the base begins with a month before which twice
    as many silences had ended as at the last (while these are few), with one when the base is half
    as old again, or a year after the last.
    """
    known = {
        "fewest_gaps": rules.fewest_gaps,
        "sample": SAMPLE,
        "rhythm_days": rules.rhythm_days,
        "horizon_days": rules.horizon_days,
        "risk_percentile": rules.at_risk_percentile,
        "lapse_percentile": rules.lapsed_percentile,
        "least_days": rules.least_days,
    }
    engine.values("silence_parameters", known)


def first_limit(engine: SqlEngine) -> int:
    """Return after how many days of silence somebody has lapsed who bought once, and today."""
    asked = engine.fetch("silence_parameters").iloc[0]
    known = engine.fetch("silence_models")
    model, days = usual(int(asked["rhythm_days"])), int(asked["horizon_days"])
    if len(known):
        row = known.iloc[-len(HABITS)]
        model = Rhythms(float(row["r"]), float(row["alpha"]), float(row["shape"]))
        days = int(row["horizon_days"])
    share = int(asked["lapse_percentile"]) / 100
    return max(int(model.longest(share, 0, 0, days)), int(asked["least_days"]))


@dataclass(frozen=True)
class Era:
    """From `first_day` to the day before `next_day` limits go by the `ended` silences of before."""

    first_day: int
    next_day: int
    ended: int


@dataclass(frozen=True)
class Rhythms:
    """How customers of a base buy: r and alpha of their rates, shape of each one's gaps.

    A shape of 1 means at random; the higher it is, the more they buy by the clock. Numbers, or
    arrays of the same length as the histories that are asked about.
    """

    r: Any
    alpha: Any
    shape: Any

    def ended(self, days: Any, gaps: Any, so_far: Any) -> Floats:
        """Return the probability that a silence ends within that many days.

        Args:
            days: of silence.
            gaps: between purchases, that the customer has had.
            so_far: days that these took.
        """
        scale = self.alpha + np.asarray(so_far, dtype=np.float64)
        days = np.asarray(days, dtype=np.float64)
        ends = special.betainc(self.shape, self._weight(gaps), days / (scale + days))
        return np.asarray(ends, dtype=np.float64)

    def longest(self, share: float, gaps: Any, so_far: Any, horizon_days: Any) -> Any:
        """Return the fewest whole days within which this share of silences ends, integers.

        Counted are those that end at all, on another day and within `horizon_days`.
        """
        scale = self.alpha + np.asarray(so_far, dtype=np.float64)
        first = self.ended(_HALF_DAY, gaps, so_far)
        last = self.ended(horizon_days + _HALF_DAY, gaps, so_far)
        part = special.betaincinv(self.shape, self._weight(gaps), first + share * (last - first))
        days = np.ceil(scale * part / np.maximum(1 - part, _LEAST) - _HALF_DAY)
        return np.clip(days, 1, horizon_days).astype(np.int64)

    def _weight(self, gaps: Any) -> Floats:
        return np.asarray(self.r + self.shape * np.asarray(gaps, dtype=np.float64))


def usual(rhythm_days: int) -> Rhythms:
    """Return what stands in for a base that tells nothing yet: at random, on average so often."""
    return Rhythms(_USUAL_R, float(rhythm_days), 1.0)


def fit(silences: pd.DataFrame, start: Rhythms) -> Rhythms:
    """Return how a base buys, from silences that ended.

    Each counts by the probability of its length among those that could have ended by the time of
    looking: in a young base long ones cannot be seen yet, and customers who left never are. A weak
    prior about `start` decides what few of them leave open.

    Columns in: gaps, so_far (before the silence), gap (its days), watched (days from its beginning
    to the day of looking), silences (how many share these).
    """
    columns = ("gaps", "so_far", "gap", "watched", "silences")
    gaps, so_far, gap, watched, count = (silences[name].to_numpy(np.float64) for name in columns)
    middle = np.log([start.r, start.alpha, start.shape])

    def cost(logs: Floats) -> float:
        model = Rhythms(*np.exp(logs))
        seen = model.ended(watched + _HALF_DAY, gaps, so_far)
        seen = seen - model.ended(_HALF_DAY, gaps, so_far)
        likelihood = _log_probability(model, gap, gaps, so_far) - np.log(np.maximum(seen, _LEAST))
        prior = ((logs - middle) ** 2 / _SPREADS**2).sum() / 2
        return float((prior - (count * likelihood).sum()) / count.sum())

    # Threads that wait for three numbers cost five times what finding them does.
    with _libraries().limit(limits=1, user_api="blas"):
        found = minimize(cost, middle, method="L-BFGS-B", bounds=_FAR, tol=_TOLERANCE)
    return Rhythms(*np.exp(found.x))


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def fit_habits(
    silences: pd.DataFrame | None, rhythm_days: int, least_days: int
) -> tuple[list[Rhythms], int]:
    """Return how customers of each of `HABITS` buy, and the horizon; None stands for no silences.

    Columns in: habit, and those of `fit`.
    """
    if silences is None:
        return [usual(rhythm_days)] * len(HABITS), least_days
    parts = [silences[silences["habit"] == habit] for habit in HABITS]
    enough = [int(part["silences"].sum()) >= FEWEST_OF_A_HABIT for part in parts]
    whole = usual(rhythm_days) if all(enough) else fit(silences, usual(rhythm_days))
    models = [
        fit(part, usual(rhythm_days)) if own else whole
        for part, own in zip(parts, enough, strict=True)
    ]
    return models, horizon(silences, least_days)


def _log_probability(model: Rhythms, gap: Floats, gaps: Floats, so_far: Floats) -> Floats:
    """Return the logarithm of the probability of a silence of that many whole days.

    Where a day is much, it is that of between half a day less and half a day more.
    """
    scale, weight = model.alpha + so_far, model.r + model.shape * gaps
    logs = weight * np.log(scale) + (model.shape - 1) * np.log(gap)
    logs -= (weight + model.shape) * np.log(scale + gap) + special.betaln(model.shape, weight)
    short = gap <= _SHORT
    own = (gaps[short], so_far[short])
    ends = model.ended(gap[short] + _HALF_DAY, *own) - model.ended(gap[short] - _HALF_DAY, *own)
    logs[short] = np.log(np.maximum(ends, _LEAST))
    return np.asarray(logs, dtype=np.float64)


def horizon(silences: pd.DataFrame, least_days: int) -> int:
    """Return within how many days a silence ends, or never: at least three usual gaps."""
    gap, count = (silences[name].to_numpy(np.int64) for name in ("gap", "silences"))
    order = np.argsort(gap, kind="stable")
    up_to = np.cumsum(count[order])
    median = gap[order][np.searchsorted(2 * up_to, up_to[-1])]
    return max(least_days, _HORIZON_GAPS * int(median))


def eras(days: Sequence[int], ended: Sequence[int], as_of_day: int, fewest: int) -> list[Era]:
    """Return the eras of a base, in order; see `give`.

    Args:
        days: on which silences ended, ascending.
        ended: how many on each.
        as_of_day: the last day that matters.
        fewest: silences from which on a base tells anything.
    """
    found = [Era(-NEVER, NEVER, 0)]
    up_to = [0, *accumulate(ended)]
    begun = 0
    for age, first in enumerate(_months(days, as_of_day), 1):
        known, before = up_to[bisect_left(days, first)], found[-1].ended
        more = known >= 2 * before and before < 2 * SAMPLE
        older = known > before > 0 and age >= min(_OLDER * begun, begun + _MONTHS_AT_MOST)
        if known >= fewest and (more or older):
            found[-1] = replace(found[-1], next_day=first)
            found.append(Era(first, NEVER, known))
            begun = age
    return found


def _months(days: Sequence[int], as_of_day: int) -> list[int]:
    """Return the first days of the months after the first of `days` up to `as_of_day`."""
    if not days:
        return []
    first, last = (12 * day.year + day.month for day in map(to_date, (days[0], as_of_day)))
    numbers = range(first, last)
    return [to_day(date(number // 12, number % 12 + 1, 1)) for number in numbers]
