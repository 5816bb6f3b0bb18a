"""Shocks that hit all charts of a period: how much their counts vary together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.analytics.complaints.usual import Flags, Floats, Usual

SHOCK = 0.3
"""The variance of shocks that is expected before anything is known."""
MOST_SHOCK = 1.0


@dataclass(frozen=True)
class Together:
    """How much charts of a period vary together; of independent charts the sums can be added."""

    products: float = 0.0
    weight: float = 0.0
    noise: float = 0.0

    @classmethod
    def of(cls, counts: Floats, usual: Usual, kept: Flags) -> Together:
        """Return sums over pairs of charts: what they lie above the expected ones, multiplied."""
        left = np.where(kept, counts - usual.expected, 0.0)
        expected = np.where(kept, usual.expected, 0.0)
        varied = (expected * usual.dispersion[:, None]).sum(axis=0)
        return cls(
            float((left.sum(axis=0) ** 2 - (left**2).sum(axis=0)).sum()),
            float((expected.sum(axis=0) ** 2 - (expected**2).sum(axis=0)).sum()),
            float((2 * varied**2).sum()),
        )

    def plus(self, other: Together, times: float = 1.0) -> Together:
        """Return both, the variance of the other one `times` as much."""
        return Together(
            self.products + times * other.products,
            self.weight + other.weight,
            self.noise + times**2 * other.noise,
        )

    @property
    def variance(self) -> float | None:
        """The variance of what multiplies all charts, as far as it is sure; None without a pair."""
        if self.weight <= 0:
            return None
        unsure = np.sqrt(self.noise) / self.weight / SHOCK
        return float(np.clip(self.products / self.weight / (1 + unsure**2), 0.0, MOST_SHOCK))
