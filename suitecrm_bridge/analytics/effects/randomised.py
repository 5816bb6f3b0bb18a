"""The effect where few have entered: held against every other way in which they could be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.analytics.effects.effect import Flags, Numbers, centred

DRAWS = 3_999
"""Other drawings of the arms that are tried."""

_SEED = 20_130_204
_CELLS = 4_000_000


@dataclass(frozen=True)
class Randomised:
    """An effect and the limits between which it lies, infinite where too few can tell."""

    estimate: float
    low: float
    high: float


def randomised(
    outcome: Numbers,
    treated: Flags,
    before: Numbers | None = None,
    alpha: float = 0.05,
    draws: int = DRAWS,
) -> Randomised | None:
    """Return the effect with limits that need no many and no bell curve; None without two arms.

    An effect lies outside where, taken off the treated, it leaves a difference between the arms
    that is among the greatest of all drawings. That holds exactly where it is the same for all. It
    holds on one day that was named beforehand, not on every night.

    Args:
        outcome: of each entrant.
        treated: their arm.
        before: as for `effect`.
        alpha: how often the truth may lie outside, on either side.
        draws: how many other drawings to try.

    Reference:
        Rosenbaum, P. R. (2002), Covariance adjustment in randomized experiments and observational
        studies, Statistical Science 17.
    """
    arm = treated.astype(np.float64)
    known = centred(before, len(outcome))
    if len(outcome) < len(known) + 3:
        return None
    more = 2 * int(treated.sum()) - len(outcome)
    few = treated if more < 0 or (more == 0 and treated[0]) else ~treated
    size = int(few.sum())
    if size == 0:
        return None
    # What is left of outcome and arm when what was known before is taken off does not depend on
    # how the arms were drawn, so that every drawing can be tried on it.
    rest, share = _rest(outcome, known), _rest(arm, known)
    sign = 1.0 if few is treated else -1.0
    ours, own = sign * rest[few].sum(), sign * share[few].sum()
    if own <= 0:
        return None
    lows, highs = _crossings(rest, share, (ours, own), sign, size, draws)
    place = int(np.floor(alpha / 2 * (draws + 1)))
    if place < 1:
        return Randomised(ours / own, -np.inf, np.inf)
    return Randomised(ours / own, float(np.sort(lows)[place - 1]), float(np.sort(highs)[-place]))


def _crossings(
    rest: Numbers, share: Numbers, own: tuple[float, float], sign: float, size: int, draws: int
) -> tuple[Numbers, Numbers]:
    """Return, for each drawing, from which effect on it differs more than ours, and up to which.

    Both differences are straight lines in the effect, so that one point tells. Where ours does
    not fall the faster the drawing is taken to speak for every effect.
    """
    lows, highs = [], []
    for chosen in _drawings(len(rest), size, draws):
        missing = own[0] - sign * rest[chosen].sum(axis=1)
        slope = own[1] - sign * share[chosen].sum(axis=1)
        falls = slope > 1e-12 * abs(own[1])
        crossing = missing / np.where(falls, slope, 1.0)
        lows.append(np.where(falls, crossing, -np.inf))
        highs.append(np.where(falls, crossing, np.inf))
    return np.concatenate(lows), np.concatenate(highs)


def _drawings(
    people: int, size: int, draws: int
) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.intp]]]:
    rng = np.random.default_rng(_SEED)
    step = max(1, _CELLS // people)
    for first in range(0, draws, step):
        lots = rng.random((min(step, draws - first), people))
        yield np.argpartition(lots, size - 1, axis=1)[:, :size]


def _rest(values: Numbers, known: Numbers) -> Numbers:
    middle: Numbers = values - values.mean()
    if not len(known):
        return middle
    root = np.linalg.pinv(known @ known.T, hermitian=True)
    rest: Numbers = middle - (root @ (known @ middle)) @ known
    return rest
