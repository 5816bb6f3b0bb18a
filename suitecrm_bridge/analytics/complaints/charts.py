"""Control charts of counts: how many are usual, and whether the latest are too many.

Arrays have a row for each chart and a column for each period, the latest last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

D2 = 1.128
"""Mean range of two standard normal values: from a mean moving range to a standard deviation."""
SCREENED = 0.00001
"""A period of the baseline with so small a chance was out of control itself."""
SCREENINGS = 2
STEPS = (1.0, 1.5, 2.5, 5.0, 10.0)
"""Shifts that are looked for, as multiples of the least that matters."""
USABLE = 5.0
"""From so many a period on, a chart's own moving ranges tell its dispersion."""
LENT = 10.0
"""So many periods' worth of dispersion a chart borrows from the others, and is in doubt about."""
ALIKE = 50.0
"""Charts are never taken to be more alike: the shape of the gamma distribution of their rates."""
_LEAST = 1e-12


@dataclass(frozen=True)
class Baseline:
    """What is usual of each chart: its rate is Gamma(shape, scale 1 / exposure) distributed.

    `dispersion` is the variance as a multiple of Poisson's, Laney's sigma_z squared; `periods`
    how many the baseline has.
    """

    shape: Floats
    exposure: Floats
    dispersion: Floats
    periods: Floats

    @property
    def rate(self) -> Floats:
        """The expected count for one unit of exposure."""
        return self.shape / self.exposure


def laney(counts: Floats, sizes: Floats) -> tuple[float, float]:
    """Return the centre line u of one chart (events a unit) and its sigma_z.

    The limits of the u′ chart are u ± 3 sigma_z √(u / size): `upper_limit` at 3 sigmas.

    Reference:
        Laney, D. B. (2002), Improved control charts for attributes, Quality Engineering 14.
    """
    centre = float(counts.sum() / sizes.sum())
    z = _z_scores(counts[None], centre * sizes[None])
    return centre, float(_sigma_z(z, np.ones_like(z, dtype=np.bool_))[0])


def upper_limit(centre: float, sigma_z: float, sizes: Floats, sigmas: float = 3.0) -> Floats:
    """Return the upper limits of a Laney u′ chart, in events a unit."""
    return np.asarray(centre + sigmas * sigma_z * np.sqrt(centre / sizes))


def baseline(counts: Floats, exposure: Floats, usable: Flags) -> Baseline:
    """Learn from periods of the past what is usual.

    Periods out of control do not count: those whose count had less than `SCREENED` chance. The
    charts of one call share what they have in common, by moments: the dispersion of those too
    sparse to show their own, from the variance about each one's mean; and, from the variance of
    these means beyond that, a gamma prior of their rates (empirical Bayes), so that a chart with
    little past is judged by the others'.

    Args:
        counts: events.
        exposure: what they are counted by, in units of a chart's own.
        usable: the periods that belong to the past of a chart; others are ignored.
    """
    kept = usable & (exposure > 0)
    for _ in range(SCREENINGS):
        found = _learn(counts, exposure, kept)
        usual = tail(counts, exposure, found) >= SCREENED
        if not (kept & ~usual).any():
            break
        kept &= usual
    return _learn(counts, exposure, kept)


def tail(counts: Floats, exposure: Floats, usual: Baseline) -> Floats:
    """Return the chance of so many or more in a period, from a negative binomial distribution.

    Its mean is what is expected, its variance Poisson's times the dispersion, more by what is not
    known of the rate. With many events it is the normal distribution of Laney's chart.
    """
    expected = usual.rate[:, None] * exposure
    size = expected / np.maximum(_excess(expected, usual), _LEAST)
    hits = np.maximum(counts, _LEAST)
    chance = special.betainc(hits, np.maximum(size, _LEAST), expected / (expected + size + _LEAST))
    return np.where((counts > 0) & (expected > 0), chance, np.where(counts > 0, 0.0, 1.0))


def limit(exposure: Floats, usual: Baseline, chance: float) -> Floats:
    """Return the count that a period exceeds with at most `chance`: the chart's upper limit."""
    expected = usual.rate[:, None] * exposure
    size = expected / np.maximum(_excess(expected, usual), _LEAST)
    return np.asarray(stats.nbinom.isf(chance, size, size / (size + expected + _LEAST)))


