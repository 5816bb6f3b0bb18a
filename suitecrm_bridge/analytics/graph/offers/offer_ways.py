"""Judge the ways to name an offer by how often they were right.

reads: offer_hits
makes: one row per way that was tried: entity, way, customers, hits, naive_hits, won, lost and
  until_day as in offer_hits, low and high (bounds of how much more often it was right than its
  yardstick, in millionths), verdict (better, no_better, unclear), place (in which it is asked
  for an offer: first those that are better than the best seller, then that one where it is better
  than chance; 0 for the others)
"""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.paired import Paired

_NAMES = ["customers", "hits", "naive_hits", "won", "lost"]


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    rows = engine.fetch("offer_hits")
    judged = [Paired(*map(int, row)) for row in rows[_NAMES].itertuples(index=False, name=None)]
    bounds = [one.interval() for one in judged]
    rows = rows.assign(
        low=pd.array([round(1e6 * low) for low, _ in bounds], "Int64"),
        high=pd.array([round(1e6 * high) for _, high in bounds], "Int64"),
        verdict=pd.array([one.verdict() for one in judged], "string"),
        rate=[one.rate for one in judged],
        last=rows["way"] == "popular",
    )
    wins = rows[rows["verdict"] == "better"]
    wins = wins.sort_values(["entity", "last", "rate", "way"], ascending=[True, True, False, True])
    place = (wins.groupby("entity").cumcount() + 1).astype("Int64")
    return rows.assign(place=place.reindex(rows.index).fillna(0)).drop(columns=["rate", "last"])
