"""What a customer who has not left will buy, by what they bought and how long ago they began.

reads: buying_models, histories
makes: one row per frequency and age that customers share: entity, frequency, age, expected
  (purchases in 12 months), discounted (the same, each discounted by the month in which it comes)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.bg_nbd import BgNbd
from suitecrm_bridge.analytics.clv import MONTHS, expected_purchases

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine

_NUMBERS = ("r", "alpha", "a", "b", "discount_rate")


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    models = engine.fetch("buying_models").set_index("entity").to_dict("index")
    shared = engine.fetch("histories")[["entity", "frequency", "age"]].drop_duplicates()
    parts = [shared.head(0).assign(expected=np.float64(), discounted=np.float64())]
    for entity, rows in shared.groupby("entity"):
        if entity in models:
            known = {name: float(models[entity][name]) for name in _NUMBERS}
            model = BgNbd(known["r"], known["alpha"], known["a"], known["b"], 0.0, 0)
            expected, discounted = expected_purchases(
                model, rows["frequency"], rows["age"], MONTHS, known["discount_rate"]
            )
            parts.append(rows.assign(expected=expected, discounted=discounted))
    return pd.concat(parts if len(parts) == 1 else parts[1:], ignore_index=True)
