"""The history of runs: what each was, how it ended, and what it did."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

import duckdb

from suitecrm_bridge.mirror.conversion import aware, naive
from suitecrm_bridge.mirror.transaction import transaction

Result = Literal["running", "done", "partial", "incomplete", "failed", "stopped", "cut_off"]
"""How a run ended: "partial" left records unwritten, "incomplete" figures whose sources could not
be read, "cut_off" ended unexpectedly."""

KEPT = 1_000
"""Runs that are remembered."""

_COLUMNS = "run_id, command, started_at, finished_at, result, path, figures::VARCHAR, error"


@dataclass(frozen=True)
class Run:
    """One run. `figures` is its summary as a mapping; datetimes are aware, in UTC."""

    run_id: str
    command: str
    started_at: datetime
    finished_at: datetime | None
    result: Result
    path: str | None
    figures: Mapping[str, Any]
    error: str | None


class Runs:
    """The runs that this mirror saw, in their own order: a clock may have been wrong."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def begin(self, command: str, now: datetime) -> str:
        """Note that a run begins and return its id.

        Whoever holds the mirror is alone: a run that still counts as running is dead.
        """
        run_id = uuid.uuid4().hex
        with transaction(self._connection):
            self._connection.execute("UPDATE runs SET result = 'cut_off' WHERE result = 'running'")
            self._connection.execute(
                "INSERT INTO runs SELECT ?, ?, ?, NULL, 'running', NULL, '{}', NULL,"
                " coalesce(max(number), 0) + 1 FROM runs",
                [run_id, command, naive(now)],
            )
            self._connection.execute(
                "DELETE FROM runs WHERE run_id NOT IN"
                " (SELECT run_id FROM runs ORDER BY number DESC LIMIT ?)",
                [KEPT],
            )
        return run_id

    def finish(
        self,
        run_id: str,
        now: datetime,
        result: Result,
        figures: Mapping[str, Any],
        error: str | None = None,
    ) -> None:
        """Note how a run ended.

        Args:
            run_id: which one.
            now: the time.
            result: how.
            figures: what it did, as plain values.
            error: why it did not do more, in words.
        """
        self._connection.execute(
            "UPDATE runs SET finished_at = ?, result = ?, path = ?, figures = ?, error = ?"
            " WHERE run_id = ?",
            [
                naive(now),
                result,
                figures.get("path"),
                json.dumps(figures, ensure_ascii=False),
                error,
                run_id,
            ],
        )

    def last(self, commands: Sequence[str] | None = None) -> Run | None:
        """Return the run that began last, of these commands or of any."""
        found = self._select(
            " WHERE ? OR command IN (SELECT unnest(?::VARCHAR[]))",
            [commands is None, list(commands or ())],
            limit=1,
        )
        return found[0] if found else None

    def completed(self, commands: Sequence[str]) -> bool:
        """Return whether any run of these commands ever got to its end."""
        return bool(
            self._connection.execute(
                "SELECT 1 FROM runs WHERE result IN ('done', 'partial', 'incomplete')"
                " AND command IN (SELECT unnest(?::VARCHAR[])) LIMIT 1",
                [list(commands)],
            ).fetchall()
        )

    def history(self, limit: int) -> list[Run]:
        """Return the last runs, the newest first."""
        return self._select("", [], limit)

    def _select(self, where: str, parameters: list[Any], limit: int) -> list[Run]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM runs{where} ORDER BY number DESC LIMIT ?",
            [*parameters, limit],
        ).fetchall()
        return [
            Run(
                run_id=row[0],
                command=row[1],
                started_at=aware(row[2]),
                finished_at=aware(row[3]) if row[3] else None,
                result=cast("Result", row[4]),
                path=row[5],
                figures=json.loads(row[6]),
                error=row[7],
            )
            for row in rows
        ]
