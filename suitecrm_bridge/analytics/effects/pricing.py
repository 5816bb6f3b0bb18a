"""A price for each thing that is scarce, so that each pair can be judged by itself.

With the right prices everybody gets the programmes that bring more than they use up, and together
they use up just what there is. This takes a moment for millions of pairs, and says in the same
breath how much no plan can exceed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from suitecrm_bridge.analytics.effects.effect import Flags, Numbers

Places = NDArray[np.int64]

ROUNDS = 300
"""How often prices are tried at most."""

CLOSE = 1e-5
"""Prices are right when the bound cannot be lowered by more than this share."""

_CHUNK = 20_000
_NONE = 1e-12


@dataclass(frozen=True)
class Problem:
    """Pairs that bring something, and what they use up.

    Args:
        value: of each pair, above 0.
        person: the number of its person, from 0, in ascending order.
        contacts: how often each person is addressed at most, by their number; at least once.
        things: a row for each pair with the numbers of the scarce things it uses; the number of
            things stands for none.
        amounts: how much of each it uses.
        limits: how much there is of each scarce thing.
    """

    value: Numbers
    person: Places
    contacts: Places
    things: Places
    amounts: Numbers
    limits: Numbers

    def paid(self, prices: Numbers) -> Numbers:
        """Return what the things that each pair uses are worth."""
        each = np.append(prices, 0.0)[self.things]
        worth: Numbers = np.einsum("ij,ij->i", each, self.amounts)
        return worth

    def brings(self, taken: Flags) -> float:
        """Return what some pairs bring together."""
        return float(self.value[taken].sum())

    def used(self, taken: Flags | Places) -> Numbers:
        """Return how much of each thing some pairs use."""
        size = len(self.limits) + 1
        weights = self.amounts[taken].ravel()
        sums = np.bincount(self.things[taken].ravel(), weights, size)
        return sums[:-1].astype(np.float64)

    def orders(self) -> Iterator[Places]:
        """Yield the orders in which one takes pairs without prices.

        By what they bring, and by what they bring for the share they use of what there is.
        """
        share = self.paid(1 / np.maximum(self.limits, _NONE))
        for key in (self.value, self.value / np.maximum(share, _NONE)):
            yield np.argsort(-key, kind="stable")

    @cached_property
    def slots(self) -> tuple[Places, int]:
        """The place of each pair among those of its person, and how many places there are."""
        starts = np.flatnonzero(np.diff(self.person, prepend=-1))
        sizes = np.diff(np.append(starts, len(self.person)))
        places = np.arange(len(self.person)) - np.repeat(starts, sizes)
        return places, int(sizes.max(initial=0))


@dataclass(frozen=True)
class Prices:
    """What one more of each scarce thing would bring, and what no plan can exceed."""

    prices: Numbers
    at_most: float

    def order(self, problem: Problem) -> Places:
        """Return pairs by what they bring beyond what they use up."""
        return np.argsort(problem.paid(self.prices) - problem.value, kind="stable")


def priced(problem: Problem) -> Prices:
    """Return the prices at which the bound on every plan is lowest.

    For given prices the best for each person is plain; what that is over all, with the price of
    everything scarce, is a bound that no plan exceeds. It is lowered by cutting planes.

    Reference:
        Kelley, J. E. (1960), The cutting-plane method for solving convex programs, Journal of the
        Society for Industrial and Applied Mathematics 8.
    """
    here = np.zeros(len(problem.limits))
    found = Prices(here, np.inf)
    highest = _highest(problem)
    rows: list[Numbers] = []
    sides: list[float] = []
    for _ in range(ROUNDS):
        taken, gain = best(problem, here)
        bound = float(gain[taken].sum() + problem.limits @ here)
        if bound < found.at_most:
            found = Prices(here, bound)
        slope = problem.limits - problem.used(taken)
        rows.append(np.append(slope, -1.0))
        sides.append(float(slope @ here) - bound)
        here, lowest = _lowest(rows, sides, highest)
        if found.at_most - lowest <= CLOSE * found.at_most:
            break
    return found


def filled(problem: Problem, order: Places) -> Flags:
    """Return which pairs are taken when each that still fits is, in an order."""
    taken = np.zeros(len(order), dtype=bool)
    left = np.append(problem.limits, np.inf)
    count = np.zeros(int(problem.person.max(initial=-1)) + 1, dtype=np.int64)
    for first in range(0, len(order), _CHUNK):
        part = order[first : first + _CHUNK]
        fits = (problem.amounts[part] <= left[problem.things[part]]).all(axis=1)
        part = part[fits & _has_room(problem, part, count)]
        chosen = _fitting(problem, part, left, count)
        taken[chosen] = True
        left[:-1] -= problem.used(chosen)
        np.add.at(count, problem.person[chosen], 1)
    return taken


def _has_room(problem: Problem, part: Places, count: Places) -> Flags:
    people = problem.person[part]
    return np.asarray(count[people] < problem.contacts[people], dtype=bool)


def _fitting(problem: Problem, part: Places, left: Numbers, count: Places) -> Places:
    """Return which pairs of a part fit, all at once where they do and else one after another."""
    people = problem.person[part]
    earlier = pd.Series(people).groupby(people).cumcount().to_numpy()
    part = part[earlier + count[people] < problem.contacts[people]]
    if (problem.used(part) <= left[:-1]).all():
        return part
    there = left.tolist()
    chosen = []
    rows = zip(
        part.tolist(), problem.things[part].tolist(), problem.amounts[part].tolist(), strict=True
    )
    for pair, things, amounts in rows:
        if all(amount <= there[thing] for thing, amount in zip(things, amounts, strict=True)):
            chosen.append(pair)
            for thing, amount in zip(things, amounts, strict=True):
                there[thing] -= amount
    return np.array(chosen, dtype=np.int64)


def best(problem: Problem, prices: Numbers) -> tuple[Flags, Numbers]:
    """Return what each person gets at given prices, and what each pair brings beyond them."""
    gain = problem.value - problem.paid(prices)
    taken = gain > 0
    if problem.slots[1] > problem.contacts.min(initial=problem.slots[1]):
        taken &= gain >= kth(problem, gain, problem.contacts)[problem.person]
        # Of several that bring the same only as many as may be.
        people = problem.person[taken]
        taken[taken] = _first_of(people, -gain[taken]) < problem.contacts[people]
    return taken, gain


def kth(problem: Problem, gain: Numbers, place: Places) -> Numbers:
    """Return the gain of each person's pair in their place, the best first; -inf without one."""
    places, most = problem.slots
    table = np.full((len(place), most + 1), -np.inf)
    table[problem.person, places] = gain
    asked = np.minimum(place, most + 1)
    ordered = np.partition(table, sorted({-int(one) for one in np.unique(asked)}), axis=1)
    found: Numbers = ordered[np.arange(len(place)), -asked]
    return found


