"""BG/NBD: how often customers buy again, and whether they still do.

While they are customers, all buy again at random with their own rate λ; after each repeat purchase
they leave with their own probability p. λ is Gamma(r, rate α) and p is Beta(a, b) over customers.

Reference:
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), "Counting Your Customers" the Easy
    Way: An Alternative to the Pareto/NBD Model, Marketing Science 24 (2), 275–284.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import expit, gammaln, hyp2f1, psi, roots_jacobi

from suitecrm_bridge.analytics.fitting import (
    FEWEST,
    Floats,
    NotFitted,
    counted,
    floats,
    inner,
    maximise,
    shared,
    usual_top,
    weights,
)
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

MIN_CUSTOMERS = 50
MIN_REPEAT_BUYERS = FEWEST

QUADRATURE = 64
"""Nodes of the quadrature that stands in where the hypergeometric function overflows."""

_LIMIT = 7.0
"""Parameters beyond exp(±7), about 1,100, are absurd."""

_MISFIT = 2.0
"""A model that is that many times wrong about the purchases that it was fitted on is none."""

_STARTS = ((-0.5, -0.5, 0.0, 0.7), (0.0, 0.0, 0.0, 0.0), (1.0, 1.0, -2.0, 2.0), (-2.0, -3.0, -1, 1))


@dataclass(frozen=True)
class BgNbd:
    """A fitted model. Times are in the unit of the recency and T that it was fitted on.

    Every method takes numbers or arrays of one shape, and returns an array of that shape.
    `prior` says whether it took one to determine the parameters; see `fitting.maximise`.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int
    prior: bool = False

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Floats:  # noqa: N803
        """Return the probability that the customer has not left by T.

        1 for who never bought again: in this model nobody leaves before a repeat purchase.

        Reference:
            Fader, Hardie and Lee (2008), Computing P(alive) Using the BG/NBD Model,
            brucehardie.com/notes/021.
        """
        x, tx, age = _history(frequency, recency, T)
        left = np.log(self.a / (self.b + np.maximum(x, 1) - 1)) + (self.r + x) * (
            np.log(self.alpha + age) - np.log(self.alpha + tx)
        )
        return np.where(x > 0, expit(-left), 1.0)

    def expected_purchases(
        self,
        t: ArrayLike,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,  # noqa: N803
    ) -> Floats:
        """Return the purchases expected in the time t after T, given the history.

        Equation (10) of the paper, its hypergeometric function by Euler's transformation,
        whose arguments stay small however often the customer bought.
        """
        x, tx, age = _history(frequency, recency, T)
        return self.probability_alive(x, tx, age) * self.expected_if_alive(t, x, age)

    def expected_if_alive(self, t: ArrayLike, frequency: ArrayLike, T: ArrayLike) -> Floats:  # noqa: N803
        """Return the purchases expected in the time t after T of a customer who has not left."""
        time, x, age = np.broadcast_arrays(
            floats(t, "t"), floats(frequency, "frequency"), floats(T, "T")
        )
        near_pole = min(abs(self.a - 1), abs(self.a + self.b - 1)) < 1e-5
        # The poles at a = 1 and a + b = 1 are removable: go round them on both sides.
        if near_pole:
            sides = [self._if_alive(time, x, age, self.a + side) for side in (-1e-4, 1e-4)]
            return np.asarray((sides[0] + sides[1]) / 2)
        return self._if_alive(time, x, age, self.a)

    def expected_purchases_new(self, t: ArrayLike) -> Floats:
        """Return the repeat purchases expected of a new customer in the time t: equation (9)."""
        return self.expected_if_alive(t, 0.0, 0.0)

    def probability_of_purchase(
        self,
        t: ArrayLike,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,  # noqa: N803
    ) -> Floats:
        """Return the probability of at least one purchase in the time t after T.

        P(alive) (1 − ((α + T) / (α + T + t))^(r + x)): who has not left buys next after an
        exponential time, whose rate is Gamma(r + x, α + T) given the history.
        """
        x, tx, age = _history(frequency, recency, T)
        wait = np.log1p(floats(t, "t") / (self.alpha + age))
        return self.probability_alive(x, tx, age) * -np.expm1(-(self.r + x) * wait)

    def _if_alive(self, time: Floats, x: Floats, age: Floats, a: float) -> Floats:
        time, x, age = np.broadcast_arrays(time, x, age)
        share = time / (self.alpha + age + time)
        total = a + self.b + x - 1
        with np.errstate(over="ignore", invalid="ignore"):
            rest = np.power(1 - share, a - 1) * hyp2f1(a + self.b - 1 - self.r, a - 1, total, share)
            found = np.array(total / (a - 1) * (1 - rest))
        for place in map(tuple, np.argwhere(~np.isfinite(found))):
            found[place] = self._integrated(time[place], x[place], age[place], a)
        return found

    def _integrated(self, time: float, x: float, age: float, a: float) -> float:
        """Return the same where the hypergeometric function overflows, by Gauss–Jacobi quadrature.

        (1 − (1 + p t / (α + T))^−(r + x)) / p over p, which is Beta(a, b + x) given the history.
        """
        # A hair beside: the nodes' own recurrence divides by zero where a + b + x = 1.
        nodes, weights = roots_jacobi(QUADRATURE, self.b + x - 1 + 1e-9, a - 1)
        p = (1 + nodes) / 2
        bought = -np.expm1(-(self.r + x) * np.log1p(p * time / (self.alpha + age))) / p
        return float((weights * bought).sum() / weights.sum())


