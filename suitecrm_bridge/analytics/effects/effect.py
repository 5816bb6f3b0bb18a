"""The effect of a programme: what its entrants bring more than those who were left out.

Whoever was drawn to be addressed counts as treated, whether or not the message reached them: only
so are the two groups alike in everything else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SAME = 1e-9


@dataclass(frozen=True)
class Effect:
    """How much more an entrant brings by being treated, in the unit of the outcome.

    Args:
        estimate: of that.
        error: its standard error.
        treated: how many entrants.
        control: how many entrants.
        untreated: what an entrant brings without the programme.
        explained: the share of the variance that what was known before takes away.
        telling: entrants whose outcome is not the usual one, in the arm with fewer of them: where
            nobody has bought yet, a spread of nothing says nothing.
    """

    estimate: float
    error: float
    treated: int
    control: int
    untreated: float
    explained: float
    telling: int

    @property
    def entrants(self) -> int:
        """Entrants in both arms."""
        return self.treated + self.control

    @property
    def spread(self) -> float:
        """The standard error times the square root of the entrants."""
        return float(self.error * np.sqrt(self.entrants))


def effect(outcome: Numbers, treated: Flags, before: Numbers | None = None) -> Effect | None:
    """Return the effect, adjusted by what was known of the entrants before; None for too few.

    It is the regression of the outcome on the arm, on what was known before less its mean, and on
    their products, with errors of kind HC2: each arm has a line of its own, and the two are
    compared at the mean of all entrants. With what was spent before it does what CUPED does, and
    never worse than a bare difference of means where there are many.

    Args:
        outcome: of each entrant.
        treated: their arm.
        before: a row an entrant, a column for each thing known before; it must not depend on the
            arm.

    Reference:
        Lin, W. (2013), Agnostic notes on regression adjustments to experimental data, Annals of
        Applied Statistics 7. Deng, A. et al. (2013), Improving the sensitivity of online
        controlled experiments by utilizing pre-experiment data, WSDM.
    """
    known = centred(before, len(outcome))
    arms = np.flatnonzero(treated), np.flatnonzero(~treated)
    sizes = len(arms[0]), len(arms[1])
    if min(sizes) < len(known) + 2:
        return None
    there, there_variance = _at_mean(outcome[arms[0]], known[:, arms[0]])
    here, here_variance = _at_mean(outcome[arms[1]], known[:, arms[1]])
    error = float(np.sqrt(there_variance + here_variance))
    bare = np.sqrt(sum(_variance_of_mean(outcome[arm]) for arm in arms))
    explained = 1 - (error / bare) ** 2 if bare > 0 else 0.0
    unusual = outcome != np.median(outcome)
    telling = int(min(unusual[arm].sum() for arm in arms))
    return Effect(there - here, error, *sizes, here, float(max(explained, 0.0)), telling)


def capped(outcome: Numbers, most: float | None) -> Numbers:
    """Return outcomes of which none is larger, either way, than was named before the start.

    One order of a lifetime then moves the effect by no more than that; the effect is that on
    outcomes with this bound. None leaves them as they are.
    """
    return outcome if most is None else np.clip(outcome, -most, most)


def centred(before: Numbers | None, rows: int) -> Numbers:
    """Return what was known before less its mean, in spreads, a row for each thing known.

    What is the same for all is left out, and what says the same as something before it.
    """
    if before is None or not before.size:
        return np.empty((0, rows))
    wide = np.ascontiguousarray(before.reshape(rows, -1).T, dtype=np.float64)
    middle = wide.mean(axis=1, keepdims=True)
    wide = wide - middle
    spread = np.sqrt(np.einsum("ij,ij->i", wide, wide) / rows)
    differs = spread > _SAME * np.maximum(np.abs(middle[:, 0]), 1.0)
    scaled = wide[differs] / spread[differs, None]
    alike = scaled @ scaled.T / rows
    kept: list[int] = []
    for place in range(len(scaled)):
        tried = np.ix_([*kept, place], [*kept, place])
        if np.linalg.eigvalsh(alike[tried])[0] > _SAME:
            kept.append(place)
    chosen: Numbers = scaled[kept]
    return chosen


def _at_mean(outcome: Numbers, known: Numbers) -> tuple[float, float]:
    """Return the height of an arm's line at the mean of all entrants, and its variance (HC2)."""
    middle, height = known.mean(axis=1), float(outcome.mean())
    inner = known - middle[:, None]
    root = np.linalg.pinv(inner @ inner.T, hermitian=True)
    slopes = root @ (inner @ outcome)
    residual = outcome - height - slopes @ inner
    leverage = 1 / len(outcome) + np.einsum("ij,ij->j", root @ inner, inner)
    weight = 1 / len(outcome) - (middle @ root) @ inner
    room = np.maximum(1 - leverage, _SAME)
    return float(height - middle @ slopes), float(np.sum((weight * residual) ** 2 / room))


def _variance_of_mean(outcome: Numbers) -> float:
    return float(outcome.var(ddof=1) / len(outcome))
