"""What a programme can show and what it should bring, told before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, sqrt

import numpy as np

from suitecrm_bridge.analytics.effects.effect import Numbers, centred
from suitecrm_bridge.analytics.effects.sequence import needed, smallest
from suitecrm_bridge.analytics.effects.verdict import LEAST, LEAST_TELLING, OUTCOME_PART, Rule

_SPARE = 1.6
"""Errors of a count by which more must come for it to be reached in 19 of 20 cases."""


@dataclass(frozen=True)
class History:
    """What entrants like these brought without the programme, in as long a time.

    Args:
        mean: what one of them brought.
        spread: its standard deviation.
        explained: the share of the variance that what was known before takes away.
        telling: the share whose outcome is not the usual one.
        unsure: the standard error of the spread as a share of it: few who buy for much leave it
            open.
    """

    mean: float
    spread: float
    explained: float
    telling: float
    unsure: float = 0.0


@dataclass(frozen=True)
class Plan:
    """How many are to enter, for how long, and how many of them are left out.

    Args:
        per_day: entrants a day; for a list that is sent once, all of them.
        days: for how many days people enter; 1 for a list that is sent once.
        window: for how many days an entrant is watched.
        control_share: which share is left out, above 0 and below 1.
        expected: what an entrant is expected to bring more, in the unit of the outcome.
    """

    per_day: float
    days: int
    window: int
    control_share: float
    expected: float

    @property
    def entrants(self) -> int:
        """Entrants in both arms until the end."""
        return round(self.per_day * self.days)


@dataclass(frozen=True)
class Outlook:
    """What can be told before the start; amounts are in the unit of the outcome.

    Args:
        entrants: in both arms.
        smallest: the smallest effect on an entrant that is told from none in four of five cases;
            infinite where too few enter.
        needed: entrants it takes for an effect as large as is worth having.
        control_cost: what is forgone by leaving the control out.
        cost: of addressing the others.
        gain: expected of them, less the cost.
        harm_days: days from the start until harm as large as `worth` is seen in four of five
            cases; None where it would not be.
    """

    entrants: int
    smallest: float
    needed: int
    control_cost: float
    cost: float
    gain: float
    harm_days: int | None


def history(outcome: Numbers, before: Numbers | None = None) -> History:
    """Return what similar people brought while none of them was in a programme.

    Args:
        outcome: of each of them, in as many days as an entrant is watched.
        before: a column for each thing known before, as it will be of entrants.
    """
    known = centred(before, len(outcome))
    middle = outcome - outcome.mean()
    slopes = np.linalg.pinv(known @ known.T, hermitian=True) @ (known @ middle)
    rest = (middle - slopes @ known) ** 2
    whole, left = float(np.mean(middle**2)), float(np.mean(rest))
    return History(
        mean=float(outcome.mean()),
        spread=float(outcome.std(ddof=1)),
        explained=1 - left / whole if whole > 0 else 0.0,
        telling=float(np.mean(outcome != np.median(outcome))),
        unsure=float(np.sqrt(rest.var() / len(rest)) / (2 * left)) if left > 0 else 0.0,
    )


def outlook(plan: Plan, rule: Rule, past: History) -> Outlook:
    """Return what a programme can show and should bring.

    The variance of an effect is that of the outcome, less what was known before, by the entrants
    of each arm: σ²(1 − ρ²)(1/n + 1/m). The spread is taken to be one error larger than it was, so
    that what is named is not named too early where the past knows it badly.
    """
    share, alpha = plan.control_share, OUTCOME_PART * rule.alpha
    spread = past.spread * (1 + past.unsure) * sqrt((1 - past.explained) / (share * (1 - share)))
    first = _first(plan, past)
    found = inf
    if plan.entrants >= first:
        found = smallest(plan.entrants, spread / sqrt(plan.entrants), rule.planned, alpha)
    wanted = max(first, ceil(needed(spread, rule.worth, rule.planned, alpha)))
    treated = plan.entrants * (1 - share)
    net = plan.expected - rule.cost
    return Outlook(
        entrants=plan.entrants,
        smallest=found,
        needed=wanted,
        control_cost=max(net, 0.0) * plan.entrants * share,
        cost=treated * rule.cost,
        gain=treated * net,
        harm_days=plan.window + ceil(wanted / plan.per_day) if wanted <= plan.entrants else None,
    )


def _first(plan: Plan, past: History) -> int:
    """Return how many must enter for both arms to have the least, in nearly every draw."""
    smaller = min(plan.control_share, 1 - plan.control_share)
    counts = ((LEAST, smaller), (LEAST_TELLING, smaller * past.telling))
    return max(ceil(_for_certain(least, share)) for least, share in counts)


def _for_certain(least: int, share: float) -> float:
    """Return how many it takes for that share of them to be `least` in 19 of 20 cases."""
    if share <= 0:
        return 1e12
    root = (_SPARE + sqrt(_SPARE**2 + 4 * least)) / 2
    return root**2 / share
