"""Gamma-Gamma: how much a purchase of each customer is worth.

A purchase of a customer is Gamma(p, rate ν) around their own mean, and ν is Gamma(q, rate v)
over customers; how much they spend does not depend on how often they buy.

Reference:
    Fader, P. S. and Hardie, B. G. S. (2013), The Gamma-Gamma Model of Monetary Value,
    brucehardie.com/notes/025.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, psi

from suitecrm_bridge.analytics.fitting import (
    FEWEST,
    Floats,
    NotFitted,
    counted,
    floats,
    inner,
    maximise,
    usual_top,
    weights,
)

MIN_REPEAT_BUYERS = FEWEST

MAX_CORRELATION = 0.3
"""Beyond, how much a customer spends is not independent of how often they buy."""

OFF = 1_000.0
"""How far out a value must be to say nothing about the others."""

_LIMIT = 9.0
_STARTS = ((1.0, 1.0, 1.0), (0.0, 0.7, 0.0), (3.0, 1.0, -1.0), (-1.0, 2.0, 3.0))


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model; `v` is in the unit of the monetary value that it was fitted on.

    `correlation` is Spearman's between frequency and monetary value; see `independent`. `prior`
    says whether it took one to determine the parameters; see `fitting.maximise`.
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: int
    correlation: float
    prior: bool = False

    @property
    def independent(self) -> bool:
        """Whether frequency and value are as independent as the model supposes."""
        return abs(self.correlation) < MAX_CORRELATION

    @property
    def population_average(self) -> float:
        """The expected average of a customer of whom nothing is known: v p / (q − 1)."""
        return self.v * self.p / (self.q - 1)

    def expected_average(self, frequency: ArrayLike, monetary_value: ArrayLike) -> Floats:
        """Return the expected average value of each customer's purchases: equation (5).

        A weighted average of their own and of the population's, the latter alone without repeat
        purchase.
        """
        x, z = floats(frequency, "frequency"), floats(monetary_value, "monetary_value")
        own = self.p * x / (self.p * x + self.q - 1)
        return np.asarray(own * z + (1 - own) * self.population_average)


def fit_gamma_gamma(
    frequency: ArrayLike,
    monetary_value: ArrayLike,
    *,
    min_repeat_buyers: int = MIN_REPEAT_BUYERS,
    customers: ArrayLike | None = None,
) -> GammaGamma | NotFitted:
    """Fit the model by maximum likelihood, or say why there is none.

    Customers without repeat purchase or without value say nothing and are left out; so are the few,
    one in thirty at most, whose value is `OFF` times as far out as that of all others.

    Args:
        frequency: repeat purchases of each customer.
        monetary_value: average value of their repeat purchases.
        min_repeat_buyers: fewest customers with both.
        customers: how many customers each row stands for; default, one.

    Raises:
        DataError: a value is missing, infinite or negative.
    """
    x, z = np.broadcast_arrays(
        floats(frequency, "frequency"), floats(monetary_value, "monetary_value")
    )
    known = (x > 0) & (z > 0)
    x, z, weight = x[known], z[known], weights(customers, x)[known]
    # One slip in an amount would move everybody's value.
    if len(z):
        usual = (z <= OFF * usual_top(z, weight)) & (1 / z <= OFF * usual_top(1 / z, weight))
        x, z, weight = x[usual], z[usual], weight[usual]
    count = int(weight.sum())
    if count < max(min_repeat_buyers, 2):
        return NotFitted("too_few_repeat_buyers", count, max(min_repeat_buyers, 2))
    scale = inner(z, weight) / count
    likelihood = Likelihood(x, z / scale, weight)
    found = maximise(likelihood, _STARTS, _LIMIT)
    if isinstance(found, str):
        return NotFitted(found, count)
    p, q, v = (float(value) for value in np.exp(found.logs))
    if q <= 1:  # the population's average is infinite
        return NotFitted("absurd_parameters", count)
    total = float(-likelihood(found.logs)[0] * count - count * np.log(scale))
    return GammaGamma(p, q, v * scale, total, count, _spearman(x, z, weight), found.prior)


class Likelihood:
    """The negative log-likelihood a customer in (ln p, ln q, ln v), with its gradient: (1a)."""

    def __init__(self, x: Floats, z: Floats, customers: Floats | None = None) -> None:
        self._weight = weights(customers, x)
        self._counts, at = np.unique(x, return_inverse=True)
        self._of_count = counted(at, self._weight)
        self._x, self._total = x, x * z
        self._weighed_x = x * self._weight
        self._sum_logs = inner(self._weighed_x, np.log(self._total))
        self._sum_log_z = inner(self._weight, np.log(z))

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        """Return value and gradient."""
        p, q, v = np.exp(logs)
        n, x, of_count = float(self._of_count.sum()), self._counts, self._of_count
        log_all = np.log(self._total + v)
        weight = p * self._weighed_x + q * self._weight
        value = (
            inner(of_count, gammaln(p * x + q) - gammaln(p * x))
            + n * (q * np.log(v) - gammaln(q))
            + p * self._sum_logs
            - self._sum_log_z
            - inner(weight, log_all)
        )
        rise = psi(p * x + q)
        slopes = (
            inner(of_count * x, rise - psi(p * x))
            + self._sum_logs
            - inner(self._weighed_x, log_all),
            inner(of_count, rise) - n * psi(q) + n * np.log(v) - inner(self._weight, log_all),
            n * q / v - (weight / (self._total + v)).sum(),
        )
        return float(-value / n), -np.array(slopes) * np.exp(logs) / n


def _spearman(x: Floats, z: Floats, customers: Floats) -> float:
    """Spearman's correlation, 0 where one of the two does not vary."""
    one, other = _ranks(x, customers), _ranks(z, customers)
    count = customers.sum()
    one, other = (ranks - inner(ranks, customers) / count for ranks in (one, other))
    spreads = inner(one * one, customers) * inner(other * other, customers)
    return inner(one * other, customers) / float(np.sqrt(spreads)) if spreads > 0 else 0.0


def _ranks(values: Floats, customers: Floats) -> Floats:
    """The rank of each value among all customers, the mean of its ranks for equal ones."""
    _, at = np.unique(values, return_inverse=True)
    size = counted(at, customers)
    return np.asarray((np.cumsum(size) - (size - 1) / 2)[at])
