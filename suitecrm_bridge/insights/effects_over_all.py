"""What all programmes bring together, beside the people who are left out of every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.effects.assignment import CONTROL, TREATED, held_out, period_of
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects import Declared, Measured, measured
from suitecrm_bridge.mirror import Mirror

OVER_ALL = "over_all"
"""Stands for all programmes."""


@dataclass(frozen=True)
class Overall:
    """What all programmes brought from one day to another, and what was asked of them."""

    found: Measured
    declared: Declared
    first: date
    last: date


def over_all(
    mirror: Mirror,
    choices: Choices,
    of: Entity,
    as_of: date,
    *,
    salt: str,
    share: float,
    days: int,
    least: Decimal,
    spent: Decimal = Decimal(0),
) -> Overall | None:
    """Return what all programmes brought in the last period that is over; None without a control.

    Everybody counts, whether or not a programme was for them, for only who was left out is drawn.
    So the effect is that on a customer, and not on an entrant. A period is looked at once, when it
    is over.

    Args:
        mirror: what is known.
        choices: what counts as a purchase, and in which language is spoken.
        of: which kind of people is looked at.
        as_of: the day.
        salt: of the installation.
        share: which share is left out.
        days: after how many days others are drawn.
        least: the least effect on a customer worth having, in units of the base currency.
        spent: what all programmes cost in that period, in the same.

    Raises:
        DataError: a sum is out of range.
    """
    if not 0 < share < 1:
        return None
    period = period_of(to_day(as_of), days) - 1
    people = Engine(mirror.connection).fetch(f"customers_{of}")["customer_id"]
    arms = [CONTROL if held_out(salt, period, one, share) else TREATED for one in people]
    entries = pd.DataFrame({"programme": OVER_ALL, "person": people, "arm": arms})
    cost = spent / max(arms.count(TREATED), 1)
    declared = Declared(of, "margin", days, cost, least, share, len(people), running=False)
    entries = entries.assign(since=period * days)
    found = measured(mirror, choices, entries, {OVER_ALL: declared}, as_of)[OVER_ALL]
    return Overall(found, declared, *bounds(as_of, days))


def bounds(as_of: date, days: int) -> tuple[date, date]:
    """Return the first and the last day of the last period that is over."""
    first = (period_of(to_day(as_of), days) - 1) * days
    return to_date(first), to_date(first + days - 1)
