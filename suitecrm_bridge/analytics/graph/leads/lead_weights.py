"""What each trait of a lead says of their becoming a customer.

reads: lead_histories, lead_trials
makes: points of each level of each trait, of the kinds that can be scored: kind, trait, level,
  points (millionths of the logarithm of the odds, beside what is usual; trait and level are '' for
  what is usual)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from suitecrm_bridge.analytics.leads import Trial, learn, millionths

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    looks, rows = engine.fetch("lead_histories"), []
    for told in engine.fetch("lead_trials").to_dict("records"):
        trial = Trial(**{str(name): value for name, value in told.items()})
        if trial.reason:
            continue
        points = learn(looks[looks["kind"] == trial.kind], trial)
        rows.append((trial.kind, "", "", millionths(points.usual)))
        rows += [
            (trial.kind, trait, level, millionths(value))
            for trait, levels in points.of.items()
            for level, value in levels.items()
        ]
    kinds = {"kind": "string", "trait": "string", "level": "string", "points": "int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