def fit_bg_nbd(
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,  # noqa: N803
    *,
    min_customers: int = MIN_CUSTOMERS,
    min_repeat_buyers: int = MIN_REPEAT_BUYERS,
    customers: ArrayLike | None = None,
) -> BgNbd | NotFitted:
    """Fit the model by maximum likelihood, or say why there is none.

    Args:
        frequency: repeat purchases of each customer, whole numbers.
        recency: time from their first to their last purchase, 0 without repeat purchase.
        T: time from their first purchase to the end of the observation, in the same unit.
        min_customers: fewest customers for a fit.
        min_repeat_buyers: fewest customers who bought again.
        customers: how many customers each row stands for, where rows are distinct histories.

    Raises:
        DataError: a value is missing, negative or impossible.
    """
    history = shared(*_history(frequency, recency, T), customers)
    found = _fit(history, min_customers, min_repeat_buyers)
    age = history["age"].to_numpy()
    usual = age <= 2 * usual_top(age, history["customers"].to_numpy())
    if isinstance(found, NotFitted) and not usual.all():
        # A first purchase dated long before all others must not take the figures from everybody.
        again = _fit(history[usual], min_customers, min_repeat_buyers)
        return again if isinstance(again, BgNbd) else found
    return found


def _fit(history: pd.DataFrame, min_customers: int, min_repeat_buyers: int) -> BgNbd | NotFitted:
    x, tx, age, weight = (history[name].to_numpy() for name in ("x", "tx", "age", "customers"))
    count, repeat = int(weight.sum()), int(weight[x > 0].sum())
    if count < min_customers:
        return NotFitted("too_few_customers", count, min_customers)
    if repeat < max(min_repeat_buyers, 1):
        return NotFitted("too_few_repeat_buyers", repeat, max(min_repeat_buyers, 1))
    # By what is usual: the oldest customer alone must not push the others' rate over the limits.
    scale = inner(age, weight) / count
    likelihood = Likelihood(x, tx / scale, age / scale, weight)
    found = maximise(likelihood, _STARTS, _LIMIT)
    if isinstance(found, str):
        return NotFitted(found, count)
    r, alpha, a, b = (float(value) for value in np.exp(found.logs))
    bought = inner(x, weight)
    total = float(-likelihood(found.logs)[0] * count - bought * np.log(scale))
    model = BgNbd(r, alpha * scale, a, b, total, count, found.prior)
    ages, at = np.unique(age, return_inverse=True)
    of_age = counted(at, weight)
    forecast = inner(model.expected_purchases_new(ages), of_age) / bought
    if not 1 / _MISFIT < forecast < _MISFIT:
        return NotFitted("absurd_parameters", count)
    return model


