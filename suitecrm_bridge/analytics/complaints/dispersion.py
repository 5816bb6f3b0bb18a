"""How counts vary about what is expected of them, beside what hits all of a period.

Arrays have a row for each chart and a column for each period.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LENT = 10.0
"""This many periods' worth of dispersion a chart borrows from the others, and is in doubt about."""
DENSE = 5.0
"""From this number a period on, a chart tells its own dispersion."""
GROWTH, MOST_GROWTH = 0.3, 0.6
"""How far, before anything is known, the variance grows with the mean, and how far at most."""
_LEAST = 1e-12


def dispersion(number: Floats, usual: Floats, kept: Flags, shock: float) -> tuple[Floats, float]:
    """Return the variance beside common shocks as a multiple of Poisson's, and what grows of it.

    The second is how much more it is for each event expected in a period, as where each chart has
    shocks of its own. Sparse charts have what the line through all charts tells, dense ones the
    most of their own.
    """
    periods = np.maximum(kept.sum(axis=1), 1)
    free = np.maximum(periods - 3.0, 1.0)
    total, mean = usual.sum(axis=1), _mean_square(usual)
    squares = np.where(kept, (number - usual) ** 2 - shock * usual**2, 0.0).sum(axis=1)
    own = squares * periods / free / np.maximum(total, _LEAST) - 1
    weight = np.where(total > 0, 1 / (2 / periods + 1 / np.maximum(total, _LEAST)), 0.0)
    base, growth = _line(mean, own, weight)
    line = np.maximum(base + growth * mean, 0.0)
    ratio = np.where(kept & (usual > 0), (number - usual) ** 2 / np.maximum(usual, _LEAST), 0.0)
    own = ratio.sum(axis=1) / free - 1 - shock * mean
    mixed = (own * periods + line * LENT) / (periods + LENT)
    excess = np.where(total >= DENSE * periods, mixed, line)
    return np.asarray(1 + np.maximum(excess, 0.0) * (1 + LENT / periods)), growth


def _line(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    """Return where a line begins and how it rises, neither below 0; how far that is sure."""
    total = max(float(weight.sum()), _LEAST)
    centre, level = float(weight @ x) / total, float(weight @ y) / total
    spread = float(weight @ (x - centre) ** 2)
    noise = ((1 + max(level, 0.0)) / GROWTH) ** 2
    rise = float(weight @ ((x - centre) * (y - level))) / (spread + noise)
    rise = min(max(rise, 0.0), max(level, 0.0) / max(centre, _LEAST), MOST_GROWTH)
    return level - rise * centre, rise


def _mean_square(usual: Floats) -> Floats:
    return np.asarray((usual**2).sum(axis=1) / np.maximum(usual.sum(axis=1), _LEAST))
