"""Businesses whose programmes are played: who enters, what they buy, and what is planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suitecrm_bridge.analytics.effects.before import History, Outlook, Plan, history, outlook
from suitecrm_bridge.analytics.effects.outcomes import known_before
from suitecrm_bridge.analytics.effects.verdict import Rule

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAYS = 365
"""For how long people enter; one looks on as many nights, from when the first time is over."""

PEOPLE_BEFORE = 5_000
"""People whose past says before the start what can be shown."""


@dataclass(frozen=True)
class Business:
    """What people buy in the time that is measured, in units of the base currency.

    `buys` is the share who buy at all, `typical` and `uneven` the median and the spread of the
    logarithm of what they then earn us, `loyal` how much of that lasts. `worth` is
    the least gain worth having beyond the `cost` of treating somebody.
    """

    per_day: int
    window: int
    control_share: float
    buys: float
    typical: float
    uneven: float
    loyal: float
    cost: float
    worth: float

    @property
    def rule(self) -> Rule:
        """What is named before the start."""
        return Rule(cost=self.cost, worth=self.worth, planned=self.per_day * DAYS)


BUSINESSES: Mapping[str, Business] = {
    "shop, many small orders": Business(20, 90, 0.2, 0.45, 30.0, 0.8, 0.7, 0.5, 5.0),
    "few buy, for much": Business(25, 60, 0.2, 0.06, 150.0, 0.9, 0.4, 0.5, 10.0),
    "trade, orders of any size": Business(20, 120, 0.3, 0.6, 120.0, 1.3, 0.8, 3.0, 65.0),
    "small control": Business(30, 90, 0.05, 0.45, 30.0, 0.8, 0.7, 0.5, 8.0),
}
PLANTED: Mapping[str, float] = {"effect": 1.5, "none": 0.0, "harm": -1.0}
"""In times of what is worth having; an effect comes on top of the cost."""

COMPLAIN, OPT_OUT = 0.02, 0.01
"""Share of either arm."""


@dataclass(frozen=True)
class Programme:
    """Who entered, in order; `effect` is what treating somebody brings on average."""

    outcome: Numbers
    treated: Flags
    before: Numbers
    effect: float
    complained: Flags
    opted_out: Flags


@dataclass(frozen=True)
class _People:
    """What people would spend if they bought, how easily they are moved to, and what they spent."""

    amount: Numbers
    lot: Numbers
    before: Numbers

    def brought(self, buys: float) -> Numbers:
        """Return what they bring where such a share buys."""
        return np.where(self.lot < buys, self.amount, 0.0)


def drawn(business: Business, planted: str, seed: int) -> Programme:
    """Return a programme; what it brings comes of more or fewer who buy."""
    rng = np.random.default_rng([seed, list(PLANTED).index(planted)])
    count = business.per_day * DAYS
    people = _people(business, count, rng)
    times = PLANTED[planted]
    effect = times * business.worth + (business.cost if times > 0 else 0.0)
    more = effect / (business.typical * np.exp(business.uneven**2 / 2))
    treated = rng.random(count) >= business.control_share
    then, else_ = people.brought(business.buys + more), people.brought(business.buys)
    return Programme(
        outcome=np.where(treated, then, else_),
        treated=treated,
        before=people.before,
        effect=effect,
        complained=rng.random(count) < COMPLAIN,
        opted_out=rng.random(count) < OPT_OUT,
    )


def named(business: Business, planted: str, seed: int) -> Outlook:
    """Return what is told before the start, from the past of other people."""
    people = _people(business, PEOPLE_BEFORE, np.random.default_rng([seed, 99]))
    past: History = history(people.brought(business.buys), people.before)
    expected = business.cost + max(PLANTED[planted], 0.0) * business.worth
    plan = Plan(business.per_day, DAYS, business.window, business.control_share, expected)
    return outlook(plan, business.rule, past)


def _people(business: Business, count: int, rng: np.random.Generator) -> _People:
    """Return people with a habit that lasts, and what passes on top of it."""
    lasting, passing = (
        business.uneven * np.sqrt(part) for part in (business.loyal, 1 - business.loyal)
    )
    habit = business.typical * rng.lognormal(0, lasting, count)
    now, then = (habit * rng.lognormal(0, passing, count) for _ in range(2))
    spent = np.where(rng.random(count) < business.buys, then, 0.0)
    return _People(now, rng.random(count), known_before(spent))
