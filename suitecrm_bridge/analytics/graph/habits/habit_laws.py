"""Which histories surely lie above the base, fitted on what customers share.

reads: habit_histories, habit_parameters
makes: one row per history that tells of a habit: entity, question, answer, way, tried, answered,
  base (share of the whole base, 0 to 1), share (what is expected of them), sure (how likely their
  share is above the base's)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.beta_binomial import shares

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    known = engine.fetch("habit_parameters").iloc[0]
    histories = engine.fetch("habit_histories")
    nobody = histories.head(0).assign(base=np.float64(), share=np.float64(), sure=np.float64())
    found = [nobody]
    for _, asked in histories.groupby(["entity", "question"]):
        # Each answer is a chance to be wrong about somebody.
        level = 1 - float(known["wrong_share"]) / len(asked[["way", "answer"]].drop_duplicates())
        for _, rows in asked.groupby(["way", "answer"]):
            if rows["people"].sum() >= int(known["least_customers"]):
                found.append(_surest(rows, level, int(known["least_answers"])))
    told = pd.concat([one for one in found if len(one)] or [nobody], ignore_index=True)
    return told.drop(columns="people")


def _surest(rows: pd.DataFrame, level: float, least: int) -> pd.DataFrame:
    names = ("tried", "answered", "people")
    tried, answered, people = (rows[name].to_numpy(dtype=np.int64) for name in names)
    law = shares(tried, answered, people)
    if law is None:
        return rows.head(0)
    sure = law.surely_above(tried, answered)
    told = rows.assign(base=law.mean, share=law.expected(tried, answered), sure=sure)
    return told[(sure >= level) & (answered >= least)]
