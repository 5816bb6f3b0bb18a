"""What to do next for each customer, and what is at stake if nothing is done."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine, Values
from suitecrm_bridge.catalogue import (
    ActionRules,
    Standings,
    action_rules,
    catalogue,
    standing_rules,
)


def compute(
    engine: SqlEngine,
    as_of: date,
    rules: ActionRules | None = None,
    standings: Standings | None = None,
) -> None:
    """Find the one action of every customer, into the table `next_action`.

    Tables in: `rfm`, `lifecycle`, `clv`, `review`, `next_offers`, `complaint_customers` and
    `purchases`, as the others leave them; `attempt_facts`: entity, customer_id, day (of each time
    that somebody tried to reach them); `kept_actions`: entity, customer_id, action, due_day
    (as SuiteCRM holds them).
    Columns out: entity, customer_id, rule, action, standing, due_day, attempts, overdue_days,
    kept_cents, lost_cents, stake_cents; see the file `next_action.sql`. The table
    `value_at_stake` stays.

    Args:
        engine: holds the tables.
        as_of: the day to look from.
        rules: default, those of the catalogue.
        standings: who is lost and who at risk; default, those of the catalogue.

    Raises:
        DataError: a table is missing, or a sum is out of range.
    """
    rules = rules or action_rules(catalogue())
    known = standings or standing_rules(catalogue())
    words: list[Values] = [
        {"place": place, "standing": standing, "name": name, "word": word}
        for place, (standing, conditions) in enumerate(known.items(), 1)
        for name, own in conditions.items()
        for word in own
    ]
    engine.look_from(as_of)
    engine.values("action_parameters", dict(rules.limits))
    engine.values("standing_words", *words)
    engine.values("action_rules", *_rules(rules))
    engine.table("action_conditions", _conditions(rules))
    engine.make("next_action")


def _rules(rules: ActionRules) -> list[Values]:
    return [
        {
            "place": place,
            "rule": rule.key,
            "action": rule.action,
            "days": -1 if rule.days is None else rule.days,
            "conditions": len(rule.conditions),
        }
        for place, rule in enumerate(rules.rules, 1)
    ]


def _conditions(rules: ActionRules) -> pd.DataFrame:
    rows = [
        (place, name, word)
        for place, rule in enumerate(rules.rules, 1)
        for name, words in rule.conditions.items()
        for word in words
    ]
    frame = pd.DataFrame(rows, columns=["place", "name", "word"])
    return frame.astype({"place": "int64", "name": "string", "word": "string"})