def evidence(counts: Floats, exposure: Floats, usual: Baseline, least: float) -> Floats:
    """Return how strongly all events up to the last column, from each column on, tell of a rise.

    It is the logarithm of a likelihood ratio, mixed over rises of `least` times `STEPS`, against
    the gamma-distributed rate of the baseline. While nothing changes, the ratio read backwards is
    a martingale, so that its maximum over all beginnings exceeds x with a chance of at most 1 / x
    (Ville's inequality). That holds exactly without over-dispersion, and with it the better the
    rate is known.

    References:
        Page, E. S. (1954), Continuous inspection schemes, Biometrika 41.
        Lorden, G. (1971), Procedures for reacting to a change in distribution, Annals of
        Mathematical Statistics 42.
    """
    number, amount = (_from_each_on(values) for values in (counts, exposure))
    phi = usual.dispersion[:, None]
    shape = usual.shape[:, None] + number / phi
    scale = usual.exposure[:, None] + amount / phi
    logs = []
    for step in STEPS:
        rise = least * step
        tilt = rise * phi / (1 + rise * (phi - 1))
        over = np.maximum(phi - 1, _LEAST)
        cost = np.where(phi > 1 + 1e-9, -np.log1p(-over * (tilt - 1)) / over, tilt - 1)
        logs.append(number * np.log(tilt) - shape * np.log1p(amount * cost / scale))
    return np.asarray(special.logsumexp(logs, axis=0) - np.log(len(STEPS)))


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


def _excess(expected: Floats, usual: Baseline) -> Floats:
    """Return by how much the variance exceeds Poisson's, as a multiple of the mean."""
    return np.asarray(usual.dispersion[:, None] - 1 + expected / usual.shape[:, None])


def _from_each_on(values: Floats) -> Floats:
    return np.asarray(values[:, ::-1].cumsum(axis=1)[:, ::-1])


def _learn(counts: Floats, exposure: Floats, kept: Flags) -> Baseline:
    number = np.where(kept, counts, 0.0).sum(axis=1)
    amount = np.where(kept, exposure, 0.0).sum(axis=1)
    own = number / np.maximum(amount, _LEAST)
    phi = _dispersion(counts, own[:, None] * exposure, kept)
    shape, scale = _prior(number, amount, phi)
    periods = kept.sum(axis=1).astype(np.float64)
    return Baseline(shape + number / phi, scale + amount / phi, phi, periods)


def _prior(number: Floats, amount: Floats, phi: Floats) -> tuple[float, float]:
    """Return shape and exposure of the gamma distribution that the charts' rates come from."""
    seen = amount > 0
    if seen.sum() < 2 or not number.sum():
        return 0.5, float(amount.sum()) * _LEAST or 1.0
    mean = number.sum() / amount.sum()
    weight = amount[seen]
    within = mean * (phi[seen] * (1 - weight / weight.sum())).sum()
    spread = ((number[seen] - mean * weight) ** 2 / weight).sum() - within
    between = spread / (weight.sum() - (weight**2).sum() / weight.sum())
    shape = float(np.clip(mean**2 / between, 0.5, ALIKE)) if between > 0 else ALIKE
    return shape, shape / float(mean)


def _dispersion(counts: Floats, expected: Floats, kept: Flags) -> Floats:
    """Return Laney's sigma_z squared, of sparse charts that of all of them; at least 1."""
    periods = np.maximum(kept.sum(axis=1), 1)
    dense = np.where(kept, expected, 0.0).sum(axis=1) >= USABLE * periods
    own = _sigma_z(_z_scores(counts, expected), kept) ** 2
    known = (own * periods)[dense].sum() / max(periods[dense].sum(), 1)
    own = (own * periods + known * LENT) / (periods + LENT)
    excess = np.where(dense, own, _shared(counts, expected, kept & ~dense[:, None])) - 1
    return np.asarray(1 + np.maximum(excess, 0.0) * (1 + LENT / periods))


def _shared(counts: Floats, expected: Floats, kept: Flags) -> float:
    """Return the variance about the charts' own means as a multiple of what Poisson's would be."""
    periods = np.maximum(kept.sum(axis=1), 1)
    mean = np.where(kept, expected, 0.0).sum(axis=1) / periods
    relative = np.where(kept & (expected > 0), expected, 1.0) / np.maximum(mean, _LEAST)[:, None]
    squares = np.where(kept, (counts - expected) ** 2 / relative, 0.0).sum()
    free = (mean * (periods - 1)).sum()
    return float(squares / free) if free > 0 else 1.0


def _z_scores(counts: Floats, expected: Floats) -> Floats:
    usual = np.maximum(expected, _LEAST)
    return np.asarray((counts - usual) / np.sqrt(usual))


def _sigma_z(z: Floats, kept: Flags) -> Floats:
    """Return the standard deviation of each chart's z-scores, from their moving ranges."""
    both = kept[:, 1:] & kept[:, :-1]
    ranges = np.where(both, np.abs(np.diff(z, axis=1)), 0.0).sum(axis=1)
    return np.asarray(ranges / np.maximum(both.sum(axis=1), 1) / D2)
