"""Measures what the alarms promise; see promises.py."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from regimes import REGIMES, Numbers, drawn, rates

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.alarms import RULES
from suitecrm_bridge.analytics.complaints.board import RULES as SHARES
from suitecrm_bridge.analytics.complaints.board import Board
from suitecrm_bridge.analytics.complaints.exposure import LONG, WEEK, Weeks, first_day
from suitecrm_bridge.analytics.complaints.shocks import Together
from suitecrm_bridge.analytics.complaints.usual import Shock, Usual, terms
from suitecrm_bridge.catalogue import complaint_rules

PAST, RECENT, CHARTS = 104, 26, 40
RISEN = 125
"""Families of charts in which rises are looked for; false alarms are counted in all."""
CHANCE = 0.001
"""Promised of a chart, all of its rules together."""
SIZES = ((4, 0.5), (4, 4.0), (1, 8.0), (1, 40.0))
"""Weeks of a period, and the mean number of complaints in it."""
DRIFT = 24
RISES: Mapping[str, Sequence[float]] = {
    "spike": (3.0,),
    "split": (2.0, 2.0),
    "drift": tuple(1 + week / DRIFT for week in range(1, DRIFT + 1)),
}
"""Times as many complaints in the last periods; a drift is by weeks."""
PRODUCTS, OTHERS = 12, 4
FAMILY = 0.05
"""Promised of a base, to be seen in few of them; the shipped chance is far below."""
TODAY = 20_543


@dataclass(frozen=True)
class Scored:
    """How far out charts are, the more the larger: by ours, by u′ and by u."""

    ours: Numbers
    laney: Numbers
    plain: Numbers


def main(arguments: list[str]) -> int:
    """Print the tables."""
    options = _options(arguments)
    chosen = [name for name in REGIMES if options.only in (None, name)]
    print("\n".join(charts_table(chosen, options.families, options.seed)), flush=True)
    print()
    print("\n".join(bases_table(chosen, options.bases, options.seed)), flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="promises.py")
    parser.add_argument("--families", type=int, default=250)
    parser.add_argument("--bases", type=int, default=120)
    parser.add_argument("--only", choices=list(REGIMES))
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def charts_table(chosen: Sequence[str], families: int, seed: int) -> Iterator[str]:
    """Yield, of charts, how often each is false and what is found: ours / u′ / u."""
    yield "| Regime | Weeks | Complaints | False | Spike | Split over two | Drift |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in chosen:
        for size, mean in SIZES:
            false, found = measured(name, size, mean, families, seed)
            shown = " | ".join(_shown(found[rise]) for rise in RISES)
            yield f"| {name} | {size} | {mean:g} | {false} | {shown} |"


def _shown(found: Sequence[float]) -> str:
    promised, *same = (f"{100 * share:.0f}" for share in found)
    return f"{promised} % ({' / '.join(same)})"


def measured(
    name: str, size: int, mean: float, families: int, seed: int
) -> tuple[str, dict[str, list[float]]]:
    """Return how often a chart alarms without a reason, in words, and of each rise what is found.

    Found is, by each, what comes by our promise, and by ours, u′ and u when each is set to be false
    as often as promised, which in a business nobody can.
    """
    rng = np.random.default_rng(seed)
    calm: list[Scored] = []
    risen: dict[str, list[Scored]] = {rise: [] for rise in RISES}
    days = 20_000 + WEEK * size * (np.arange((PAST + RECENT) // size) + 0.5)
    for family in range(families):
        expected = rates(rng, REGIMES[name], CHARTS, mean, days, size)
        counts = drawn(rng, REGIMES[name], expected)
        usual = learnt(counts, days, size)
        calm.append(scored(counts, usual, size))
        for rise, factors in RISES.items() if family < RISEN else ():
            more = rng.poisson(expected * (_times(factors, len(days), size) - 1))
            risen[rise].append(scored(counts + more, usual, size))
    alarm = -np.log(CHANCE / RULES)
    false = _false(np.array([(one.ours >= alarm).sum() for one in calm]))
    limits = [alarm, *(np.quantile(values, 1 - CHANCE) for values in _columns(calm))]
    found = {}
    for rise, scores in risen.items():
        ours, laney, plain = _columns(scores)
        judged = zip((ours, ours, laney, plain), limits, strict=True)
        found[rise] = [float((values >= least).mean()) for values, least in judged]
    return false, found


def _false(alarms: npt.NDArray[np.int64]) -> str:
    """Return the share of false alarms and its standard error, by the alarms of each family."""
    every = len(alarms) * CHARTS
    off = np.sqrt((alarms**2).sum() - alarms.sum() ** 2 / len(alarms))
    return f"{100 * alarms.sum() / every:.2f} ± {100 * off / every:.2f} %"


def _columns(scores: Sequence[Scored]) -> list[Numbers]:
    names = ("ours", "laney", "plain")
    return [np.concatenate([getattr(one, name) for one in scores]) for name in names]


def _times(factors: Sequence[float], periods: int, size: int) -> Numbers:
    found = np.ones(periods)
    if len(factors) < DRIFT:
        found[-len(factors) :] = factors
        return found
    weekly = np.asarray(factors).reshape(-1, size).mean(axis=1)
    found[-len(weekly) :] = weekly
    return found


def learnt(counts: Numbers, days: Numbers, size: int) -> Usual:
    """Return what is usual of charts, from all periods but the recent ones."""
    usable = np.zeros(counts.shape, dtype=np.bool_)
    usable[:, : PAST // size] = True
    one, design = np.ones_like(counts), terms(days)
    first = charts.baseline(counts, one, usable, design, Shock())
    found = Together.of(counts, first, usable)
    shock = Shock(found.variance or 0.0, found.stays)
    return charts.baseline(counts, one, usable, design, shock)


def scored(counts: Numbers, usual: Usual, size: int) -> Scored:
    """Return how far out the latest period of each chart is, and those before with it."""
    periods, past = counts.shape[1], PAST // size
    weights = [charts.weights(periods, past, periods, share) for share in SHARES[size]]
    least = np.min([charts.chances(counts, usual, weight) for weight in weights], axis=0)
    laney, plain = [], []
    for row in counts:
        centre, sigma = charts.laney(row[:past], np.ones(past))
        z = (row[-1] - centre) / np.sqrt(max(centre, 1 / past))
        laney.append(z / max(sigma, 0.1))
        plain.append(z)
    return Scored(-np.log(np.maximum(least, 1e-300)), np.asarray(laney), np.asarray(plain))


def bases_table(chosen: Sequence[str], bases: int, seed: int) -> Iterator[str]:
    """Yield, of whole bases, in how many anything at all alarms though nothing has changed."""
    shipped = complaint_rules().alarms
    promised = (FAMILY, shipped.chance)
    heads = " | ".join(f"Promised {100 * chance:g} %" for chance in promised)
    yield f"| Regime | Bases | {heads} |"
    yield "| --- | --- | --- | --- |"
    for name in chosen:
        rng = np.random.default_rng(seed)
        scores = [highest(base(rng, name, (0.1, 1.0, 8.0)[number % 3])) for number in range(bases)]
        wrong = [sum(score >= limit(chance) for score in scores) for chance in promised]
        yield f"| {name} | {bases} | {' | '.join(f'{100 * w / bases:.2f} %' for w in wrong)} |"


def base(rng: np.random.Generator, name: str, mean: float) -> Board:
    """Return a base of products, countries and themes by week; the mean is of a product."""
    rules = complaint_rules().alarms
    spare = rules.recent_days + rules.baseline_days + WEEK * LONG
    weeks = Weeks.between(TODAY - spare, TODAY)
    days = first_day(weeks.first) + WEEK * (np.arange(weeks.now) + 0.5)
    parts = REGIMES[name]
    counts = drawn(rng, parts, rates(rng, parts, PRODUCTS, mean, days, 1))
    product, week = np.nonzero(counts)
    each = np.repeat(np.arange(len(product)), counts[product, week].astype(np.int64))
    country, theme = (PRODUCTS + OTHERS * k + rng.integers(0, OTHERS, len(each)) for k in (0, 1))
    cells = pd.DataFrame(
        {
            "product": product[each],
            "country": country,
            "theme": theme,
            "week": week[each] + weeks.first,
            "number": np.ones(len(each), dtype=np.int64),
        }
    ).astype("int64")
    names = ["product"] * PRODUCTS + ["country"] * OTHERS + ["theme"] * OTHERS
    return Board(np.array(names), cells, np.full((len(names), weeks.count), 20.0), weeks, rules)


def highest(board: Board) -> float:
    """Return how strongly the strongest chart alarms, however few complaints it is."""
    counts = board.counts()
    return max(float(board.scores(group, counts).max()) for group in board.groups)


def limit(chance: float) -> float:
    """Return from which score on a base is in alarm that is promised to be so by this chance."""
    every = PRODUCTS + 2 * OTHERS
    return float(-np.log(-np.expm1(np.log1p(-chance) / every) / RULES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
