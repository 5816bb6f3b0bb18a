"""Who has a habit: does something surely more often than the base, and what.

reads: habit_parameters, habit_tries
makes: at most one row per customer and question: entity, customer_id, question (channel, part or
  weekday), answer, way, tried, answered, base (share of the whole base, 0 to 1), share (what is
  expected of them), sure (how likely their share is above the base's)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.beta_binomial import shares

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine

_KEYS = ["entity", "customer_id", "question"]


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    known = engine.fetch("habit_parameters").iloc[0]
    tries = engine.fetch("habit_tries")
    nobody = tries.head(0).assign(base=np.float64(), share=np.float64(), sure=np.float64())
    found = [nobody]
    for _, asked in tries.groupby(["entity", "question"]):
        # Each answer is a chance to be wrong about somebody.
        level = 1 - float(known["wrong_share"]) / len(asked[["way", "answer"]].drop_duplicates())
        for _, rows in asked.groupby(["way", "answer"]):
            if len(rows) >= int(known["least_customers"]):
                found.append(_surest(rows, level, int(known["least_answers"])))
    told = pd.concat([one for one in found if len(one)] or [nobody], ignore_index=True)
    order = ["sure", "answered", "way", "answer"]
    told = told.sort_values(order, ascending=[False, False, False, True], kind="stable")
    return told.drop_duplicates(_KEYS).sort_values(_KEYS, ignore_index=True)


def _surest(rows: pd.DataFrame, level: float, least: int) -> pd.DataFrame:
    tried, answered = (rows[name].to_numpy(dtype=np.int64) for name in ("tried", "answered"))
    law = shares(tried, answered)
    if law is None:
        return rows.head(0)
    sure = law.surely_above(tried, answered)
    told = rows.assign(base=law.mean, share=law.expected(tried, answered), sure=sure)
    return told[(sure >= level) & (answered >= least)]
