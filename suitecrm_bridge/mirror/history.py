"""What records held before: SuiteCRM's own history, and what the bridge saw change by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror.conversion import aware, make_table, naive
from suitecrm_bridge.mirror.soundness import sound
from suitecrm_bridge.mirror.transaction import transaction

_TYPES = {
    "id": "VARCHAR",
    "record_id": "VARCHAR",
    "changed_at": "TIMESTAMP",
    "field": "VARCHAR",
    "before": "VARCHAR",
    "after": "VARCHAR",
}


@dataclass(frozen=True)
class HistoryScan:
    """How far a module's history was read; datetimes are aware, in UTC.

    `through`: everything before is mirrored, None when nothing is. `started_at`: when the reading
    under way began, None when none is. `after_id`: the last id that it stored.
    """

    through: datetime | None = None
    started_at: datetime | None = None
    after_id: str | None = None


class History:
    """The tables `history`, by module, and `observed_statuses`, of cases."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def scan(self, module: str) -> HistoryScan:
        """Return how far the history of `module` was read."""
        rows = self._connection.execute(
            "SELECT through, started_at, after_id FROM history_scans WHERE module = ?", [module]
        ).fetchall()
        if not rows:
            return HistoryScan()
        row = rows[0]
        return HistoryScan(row[0] and aware(row[0]), row[1] and aware(row[1]), row[2])

    def forget(self) -> None:
        """Forget what was read, so that the next pull reads all of it anew."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM history")
            self._connection.execute("DELETE FROM history_scans")

    def newest(self, module: str) -> datetime | None:
        """Return when a mirrored record of `module` was last modified."""
        table = catalogue().modules[module].table
        row = self._connection.execute(f"SELECT max(date_modified) FROM {table}").fetchall()[0]
        return row[0] and aware(row[0])

    def begin(self, module: str, started_at: datetime) -> None:
        """Note that the history of `module` is read from the beginning of its window."""
        self._connection.execute(
            "INSERT INTO history_scans VALUES (?, NULL, ?, NULL) ON CONFLICT (module)"
            " DO UPDATE SET started_at = excluded.started_at, after_id = NULL",
            [module, naive(started_at)],
        )

    def store(
        self, module: str, changes: Sequence[Mapping[str, Any]], after_id: str | None, *, last: bool
    ) -> None:
        """Store a page of changes and how far that was, in one transaction.

        Args:
            module: whose history is read.
            changes: id, record_id, changed_at (aware), field, before and after (as SuiteCRM
                stores them). A change never changes: one that is there already stays.
            after_id: the last id of the page.
            last: whether no page follows.
        """
        with transaction(self._connection):
            rows = [[change[name] for name in _TYPES] for change in changes]
            make_table(self._connection, "TEMP TABLE changes_read", _TYPES, rows)
            self._connection.execute(
                "INSERT INTO history SELECT ?, id, record_id, changed_at, field,"
                ' "before", "after" FROM changes_read ON CONFLICT DO NOTHING',
                [module],
            )
            progress = (
                "through = started_at, started_at = NULL, after_id = NULL"
                if last
                else "after_id = $after"
            )
            values = {"module": module} | ({} if last else {"after": after_id})
            self._connection.execute(
                f"UPDATE history_scans SET {progress} WHERE module = $module", values
            )

    def observe(self, now: datetime) -> int:
        """Note each case whose status or state differs from when it was last looked at.

        The change itself lies between the two looks; `changed_at` is when the record was last
        modified, the latest moment that it can have been. Return how many cases differ.
        """
        return int(
            self._connection.execute(
                "INSERT INTO observed_statuses"
                " SELECT c.id, coalesce(o.number, 0) + 1, c.status, c.state,"
                "  least(coalesce(c.date_modified, c.date_entered, $now), $now), $now"
                f" FROM ({sound('Cases')}) c LEFT JOIN ("
                "  SELECT case_id, max(number) AS number, arg_max(struct_pack(s := status,"
                "   t := state), number) AS seen FROM observed_statuses GROUP BY case_id"
                " ) o ON o.case_id = c.id"
                " WHERE o.case_id IS NULL OR c.status IS DISTINCT FROM o.seen.s"
                "  OR c.state IS DISTINCT FROM o.seen.t",
                {"now": naive(now)},
            ).fetchall()[0][0]
        )
