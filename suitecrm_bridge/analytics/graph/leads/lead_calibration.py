"""Whether as many became customers as was forecast, in fifths of the late looks.

reads: lead_histories
makes: one row per kind and fifth that could be tried: kind, fifth (1 with the lowest scores),
  looks, expected and won (customers)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit

from suitecrm_bridge.analytics.leads import KINDS, try_out

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    looks, rows = engine.fetch("lead_histories"), []
    for kind in KINDS:
        trial, late = try_out(kind, looks[looks["kind"] == kind])
        if trial.auc is None:
            continue
        late = late.assign(expected=expit(late["odds"]) * late["looks"]).sort_values(
            "odds", kind="stable"
        )
        middle = late["looks"].cumsum() - late["looks"] / 2
        fifth = np.minimum((5 * middle / late["looks"].sum()).astype("int64"), 4) + 1
        for place, part in late.groupby(fifth):
            sums = part[["looks", "expected", "won"]].sum()
            rows.append((kind, place, int(sums["looks"]), sums["expected"], int(sums["won"])))
    names = ["kind", "fifth", "looks", "expected", "won"]
    kinds = ["string", "int64", "int64", "float64", "int64"]
    return pd.DataFrame(rows, columns=names).astype(dict(zip(names, kinds, strict=True)))
