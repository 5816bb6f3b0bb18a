"""What was read from SuiteCRM, and how far the reading got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import Link, catalogue
from suitecrm_bridge.mirror.migrations import SQL_TYPE
from suitecrm_bridge.mirror.transaction import transaction
from suitecrm_bridge.mirror.values import aware, make_table, naive

Links = Mapping[str, Mapping[str, Sequence[str]]]
"""Link table → id of the page's record → ids it is linked to: all of them, as they are now."""


@dataclass(frozen=True)
class Scan:
    """The reading of one range of ids of a module, which may have been cut off.

    The range is lower_id <= id < upper_id (None: open). `after_id` is the last id stored.
    `modified_from` limits the scan to changed records; None reads them all. `started_at` is
    the CRM's clock when the scan of the module began. Datetimes are aware, in UTC. `path` is
    the way it is read: "stock" or "fast".
    """

    module: str
    number: int
    lower_id: str | None
    upper_id: str | None
    after_id: str | None
    finished: bool
    modified_from: datetime | None
    started_at: datetime
    columns: tuple[str, ...]
    path: str = "stock"


@dataclass(frozen=True)
class Bookmark:
    """A module was read completely as it stood at `through`, in these columns, by this path."""

    through: datetime
    columns: tuple[str, ...]
    path: str = "stock"


@dataclass(frozen=True)
class Stored:
    """How many records of a page there were, were new or changed, and left the mirror."""

    read: int
    changed: int
    deleted: int = 0


