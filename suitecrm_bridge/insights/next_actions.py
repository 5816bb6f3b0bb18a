"""The one action of each customer, as a score."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import actions as analytics
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.reasons.action import action_reasons
from suitecrm_bridge.catalogue import LANGUAGES, ActionRules

_KEYS = ["entity", "customer_id"]


class Actions:
    """What to do next for everyone in `engine`, after `Worth` and the complaints.

    Args:
        rules: those of the installation.
        engine: where the figures are.
        as_of: the day of the scores.
    """

    def __init__(self, rules: ActionRules, engine: Engine, as_of: date) -> None:
        self._rules = rules
        analytics.compute(engine, as_of, rules)

    def of(self, part: Tables, scores: pd.DataFrame) -> pd.DataFrame:
        """Say what to do next for each customer of a part.

        Columns out, with entity and customer_id as index: next_action, next_action_due,
        value_at_stake; next_action_reason in every language; and what they come from: standing,
        complaints (serious, open or none: those that are open), expected_by (date of the next
        purchase), action_rule, overdue_days, attempts, kept_value, lost_value.

        Args:
            part: of the engine.
            scores: of its customers, by entity and customer_id: next_offer, complaint_open.
        """
        found = part.fetch("next_action").set_index(_KEYS)
        due = part.fetch("lifecycle").set_index(_KEYS)["due_day"]
        figures = {
            "next_action": found["action"],
            "next_action_due": to_dates(found["due_day"]),
            "value_at_stake": to_units(found["stake_cents"]),
            "standing": found["standing"],
            "complaints": part.fetch("action_traits").set_index(_KEYS)["complaints"],
            "expected_by": to_dates(due),
            "action_rule": found["rule"],
            "overdue_days": found["overdue_days"],
            "attempts": found["attempts"],
            "kept_value": to_units(found["kept_cents"]),
            "lost_value": to_units(found["lost_cents"]),
        }
        frame = pd.DataFrame({name: column.astype(object) for name, column in figures.items()})
        told = found.assign(
            expected_day=due,
            last_day=part.fetch("rfm").set_index(_KEYS)["last_day"],
            complaints=scores["complaint_open"],
            offer=scores["next_offer"],
        )
        said = action_reasons(told, self._rules)
        return frame.assign(**{f"next_action_reason_{lang}": said[lang] for lang in LANGUAGES})
