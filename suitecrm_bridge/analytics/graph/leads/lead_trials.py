"""How well what is learnt of leads forecasts those who came later.

reads: lead_histories
makes: one row per kind (leads and targets): the columns of `leads.Trial`
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd

from suitecrm_bridge.analytics.leads import KINDS, try_out

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    looks = engine.fetch("lead_histories")
    found = [asdict(try_out(kind, looks[looks["kind"] == kind])[0]) for kind in KINDS]
    counts = {"leads", "customers", "late_leads", "late_customers"}
    kinds = {
        name: "string" if name in ("kind", "reason") else "int64" if name in counts else "float64"
        for name in found[0]
    }
    return pd.DataFrame(found).astype(kinds)
