"""What is usual of charts of counts: level, season of a year, trend, and how all of them vary.

Arrays have a row for each chart and a column for each period, the latest last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from suitecrm_bridge.analytics.complaints.dispersion import DENSE, Flags, Floats, dispersion

YEAR = 365.25
SEASON = 4
"""Terms of the season: two waves, one of a year and one of half a year, each with its phase."""
SHARED = np.array([0.25, 0.25, 0.15, 0.15, 0.25])
"""How far, before anything is known, waves reach and a year changes: standard deviations."""
GUESS, SURE_OF = 0.06, 8.0
"""How far charts differ in them, before anything is known; the second is for how many terms
that counts."""
APART = (0.03, 0.5)
"""Charts are never taken to differ less, nor more."""
HEAVY = 0.5
"""This part of what a dense chart varies beyond Poisson is taken for shocks of its own, whose tails
are the heavier."""
ALIKE = 50.0
"""Levels are never taken to be more alike: the shape of the gamma distribution they come from."""
STEPS = 6
_LEAST = 1e-12
_LONGEST = 1.5
"""A step changes no logarithm of a rate by more."""


@dataclass(frozen=True)
class Shock:
    """What multiplies all charts of a period alike: its variance, and how much of it stays.

    `stays` is the correlation with the next period, less with each one after.
    """

    variance: float = 0.0
    stays: float = 0.0

    def of(self, share: Floats) -> Floats:
        """Return the variance of weighted means of periods, a row of weights each."""
        place = np.arange(share.shape[1])
        alike = np.power(self.stays, np.abs(place[:, None] - place[None]))
        return np.asarray(self.variance * ((share @ alike) * share).sum(axis=1))

    @property
    def lasting(self) -> float:
        """The same of the mean of many periods, times their number."""
        return self.variance * (1 + self.stays) / (1 - self.stays)


@dataclass(frozen=True)
class Usual:
    """What is usual of each chart.

    Counts of a period come from a level, Gamma(shape, scale 1 / exposure) distributed, times
    `amount` (what they are counted by), times `factor` (season and trend). `dispersion` is their
    variance as a multiple of Poisson's; beside that `shock` multiplies all charts of a
    period, and one of the variance `shocked` the chart alone, learnt from `witnesses` charts.
    `design` are the terms of the factor by period, `centre` their means in the past, `covariance`
    what is not known of their coefficients; `doubt` is the variance that shocks of the past leave
    in the level. `periods` is how many the past has, `spent` how many of them went into what all
    charts share: the level and the terms, as far as the past told them.
    """

    shape: Floats
    exposure: Floats
    amount: Floats
    factor: Floats
    dispersion: Floats
    shock: Shock
    shocked: Floats
    witnesses: Floats
    design: Floats
    centre: Floats
    covariance: Floats
    doubt: Floats
    periods: Floats
    spent: float

    @property
    def expected(self) -> Floats:
        """The expected count of each period."""
        return self.amount * self.factor * (self.shape / self.exposure)[:, None]

    def unsure(self, design: Floats, row: int | None = None) -> Floats:
        """Return the variance of the logarithm of what is expected at these terms.

        A row of terms for each chart, or any of one chart.
        """
        of = slice(None) if row is None else slice(row, row + 1)
        apart = design - self.centre[of]
        inner = "ikl" if row is None else "zkl"
        found = np.einsum(f"ik,{inner},il->i", apart, self.covariance[of], apart)
        return np.asarray(found + self.doubt[of])

    def varied(self, row: int) -> float:
        """Return the variance of a period of a chart as a multiple of Poisson's."""
        past = self.expected[row][self.amount[row] > 0]
        mean = float(past.mean()) if past.size else 0.0
        return float(self.dispersion[row] + (self.shock.variance + self.shocked[row]) * mean)


def terms(days: Floats) -> Floats:
    """Return the terms of season and trend of periods, by the epoch days in their middle."""
    angle = 2 * np.pi * days / YEAR
    waves = [np.cos(angle), np.sin(angle), np.cos(2 * angle), np.sin(2 * angle)]
    return np.stack([*waves, (days - days.mean()) / YEAR], axis=1)


