"""The best plan of all, where the prices leave few pairs open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from suitecrm_bridge.analytics.effects.effect import Flags, Numbers
from suitecrm_bridge.analytics.effects.pricing import Places, Prices, Problem, best, filled, kth

CLOSE_ENOUGH = 1e-4
"""A plan that is below what can be reached at most by no more than this share is the best."""

OPEN_AT_MOST = 4_000
"""Pairs that may be open for the best plan to be sought."""

_NODES = 500


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
    found, bound = _solved(problem, taken & ~open_, open_)
    # The solver takes a hair's breadth over a limit for none; whatever is left over is used, too.
    found = filled(problem, np.argsort(~found, kind="stable"))
    at_most = min(prices.at_most, max(bound, brings))
    return (found if problem.brings(found) > brings else known), at_most


def _otherwise(problem: Problem, prices: Prices) -> tuple[Flags, Numbers]:
    """Return what the prices choose, and what the bound loses when a pair is decided otherwise."""
    taken, gain = best(problem, prices.prices)
    last = np.maximum(kth(problem, gain, problem.contacts), 0.0)[problem.person]
    following = np.maximum(kth(problem, gain, problem.contacts + 1), 0.0)[problem.person]
    return taken, np.where(taken, gain - following, last - gain)


def _solved(problem: Problem, settled: Flags, open_: Flags) -> tuple[Flags, float]:
    """Return the best plan among those that keep what is settled, and what none of them exceeds."""
    held = np.bincount(problem.person[settled], minlength=int(problem.person[-1]) + 1)
    left = problem.limits - problem.used(settled)
    part = replace(
        problem,
        value=problem.value[open_],
        person=problem.person[open_],
        things=problem.things[open_],
        amounts=problem.amounts[open_],
    )
    uses, people = _uses(part)
    most = np.concatenate([left, problem.contacts - held[people]])
    found = milp(
        -part.value,
        integrality=np.ones(len(part.value)),
        bounds=(0, 1),
        constraints=LinearConstraint(uses, ub=most),
        # With presolve the solver writes to standard output whatever one tells it, and with so few
        # pairs it gains nothing.
        options={"mip_rel_gap": CLOSE_ENOUGH / 10, "node_limit": _NODES, "presolve": False},
    )
    whole = settled.copy()
    if found.x is None:
        return whole, np.inf
    whole[open_] = np.asarray(found.x) > 0.5
    return whole, problem.brings(settled) - float(found.mip_dual_bound)


def _uses(part: Problem) -> tuple[csr_array, Places]:
    """Return what each pair uses, a row for each scarce thing and each person, and the persons."""
    pairs, things = len(part.value), len(part.limits)
    people, row = np.unique(part.person, return_inverse=True)
    scarce = part.things < things
    column = np.broadcast_to(np.arange(pairs)[:, None], part.things.shape)[scarce]
    amounts = np.concatenate([part.amounts[scarce], np.ones(pairs)])
    rows = np.concatenate([part.things[scarce], things + row])
    columns = np.concatenate([column, np.arange(pairs)])
    return csr_array((amounts, (rows, columns)), shape=(things + len(people), pairs)), people
