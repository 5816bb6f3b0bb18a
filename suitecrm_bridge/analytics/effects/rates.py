"""How often something happens in each arm, with limits that hold on every night and for few.

Nothing here is true for many only: each limit is exact from the first entrant on.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, lgamma, log, log1p, nan

from scipy.optimize import brentq

_HALF = 0.5
_EDGE = 1e-15


@dataclass(frozen=True)
class Limits:
    """An estimate and the limits between which the truth lies on every night."""

    estimate: float
    low: float
    high: float


def share(hits: int, n: int, alpha: float, around: float = _HALF) -> Limits:
    """Return how often something happens, from 0 to 1.

    Args:
        hits: how often it happened.
        n: how often it could have.
        alpha: how often the truth may lie outside on any night at all, on either side.
        around: how often it was taken to happen before the start; the nearer, the tighter.

    Reference:
        Robbins, H. (1970), Statistical methods related to the law of the iterated logarithm,
        Annals of Mathematical Statistics 41, for the mixture of beta weights; Howard, S. R.,
        Ramdas, A., McAuliffe, J. and Sekhon, J. (2021), Time-uniform, nonparametric, nonasymptotic
        confidence sequences, Annals of Statistics 49.
    """
    if n <= 0:
        return Limits(nan, 0.0, 1.0)
    low, high = around, 1 - around
    limit = _log_beta(low + hits, high + n - hits) - _log_beta(low, high) + log(alpha)

    def over(true: float) -> float:
        return hits * log(true) + (n - hits) * log1p(-true) - limit

    best = min(max(hits / n, _EDGE), 1 - _EDGE)
    return Limits(
        hits / n,
        0.0 if over(_EDGE) >= 0 else float(brentq(over, _EDGE, best)),
        1.0 if over(1 - _EDGE) >= 0 else float(brentq(over, best, 1 - _EDGE)),
    )


def difference(
    hits: tuple[int, int], n: tuple[int, int], alpha: float, around: float = _HALF
) -> Limits:
    """Return how much more often it happens to the treated, from -1 to 1.

    Each arm has limits of its own and half of `alpha`, which is wider than need be where there are
    many.

    Args:
        hits: how often it happened to the treated, and to the control.
        n: how many there are in each.
        alpha: as in `share`.
        around: as in `share`.
    """
    treated, control = (share(*counts, alpha / 2, around) for counts in zip(hits, n, strict=True))
    return Limits(
        treated.estimate - control.estimate, treated.low - control.high, treated.high - control.low
    )


def ratio(hits: tuple[int, int], control_share: float, alpha: float) -> Limits:
    """Return how many times as often it happens to the treated, from 0 to infinity.

    Everybody was drawn into the control by its share. Where more of those it happened to are of one
    arm than that, it happens more often there. It takes no numbers of entrants, which is
    why it sees most of few.

    Args:
        hits: how often it happened to the treated, and to the control.
        control_share: which share of the entrants was left out, above 0 and below 1.
        alpha: as in `share`.
    """
    treated, control = hits
    found = share(treated, treated + control, alpha, 1 - control_share)
    return Limits(
        *(_times(part, control_share) for part in (found.estimate, found.low, found.high))
    )


def _log_beta(left: float, right: float) -> float:
    return lgamma(left) + lgamma(right) - lgamma(left + right)


def _times(part: float, control_share: float) -> float:
    if part >= 1:
        return inf
    return part / (1 - part) * (control_share / (1 - control_share))
