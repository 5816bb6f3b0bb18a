"""On which channel customers answer, and when: named where it is sure, else nothing is said.

Each answer (a channel, a part of the day, a weekday) is looked at in two ways: how often somebody
answered when it was tried, and which share of what they did by themselves it was. In both, a
customer is held against the whole base by a Beta-binomial model. Who has no habit is named by
mistake less than once in `1 / wrong_share` times for each of the three questions.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from suitecrm_bridge.analytics.engine import SqlEngine

Question = Literal["channel", "part", "weekday"]
QUESTIONS: tuple[Question, ...] = ("channel", "part", "weekday")


@dataclass(frozen=True)
class HabitRules:
    """When a habit is told.

    It is looked for in the last `window_days`, where of at least `least_customers` the same is
    known, and needs at least `least_answers`. At most `wrong_share` of those without one are named.
    """

    window_days: int = 730
    least_customers: int = 30
    least_answers: int = 4
    wrong_share: float = 0.05


def compute(engine: SqlEngine, as_of: date, rules: HabitRules | None = None) -> None:
    """Find the habits of every customer, into the table `habits`.

    Tables in: `moment_facts` (customer_id, way, channel, day, hour, answered) and `touch_facts`
    (customer_id, campaign_id, channel, day, responded).
    Columns out: customer_id, question (channel, part, weekday), answer, way, tried, answered, base,
    share, sure; no row where there is too little to tell.

    Raises:
        DataError: a table is missing.
    """
    engine.look_from(as_of)
    engine.values("habit_parameters", asdict(rules or HabitRules()))
    engine.make("habits")
