"""Which sources of figures could be read, and when last: modules, link tables, histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from suitecrm_bridge.catalogue import catalogue, history_of
from suitecrm_bridge.mirror.conversion import aware, naive
from suitecrm_bridge.mirror.transaction import transaction


@dataclass(frozen=True)
class Refusal:
    """Since when a source cannot be read, aware, in UTC, and why, in words."""

    since: datetime
    reason: str


class Sources:
    """The tables `sources` and `stale_when_scored`; `catalogue.needing` has the names."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def refuse(self, name: str, now: datetime, reason: str) -> None:
        """Note that a source cannot be read; since when, where that is not noted yet."""
        self._connection.execute(
            "INSERT INTO sources VALUES (?, NULL, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " refused_since = coalesce(sources.refused_since, excluded.refused_since),"
            " reason = excluded.reason",
            [name, naive(now), reason],
        )

    def accept(self, names: Iterable[str], now: datetime) -> None:
        """Note that sources were read."""
        self._connection.execute(
            "INSERT OR REPLACE INTO sources SELECT unnest(?::VARCHAR[]), ?, NULL, NULL",
            [list(dict.fromkeys(names)), naive(now)],
        )

    def refused(self) -> dict[str, Refusal]:
        """Return the sources that could not be read when that was last tried."""
        rows = self._connection.execute(
            "SELECT name, refused_since, reason FROM sources WHERE refused_since IS NOT NULL"
        ).fetchall()
        return {name: Refusal(aware(since), reason) for name, since, reason in rows}

    def read_at(self) -> dict[str, datetime]:
        """Return until when each source is known as a whole, by the CRM's clock."""
        rows = self._connection.execute(
            "SELECT name, read_at FROM sources WHERE read_at IS NOT NULL"
            " AND name NOT IN (SELECT module FROM bookmarks)"
            " UNION ALL SELECT module, through FROM bookmarks"
        ).fetchall()
        return {name: aware(moment) for name, moment in rows}

    def known(self, name: str) -> bool:
        """Return whether a source was ever read, be it in part."""
        return name in self.read_at() or self._holds(name)

    def _holds(self, name: str) -> bool:
        modules = catalogue().modules
        histories = {history_of(key): key for key in modules}
        if name in histories:
            query, values = "history WHERE module = ?", [histories[name]]
        else:
            query, values = (modules[name].table if name in modules else name), []
        return bool(self._connection.execute(f"SELECT 1 FROM {query} LIMIT 1", values).fetchall())

    def forget(self, name: str) -> None:
        """Take everything out of the mirror that was read of a source, as if it never had been."""
        modules = catalogue().modules
        histories = {history_of(key): key for key in modules}
        if name in modules:
            gone = {f"{modules[name].table}": "true"}
            gone |= {
                link.table: "true"
                for link in catalogue().links.values()
                if name in (link.module, link.other_module)
            }
            own = f"module = '{name}'"
            gone |= dict.fromkeys(("bookmarks", "scans", "reconciliations", "dead_letters"), own)
            gone |= dict.fromkeys(("history", "history_scans"), own)
        elif name in histories:
            gone = dict.fromkeys(("history", "history_scans"), f"module = '{histories[name]}'")
        else:
            gone = {name: "true"}
        with transaction(self._connection):
            for table, where in gone.items():
                self._connection.execute(f"DELETE FROM {table} WHERE {where}")
            names = [name, history_of(name), *(table for table in gone if table != "history")]
            for table in ("sources", "stale_when_scored"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE name IN (SELECT unnest(?::VARCHAR[]))", [names]
                )

    def note_stale(self, stale: Mapping[str, datetime | None]) -> None:
        """Note of which sources the scores are made as they once were, and when that was."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM stale_when_scored")
            for name, moment in stale.items():
                self._connection.execute(
                    "INSERT INTO stale_when_scored VALUES (?, ?)", [name, naive(moment)]
                )

    def stale_when_scored(self) -> dict[str, datetime | None]:
        """Return the sources that were stale when the scores were made, and as of when."""
        rows = self._connection.execute("SELECT name, read_at FROM stale_when_scored").fetchall()
        return {name: moment and aware(moment) for name, moment in rows}
