"""Tasks about complaints: those that are wanted, and those that were opened, never to be again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from suitecrm_bridge.mirror.conversion import aware, make_table, naive
from suitecrm_bridge.mirror.transaction import transaction

_TYPES = {
    "key": "VARCHAR",
    "rule": "VARCHAR",
    "subject": "VARCHAR",
    "rank": "INTEGER",
    "since": "TIMESTAMP",
    "created": "TIMESTAMP",
    "due_minutes": "INTEGER",
    "attributes": "JSON",
}


@dataclass(frozen=True)
class WantedTask:
    """A task that a rule wants, once.

    `key` is the same in every run; `subject` says what it is about: a case's id, or an alarm's
    value. `rank` is the place in the order of opening, `since` from when it is wanted, `created`
    when the case was made (None for an alarm), `due_minutes` the business minutes until it is
    due, `attributes` the task but for that.
    """

    key: str
    rule: str
    subject: str
    rank: int
    since: datetime
    created: datetime | None
    due_minutes: int
    attributes: Mapping[str, Any]


class Reactions:
    """The tables `wanted_reactions`, new with each scoring, and `reactions`, which only grows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def want(self, wanted: Sequence[WantedTask]) -> None:
        """Replace what is wanted.

        An alarm whose beginning moved while a task for it was not answered keeps the key of that
        task, so that it is not opened twice.
        """
        rows = [
            [*(getattr(one, name) for name in list(_TYPES)[:-1]), json.dumps(one.attributes)]
            for one in wanted
        ]
        with transaction(self._connection):
            make_table(self._connection, "TEMP TABLE reactions_wanted", _TYPES, rows)
            self._connection.execute("DELETE FROM wanted_reactions")
            self._connection.execute(
                "INSERT OR IGNORE INTO wanted_reactions"
                " SELECT coalesce(r.key, w.key), w.* EXCLUDE (key)"
                " FROM reactions_wanted w LEFT JOIN reactions r"
                " ON r.rule = w.rule AND r.subject = w.subject AND r.created_at IS NULL"
                " ORDER BY w.rank"
            )

    def open(self, now: datetime, days: int, quiet_days: int) -> list[WantedTask]:
        """Return what is to be opened now, in the order of opening.

        Args:
            now: what is wanted only later does not count.
            days: cases that are older than that many days do not count.
            quiet_days: nor does what a task was opened for that began so few days before.
        """
        rows = self._connection.execute(
            f"SELECT {', '.join(f'w.{name}' for name in _TYPES)} FROM wanted_reactions w"
            " WHERE w.since <= $now AND (w.created IS NULL OR w.created >= $earliest)"
            "  AND NOT EXISTS (SELECT 1 FROM reactions r WHERE r.created_at IS NOT NULL"
            "   AND (r.key = w.key OR (r.rule = w.rule AND r.subject = w.subject"
            "    AND r.since > w.since - to_days($quiet) AND r.since <= $now)))"
            " ORDER BY w.rank, w.key",
            {
                "now": naive(now),
                "earliest": naive(now - timedelta(days=days)),
                "quiet": quiet_days,
            },
        ).fetchall()
        return [_wanted(row) for row in rows]

    def sending(self, key: str, task_id: str, now: datetime) -> bool:
        """Note a wanted task before it is sent; it may be sent again under the same id.

        Returns:
            Whether it was sent before.
        """
        noted = self._connection.execute(
            "INSERT OR IGNORE INTO reactions SELECT key, rule, subject, since, ?, ?, NULL"
            " FROM wanted_reactions WHERE key = ? RETURNING key",
            [task_id, naive(now), key],
        ).fetchall()
        return not noted

    def opened(self, task_ids: Collection[str], now: datetime) -> None:
        """Note that SuiteCRM has these tasks, or had them."""
        self._connection.execute(
            "UPDATE reactions SET created_at = ? WHERE task_id IN (SELECT unnest(?::VARCHAR[]))",
            [naive(now), list(task_ids)],
        )

    def doubt(self) -> None:
        """Note that nobody knows whether SuiteCRM has the tasks that were opened."""
        self._connection.execute("UPDATE reactions SET created_at = NULL")


def _wanted(row: Sequence[Any]) -> WantedTask:
    values = dict(zip(_TYPES, row, strict=True))
    created = values["created"]
    return WantedTask(
        **values
        | {
            "since": aware(values["since"]),
            "created": created and aware(created),
            "attributes": json.loads(values["attributes"]),
        }
    )