class Likelihood:
    """The negative log-likelihood a customer in (ln r, ln α, ln a, ln b), with its gradient.

    Section 7 of the paper: ln(A1 A2 (A3 + δ A4)). A row is a history that `customers` share.
    """

    def __init__(self, x: Floats, tx: Floats, age: Floats, customers: Floats | None = None) -> None:
        weight = weights(customers, x)
        self._customers = float(weight.sum())
        self._counts, at = np.unique(x, return_inverse=True)
        self._of_count = counted(at, weight)
        once, again = x == 0, x > 0
        self._once_age, at = np.unique(age[once], return_inverse=True)
        self._once = counted(at, weight[once])
        self._x, self._weight = x[again], weight[again]
        self._x_at = np.searchsorted(self._counts, self._x)
        self._ages, self._age_at = np.unique(age[again], return_inverse=True)
        self._lasts, self._last_at = np.unique(tx[again], return_inverse=True)

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        """Return value and gradient."""
        r, alpha, a, b = np.exp(logs)
        value, gradient = self._by_count(r, alpha, a, b)
        for part, slope in (self._bought_once(r, alpha), self._bought_again(r, alpha, a, b)):
            value += part
            gradient += slope
        return -value / self._customers, -gradient * np.exp(logs) / self._customers

    def _by_count(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Floats]:
        """What depends on the frequency alone: ln A1 + ln A2."""
        x, n = self._counts, self._of_count
        a1 = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        a2 = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        in_both = psi(a + b) - psi(a + b + x)
        slopes = (
            inner(n, psi(r + x) - psi(r) + np.log(alpha)),
            n.sum() * r / alpha,
            inner(n, in_both),
            inner(n, in_both + psi(b + x) - psi(b)),
        )
        return inner(n, a1 + a2), np.array(slopes)

    def _bought_once(self, r: float, alpha: float) -> tuple[float, Floats]:
        """Those without repeat purchase: ln A3."""
        logs = inner(self._once, np.log(alpha + self._once_age))
        slope = -r * inner(self._once, 1 / (alpha + self._once_age))
        return -r * logs, np.array([-logs, slope, 0.0, 0.0])

    def _bought_again(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Floats]:
        """The others: ln(A3 + A4) = ln A3 + ln(1 + the odds of having left)."""
        log_age = np.log(alpha + self._ages)[self._age_at]
        log_last = np.log(alpha + self._lasts)[self._last_at]
        order = b + self._counts - 1
        order[order <= 0] = 1.0
        odds = (np.log(a / order))[self._x_at] + (r + self._x) * (log_age - log_last)
        small = np.exp(-np.abs(odds))
        value = np.maximum(odds, 0) + np.log1p(small) - (r + self._x) * log_age
        left = np.where(odds > 0, 1.0, small) / (1 + small) * self._weight
        stayed = self._weight - left
        per_age = (1 / (alpha + self._ages))[self._age_at]
        per_last = (1 / (alpha + self._lasts))[self._last_at]
        slopes = (
            -inner(stayed, log_age) - inner(left, log_last),
            -inner(stayed * (r + self._x), per_age) - inner(left * (r + self._x), per_last),
            left.sum() / a,
            -inner(left, (1 / order)[self._x_at]),
        )
        return inner(self._weight, value), np.array(slopes)


def _history(
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,  # noqa: N803
) -> tuple[Floats, Floats, Floats]:
    x, tx, age = np.broadcast_arrays(
        floats(frequency, "frequency"), floats(recency, "recency"), floats(T, "T")
    )
    if (x != np.floor(x)).any() or (tx > age).any() or ((x > 0) != (tx > 0)).any():
        raise DataError(text("analytics.bad_summary"))
    return x, tx, age
