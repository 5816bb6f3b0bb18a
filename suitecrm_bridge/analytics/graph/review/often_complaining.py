"""Find who complains more often than chance allows.

reads: complaint_habits, review_parameters
makes: one row per way of complaining that is more than chance: bought (purchases), complaints
"""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.review import often_complaining


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    row = engine.fetch("review_parameters").iloc[0]
    bounds = {str(name): int(value) for name, value in row.items()}
    return often_complaining(engine.fetch("complaint_habits"), bounds)
