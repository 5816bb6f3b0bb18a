"""What all programmes bring together, beside the people who are left out of every one of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.effects.assignment import CONTROL, TREATED, held_out, period_of
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects import Declared, Measured, measured
from suitecrm_bridge.mirror import Mirror

OVER_ALL = "over_all"
"""Stands for all programmes."""


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
) -> Measured | None:
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

    Raises:
        DataError: a sum is out of range.
    """
    if not 0 < share < 1:
        return None
    period = period_of(to_day(as_of), days) - 1
    people = Engine(mirror.connection).fetch(f"customers_{of}")["customer_id"]
    arms = [CONTROL if held_out(salt, period, one, share) else TREATED for one in people]
    entries = pd.DataFrame({"programme": OVER_ALL, "person": people, "arm": arms})
    declared = Declared(of, "margin", days, Decimal(0), least, share, len(people), running=False)
    entries = entries.assign(since=period * days)
    return measured(mirror, choices, entries, {OVER_ALL: declared}, as_of)[OVER_ALL]
