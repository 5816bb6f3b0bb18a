"""How long a customer may be silent, by what they did before and what the base told then.

reads: silence_cells, silence_models, silence_parameters
makes: one row per era and history: entity, era, habit, gaps, so_far, risk_days, lapse_days (the
  most days of silence before a customer is at risk, or has lapsed)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.silence import Rhythms

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    asked = engine.fetch("silence_parameters").iloc[0]
    cells = engine.fetch("silence_cells").merge(engine.fetch("silence_models"), how="left")
    names = ("r", "alpha", "shape", "gaps", "so_far", "horizon_days")
    r, alpha, shape, *history = (cells[name].to_numpy(np.float64) for name in names)
    model = Rhythms(r, alpha, shape)
    risk, lapse = (
        model.longest(int(asked[f"{name}_percentile"]) / 100, *history)
        for name in ("risk", "lapse")
    )
    lapse = np.maximum(lapse, int(asked["least_days"]))
    found = cells[["entity", "era", "habit", "gaps", "so_far"]]
    return found.assign(risk_days=np.minimum(risk, lapse), lapse_days=lapse)
