"""The last runs of the bridge, as a table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Kind, Table, columns

SHOWN = 20
"""The last runs that somebody looks at."""
RUNS: Mapping[str, Kind] = {
    "started": "text",
    "command": "text",
    "result": "text",
    "seconds": "count",
    "error": "prose",
}


def last_runs(mirror: Mirror, lang: Language | None = None) -> Table:
    """Return the last runs, the newest first.

    Columns: started (UTC), command, result (a key), seconds (missing while it runs), error.
    """
    rows = [
        (
            f"{one.started_at:%Y-%m-%d %H:%M}",
            one.command,
            one.result,
            None
            if one.finished_at is None
            else round((one.finished_at - one.started_at).total_seconds()),
            one.error or "",
        )
        for one in mirror.runs.history(SHOWN)
    ]
    frame = pd.DataFrame(rows, columns=list(RUNS), dtype=object)
    told = frame.assign(result=[text(f"dashboard.run_{key}", lang) for key in frame["result"]])
    return Table("runs", frame, columns("dashboard.column_", RUNS), for_people=told)