def _first_of(people: Places, key: Numbers) -> Places:
    """Return the place of each pair among those of its person, by a key."""
    ranks = pd.Series(key).groupby(people).rank(method="first")
    return ranks.to_numpy().astype(np.int64) - 1


def _highest(problem: Problem) -> Sequence[tuple[float, float]]:
    """Return between what each price lies: at most what a pair brings for one of the thing."""
    size = len(problem.limits)
    highest = np.zeros(size + 1)
    for column in range(problem.things.shape[1]):
        used = problem.amounts[:, column]
        rate = problem.value / np.maximum(used, _NONE)
        np.maximum.at(highest, problem.things[:, column], np.where(used > 0, rate, 0.0))
    return [(0.0, float(most)) for most in highest[:-1]]


def _lowest(
    rows: list[Numbers], sides: list[float], highest: Sequence[tuple[float, float]]
) -> tuple[Numbers, float]:
    """Return the prices at which the planes found up to now lie lowest, and how low."""
    aim = np.zeros(len(highest) + 1)
    aim[-1] = 1.0
    # In units near 1, whatever the currency.
    scale = max(1.0, max(abs(side) for side in sides))
    table = np.array(rows)
    found = linprog(
        aim,
        A_ub=np.column_stack([table[:, :-1] / scale, table[:, -1]]),
        b_ub=np.array(sides) / scale,
        bounds=[*highest, (None, None)],
        method="highs",
    )
    return np.asarray(found.x[:-1], dtype=np.float64), float(found.x[-1]) * scale
