"""The target lists of programmes in SuiteCRM, and who was put on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.mirror.conversion import naive
from suitecrm_bridge.mirror.transaction import transaction

Place = tuple[str, str, str]
"""Programme, wave, arm."""

_RECORDS = " UNION ALL ".join(
    f"SELECT id, programme_code_c FROM {table}" for table in ("contacts", "accounts")
)

_PEOPLE = "SELECT id FROM contacts UNION ALL SELECT id FROM accounts UNION ALL SELECT id FROM leads"


@dataclass(frozen=True)
class Due:
    """Who is to be put on a list and taken off it."""

    list_id: str
    module: str
    add: Sequence[str]
    remove: Sequence[str]


class TargetLists:
    """The tables `programme_lists`, `programme_members` and `programme_list_readings`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def known(self) -> Mapping[Place, str]:
        """Return the id of every list that was made, by whose it is."""
        rows = self._connection.execute("SELECT programme, wave, arm, id FROM programme_lists")
        return {(row[0], row[1], row[2]): row[3] for row in rows.fetchall()}

    def note(
        self, list_id: str, place: Place, module: str, members: Collection[str], now: datetime
    ) -> None:
        """Note a list that is there, with who is on it."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR REPLACE INTO programme_lists VALUES (?, ?, ?, ?, ?)",
                [list_id, *place, module],
            )
            self.read(list_id, members, now)

    def begin(self, list_id: str, place: Place, module: str) -> None:
        """Note a list that is about to be made; until it was noted or read, it is in doubt."""
        before = self.known().get(place)
        with transaction(self._connection):
            if before is not None:
                self.forget(before)
            self._connection.execute(
                "INSERT INTO programme_lists VALUES (?, ?, ?, ?, ?)", [list_id, *place, module]
            )

    def adopt(self, place: Place, channel: str, members: Collection[str], day: date) -> None:
        """Let those on a list that was there already have had its wave, if nothing else is known.

        So it is with a mirror that was lost. When it was nobody knows; it counts as that day.
        """
        programme, wave, arm = place
        with transaction(self._connection):
            adopted = self._connection.execute(
                "INSERT OR IGNORE INTO programme_enrolments SELECT $programme, person, $day, $arm,"
                " '', '', $wave, $day, 1, false, NULL, NULL"
                " FROM (SELECT unnest($members::VARCHAR[]) AS person)"
                " WHERE person NOT IN (SELECT person FROM programme_enrolments"
                " WHERE programme = $programme AND ended IS NULL) RETURNING person",
                {
                    "programme": programme,
                    "wave": wave,
                    "arm": arm,
                    "day": day,
                    "members": list(members),
                },
            ).fetchall()
            if arm == "treated":
                self._connection.execute(
                    "INSERT OR IGNORE INTO programme_contacts"
                    " SELECT ?, ?, unnest(?::VARCHAR[]), ?, ?",
                    [programme, wave, [person for (person,) in adopted], channel, day],
                )

    def read(self, list_id: str, members: Collection[str], now: datetime) -> None:
        """Note who was found on a list."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM programme_members WHERE list_id = ?", [list_id])
            self.answered(list_id, members, [])
            self._connection.execute(
                "INSERT OR REPLACE INTO programme_list_readings VALUES (?, ?)",
                [list_id, naive(now)],
            )

    def doubt(self) -> None:
        """Let every list be read again: SuiteCRM is not as it was left."""
        self._connection.execute("DELETE FROM programme_list_readings")

    def to_read(self, since: datetime, most: int) -> list[tuple[str, str]]:
        """Return id and module of the lists whose members are to be read again.

        All that are in doubt; of the others those that were not read since a moment, the longest
        unread first, as long as they have not more than `most` members together.
        """
        return self._connection.execute(
            "WITH sizes AS (SELECT l.id, l.module, r.read_at, count(m.person) AS members"
            "  FROM programme_lists l LEFT JOIN programme_list_readings r ON r.list_id = l.id"
            "  LEFT JOIN programme_members m ON m.list_id = l.id"
            "  WHERE r.read_at IS NULL OR r.read_at < $since GROUP BY ALL"
            "  HAVING r.read_at IS NULL OR count(m.person) <= $most),"
            " summed AS (SELECT *, sum(if(read_at IS NULL, 0, members))"
            "  OVER (ORDER BY read_at NULLS FIRST, id) AS together FROM sizes)"
            " SELECT id, module FROM summed WHERE read_at IS NULL OR together <= $most"
            " ORDER BY read_at NULLS FIRST, id",
            {"since": naive(since), "most": most},
        ).fetchall()

    def forget(self, list_id: str) -> None:
        """Note that a list is gone."""
        with transaction(self._connection):
            for table in ("programme_members", "programme_list_readings"):
                self._connection.execute(f"DELETE FROM {table} WHERE list_id = ?", [list_id])
            self._connection.execute("DELETE FROM programme_lists WHERE id = ?", [list_id])

    def answered(self, list_id: str, added: Collection[str], removed: Collection[str]) -> None:
        """Note what SuiteCRM did."""
        with transaction(self._connection):
            if removed:
                self._connection.execute(
                    "DELETE FROM programme_members WHERE list_id = ?"
                    " AND person IN (SELECT unnest(?::VARCHAR[]))",
                    [list_id, list(removed)],
                )
            if added:
                self._connection.execute(
                    "INSERT OR IGNORE INTO programme_members SELECT ?, unnest(?::VARCHAR[])",
                    [list_id, list(added)],
                )

    def place(self, programme: str, people: Collection[str], of: Entity) -> None:
        """Let the lists of the segments of some customers hold these people, each their segment's.

        Args:
            programme: under which name the lists of these segments are known.
            people: those who are to be on them.
            of: whose segments.
        """
        with transaction(self._connection):
            self.withdraw(programme)
            self._connection.execute(
                "INSERT INTO segment_places SELECT ?, rfm_segment, customer_id"
                f" FROM scores_{of} WHERE rfm_segment <> ''"
                " AND customer_id IN (SELECT unnest(?::VARCHAR[]))",
                [programme, list(people)],
            )

    def withdraw(self, programme: str) -> None:
        """Let the lists of segments that are known under this name hold nobody."""
        self._connection.execute("DELETE FROM segment_places WHERE programme = ?", [programme])

    def due(self) -> list[Due]:
        """Return by list what differs between who is to be on it and who is."""
        rows = self._connection.execute(
            "WITH wanted AS ("
            "  SELECT l.id AS list_id, e.person FROM programme_enrolments e JOIN programme_lists l"
            "   USING (programme, wave, arm) LEFT JOIN programme_codes k USING (programme, person)"
            "   WHERE e.ended IS NULL AND NOT e.paused"
            # A record may be gone since it was decided that somebody is to be on a list.
            f"  AND e.person IN (SELECT id FROM ({_PEOPLE}))"
            # A template can name a code once it is on the record: with the sync after.
            f"  AND (k.code IS NULL OR k.code IN (SELECT programme_code_c FROM ({_RECORDS}) r"
            "    WHERE r.id = e.person) OR e.person IN (SELECT m.person FROM programme_members m"
            "    WHERE m.list_id = l.id))"
            "  UNION ALL SELECT l.id, p.person FROM segment_places p JOIN programme_lists l"
            "   ON l.programme = p.programme AND l.wave = p.segment"
            "), differences AS ("
            "  SELECT coalesce(w.list_id, m.list_id) AS list_id,"
            "   coalesce(w.person, m.person) AS person, w.person IS NOT NULL AS comes"
            "  FROM wanted w FULL JOIN programme_members m"
            "   ON m.list_id = w.list_id AND m.person = w.person"
            "  WHERE w.person IS NULL OR m.person IS NULL"
            ") SELECT l.id, l.module,"
            "  coalesce(list(d.person ORDER BY d.person) FILTER (WHERE d.comes), []),"
            "  coalesce(list(d.person ORDER BY d.person) FILTER (WHERE NOT d.comes), [])"
            " FROM differences d JOIN programme_lists l ON l.id = d.list_id"
            " GROUP BY l.id, l.module ORDER BY l.id"
        ).fetchall()
        return [Due(*row) for row in rows]

    def sizes(self) -> Mapping[Place, int]:
        """Return how many are on each list."""
        rows = self._connection.execute(
            "SELECT programme, wave, arm, count(person) FROM programme_lists l"
            " LEFT JOIN programme_members m ON m.list_id = l.id GROUP BY ALL"
        ).fetchall()
        return {(row[0], row[1], row[2]): int(row[3]) for row in rows}
