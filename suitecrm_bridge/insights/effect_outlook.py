"""What a programme can show and should bring, asked of a mirror before it starts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.effects import outcomes, words
from suitecrm_bridge.analytics.effects.before import Outlook, Plan, history, outlook
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects import Declared, floats, outcomes_of
from suitecrm_bridge.mirror import Mirror


@dataclass(frozen=True)
class Foreseen:
    """What is told before the start, and the same in sentences."""

    outlook: Outlook
    said: tuple[str, ...]


def foreseen(
    mirror: Mirror,
    choices: Choices,
    people: Collection[str],
    declared: Declared,
    as_of: date,
    *,
    per_day: float,
    days: int,
    expected: Decimal | None = None,
) -> Foreseen | None:
    """Return what a programme can show, from what such people brought lately; None without some.

    Looked at is as long a time up to the day as an entrant is watched, and what they had spent in
    the year before it. Who is chosen because they did not buy of late brought less then than they
    will bring: effects of such programmes are found later than is said here.

    Args:
        mirror: what is known.
        choices: what counts as a purchase, and in which language is spoken.
        people: ids of those who might enter.
        declared: what the programme's file says.
        as_of: the day.
        per_day: how many enter a day; for a list that is sent once, all of them.
        days: for how many days people enter; 1 for a list that is sent once.
        expected: what an entrant should bring more, in units; by default just as much as makes the
            programme worth its cost.

    Raises:
        DataError: a sum is out of range.
    """
    if len(people) < 2:
        return None
    day = to_day(as_of)
    entries = pd.DataFrame({"programme": "past", "person": list(people), "arm": "control"})
    entries = entries.assign(since=day - declared.days)
    past = outcomes_of(mirror, choices, entries, {"past": declared}, as_of)
    column = outcomes.column(past)
    money = declared.outcome == "margin"
    rule = declared.rule
    known = outcomes.known_before(floats(past, f"{column}_before"))
    brought = history(floats(past, column if money else "bought"), known)
    hoped = rule.cost + rule.worth if expected is None else 100 * float(expected)
    plan = Plan(per_day, days, declared.days, declared.control_share, hoped)
    found = outlook(plan, rule, brought)
    return Foreseen(found, tuple(words.outlook(found, measure(declared), rule, choices.lang)))


def measure(declared: Declared) -> words.Measure:
    """Return what an outcome is counted in."""
    return "money" if declared.outcome == "margin" else "conversion"
