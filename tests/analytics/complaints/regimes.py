"""Charts of complaints in which nothing changed, as they come in businesses that differ."""

from __future__ import annotations

import numpy as np

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.board import RULES
from suitecrm_bridge.analytics.complaints.shocks import Together
from suitecrm_bridge.analytics.complaints.usual import YEAR, terms

PAST, RECENT = 104, 26
SHOCK = 0.55
"""Standard deviation of the logarithm of what hits all charts of a week."""
REGIMES = {
    "poisson": (),
    "clusters": ("clusters",),
    "shared shocks": ("shocks",),
    "own shocks": ("own shocks",),
    "season": ("season",),
    "own seasons": ("own seasons",),
    "trend": ("trend",),
    "own trends": ("own trends",),
    "everything": ("clusters", "shocks", "season", "trend"),
}


def days(size):
    """The middle of each period of so many weeks, as epoch days."""
    return 20_000 + 7 * size * (np.arange((PAST + RECENT) // size) + 0.5)


def rates(rng, parts, number, mean, size):
    """Rates of charts (rows) by period of so many weeks."""
    years = days(size) / YEAR
    found = rng.gamma(4, mean / 4, number)[:, None] * np.ones(len(years))
    if "season" in parts:
        found *= 1 + 0.5 * np.cos(2 * np.pi * (years - rng.random()))
    if "own seasons" in parts:
        found *= 1 + 0.5 * np.cos(2 * np.pi * (years - rng.random((number, 1))))
    if "trend" in parts:
        found *= 1.3 ** (years - years.mean())
    if "own trends" in parts:
        found *= np.exp(rng.normal(0, 0.25, (number, 1)) * (years - years.mean()))
    shape = {"shocks": (1, len(years), size), "own shocks": (number, len(years), size)}
    for part in shape:
        if part in parts:
            found *= rng.lognormal(-(SHOCK**2) / 2, SHOCK, shape[part]).mean(axis=2)
    return found


def drawn(rng, parts, number, mean, size=1):
    """Counts of charts in control."""
    expected = rates(rng, parts, number, mean, size)
    if "clusters" in parts:
        return rng.negative_binomial(expected / 2, 1 / 3).astype(float)
    return rng.poisson(expected).astype(float)


def learnt(counts, amount=None, size=1):
    """What is usual of the charts, from all periods but the recent ones."""
    amount = np.ones_like(counts) if amount is None else amount
    usable = np.zeros_like(counts, dtype=bool)
    usable[:, : PAST // size] = True
    design = terms(days(size))
    first = charts.baseline(counts, amount, usable, design, 0.0)
    shock = Together.of(counts, first, usable & (amount > 0)).variance
    return charts.baseline(counts, amount, usable, design, shock)


def chances(counts, usual, size=1):
    """The chance of the latest by each rule, a row a rule."""
    periods = counts.shape[1]
    return np.stack([
        charts.chances(counts, usual, charts.weights(periods, PAST // size, periods, share))
        for share in RULES[size]
    ])  # fmt: skip
