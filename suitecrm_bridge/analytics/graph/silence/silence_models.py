"""What the base told of the time between two purchases, era by era.

reads: silence_eras, silence_parameters, silence_sample
makes: one row per kind of customer, era and habit: entity, era, habit, r, alpha, shape (see
  `silence.Rhythms`), horizon_days (within which a silence ends, or never)

Who buys by the clock and who buys at random can be told apart after some gaps; until then all are
taken together, and so are habits of which too few silences have ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from suitecrm_bridge.analytics.silence import HABITS, fit_habits

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    asked = engine.fetch("silence_parameters").iloc[0]
    least, rhythm = int(asked["horizon_days"]), int(asked["rhythm_days"])
    sample = engine.fetch("silence_sample")
    known = {} if sample.empty else dict(list(sample.groupby(["entity", "era"])))
    rows = []
    for entity, era in engine.fetch("silence_eras")[["entity", "era"]].to_numpy():
        models, days = fit_habits(known.get((entity, era)), rhythm, least)
        rows += [
            (entity, era, habit, model.r, model.alpha, model.shape, days)
            for habit, model in zip(HABITS, models, strict=True)
        ]
    names = ["entity", "era", "habit", "r", "alpha", "shape", "horizon_days"]
    kinds = ["string", "int64", "int64", "float64", "float64", "float64", "int64"]
    return pd.DataFrame(rows, columns=names).astype(dict(zip(names, kinds, strict=True)))
