"""Intervals that may be looked at every night.

An interval of 95 % holds the truth in 95 of 100 cases on one day that was named beforehand. Who
looks every night and stops at the first finding looks at many, and will find what is not there.
A confidence sequence is wide enough for all nights together.
"""

from __future__ import annotations

from functools import lru_cache
from math import log, sqrt

from scipy.optimize import brentq
from scipy.special import lambertw

SURE_ERRORS = 0.8416212335729143
"""Four of five estimates lie no more of their errors than this on the wrong side of the truth."""

_LONGEST = 1e12


def margin(entrants: float, error: float, planned: float, alpha: float) -> float:
    """Return how far an estimate may be from the truth on any night, the first to the last.

    It is the asymptotic confidence sequence for means that may move in time, with the variance of
    one entrant put at `entrants * error**2`.

    Args:
        entrants: whose outcome is known, in both arms.
        error: the standard error of the estimate from them.
        planned: the number of entrants at which the sequence is to be tightest; it is named before
            the start.
        alpha: how often the truth may lie outside on any night at all, on either side.

    Reference:
        Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H. and Ramdas, A. (2024), Time-uniform
        central limit theory and asymptotic confidence sequences, Annals of Statistics 52,
        theorem 2.2 and, for means that move, 2.5.
    """
    spread = entrants * tightest(planned, alpha)
    return error * sqrt((1 + spread) / spread * (log(1 + spread) - 2 * log(alpha)))


@lru_cache(maxsize=1_024)
def tightest(planned: float, alpha: float) -> float:
    """Return the ρ² with which the sequence is tightest at this many entrants.

    There (1 + u) e^−(1 + u) = α² / e, where u is ρ² times the entrants.
    """
    return (-float(lambertw(-(alpha**2) / 2.718281828459045, -1).real) - 1) / planned


def smallest(entrants: float, error: float, planned: float, alpha: float) -> float:
    """Return the smallest effect that is told from none in four of five cases by then."""
    return margin(entrants, error, planned, alpha) + SURE_ERRORS * error


def needed(
    spread: float, width: float, planned: float, alpha: float, errors: float = SURE_ERRORS
) -> float:
    """Return how many entrants it takes until margin and this many errors are no more than `width`.

    By default that is until an effect of this width is the smallest that is told from none.

    Args:
        spread: the standard error of the estimate times the square root of the entrants.
        width: above 0, in the unit of the estimate.
        planned: as in `margin`.
        alpha: as in `margin`.
        errors: how many standard errors to add to the margin.
    """

    def missing(entrants: float) -> float:
        error = spread / sqrt(entrants)
        return margin(entrants, error, planned, alpha) + errors * error - width

    if missing(_LONGEST) > 0:
        return _LONGEST
    return 1.0 if missing(1.0) <= 0 else float(brentq(missing, 1.0, _LONGEST, rtol=1e-9))
