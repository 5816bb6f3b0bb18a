"""Compare what the mirror holds with a list of all ids that SuiteCRM has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.ids import order_sql
from suitecrm_bridge.mirror.conversion import as_text, aware, naive
from suitecrm_bridge.mirror.own_fields import OwnFields, address_columns, number_of
from suitecrm_bridge.mirror.staging import PAGE, stage

_BATCH = 1_000
_RANGE = 1 << 40
"""More positions than one range of ids has records."""


@dataclass(frozen=True)
class Missed:
    """Where a record that the mirror lacks, or holds as it once was, stands in the list."""

    position: int
    id: str


@dataclass(frozen=True)
class Absent:
    """A mirrored record that is not in the list, and the listed id before its place."""

    id: str
    after: str | None


class Reconciliation:
    """A list of ids that is gone with the connection, and when each module was last compared."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.own_fields = OwnFields(connection)

    def last(self, module: str) -> datetime | None:
        """Return when `module` was last known to be complete, None when it never was."""
        rows = self._connection.execute(
            "SELECT reconciled_at FROM reconciliations WHERE module = ?", [module]
        ).fetchall()
        return aware(rows[0][0]) if rows else None

    def finish(self, module: str, began: datetime) -> None:
        """Note that `module` is complete as it stood when the comparison began."""
        self._connection.execute(
            "INSERT OR REPLACE INTO reconciliations VALUES (?, ?)", [module, naive(began)]
        )

    def reopen(self, modules: Sequence[str]) -> None:
        """Forget that modules are known to be complete."""
        self._connection.execute(
            "DELETE FROM reconciliations WHERE module IN (SELECT unnest(?::VARCHAR[]))",
            [list(modules)],
        )

    def begin(self) -> None:
        """Begin an empty list."""
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE listed"
            " (position BIGINT, id VARCHAR, changed_at TIMESTAMP)"
        )
        self._connection.execute("CREATE OR REPLACE TEMP TABLE held (id VARCHAR, number BIGINT)")
        self._connection.execute("CREATE OR REPLACE TEMP TABLE tombstones (id VARCHAR)")

    def add(
        self,
        number: int,
        offset: int,
        rows: Sequence[tuple[str, datetime | None]],
        deleted: Sequence[str],
    ) -> None:
        """Add ids in SuiteCRM's order with the time of their last change.

        Args:
            number: the range of ids they are in.
            offset: how many of that range were added before.
            rows: id and time, None where it cannot be read.
            deleted: ids of records that SuiteCRM says it has deleted.
        """
        self._connection.execute(
            "INSERT INTO listed SELECT ? + unnest(range(?)), unnest(?::VARCHAR[]),"
            " unnest(?::TIMESTAMP[])",
            [
                number * _RANGE + offset,
                len(rows),
                [id for id, _ in rows],
                [naive(time) for _, time in rows],
            ],
        )
        self._connection.execute("INSERT INTO tombstones SELECT unnest(?::VARCHAR[])", [deleted])

    def add_own(
        self, module: str, columns: Sequence[str], records: Sequence[Mapping[str, Any]]
    ) -> None:
        """Add what the package's own fields hold in listed records, or what is said of addresses.

        Args:
            module: key of the module.
            columns: of these.
            records: id and columns; what the mirror could not hold says nothing.
        """
        types = catalogue().columns_of(module)
        kinds = {"id": "id"} | {name: types[name] for name in columns}
        rows = {r["id"]: [as_text(r[name]) for name in kinds] for r in records}
        stage(self._connection, module, kinds, list(rows.values()))
        self._connection.execute(
            f"INSERT INTO held SELECT id, {number_of(module, columns)} FROM {PAGE}"
        )

    def deleted(self, module: str) -> list[str]:
        """Return the mirrored ids that SuiteCRM says it has deleted."""
        table = catalogue().modules[module].table
        rows = self._connection.execute(
            f"SELECT id FROM {table} SEMI JOIN tombstones USING (id)"
        ).fetchall()
        return [id for (id,) in rows]

    def absent(self, module: str) -> list[Absent]:
        """Return the mirrored records of which SuiteCRM says nothing, in no particular order."""
        table = catalogue().modules[module].table
        rows = self._connection.execute(
            f"SELECT m.id, l.id FROM (SELECT id FROM {table} ANTI JOIN listed USING (id)"
            " ANTI JOIN tombstones USING (id)) m ASOF LEFT JOIN listed l"
            f" ON {order_sql('m.id')} > {order_sql('l.id')}"
            " ORDER BY hash(m.id)"
        ).fetchall()
        return [Absent(*row) for row in rows]

    def missed(
        self, module: str, before: datetime, own: Sequence[str] = ()
    ) -> Iterator[list[Missed]]:
        """Yield, in lists, what the mirror lacks or holds otherwise, and what could not be read.

        Times are compared by the minute, for the stock API knows no seconds. Records that failed
        before have their own time to be read again.

        Args:
            module: key of the module.
            before: what changed then or later comes with the next pull.
            own: columns of which what they hold was added.
        """
        known = catalogue().modules[module]
        differs = f"h.number <> {number_of(module, own, 't')}" if own else "false"
        position = -1
        while True:
            rows = self._connection.execute(
                "SELECT l.position, l.id FROM listed l"
                f" LEFT JOIN {known.table} t ON t.id = l.id LEFT JOIN held h ON h.id = l.id"
                " WHERE l.position > ?"
                " AND (l.changed_at IS NULL OR l.changed_at < ?) AND (t.id IS NULL"
                " OR (l.changed_at IS NOT NULL AND date_trunc('minute', l.changed_at)"
                f" IS DISTINCT FROM date_trunc('minute', t.{known.changed})) OR {differs})"
                " AND NOT EXISTS (SELECT 1 FROM dead_letters d WHERE d.direction = 'read'"
                " AND d.module = ? AND d.record_id = l.id)"
                f" ORDER BY l.position LIMIT {_BATCH}",
                [position, naive(before), module],
            ).fetchall()
            if not rows:
                return
            yield [Missed(*row) for row in rows]
            position = rows[-1][0]

    def remember_segments(self, module: str, own: Sequence[str]) -> None:
        """Remember the segments of records that hold other values than the mirror does."""
        differs = f"t.id = h.id AND h.number <> {number_of(module, own, 't')}"
        self.own_fields.remember_segments(module, f"EXISTS (FROM held h WHERE {differs})")

    def take_addresses(self, module: str, records: Sequence[Mapping[str, Any]]) -> set[str]:
        """Note what is said now of the addresses of mirrored records; return whose changed.

        Args:
            module: key of the module.
            records: id and the columns of the address; what the mirror could not hold says nothing.
        """
        columns = address_columns(module)
        kinds = {"id": "id"} | dict.fromkeys(columns, "bool")
        rows = {r["id"]: [as_text(r[name]) for name in kinds] for r in records}
        stage(self._connection, module, kinds, list(rows.values()))
        differs = " OR ".join(f"t.{name} IS DISTINCT FROM p.{name}" for name in columns)
        new = ", ".join(f"{name} = p.{name}" for name in columns)
        changed = self._connection.execute(
            f"UPDATE {catalogue().modules[module].table} t SET {new} FROM {PAGE} p"
            f" WHERE p.id = t.id AND ({differs}) RETURNING t.id"
        )
        return {id for (id,) in changed.fetchall()}

    def lost(self, module: str, own: Sequence[str]) -> bool:
        """Return whether any record that was added holds other values than the mirror does."""
        table = catalogue().modules[module].table
        return bool(
            self._connection.execute(
                f"SELECT 1 FROM held h JOIN {table} t ON t.id = h.id"
                f" WHERE h.number <> {number_of(module, own, 't')} LIMIT 1"
            ).fetchall()
        )

    def preceding(self, position: int) -> str | None:
        """Return the id before this position, None for the first."""
        rows = self._connection.execute(
            "SELECT id FROM listed WHERE position < ? ORDER BY position DESC LIMIT 1", [position]
        ).fetchall()
        return rows[0][0] if rows else None
