"""Who comes back to a wave whose message they have had, and over which list they get its copy.

SuiteCRM sends a message once to a person. So the second time somebody comes they stand on a list
of their own too, over which a copy of the message is sent; the third time on the next such list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from suitecrm_bridge.mirror.transaction import transaction

PREFIX = "again/"


def name_of(programme: str, wave: str) -> str:
    """Return the name under which the lists of a wave for those who come back are known."""
    return f"{PREFIX}{programme}/{wave}"


def whose(name: str, wave: str) -> tuple[str, str]:
    """Return programme and wave of a list, where it is one for those who come back too."""
    if not name.startswith(PREFIX):
        return name, wave
    programme, _, of = name.removeprefix(PREFIX).partition("/")
    return programme, of


class Returning:
    """Asks the campaign log, and keeps who belongs on which list."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def times(self, programme: str, wave: str) -> dict[str, int]:
        """Return for how many lists those at a wave have had the message before, from 1 on.

        Those who have not had that of the wave's own list are left out.
        """
        rows = self._connection.execute(
            "WITH own AS (SELECT id FROM programme_lists WHERE programme = $programme"
            "  AND wave = $wave AND arm = 'treated'),"
            " numbered AS (SELECT id, 0 AS number FROM own UNION ALL"
            "  SELECT id, CAST(wave AS INTEGER) FROM programme_lists WHERE programme = $name),"
            " messages AS (SELECT n.number, m.id FROM numbered n JOIN programme_messages m"
            "  ON m.list_id = n.id WHERE n.number = 0 OR m.id NOT IN (SELECT o.id"
            "  FROM programme_messages o WHERE o.list_id IN (SELECT id FROM own)))"
            " SELECT DISTINCT e.person, m.number FROM programme_enrolments e JOIN campaign_log g"
            " ON g.target_id = e.person AND g.activity_type = 'targeted'"
            " AND CAST(g.activity_date AS DATE) < e.wave_since JOIN messages m"
            " ON m.id = g.marketing_id WHERE e.programme = $programme AND e.wave = $wave"
            " AND e.arm = 'treated' AND e.ended IS NULL AND NOT e.paused",
            {"programme": programme, "wave": wave, "name": name_of(programme, wave)},
        ).fetchall()
        had: dict[str, set[int]] = {}
        for person, number in rows:
            had.setdefault(person, set()).add(number)
        return {
            person: next(n for n in range(len(numbers) + 1) if n not in numbers)
            for person, numbers in had.items()
            if 0 in numbers
        }

    def place(self, programme: str, wave: str, times: Mapping[str, int]) -> None:
        """Let the lists of a wave hold those who come back, each that of their time."""
        name = name_of(programme, wave)
        columns = [list(times), [str(number) for number in times.values()]]
        with transaction(self._connection):
            self._connection.execute("DELETE FROM segment_places WHERE programme = ?", [name])
            self._connection.execute(
                "INSERT INTO segment_places SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [name, columns[1], columns[0]],
            )

    def withdraw(self, but: Collection[str]) -> None:
        """Let all other lists of this kind hold nobody."""
        self._connection.execute(
            "DELETE FROM segment_places WHERE starts_with(programme, ?)"
            " AND programme NOT IN (SELECT unnest(?::VARCHAR[]))",
            [PREFIX, list(but)],
        )
