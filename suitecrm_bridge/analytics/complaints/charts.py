"""Control charts of counts: whether the latest are too many for what is usual.

Arrays have a row for each chart and a column for each period, the latest last.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy import special

from suitecrm_bridge.analytics.complaints.dispersion import Flags, Floats
from suitecrm_bridge.analytics.complaints.usual import Shock, Usual, learn

D2 = 1.128
"""Mean range of two standard normal values: from a mean moving range to a standard deviation."""
SCREENED = 0.00001
"""A period of the past with so small a chance was out of control itself."""
SCREENINGS = 2
_NODES = np.arange(-4.0, 10.0, 0.125)
_FEWEST_FREE, _WELL_KNOWN = 5.0, 60.0
_LEAST = 1e-12


def laney(counts: Floats, sizes: Floats) -> tuple[float, float]:
    """Return the centre line u of one chart (events a unit) and its sigma_z.

    The limits of the u′ chart are u ± 3 sigma_z √(u / size): `upper_limit` at 3 sigmas.

    Reference:
        Laney, D. B. (2002), Improved control charts for attributes, Quality Engineering 14.
    """
    centre = float(counts.sum() / sizes.sum())
    usual = np.maximum(centre * sizes, _LEAST)
    z = (counts - usual) / np.sqrt(usual)
    ranges = np.abs(np.diff(z)).sum() / max(len(z) - 1, 1)
    return centre, float(ranges / D2)


def upper_limit(centre: float, sigma_z: float, sizes: Floats, sigmas: float = 3.0) -> Floats:
    """Return the upper limits of a Laney u′ chart, in events a unit."""
    return np.asarray(centre + sigmas * sigma_z * np.sqrt(centre / sizes))


def baseline(
    counts: Floats, amount: Floats, usable: Flags, design: Floats, shock: Shock | None
) -> Usual:
    """Learn from periods of the past what is usual, as `usual.learn` does.

    Periods out of control do not count: those whose count had less than `SCREENED` chance.
    """
    kept = usable & (amount > 0)
    found = learn(counts, amount, kept, design, shock)
    for _ in range(SCREENINGS):
        alike = _roughly(counts, found) >= SCREENED
        if not (kept & ~alike).any():
            break
        kept = kept & alike
        found = learn(counts, amount, kept, design, shock)
    return found


def weights(periods: int, begin: int, end: int, share: float) -> Floats:
    """Return the weights of periods in an exponentially weighted mean of those from begin to end.

    The last has the weight 1, each one before `1 - share` times that of the next.

    References:
        Roberts, S. W. (1959), Control chart tests based on geometric moving averages,
        Technometrics 1.
        Borror, C. M., Champ, C. W. and Rigdon, S. E. (1998), Poisson EWMA control charts, Journal
        of Quality Technology 30.
    """
    place = np.arange(periods)
    inside = (place >= begin) & (place < end)
    return np.where(inside, np.power(1 - share, np.maximum(end - 1 - place, 0)), 0.0)


@dataclass(frozen=True)
class Law:
    """How counts are distributed: a mean, and what it may be off by; an array each.

    `dispersion` is the variance as a multiple of Poisson's, `shape` that of the gamma distributed
    level, `shock` the variance of what multiplies the mean by chance, `doubt` that of what is not
    known of its logarithm; `free` the degrees of freedom by which both were learnt.
    """

    mean: Floats
    dispersion: Floats
    shape: Floats
    shock: Floats
    doubt: Floats
    free: Floats


def chances(counts: Floats, usual: Usual, weight: Floats) -> Floats:
    """Return the chance that a weighted sum of periods is so large or larger, for each chart.

    In units of its variance over its mean the sum is taken for a count (as the tail of a weighted
    sum of Poisson counts is approximated by Fay and Feuer).

    Reference:
        Fay, M. P. and Feuer, E. J. (1997), Confidence intervals for directly standardized rates,
        Statistics in Medicine 16.
    """
    mean = usual.expected * weight
    total = np.maximum(mean.sum(axis=1), _LEAST)
    unit = np.maximum((mean * weight).sum(axis=1) / total, _LEAST)
    share = mean / total[:, None]
    law = Law(
        mean=total / unit,
        dispersion=usual.dispersion,
        shape=usual.shape,
        shock=usual.shock.of(share) + usual.shocked * (share**2).sum(axis=1),
        doubt=usual.unsure(share @ usual.design),
        free=_free(usual),
    )
    return tail((counts * weight).sum(axis=1) / unit, law)


def tail(number: Floats, law: Law) -> Floats:
    """Return the chance of this number or more.

    Counts are negative binomial by over-dispersion and what is not known of the level. Shocks and
    what is not known of season and trend multiply the mean by a lognormal variable, with the tails
    of Student's distribution, for they were learnt from no more periods than there are. What is
    below its mean is no matter, and has the chance 1.
    """
    above = np.flatnonzero(number > np.maximum(law.mean, 0.0))
    mean, dispersion, shape, shock, doubt, free = (
        getattr(law, field.name)[above, None] for field in fields(law)
    )
    log = np.log1p(shock)
    free = (doubt + log + _LEAST) ** 2 / (log**2 / free + doubt**2 / _WELL_KNOWN + _LEAST)
    weight = np.exp(-(free + 1) / 2 * np.log1p(_NODES**2 / free))
    level = np.maximum(mean, _LEAST) * np.exp(
        np.minimum(np.sqrt(doubt + log) * _NODES, 30) - log / 2
    )
    size = level / np.maximum(dispersion - 1 + level / shape, _LEAST)
    chance = special.betainc(number[above, None], size, level / (level + size))
    found = np.ones(len(number))
    found[above] = (weight * chance).sum(axis=1) / weight.sum(axis=1)
    return found


def limits(usual: Usual, row: int, chance: float) -> Floats:
    """Return the count that each period of a chart exceeds with at most `chance`."""
    periods = len(usual.design)
    expected = usual.expected[row]
    one = np.ones(periods)
    law = Law(
        expected,
        usual.dispersion[row] * one,
        usual.shape[row] * one,
        (usual.shock.variance + usual.shocked[row]) * one,
        usual.unsure(usual.design, row),
        _free(usual)[row] * one,
    )
    low, high = np.floor(expected), np.floor(expected) + 1
    while (beyond := tail(high + 1, law) > chance).any():
        high = np.where(beyond, 2 * high, high)
    while (apart := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        over = tail(middle + 1, law) > chance
        low, high = np.where(apart & over, middle, low), np.where(apart & ~over, middle, high)
    return np.asarray(high)


def _free(usual: Usual) -> Floats:
    """Return the degrees of freedom by which the variance of shocks was learnt.

    The heavier the tails of shocks, the less their variance is known: of n values the relative
    variance of their variance is (kurtosis + 2) / n, the kurtosis being the excess of a lognormal
    variable. That is taken a standard error up, for periods that show small shocks show light
    tails, too.

    Reference:
        Cramér, H. (1946), Mathematical Methods of Statistics, 27.4.
    """
    periods = np.maximum(usual.periods - usual.design.shape[1] - 1, _FEWEST_FREE)
    shock = usual.shock.variance + usual.shocked
    above = shock * (1 + np.sqrt((_kurtosis(shock) + 2) / periods))
    # What many charts tell of their own shocks is known the better.
    told = usual.shock.variance + usual.shocked / np.sqrt(usual.witnesses) + _LEAST
    free = 2 * periods / (_kurtosis(above) + 2) * ((shock + _LEAST) / told) ** 2
    return np.asarray(np.clip(free, _FEWEST_FREE, periods))


def _kurtosis(variance: Floats) -> Floats:
    """Return the excess kurtosis of a lognormal variable of this variance and the mean 1."""
    grown = 1 + variance
    return np.asarray(grown**4 + 2 * grown**3 + 3 * grown**2 - 6)


def change(counts: Floats, expected: Floats) -> npt.NDArray[np.int64]:
    """Return the column from which on each chart's events lie highest above the expected ones.

    It is the maximum-likelihood estimate of when a Poisson rate rose and stayed.

    Reference:
        Samuel, T. R., Pignatiello, J. J. and Calvin, J. A. (1998), Identifying the time of a step
        change in a Poisson rate parameter, Quality Engineering 10.
    """
    number, usual = _from_each_on(counts), np.maximum(_from_each_on(expected), _LEAST)
    likelihood = special.xlogy(number, number / usual) - (number - usual)
    return np.asarray(np.where(number > usual, likelihood, -1.0).argmax(axis=1))


def _roughly(counts: Floats, usual: Usual) -> Floats:
    """Return about the chance of each period's count or more."""
    expected = usual.expected
    shock = 2 * (usual.shock.variance + usual.shocked[:, None])
    excess = usual.dispersion[:, None] - 1 + expected * (1 / usual.shape[:, None] + shock)
    size = expected / np.maximum(excess, _LEAST)
    hits = np.maximum(counts, _LEAST)
    chance = special.betainc(hits, np.maximum(size, _LEAST), expected / (expected + size + _LEAST))
    return np.where((counts > 0) & (expected > 0), chance, np.where(counts > 0, 0.0, 1.0))


def _from_each_on(values: Floats) -> Floats:
    return np.asarray(values[:, ::-1].cumsum(axis=1)[:, ::-1])
