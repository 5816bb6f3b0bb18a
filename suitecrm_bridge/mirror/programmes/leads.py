"""What became of leads who entered a programme."""

from __future__ import annotations

from importlib.resources import files

import duckdb
import pandas as pd

from suitecrm_bridge.mirror.programmes.frames import rows


def lead_outcomes(
    connection: duckdb.DuckDBPyConnection, entries: pd.DataFrame, as_of: int
) -> pd.DataFrame:
    """Return what became of leads, with the columns that tell it of customers.

    Args:
        connection: the mirror's; `define_since` comes before.
        entries: programme, person, arm, since_day, days (for how many they are watched).
        as_of: what comes later does not exist yet, in days since 1970.
    """
    script = files("suitecrm_bridge.mirror") / "sql" / "lead_outcomes.sql"
    columns = {name: entries[name].to_numpy() for name in ("since_day", "days")}
    columns |= {n: entries[n].to_numpy(dtype=object) for n in ("programme", "person", "arm")}
    connection.register("lead_entries", columns)
    try:
        return rows(connection, script.read_text(encoding="utf-8"), {"as_of": as_of})
    finally:
        connection.unregister("lead_entries")
