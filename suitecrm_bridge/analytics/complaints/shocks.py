"""Shocks that hit all charts of a period: how much their counts vary together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.analytics.complaints.dispersion import Flags, Floats
from suitecrm_bridge.analytics.complaints.usual import Usual

SHOCK = 0.3
"""The variance of shocks that is expected before anything is known."""
MOST_SHOCK = 1.0
MOST_STAYS = 0.9


@dataclass(frozen=True)
class Together:
    """How much charts of a period vary together; of independent charts the sums can be added."""

    products: float = 0.0
    weight: float = 0.0
    noise: float = 0.0
    later: float = 0.0
    later_weight: float = 0.0

    @classmethod
    def of(cls, counts: Floats, usual: Usual, kept: Flags) -> Together:
        """Return sums over pairs of charts: what they lie above the expected ones, multiplied.

        `later` is the same of one chart with the other in the next period. Season, trend and level
        were learnt from these periods and took a part of the shocks with them, which is put back.
        """
        seen = max(float(kept.any(axis=0).sum()), 2 * usual.spent)
        put_back = seen / (seen - usual.spent)
        left = np.where(kept, counts - usual.expected, 0.0) * np.sqrt(put_back)
        expected = np.where(kept, usual.expected, 0.0)
        varied = (expected * usual.dispersion[:, None]).sum(axis=0)
        return cls(
            _of_pairs(left, left),
            _of_pairs(expected, expected),
            float((2 * (put_back * varied) ** 2).sum()),
            _of_pairs(left[:, 1:], left[:, :-1]),
            _of_pairs(expected[:, 1:], expected[:, :-1]),
        )

    def plus(self, other: Together, times: float = 1.0) -> Together:
        """Return both, the variance of the other one `times` as much."""
        return Together(
            self.products + times * other.products,
            self.weight + other.weight,
            self.noise + times**2 * other.noise,
            self.later + times * other.later,
            self.later_weight + other.later_weight,
        )

    @property
    def variance(self) -> float | None:
        """The variance of what multiplies all charts, as far as it is sure; None without a pair."""
        if self.weight <= 0:
            return None
        return float(np.clip(self.products / self.weight * self._sure, 0.0, MOST_SHOCK))

    @property
    def stays(self) -> float:
        """How much of a shock is left in the next period, as far as it is sure."""
        if not self.variance or self.later_weight <= 0:
            return 0.0
        left = self.later / self.later_weight / (self.products / self.weight)
        return float(np.clip(left * self._sure, 0.0, MOST_STAYS))

    @property
    def _sure(self) -> float:
        return float(1 / (1 + (np.sqrt(self.noise) / self.weight / SHOCK) ** 2))


def _of_pairs(one: Floats, other: Floats) -> float:
    """Return the sum of the products of different charts."""
    return float((one.sum(axis=0) * other.sum(axis=0) - (one * other).sum(axis=0)).sum())
