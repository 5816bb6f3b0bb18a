"""What the base told of the time between two purchases, era by era.

reads: silence_eras, silence_parameters, silence_sample
makes: one row per kind of customer and era: entity, era, r, alpha, shape (see `silence.Rhythms`),
  horizon_days (within which a silence ends, or never)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from suitecrm_bridge.analytics.silence import fit, horizon, usual

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
        own = known.get((entity, era))
        model = usual(rhythm) if own is None else fit(own, usual(rhythm))
        days = least if own is None else horizon(own, least)
        rows.append((entity, era, model.r, model.alpha, model.shape, days))
    names = ["entity", "era", "r", "alpha", "shape", "horizon_days"]
    kinds = ["string", "int64", "float64", "float64", "float64", "int64"]
    return pd.DataFrame(rows, columns=names).astype(dict(zip(names, kinds, strict=True)))
