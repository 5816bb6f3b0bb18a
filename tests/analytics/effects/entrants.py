"""Entrants of a programme, drawn."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Entrants:
    outcome: np.ndarray
    treated: np.ndarray
    before: np.ndarray


def entrants(count: int, effect: float = 0.0, share: float = 0.3, seed: int = 1) -> Entrants:
    """Return people who spend as before, most of them nothing."""
    rng = np.random.default_rng(seed)
    habit = rng.gamma(1.0, 40.0, count)
    before = habit * rng.lognormal(0, 0.4, count)
    bought = rng.random(count) < 0.4
    outcome = np.where(bought, habit * rng.lognormal(0, 0.6, count), 0.0)
    treated = rng.random(count) >= share
    return Entrants(outcome + effect * treated, treated, before)
