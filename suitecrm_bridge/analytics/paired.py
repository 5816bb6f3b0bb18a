"""Which of two ways was right more often, tried on the same customers."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.optimize import brentq
from scipy.stats import norm

CONFIDENCE = 0.99
"""Of an interval: three ways are tried, and chance alone must hardly ever make one of them win."""

LEAST_DISAGREEMENTS = 10
"""Fewer customers for whom only one of the two was right tell nothing."""

WORTH = 0.1
"""Less than a tenth better than the naive way is no better."""

Verdict = Literal["better", "no_better", "unclear"]


def judged(low: float, high: float, naive: float) -> Verdict:
    """Return what an interval of the difference to the figure of the naive way says."""
    if low > 0:
        return "better"
    return "no_better" if high <= WORTH * naive else "unclear"


@dataclass(frozen=True)
class Paired:
    """How often a way was right, and the naive way with the same customers.

    `won`: customers for whom it was right and the naive way was not; `lost`: the other way round.
    """

    customers: int
    hits: int
    naive_hits: int
    won: int
    lost: int

    @property
    def rate(self) -> float:
        """Share of the customers for whom it was right."""
        return self.hits / self.customers if self.customers else 0.0

    @property
    def naive_rate(self) -> float:
        """Share of the customers for whom the naive way was right."""
        return self.naive_hits / self.customers if self.customers else 0.0

    def interval(self, confidence: float = CONFIDENCE) -> tuple[float, float]:
        """Return the bounds of the difference between the two shares.

        Reference:
            Tango, T. (1998), Equivalence test and confidence interval for the difference in
            proportions for the paired-sample design, Statistics in Medicine 17 (8), 891–908.
        """
        if not self.customers:
            return -1.0, 1.0
        z = float(norm.ppf((1 + confidence) / 2))
        difference = (self.won - self.lost) / self.customers
        low = self._bound(difference, -1.0, z)
        high = self._bound(difference, 1.0, -z)
        return low, high

    def verdict(self, confidence: float = CONFIDENCE) -> Verdict:
        """Return whether it is better than the naive way, where that can be told."""
        low, high = self.interval(confidence)
        found = judged(low, high, self.naive_rate)
        few = self.won + self.lost < LEAST_DISAGREEMENTS
        return "unclear" if found == "better" and few else found

    def _bound(self, difference: float, end: float, z: float) -> float:
        """Where the score that a true difference would have is z, between the difference and 1."""
        if abs(self._score(end)) <= abs(z):
            return end
        near = difference + (end - difference) * 1e-12
        return float(brentq(lambda true: self._score(true) - z, near, end, xtol=1e-10))

    def _score(self, true: float) -> float:
        """The score of a true difference, with the other share where it is likeliest then."""
        n, won, lost = self.customers, self.won, self.lost
        linear = -won - lost + (2 * n - won + lost) * true
        likeliest = (sqrt(max(0.0, linear**2 + 8 * n * lost * true * (1 - true))) - linear) / (
            4 * n
        )
        spread = n * (2 * likeliest + true * (1 - true))
        missed = won - lost - n * true
        if spread <= 0:
            return 0.0 if missed == 0 else (1e9 if missed > 0 else -1e9)
        return missed / sqrt(spread)
