"""The best plan of all, where the prices leave few pairs open.

It is found by branch and bound. SciPy's own solver for integer programmes would do, but it writes
to standard output whatever one tells it, in the midst of what a program reads there.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from itertools import count

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from suitecrm_bridge.analytics.effects.effect import Flags, Numbers
from suitecrm_bridge.analytics.effects.pricing import (
    Places,
    Prices,
    Problem,
    best,
    filled,
    kth,
)

CLOSE_ENOUGH = 1e-4
"""A plan that is below what can be reached at most by no more than this share is the best."""

OPEN_AT_MOST = 1_000
"""Pairs that may be open for the best plan to be sought."""

NODES = 100
"""How many parts of the plans there are that are looked into at most."""

_WHOLE = 1e-6


def better(problem: Problem, prices: Prices, known: Flags) -> tuple[Flags, float]:
    """Return the best plan, and what no plan can exceed.

    The one that is known stays where it is as good, or too many pairs are open. A pair is open
    where deciding it otherwise than the prices do would not by itself make a plan worse than the
    one that is known.
    """
    brings = problem.brings(known)
    room = prices.at_most - brings
    if room <= CLOSE_ENOUGH * prices.at_most:
        return known, prices.at_most
    taken, loss = _otherwise(problem, prices)
    open_ = loss <= room
    if not open_.any() or open_.sum() > OPEN_AT_MOST:
        return known, prices.at_most
    found, bound = _searched(problem, taken & ~open_, open_, known)
    return found, min(prices.at_most, max(bound, problem.brings(found)))


def _otherwise(problem: Problem, prices: Prices) -> tuple[Flags, Numbers]:
    """Return what the prices choose, and what the bound loses when a pair is decided otherwise."""
    taken, gain = best(problem, prices.prices)
    last = np.maximum(kth(problem, gain, problem.contacts), 0.0)[problem.person]
    following = np.maximum(kth(problem, gain, problem.contacts + 1), 0.0)[problem.person]
    return taken, np.where(taken, gain - following, last - gain)


def _searched(problem: Problem, settled: Flags, open_: Flags, known: Flags) -> tuple[Flags, float]:
    """Return the best plan among those that keep what is settled, and what none of them exceeds."""
    places, base = np.flatnonzero(open_), problem.brings(settled)
    relaxed = _Relaxed(problem, settled, places)
    found, brought = known, problem.brings(known)
    zero, one = np.zeros(len(places)), np.ones(len(places))
    order = count()
    left = [(-np.inf, next(order), zero, one)]
    for _ in range(NODES):
        if not left or -left[0][0] <= brought * (1 + CLOSE_ENOUGH / 10):
            break
        _, _, low, high = heapq.heappop(left)
        share = relaxed.best(low, high)
        if share is None:
            continue
        bound = base + float(problem.value[places] @ share)
        tried = _rounded(problem, settled, places, share)
        if problem.brings(tried) > brought:
            found, brought = tried, problem.brings(tried)
        off = np.minimum(share, 1 - share)
        if bound <= brought or off.max() < _WHOLE:
            continue
        place = int(np.argmax(off * problem.value[places]))
        for fixed in (0.0, 1.0):
            under, over = low.copy(), high.copy()
            under[place] = over[place] = fixed
            heapq.heappush(left, (-bound, next(order), under, over))
    return found, max([brought, *(-part[0] for part in left)])


class _Relaxed:
    """The open pairs, of which parts may be taken."""

    def __init__(self, problem: Problem, settled: Flags, places: Places) -> None:
        part = replace(
            problem,
            value=problem.value[places],
            person=problem.person[places],
            things=problem.things[places],
            amounts=problem.amounts[places],
        )
        held = np.bincount(problem.person[settled], minlength=int(problem.person[-1]) + 1)
        left = problem.limits - problem.used(settled)
        # As shares of what is left, in units near 1 whatever the currency.
        size = np.where(left > 0, left, 1.0)
        self._uses, people = _uses(part, size)
        self._most = np.concatenate([left / size, problem.contacts[people] - held[people]])
        self._aim = -part.value / part.value.max()

    def best(self, low: Numbers, high: Numbers) -> Numbers | None:
        """Return the shares that bring the most between bounds; None where there are none."""
        bounds = np.column_stack([low, high])
        found = linprog(self._aim, self._uses, self._most, bounds=bounds, method="highs-ds")
        return None if found.x is None else np.clip(np.asarray(found.x, dtype=float), 0.0, 1.0)


def _rounded(problem: Problem, settled: Flags, places: Places, share: Numbers) -> Flags:
    """Return a plan that takes pairs in the order of their shares, as long as they fit."""
    wish = np.where(settled, 2.0, 0.0)
    wish[places] = share + problem.value[places] / problem.value.max() * _WHOLE
    return filled(problem, np.argsort(-wish, kind="stable"))


def _uses(part: Problem, size: Numbers) -> tuple[csr_array, Places]:
    """Return what each pair uses, a row for each scarce thing and each person, and the persons.

    Amounts are divided by the size of each thing.
    """
    pairs, things = len(part.value), len(part.limits)
    people, row = np.unique(part.person, return_inverse=True)
    scarce = part.things < things
    column = np.broadcast_to(np.arange(pairs)[:, None], part.things.shape)[scarce]
    shares = part.amounts[scarce] / size[part.things[scarce]]
    amounts = np.concatenate([shares, np.ones(pairs)])
    rows = np.concatenate([part.things[scarce], things + row])
    columns = np.concatenate([column, np.arange(pairs)])
    return csr_array((amounts, (rows, columns)), shape=(things + len(people), pairs)), people
