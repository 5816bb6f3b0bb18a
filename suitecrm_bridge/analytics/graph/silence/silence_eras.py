"""From when to when what the base told was the same.

reads: as_of, purchase_kinds, silence_counts, silence_parameters
makes: one row per kind of customer and era: entity, era, first_day, next_day (of the era that
  follows, or a day that never comes), ended (silences that ended before the first day)

An era begins on the first of a month, and by what ended before: nothing that comes later changes
it.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import pandas as pd

from suitecrm_bridge.analytics.silence import eras

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine


def make(engine: SqlEngine) -> pd.DataFrame:
    """Return the table."""
    as_of = int(engine.fetch("as_of")["as_of_day"].iloc[0])
    fewest = int(engine.fetch("silence_parameters")["fewest_gaps"].iloc[0])
    counts = engine.fetch("silence_counts")
    rows = []
    for entity in sorted(engine.fetch("purchase_kinds")["entity"]):
        own = counts[counts["entity"] == entity]
        found = eras(own["day"].tolist(), own["ended"].tolist(), as_of, fewest)
        rows += [(entity, number, *astuple(era)) for number, era in enumerate(found)]
    columns = ["entity", "era", "first_day", "next_day", "ended"]
    kinds = {"entity": "string"} | dict.fromkeys(columns[1:], "int64")
    return pd.DataFrame(rows, columns=columns).astype(kinds)
