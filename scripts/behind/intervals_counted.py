"""How often the intervals that are shown hold the truth, by summing over every outcome."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from suitecrm_bridge.analytics.complaints import intervals
from suitecrm_bridge.analytics.survival import kaplan_meier

Floats = NDArray[np.float64]
Limits = Callable[[Floats, Floats, float], tuple[Floats, Floats]]
"""Sums of the values, sums of their squares, and how many: the limits."""

SHOWN = (1, 2, 3, 5, 10, 20, 30, 50)
_DISTRIBUTIONS = 60
_SLACK = 1e-9
_NORMAL = float(special.ndtri(0.975))


@dataclass(frozen=True)
class Kind:
    """A kind of index: which values one answer can have, the interval shown, the one in use."""

    name: str
    values: tuple[float, ...]
    shown: Limits
    usual: Limits
    usual_name: str


def _mean(ends: tuple[float, float]) -> Limits:
    def limits(total: Floats, squares: Floats, n: float) -> tuple[Floats, Floats]:
        return intervals.mean(total, squares, np.full_like(total, n), ends)[1:]

    return limits


def _share(total: Floats, _: Floats, n: float) -> tuple[Floats, Floats]:
    return intervals.share(total, np.full_like(total, n))


def _stayed(total: Floats, _: Floats, n: float) -> tuple[Floats, Floats]:
    """Return the limits of survival on day 1, where that many of `n` stay until day 2."""
    found = []
    for stayed in total:
        days = [1.0] * int(n - stayed) + [2.0] * int(stayed)
        first = kaplan_meier(days, [1] * int(n)).iloc[0]
        alone = (0.025 ** (1 / n), 1.0)
        found.append((first["low"], first["high"]) if first["days"] == 1 else alone)
    low, high = np.array(found).T
    return low, high


def _wilson(total: Floats, _: Floats, n: float) -> tuple[Floats, Floats]:
    share, slack = total / n, _NORMAL**2 / n
    spread = np.sqrt(slack * (share * (1 - share) + slack / 4))
    centre = share + slack / 2
    return (centre - spread) / (1 + slack), (centre + spread) / (1 + slack)


def _greenwood(total: Floats, _: Floats, n: float) -> tuple[Floats, Floats]:
    share = total / n
    inner = np.clip(share, 1e-12, 1 - 1e-12)
    spread = _NORMAL * np.sqrt((1 - inner) / (n * inner)) / np.abs(np.log(inner))
    spread = np.minimum(spread, 30.0)
    bounds = (inner ** np.exp(spread), inner ** np.exp(-spread))
    certain = (share <= 0) | (share >= 1)
    return np.where(certain, share, bounds[0]), np.where(certain, share, bounds[1])


def _student(total: Floats, squares: Floats, n: float) -> tuple[Floats, Floats]:
    if n < 2:
        return total, total
    centre = total / n
    variance = np.maximum(squares - total * centre, 0) / (n - 1)
    spread = float(special.stdtrit(n - 1, 0.975)) * np.sqrt(variance / n)
    return centre - spread, centre + spread


STARS = (0.0, 25.0, 50.0, 75.0, 100.0)
KINDS = {
    kind.name: kind
    for kind in (
        Kind("share", (0.0, 1.0), _share, _wilson, "Wilson"),
        Kind("recommendation (NPS)", (-1.0, 0.0, 1.0), _mean((-1.0, 1.0)), _student, "Student"),
        Kind("satisfaction, by stars", STARS, _mean((0.0, 100.0)), _student, "Student"),
        Kind("change, gap", (-100.0, 0.0, 100.0), _mean((-100.0, 100.0)), _student, "Student"),
        Kind("survival", (0.0, 1.0), _stayed, _greenwood, "Greenwood, log(−log)"),
    )
}


def lowest(kind: Kind, n: int, limits: Limits | None = None) -> float:
    """Return the least probability, over the truths, that the interval holds the mean."""
    counts, logs = _outcomes(n, len(kind.values))
    values = np.array(kind.values)
    low, high = (limits or kind.shown)(counts @ values, counts @ values**2, float(n))
    least = 1.0
    for truth in _truths(len(values)):
        chance = np.exp(logs + special.xlogy(counts, truth).sum(axis=1))
        centre = float(np.einsum("i,i->", truth, values))
        holds = (low <= centre + _SLACK) & (high >= centre - _SLACK)
        least = min(least, float(chance[holds].sum()))
    return least


def lowest_of_counts(n: int) -> tuple[float, float]:
    """Return the same for a count of which about `n` are expected: Garwood's, and the normal."""
    counts = np.arange(0, 4 * n + 60, dtype=np.float64)
    low, high = intervals.poisson(counts)
    spread = _NORMAL * np.sqrt(counts)
    least = [1.0, 1.0]
    for expected in np.linspace(max(n - 0.5, 0.05), n + 0.5, 101):
        chance = np.exp(special.xlogy(counts, expected) - expected - special.gammaln(counts + 1))
        for place, (under, over) in enumerate(((low, high), (counts - spread, counts + spread))):
            holds = (under <= expected) & (over >= expected)
            least[place] = min(least[place], float(chance[holds].sum()))
    return least[0], least[1]


@cache
def _outcomes(n: int, kinds: int) -> tuple[Floats, Floats]:
    """Return every way in which `n` answers can fall, and the logarithm of in how many orders."""
    counts = np.array(list(_parts(n, kinds)), dtype=np.float64)
    return counts, special.gammaln(n + 1) - special.gammaln(counts + 1).sum(axis=1)


def _parts(n: int, kinds: int) -> Iterator[tuple[int, ...]]:
    if kinds == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _parts(n - first, kinds - 1):
            yield (first, *rest)


@cache
def _truths(kinds: int) -> list[Floats]:
    """Return distributions that are even, uneven, and close to certain."""
    if kinds == 2:
        return [np.array([1 - share, share]) for share in np.linspace(0.005, 0.995, 199)]
    chance = np.random.default_rng(1)
    parts = [chance.dirichlet(np.full(kinds, size), _DISTRIBUTIONS) for size in (0.2, 0.6, 2)]
    edges = np.linspace(0.01, 0.1, 10)
    near = [np.eye(kinds)[-1] * (1 - edge) + np.eye(kinds)[0] * edge for edge in edges]
    return [*np.concatenate(parts), *near, *(one[::-1] for one in near)]


def table() -> str:
    """Return the table of docs/indicators.md."""
    head = "| Index | Interval | " + " | ".join(map(str, SHOWN)) + " |"
    lines = [head, "| --- | --- |" + " ---: |" * len(SHOWN)]
    for kind in KINDS.values():
        for name, limits in (("shown", kind.shown), (kind.usual_name, kind.usual)):
            found = (lowest(kind, n, limits) for n in SHOWN)
            lines.append(f"| {kind.name} | {name} | " + " | ".join(map(_percent, found)) + " |")
    for place, name in enumerate(("shown", "normal")):
        found = (lowest_of_counts(n)[place] for n in SHOWN)
        shares = " | ".join(map(_percent, found))
        lines.append(f"| rate, by number of complaints | {name} | {shares} |")
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def main() -> int:
    """Print the table."""
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