class Records:
    """The tables of mirrored modules and links, with bookmarks and scans."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def bookmark(self, module: str) -> Bookmark | None:
        """Return how far `module` is mirrored, None when it never was."""
        row = self._connection.execute(
            "SELECT through, columns, path FROM bookmarks WHERE module = ?", [module]
        ).fetchone()
        return Bookmark(aware(row[0]), tuple(row[1]), row[2]) if row else None

    def scans(self, module: str) -> list[Scan]:
        """Return the ranges of the scan of `module` that is under way, or was cut off."""
        rows = self._connection.execute(
            "SELECT module, range_number, lower_id, upper_id, after_id, finished, modified_from,"
            " started_at, columns, path FROM scans WHERE module = ? ORDER BY range_number",
            [module],
        ).fetchall()
        return [
            Scan(
                module=row[0], number=row[1], lower_id=row[2], upper_id=row[3], after_id=row[4],
                finished=row[5], modified_from=aware(row[6]) if row[6] else None,
                started_at=aware(row[7]), columns=tuple(row[8]),
                path=row[9],
            )
            for row in rows
        ]  # fmt: skip

    def begin(self, scans: Sequence[Scan]) -> None:
        """Record that a scan of one module begins, in place of any that was cut off."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM scans WHERE module = ?", [scans[0].module])
            for scan in scans:
                self._connection.execute(
                    "INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        scan.module, scan.number, scan.lower_id, scan.upper_id, scan.after_id,
                        scan.finished, naive(scan.modified_from), naive(scan.started_at),
                        list(scan.columns), scan.path,
                    ],
                )  # fmt: skip

    def store_page(
        self,
        scan: Scan,
        records: Sequence[Mapping[str, Any]],
        links: Links,
        *,
        after_id: str | None,
        last: bool,
        deleted: Sequence[str] = (),
    ) -> Stored:
        """Store a page, its links and how far the range got, in one transaction.

        Args:
            scan: the range that is read.
            records: the page's records.
            links: what they are linked to; a link table that is not named stays as it is.
            after_id: the last id of the page.
            last: whether the range ends here.
            deleted: ids of records that SuiteCRM has deleted.
        """
        with transaction(self._connection):
            gone = self._drop(scan.module, deleted)
            stored = self._upsert(scan.module, scan.columns, records)
            self._store_links(scan.module, records, links)
            self._connection.execute(
                "UPDATE scans SET after_id = ?, finished = ? WHERE module = ? AND range_number = ?",
                [after_id, last, scan.module, scan.number],
            )
        return replace(stored, deleted=gone)

    def replace_links(self, table: str, pairs: Iterable[Sequence[tuple[str, str]]]) -> None:
        """Replace a link table by the (own id, other id) in `pairs`, which come in lists."""
        link = catalogue().links[table]
        with transaction(self._connection):
            self._connection.execute(f"DELETE FROM {table}")
            for batch in pairs:
                self._add_links(link, batch)

    def finish(self, module: str) -> None:
        """Turn the finished scan of `module` into its bookmark."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR REPLACE INTO bookmarks"
                " SELECT module, min(started_at), any_value(columns), any_value(path) FROM scans"
                " WHERE module = ? GROUP BY module",
                [module],
            )
            self._connection.execute("DELETE FROM scans WHERE module = ?", [module])

    def update(self, module: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Store what is known of records after a write; joins the caller's transaction.

        A record may hold only some of the module's columns; the others stay as they are.
        """
        alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
        for record in records:
            known = tuple(c for c in catalogue().columns_of(module) if c in record)
            alike.setdefault(known, []).append(record)
        for columns, group in alike.items():
            self._upsert(module, columns, group)

    def forget(self, module: str, record_id: str) -> None:
        """Take a record that SuiteCRM no longer has, with its links, out of the mirror."""
        with transaction(self._connection):
            self._drop(module, [record_id])

    def _drop(self, module: str, ids: Sequence[str]) -> int:
        """Return how many of the records were there."""
        if not ids:
            return 0
        table = catalogue().modules[module].table
        gone = self._connection.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT unnest(?::VARCHAR[])) RETURNING id",
            [list(ids)],
        ).fetchall()
        for link in catalogue().links.values():
            if link.module == module:
                self._connection.execute(
                    f"DELETE FROM {link.table}"
                    f" WHERE {link.own_id} IN (SELECT unnest(?::VARCHAR[]))",
                    [list(ids)],
                )
        return len(gone)

    def count(self, module: str) -> int:
        """Return how many records of `module` are mirrored."""
        table = catalogue().modules[module].table
        (count,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0]
        return int(count)

    def _upsert(
        self, module: str, columns: Sequence[str], records: Sequence[Mapping[str, Any]]
    ) -> Stored:
        if not records:
            return Stored(0, 0)
        table = catalogue().modules[module].table
        names = ["id", *(c for c in columns if c != "id")]
        types = catalogue().columns_of(module)
        # A page may repeat an id when records move while it is read: the last one counts.
        unique = {record["id"]: record for record in records}.values()
        make_table(
            self._connection,
            "TEMP TABLE page",
            {name: SQL_TYPE[types[name]] for name in names},
            ([record[name] for name in names] for record in unique),
        )
        # The bridge's own writes move date_modified: a change is a difference in another column.
        unchanged = _same(n for n in names if n != "date_modified")
        (changed,) = self._connection.execute(
            f"SELECT count(*) FROM page p LEFT JOIN {table} t ON t.id = p.id"
            f" WHERE t.id IS NULL OR NOT ({unchanged})"
        ).fetchall()[0]
        listed = ", ".join(f'"{n}"' for n in names)
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in names[1:])
        action = f"UPDATE SET {updates}" if updates else "NOTHING"
        # Rewriting what is the same already would only make the file grow.
        self._connection.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM page p WHERE NOT EXISTS"
            f" (SELECT 1 FROM {table} t WHERE t.id = p.id AND {_same(names)})"
            f" ON CONFLICT (id) DO {action}"
        )
        return Stored(len(records), int(changed))

    def _store_links(self, module: str, records: Sequence[Mapping[str, Any]], links: Links) -> None:
        ids = [record["id"] for record in records]
        for link in catalogue().links.values():
            known = link.column is not None or link.table in links
            if link.module != module or not ids or not known:
                continue
            self._connection.execute(
                f"DELETE FROM {link.table} WHERE {link.own_id} IN (SELECT unnest(?::VARCHAR[]))",
                [ids],
            )
            self._add_links(link, sorted(set(_pairs(link, records, links))))

    def _add_links(self, link: Link, pairs: Sequence[tuple[str, str]]) -> None:
        self._connection.execute(
            f"INSERT OR IGNORE INTO {link.table} ({link.own_id}, {link.other_id})"
            " SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [[own for own, _ in pairs], [other for _, other in pairs]],
        )


def _same(names: Iterable[str]) -> str:
    return " AND ".join(f't."{name}" IS NOT DISTINCT FROM p."{name}"' for name in names)


def _pairs(
    link: Link, records: Iterable[Mapping[str, Any]], links: Links
) -> Iterable[tuple[str, str]]:
    for record in records:
        if link.column is not None:
            others: Sequence[str] = [record[link.column]] if record[link.column] else []
        else:
            others = links[link.table][record["id"]]
        yield from ((record["id"], other) for other in others)
