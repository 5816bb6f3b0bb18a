"""When a programme was started or stopped last, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb


@dataclass(frozen=True)
class Switched:
    """What was said last of a programme, when (aware, UTC), and by whom."""

    running: bool
    at: datetime
    by: str


class Switches:
    """The table `programme_switches`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def note(self, key: str, *, running: bool, at: datetime, by: str) -> None:
        """Note that a programme was started or stopped."""
        moment = at.astimezone(UTC).replace(tzinfo=None)
        self._connection.execute(
            "INSERT OR REPLACE INTO programme_switches VALUES (?, ?, ?, ?)",
            [key, running, moment, by],
        )

    def last(self) -> dict[str, Switched]:
        """Return what was said last, by programme."""
        rows = self._connection.execute(
            "SELECT programme, running, switched_at, switched_by FROM programme_switches"
        ).fetchall()
        return {key: Switched(running, at.replace(tzinfo=UTC), by) for key, running, at, by in rows}
