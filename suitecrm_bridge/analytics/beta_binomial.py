"""How often each of several does something, held against all of them: the Beta-binomial model.

Everybody has a share of their own, and shares follow a Beta law. Where people differ no more than
chance makes them, there is no such law, and nothing is said of anybody.

References:
    Tarone, R. E. (1979), Testing the goodness of fit of the binomial distribution, Biometrika
    66 (3), 585–590, for the test.
    Kleinman, J. C. (1973), Proportions with extraneous variance, Journal of the American
    Statistical Association 68 (341), 46–54, for the moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DIFFERENT = 1.645
"""Of a base in which nobody differs, one in twenty looks as if somebody did."""
MOST_ALIKE = 0.95
"""A base may be no more divided than this into those who always do and those who never do."""


@dataclass(frozen=True)
class Shares:
    """The law of the shares of a base.

    Args:
        mean: how often it happens in the whole base.
        weight: how many tries of a customer the base counts as much as.
    """

    mean: float
    weight: float

    def expected(self, tried: Ints, answered: Ints) -> Floats:
        """Return the share that is expected of each, between their own and the base's."""
        found: Floats = (self.mean * self.weight + answered) / (self.weight + tried)
        return found

    def surely_above(self, tried: Ints, answered: Ints) -> Floats:
        """Return how likely it is that each one's share lies above that of the base."""
        above = self.mean * self.weight + answered
        below = (1 - self.mean) * self.weight + tried - answered
        found: Floats = 1 - betainc(above, below, self.mean)
        return found


def shares(tried: Ints, answered: Ints, people: Ints) -> Shares | None:
    """Return the law of the shares; None where they differ no more than chance makes them.

    Args:
        tried: how often people were tried, at least once.
        answered: how often of those it happened.
        people: how many have this history.
    """
    number, each = tried.astype(np.float64), people.astype(np.float64)
    total, happened = float((each * number).sum()), float((each * answered).sum())
    if each.sum() < 2 or not 0 < happened < total:
        return None
    mean = happened / total
    chance = mean * (1 - mean)
    pairs = float((each * number * (number - 1)).sum())
    if not pairs:
        return None
    tarone = float((each * (answered - number * mean) ** 2).sum()) / chance - total
    if tarone <= DIFFERENT * sqrt(2 * pairs):
        return None
    spread = float((each * number * (answered / number - mean) ** 2).sum())
    others = float(each.sum()) - 1
    room = total - float((each * number**2).sum()) / total - others
    alike = (spread / chance - others) / room if room > 0 else 0.0
    if alike <= 0:
        return None
    return Shares(mean, 1 / min(alike, MOST_ALIKE) - 1)
