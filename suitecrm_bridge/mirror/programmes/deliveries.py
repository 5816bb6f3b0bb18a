"""What the bridge itself delivers to people of programmes: once, however often it is tried."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from suitecrm_bridge.catalogue.programmes import DELIVERED, OF_USERS
from suitecrm_bridge.mirror.conversion import naive
from suitecrm_bridge.mirror.programmes.frames import rows

if TYPE_CHECKING:
    import pandas as pd

_OWNERS = " UNION ALL ".join(
    f"SELECT id, assigned_user_id FROM {table}" for table in ("contacts", "accounts", "leads")
)
_LIVE = (
    "EXISTS (SELECT 1 FROM programme_enrolments e WHERE e.programme = d.programme"
    " AND e.person = d.person AND e.since = d.since AND e.wave = d.wave AND e.arm = 'treated'"
    f" AND e.ended IS NULL AND NOT e.paused) AND d.person IN (SELECT id FROM ({_OWNERS}))"
)
"""Who left, is paused or went on to the next wave gets nothing any more, nor does whose record
went."""


@dataclass(frozen=True)
class Delivery:
    """What is to be delivered: `key` is the same in every run, `owner` the user of the record.

    `since` is the day of the entry, `product` what is offered, `target` where it was sent to, where
    it was sent before.
    """

    key: str
    programme: str
    wave: str
    person: str
    channel: str
    owner: str
    since: date
    product: str
    target: str | None


class Deliveries:
    """The tables `programme_deliveries`, which only grows, and `programme_users`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def queue(self, day: date) -> None:
        """Queue what was just decided; a part of accepting a plan, whose table `decided` it reads.

        The key of what began a programme by an event or a day holds when a mirror was made anew.
        """
        self._connection.execute(
            "INSERT OR IGNORE INTO programme_deliveries"
            " SELECT concat_ws('/', e.programme, e.wave, e.person,"
            "  coalesce(nullif(e.occasion, ''), CAST(e.since AS VARCHAR)),"
            # Who was reset by hand has everything again.
            "  CASE WHEN e.person IN (SELECT r.person FROM programme_resets r"
            "   WHERE r.programme = e.programme) THEN CAST(e.since AS VARCHAR) END),"
            "  e.programme, e.wave, e.person, e.since, d.channel,"
            "  coalesce(o.assigned_user_id, ''), $day, NULL, NULL, NULL, false"
            " FROM decided d JOIN programme_enrolments e ON e.programme = d.programme"
            "  AND e.person = d.person AND e.wave = d.wave AND e.ended IS NULL"
            f" LEFT JOIN ({_OWNERS}) o ON o.id = e.person"
            f" WHERE d.decision = 'enters' AND d.channel IN {DELIVERED}",
            {"day": day},
        )

    def pending(self, channels: Collection[str] = DELIVERED) -> list[Delivery]:
        """Return what is still to be delivered over some channels, in the order of queueing."""
        found = self._connection.execute(
            "SELECT d.key, d.programme, d.wave, d.person, d.channel, d.owner, d.since,"
            " e.product, d.target"
            " FROM programme_deliveries d JOIN programme_enrolments e"
            "  ON e.programme = d.programme AND e.person = d.person AND e.since = d.since"
            f" WHERE (d.made IS NULL OR d.doubted) AND {_LIVE}"
            " AND d.channel IN (SELECT unnest(?::VARCHAR[])) ORDER BY d.due, d.rowid",
            [list(channels)],
        ).fetchall()
        return [Delivery(*row) for row in found]

    def sending(self, keys: Collection[str], target: str, now: datetime) -> None:
        """Note where deliveries are sent to before they are; they stay there from then on."""
        self._connection.execute(
            "UPDATE programme_deliveries SET target = ?, sent_at = ?"
            " WHERE key IN (SELECT unnest(?::VARCHAR[]))",
            [target, naive(now), list(keys)],
        )

    def made(self, keys: Collection[str], day: date) -> None:
        """Note that deliveries were made; those that were made before keep their day."""
        self._connection.execute(
            "UPDATE programme_deliveries SET made = coalesce(made, ?), doubted = false"
            " WHERE key IN (SELECT unnest(?::VARCHAR[]))",
            [day, list(keys)],
        )

    def is_made(self, target: str) -> bool:
        """Return whether anything that was made was sent to this target."""
        found = self._connection.execute(
            "SELECT 1 FROM programme_deliveries WHERE target = ? AND made IS NOT NULL LIMIT 1",
            [target],
        )
        return found.fetchone() is not None

    def doubt(self) -> None:
        """Note that nobody knows whether SuiteCRM has the calls and tasks that were made."""
        self._connection.execute(
            "UPDATE programme_deliveries SET doubted = true"
            f" WHERE made IS NOT NULL AND channel IN {OF_USERS}"
        )

    def given(self, day: date) -> pd.DataFrame:
        """Return what counts for the quotas of a day: programme, wave, owner of calls and tasks."""
        return rows(
            self._connection,
            "SELECT programme, wave, owner FROM programme_deliveries d"
            f" WHERE channel IN {OF_USERS} AND (made = $day OR (made IS NULL AND {_LIVE}))",
            {"day": day},
        )

    def of(self, person: str) -> Sequence[tuple[Any, ...]]:
        """Return programme, wave, day and whether it was made of what was for a person."""
        return self._connection.execute(
            "SELECT programme, wave, coalesce(made, due), made IS NOT NULL"
            f" FROM programme_deliveries d WHERE person = ? AND (made IS NOT NULL OR {_LIVE})"
            " ORDER BY 3 DESC, 1, 2",
            [person],
        ).fetchall()

    def users(self, active: Mapping[str, bool]) -> None:
        """Replace what is known of SuiteCRM's users: whether each is at work."""
        self._connection.execute("DELETE FROM programme_users")
        self._connection.execute(
            "INSERT INTO programme_users SELECT unnest(?::VARCHAR[]), unnest(?::BOOLEAN[])",
            [list(active), list(active.values())],
        )