def learn(
    counts: Floats, amount: Floats, kept: Flags, design: Floats, shock: Shock | None
) -> Usual:
    """Learn what is usual from the kept periods.

    The charts of one call share what they have in common. Season and trend come from all of them;
    each has its own deviation, as far as it shows one (a normal prior, whose variance is that of
    the charts, by moments). Levels come from a gamma prior that is found in the same way. So a
    chart with little past is judged by the others, and what is not known stays in `covariance`.

    Args:
        counts: events.
        amount: what they are counted by, in units of a chart's own.
        kept: the periods that belong to the past of a chart and were in control.
        design: the terms of each period.
        shock: what multiplies all charts of a period alike; None where there are no charts to tell
            it from what a chart varies alone.
    """
    heavy, shock = (1.0, Shock()) if shock is None else (HEAVY, shock)
    own = np.where(kept, amount, 0.0)
    number = np.where(kept, counts, 0.0)
    spread, growth = np.ones(len(counts)), 0.0
    shared, unsure = np.zeros(design.shape[1]), np.diag(SHARED**2)
    apart = np.full(design.shape[1], GUESS**2)
    beta = np.zeros((len(counts), design.shape[1]))
    covariance = np.zeros((len(counts), design.shape[1], design.shape[1]))
    for _ in range(2):
        shared, unsure = _shared(number, own, design, spread, shock.lasting)
        beta = np.tile(shared, (len(counts), 1))
        apart = _apart(number, own, design, beta, spread, shock.lasting)
        beta, covariance = _own(number, own, design, (shared, unsure, apart), spread, shock.lasting)
        spread, growth = dispersion(
            number, _fitted(number, own, design, beta), kept, shock.variance
        )
    found = _usual(
        number, (amount, own), design, (beta, covariance), (spread, growth, heavy), shock
    )
    told = design.shape[1] - float((np.diagonal(unsure) / SHARED**2).sum())
    return replace(found, spent=1 + told)


def _usual(
    number: Floats,
    amounts: tuple[Floats, Floats],
    design: Floats,
    found: tuple[Floats, Floats],
    varied: tuple[Floats, float, float],
    shock: Shock,
) -> Usual:
    amount, own = amounts
    spread, growth, part = varied
    beta, covariance = found
    weight = _fitted(number + _LEAST, own, design, beta)
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), _LEAST)
    centre = share @ design
    factor = np.exp(np.clip((beta[:, None] * (design - centre[:, None])).sum(axis=2), -20, 20))
    total, exposed = number.sum(axis=1), (own * factor).sum(axis=1)
    shape, scale = _prior(total, exposed, spread)
    periods = (own > 0).sum(axis=1).astype(np.float64)
    mean = total / np.maximum(periods, 1.0)
    alone = np.where(mean >= DENSE, part * (spread - 1), 0.0)
    heavy = np.minimum(np.maximum(growth * mean, alone), spread - 1)
    return Usual(
        shape=shape + total / spread,
        exposure=scale + exposed / spread,
        amount=amount,
        factor=factor,
        dispersion=spread - heavy,
        shock=shock,
        shocked=heavy / np.maximum(mean, _LEAST),
        witnesses=np.where(growth * mean >= alone, max((periods > 0).sum(), 1), 1.0),
        design=design,
        centre=centre,
        covariance=covariance,
        doubt=shock.of(share),
        periods=periods,
        spent=1.0,
    )


def _fitted(number: Floats, own: Floats, design: Floats, beta: Floats) -> Floats:
    raw = own * np.exp(np.clip(beta @ design.T, -20, 20))
    level = number.sum(axis=1) / np.maximum(raw.sum(axis=1), _LEAST)
    return np.asarray(raw * level[:, None])


