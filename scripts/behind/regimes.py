"""Complaints by chance alone, as they come in businesses that differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

YEAR = 365.25
SHOCK = 0.55
"""Standard deviation of the logarithm of what hits a whole week."""
SEASON, TREND, APART = 0.5, 1.3, 0.25
"""How far a season reaches, how much a year adds, and how far charts' own trends differ."""
CLUSTERS = 3
"""Variance of counts that come in clusters, as a multiple of Poisson's."""
REGIMES: Mapping[str, tuple[str, ...]] = {
    "Poisson": (),
    "clusters": ("clusters",),
    "shared shocks": ("shocks",),
    "own shocks": ("own shocks",),
    "season": ("season",),
    "own seasons": ("own seasons",),
    "trend": ("trend",),
    "own trends": ("own trends",),
    "all at once": ("clusters", "shocks", "season", "trend"),
}
"""What each is made of; shared means shared by all charts, own that each has another."""


def rates(
    rng: np.random.Generator,
    parts: Collection[str],
    number: int,
    mean: float,
    days: Numbers,
    size: int,
) -> Numbers:
    """Return the rates of charts (rows) by period, of `size` weeks around these epoch days."""
    years = days / YEAR
    found: Any = rng.gamma(4, mean / 4, number)[:, None] * np.ones(len(years))
    if "season" in parts:
        found *= 1 + SEASON * np.cos(2 * np.pi * (years - rng.random()))
    if "own seasons" in parts:
        found *= 1 + SEASON * np.cos(2 * np.pi * (years - rng.random((number, 1))))
    if "trend" in parts:
        found *= TREND ** (years - years.mean())
    if "own trends" in parts:
        found *= np.exp(rng.normal(0, APART, (number, 1)) * (years - years.mean()))
    for part, rows in (("shocks", 1), ("own shocks", number)):
        if part in parts:
            weeks = rng.lognormal(-(SHOCK**2) / 2, SHOCK, (rows, len(years), size))
            found *= weeks.mean(axis=2)
    return np.asarray(found)


def drawn(rng: np.random.Generator, parts: Collection[str], expected: Numbers) -> Numbers:
    """Return counts of these rates."""
    if "clusters" in parts:
        more = CLUSTERS - 1
        return np.asarray(rng.negative_binomial(expected / more, 1 / CLUSTERS), dtype=np.float64)
    return np.asarray(rng.poisson(expected), dtype=np.float64)
