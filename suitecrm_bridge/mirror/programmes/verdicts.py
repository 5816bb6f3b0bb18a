"""What was told of each programme so far, and by how many entrants it was meant to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb


@dataclass(frozen=True)
class Held:
    """How many were to enter when a programme began, and the verdict that holds, if any yet.

    `looked` is the day on which it was looked at last.
    """

    planned: int
    verdict: str | None
    looked: date | None


class Verdicts:
    """The table `programme_verdicts`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def held(self) -> dict[str, Held]:
        """Return what holds, by programme."""
        rows = self._connection.execute(
            "SELECT programme, planned, verdict, looked FROM programme_verdicts"
        ).fetchall()
        return {row[0]: Held(*row[1:]) for row in rows}

    def expect(self, key: str, planned: int) -> None:
        """Note how many a programme is for when it begins; what was noted once stays."""
        self._connection.execute(
            "INSERT INTO programme_verdicts (programme, planned) VALUES (?, ?)"
            " ON CONFLICT (programme) DO NOTHING",
            [key, planned],
        )

    def note(self, key: str, verdict: str, day: date) -> None:
        """Note the verdict that a day told; since when it holds stays where it is the same."""
        self._connection.execute(
            "UPDATE programme_verdicts SET verdict = $verdict, looked = $day, since = CASE"
            " WHEN verdict IS DISTINCT FROM $verdict THEN $day ELSE since END"
            " WHERE programme = $key",
            {"key": key, "verdict": verdict, "day": day},
        )