def _scores(left: Floats, usual: Floats, design: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return the score and the information of each row's coefficients, its level being free."""
    weight = usual / variance
    mean = (weight @ design) / np.maximum(weight.sum(axis=1, keepdims=True), _LEAST)
    apart = design[None] - mean[:, None]
    score = np.einsum("it,itk->ik", left / variance, apart)
    return score, np.einsum("it,itk,itl->ikl", weight, apart, apart)


def _shared(
    number: Floats, own: Floats, design: Floats, spread: Floats, shock: float
) -> tuple[Floats, Floats]:
    """Return season and trend of all charts together, and what is not known of them."""
    beta, prior = np.zeros(design.shape[1]), np.diag(1 / SHARED**2)
    unsure = np.diag(SHARED**2)
    for _ in range(STEPS):
        usual = _fitted(number, own, design, np.tile(beta, (len(number), 1)))
        total = usual.sum(axis=0)
        mean = (usual * spread[:, None]).sum(axis=0) / np.maximum(total, _LEAST)
        variance = np.maximum(mean, 1.0) + shock * total
        left = (number - usual).sum(axis=0)
        score, information = _scores(left[None], total[None], design, variance[None])
        unsure = np.linalg.inv(information[0] + prior)
        beta = beta + np.clip(unsure @ (score[0] - prior @ beta), -_LONGEST, _LONGEST)
    return beta, unsure


def _apart(
    number: Floats, own: Floats, design: Floats, beta: Floats, spread: Floats, shock: float
) -> Floats:
    """Return how far charts differ in each term: the variance, for waves and for trend."""
    usual = _fitted(number, own, design, beta)
    variance = spread[:, None] + shock * usual
    score, information = _scores(number - usual, usual, design, variance)
    told = np.diagonal(information, axis1=1, axis2=2)
    weight = 1 / (1 + GUESS * told) ** 2
    found = weight * (score**2 - told), weight * told**2
    known = SURE_OF / GUESS**2
    apart = np.empty(design.shape[1])
    for part in (slice(0, SEASON), slice(SEASON, None)):
        more, base = (values[:, part].sum() for values in found)
        apart[part] = (more + known * GUESS**2) / (base + known)
    return np.clip(apart, APART[0] ** 2, APART[1] ** 2)


def _own(
    number: Floats,
    own: Floats,
    design: Floats,
    priors: tuple[Floats, Floats, Floats],
    spread: Floats,
    shock: float,
) -> tuple[Floats, Floats]:
    """Return the coefficients of each chart, and what is not known of them."""
    shared, unsure, apart = priors
    beta = np.tile(shared, (len(number), 1))
    prior = np.diag(1 / apart)
    inverse = np.tile(np.diag(apart), (len(number), 1, 1))
    for _ in range(STEPS):
        usual = _fitted(number, own, design, beta)
        variance = spread[:, None] + shock * usual
        score, information = _scores(number - usual, usual, design, variance)
        inverse = np.asarray(np.linalg.inv(information + prior), dtype=np.float64)
        step = np.einsum("ikl,il->ik", inverse, score - (beta - shared) @ prior)
        beta = np.asarray(beta + np.clip(step, -_LONGEST, _LONGEST), dtype=np.float64)
    carried = inverse @ prior
    return beta, inverse + carried @ unsure @ np.swapaxes(carried, 1, 2)


def _prior(number: Floats, exposed: Floats, spread: Floats) -> tuple[float, float]:
    """Return shape and exposure of the gamma distribution that the charts' levels come from."""
    seen = exposed > 0
    if seen.sum() < 2 or not number.sum():
        return 0.5, float(exposed.sum()) * _LEAST or 1.0
    mean = number.sum() / exposed.sum()
    weight = exposed[seen]
    within = mean * (spread[seen] * (1 - weight / weight.sum())).sum()
    between = ((number[seen] - mean * weight) ** 2 / weight).sum() - within
    between /= weight.sum() - (weight**2).sum() / weight.sum()
    shape = float(np.clip(mean**2 / between, 0.5, ALIKE)) if between > 0 else ALIKE
    return shape, shape / float(mean)
