"""Find who complains more often than chance allows.

reads: complaint_habits, review_parameters
makes: one row per way of complaining that is more than chance: entity, bought (purchases),
  complaints
"""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.review import often_complaining


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    row = engine.fetch("review_parameters").iloc[0]
    bounds = {str(name): int(value) for name, value in row.items()}
    habits = engine.fetch("complaint_habits")
    found = [
        often_complaining(own, bounds).assign(entity=entity)
        for entity, own in habits.groupby("entity")
    ]
    return pd.concat(found or [habits])[["entity", "bought", "complaints"]]
