"""Who to address by which programme: the most net value for a budget, within capacity and caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects.effect import Flags
from suitecrm_bridge.analytics.effects.exact import better
from suitecrm_bridge.analytics.effects.pricing import Places, Problem, filled, priced

Thing = tuple[str, str]
"""Something scarce: "budget", "programme" or "channel", and its name."""


@dataclass(frozen=True)
class Limits:
    """What may be spent, sent and said.

    Args:
        budget: for all of it; None without a bound.
        contacts: how often a person is addressed at most, where there is still room for it.
        budgets: by programme, where one has its own.
        capacities: by channel, how many it can carry.
    """

    budget: float | None = None
    contacts: int = 1
    budgets: Mapping[str, float] = field(default_factory=dict)
    capacities: Mapping[str, float] = field(default_factory=dict)

    def scarce(self) -> dict[Thing, float]:
        """Return how much there is of each scarce thing."""
        whole = {} if self.budget is None else {("budget", ""): self.budget}
        own = {("programme", name): amount for name, amount in self.budgets.items()}
        carried = {("channel", name): amount for name, amount in self.capacities.items()}
        return whole | own | carried


@dataclass(frozen=True)
class Plan:
    """Who is chosen, and what it brings.

    Args:
        chosen: true or false for each pair.
        value: expected net value of the chosen.
        cost: of the chosen.
        at_most: what no plan can exceed.
        next_one: what one more of each scarce thing would bring: of a budget beyond its own cost,
            of a channel one more message.
    """

    chosen: Flags
    value: float
    cost: float
    at_most: float
    next_one: Mapping[Thing, float]

    @property
    def short(self) -> float:
        """By which share at most the plan is below the best one."""
        return 1 - self.value / self.at_most if self.at_most > 0 else 0.0


def plan(pairs: pd.DataFrame, limits: Limits) -> Plan:
    """Return the pairs of person and programme that bring the most.

    A pair that brings nothing is never chosen. The plan is never worse than taking pairs by what
    they bring, or by what they bring for what they use.

    Args:
        pairs: person, programme, channel, value (expected gain less cost) and cost, a row for each
            programme that may address a person; value and cost in one unit. Where there is a column
            `room`, it says how often its person may still be addressed; the smallest counts.
        limits: what bounds the plan.

    Raises:
        ValueError: a value is missing, or a cost is missing or below 0.
    """
    worthy, problem = _problem(pairs, limits)
    prices = priced(problem)
    orders = (prices.order(problem), *problem.orders())
    best = max((filled(problem, order) for order in orders), key=problem.brings)
    best, at_most = better(problem, prices, best)
    chosen = np.zeros(len(pairs), dtype=np.bool_)
    chosen[worthy[best]] = True
    value = problem.brings(best)
    return Plan(
        chosen=chosen,
        value=value,
        cost=float(pairs["cost"].to_numpy(float)[chosen].sum()),
        at_most=max(at_most, value),
        next_one=dict(zip(limits.scarce(), prices.prices.tolist(), strict=True)),
    )


def _problem(pairs: pd.DataFrame, limits: Limits) -> tuple[Places, Problem]:
    """Return the places of the pairs that bring something, by person, and what is asked of them."""
    value = pairs["value"].to_numpy(float)
    cost = pairs["cost"].to_numpy(float)
    if np.isnan(value).any() or not (cost >= 0).all():
        raise ValueError("a value is missing, or a cost is missing or below 0")
    number = pd.factorize(pairs["person"])[0].astype(np.int64)
    order = np.argsort(number, kind="stable")
    room = _room(pairs, number, limits.contacts)
    worthy = order[(value[order] > 0) & (room[number[order]] > 0)]
    people, person = np.unique(number[worthy], return_inverse=True)
    scarce = list(limits.scarce())
    places = {thing: place for place, thing in enumerate(scarce)}
    columns = [np.full(len(worthy), places.get(("budget", ""), len(scarce)))]
    for kind in ("programme", "channel"):
        names = pairs[kind].iloc[worthy]
        known = {name: places[kind, name] for part, name in scarce if part == kind}
        columns.append(names.map(known).fillna(len(scarce)).to_numpy(np.int64))
    spent = cost[worthy]
    problem = Problem(
        value=value[worthy],
        person=person.astype(np.int64),
        contacts=room[people],
        things=np.column_stack(columns),
        amounts=np.column_stack([spent, spent, np.ones(len(worthy))]),
        limits=np.array(list(limits.scarce().values()), dtype=np.float64),
    )
    return worthy, problem


def _room(pairs: pd.DataFrame, number: Places, most: int) -> Places:
    """Return how often each person may be addressed, by their number."""
    found = np.full(int(number.max(initial=-1)) + 1, most, dtype=np.int64)
    if "room" in pairs:
        np.minimum.at(found, number, pairs["room"].to_numpy(np.int64))
    return found
