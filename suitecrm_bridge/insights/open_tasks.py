"""The open tasks about cases, as a table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.choosing import open_tasks as asked
from suitecrm_bridge.tables import Kind, Table, columns, words

MOST = 200
"""Tasks that somebody looks at, the first due ones."""
TASKS: Mapping[str, Kind] = {
    "task": "text",
    "due": "date",
    "priority": "text",
    "cases": "cases",
}


def open_tasks(mirror: Mirror) -> Table:
    """Return the open tasks about cases, the first due first.

    Columns: task, due (a day, missing where there is none), priority, cases (a list with the id of
    the case), subjects (a list with its subject).
    """
    rows = [
        (task, due and due.date(), priority, [case], [subject])
        for task, due, priority, case, subject in asked(mirror.connection, MOST)
    ]
    frame = pd.DataFrame(rows, columns=[*TASKS, "subjects"], dtype=object)
    return Table(
        "open_tasks", frame, columns("dashboard.column_", TASKS), words("dashboard.open_tasks")
    )
