"""The messages over which the lists of programmes are sent, and who has not had them yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from suitecrm_bridge.mirror.programmes.returning import whose
from suitecrm_bridge.mirror.transaction import transaction

MESSAGES = """
CREATE TABLE programme_messages (
    list_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    campaign_id VARCHAR NOT NULL,
    campaign VARCHAR NOT NULL,
    stands VARCHAR NOT NULL,
    lacking INTEGER NOT NULL,
    again INTEGER NOT NULL,
    PRIMARY KEY (list_id, id)
);
CREATE TABLE programme_messages_looked (
    list_id VARCHAR PRIMARY KEY,
    looked DATE NOT NULL,
    members VARCHAR NOT NULL
);
"""


@dataclass(frozen=True)
class Told:
    """A message of a wave's list, how it stands, and who of the list has not had it.

    `stands`: what comes next (see `jobs.messages`). `lacking`: people that the campaign's log does
    not know. `again`: those that it knows from an earlier time in the programme,
    `had`: from this one.
    """

    programme: str
    wave: str
    list_id: str
    id: str
    name: str
    campaign_id: str
    campaign: str
    stands: str
    lacking: int
    again: int
    had: int = 0


class Messages:
    """The tables `programme_messages` and `programme_messages_looked`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def told(self) -> list[Told]:
        """Return what was found last, by programme, wave and campaign."""
        rows = self._connection.execute(
            "SELECT l.programme, l.wave, m.* FROM programme_messages m JOIN programme_lists l"
            " ON l.id = m.list_id ORDER BY l.programme, l.wave, m.campaign, m.name, m.id"
        )
        found = [Told(*whose(row[0], row[1]), *row[2:]) for row in rows.fetchall()]
        return [replace(one, had=self.lacking(one.list_id, one.id)[2]) for one in found]

    def note(self, list_id: str, found: Sequence[Told], day: date) -> None:
        """Keep what was found of a list."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM programme_messages WHERE list_id = ?", [list_id])
            for one in found:
                self._connection.execute(
                    "INSERT INTO programme_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        list_id,
                        one.id,
                        one.name,
                        one.campaign_id,
                        one.campaign,
                        one.stands,
                        one.lacking,
                        one.again,
                    ],
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO programme_messages_looked VALUES (?, ?, ?)",
                [list_id, day, self._members(list_id)],
            )

    def campaigns(self, list_id: str, other: str | None = None) -> set[str]:
        """Return the campaigns that send to a list now, by messages that do not go to the other."""
        found = self._connection.execute(
            "SELECT campaign_id FROM programme_messages WHERE list_id = ? AND stands <> 'closed'"
            " AND id NOT IN (SELECT id FROM programme_messages WHERE list_id = ?)",
            [list_id, other or ""],
        )
        return {campaign for (campaign,) in found.fetchall()}

    def need_no_look(self, list_id: str, day: date) -> bool:
        """Return whether a list is as it was when it was looked at that day, and nobody waits.

        A list without members needs none.
        """
        members = self._members(list_id)
        looked = self._connection.execute(
            "SELECT 1 FROM programme_messages_looked WHERE list_id = ? AND looked = ?"
            " AND members = ?",
            [list_id, day, members],
        ).fetchone()
        if not members or looked is None:
            return not members
        waited = self._connection.execute(
            "SELECT id, lacking + again FROM programme_messages WHERE list_id = ?"
            " AND stands NOT IN ('held', 'closed')",
            [list_id],
        ).fetchall()
        return not any(then or any(self.lacking(list_id, id)[:2]) for id, then in waited)

    def lacking(self, list_id: str, message_id: str) -> tuple[int, int, int]:
        """Return how many on a list the log of a message does not know, or from before, or now.

        Whatever the log says of a person, SuiteCRM does not send them this message once more.
        """
        found = self._connection.execute(
            "WITH log AS (SELECT target_type, target_id,"
            "  max(activity_date) FILTER (WHERE activity_type = 'targeted') AS sent"
            "  FROM campaign_log WHERE marketing_id = $message GROUP BY ALL)"
            " SELECT count(*) FILTER (WHERE log.target_id IS NULL),"
            # Who stands on a list for those who come back gets a copy over that.
            "  count(*) FILTER (WHERE CAST(log.sent AS DATE) < e.wave_since AND p.person IS NULL),"
            "  count(*) FILTER (WHERE CAST(log.sent AS DATE) >= e.wave_since)"
            " FROM programme_members m JOIN programme_lists l ON l.id = m.list_id"
            " LEFT JOIN log ON log.target_id = m.person AND log.target_type = l.module"
            " LEFT JOIN programme_enrolments e ON e.programme = l.programme AND e.wave = l.wave"
            "  AND e.person = m.person AND e.ended IS NULL LEFT JOIN segment_places p"
            "  ON p.programme = concat('again/', l.programme, '/', l.wave) AND p.person = m.person"
            " WHERE m.list_id = $list",
            {"list": list_id, "message": message_id},
        ).fetchone()
        return (int(found[0]), int(found[1]), int(found[2])) if found else (0, 0, 0)

    def _members(self, list_id: str) -> str:
        """Return what tells the members of a list from others, '' where there are none."""
        found = self._connection.execute(
            "SELECT count(*), bit_xor(hash(person)) FROM programme_members WHERE list_id = ?",
            [list_id],
        ).fetchone()
        return f"{found[0]}/{found[1]}" if found and found[0] else ""
