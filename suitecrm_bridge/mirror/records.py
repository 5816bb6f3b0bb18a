"""What was read from SuiteCRM, and how far the reading got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror.conversion import as_text, aware, naive
from suitecrm_bridge.mirror.keeping_out import keep_out, not_erased
from suitecrm_bridge.mirror.links import Links, LinkTables
from suitecrm_bridge.mirror.merging import merge
from suitecrm_bridge.mirror.staging import Decode, Page, Refuse, stage, stop
from suitecrm_bridge.mirror.transaction import transaction


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
    """How many records of a page were stored, were new or changed, and left the mirror."""

    read: int
    changed: int
    deleted: int = 0


class Records:
    """The tables of mirrored modules and links, with bookmarks and scans."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.links = LinkTables(connection)

    def bookmark(self, module: str) -> Bookmark | None:
        """Return how far `module` is mirrored, None when it never was."""
        return self.bookmarks().get(module)

    def bookmarks(self) -> dict[str, Bookmark]:
        """Return how far each module is mirrored."""
        rows = self._connection.execute("SELECT module, through, columns, path FROM bookmarks")
        return {row[0]: Bookmark(aware(row[1]), tuple(row[2]), row[3]) for row in rows.fetchall()}

    def cut_off(self) -> set[str]:
        """Return the modules whose scan is under way, or was cut off."""
        rows = self._connection.execute("SELECT DISTINCT module FROM scans").fetchall()
        return {module for (module,) in rows}

    def scans(self, module: str) -> list[Scan]:
        """Return the ranges of the scan of `module` that is under way, or was cut off."""
        rows = self._connection.execute(
            "SELECT module, range_number, lower_id, upper_id, after_id, finished, modified_from,"
            " started_at, columns, path FROM scans WHERE module = ? ORDER BY range_number",
            [module],
        ).fetchall()
        return [
            Scan(
                module=row[0],
                number=row[1],
                lower_id=row[2],
                upper_id=row[3],
                after_id=row[4],
                finished=row[5],
                modified_from=aware(row[6]) if row[6] else None,
                started_at=aware(row[7]),
                columns=tuple(row[8]),
                path=row[9],
            )
            for row in rows
        ]

    def begin(self, scans: Sequence[Scan]) -> None:
        """Record that a scan of one module begins, in place of any that was cut off."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM scans WHERE module = ?", [scans[0].module])
            for scan in scans:
                self._connection.execute(
                    "INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        scan.module,
                        scan.number,
                        scan.lower_id,
                        scan.upper_id,
                        scan.after_id,
                        scan.finished,
                        naive(scan.modified_from),
                        naive(scan.started_at),
                        list(scan.columns),
                        scan.path,
                    ],
                )

    def store_page(
        self,
        scan: Scan,
        records: Sequence[Mapping[str, Any]],
        links: Links,
        *,
        after_id: str | None,
        last: bool,
        deleted: Sequence[str] = (),
        refuse: Refuse = stop,
    ) -> Stored:
        """Store a page, its links and how far the range got, in one transaction.

        Args:
            scan: the range that is read.
            records: the page's records.
            links: what they are linked to; a link table that is not named stays as it is.
            after_id: the last id of the page.
            last: whether the range ends here.
            deleted: ids of records that SuiteCRM has deleted.
            refuse: is told of the records that the mirror cannot hold before the others are
                stored; by default the first one's error is raised.
        """
        names = _id_first(scan.columns)
        rows = [[as_text(record[name]) for name in names] for record in records]
        page = self._stage(scan.module, names, rows, None, refuse)
        again = page.size and self.bookmark(scan.module)
        with transaction(self._connection):
            if again:
                self.links.expect(scan.module)
            changed = merge(self._connection, page)
            for table, linked in links.items():
                self.links.replace_of(table, linked)
            return self._stored(scan, page, changed, after_id, deleted, last=last)

    def store_rows(
        self,
        scan: Scan,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        decode: Decode,
        *,
        after_id: str | None,
        last: bool,
        deleted: Sequence[str] = (),
        refuse: Refuse = stop,
    ) -> Stored:
        """Store a page as `store_page` does, its values as SuiteCRM's database writes them.

        Args:
            scan: the range that is read.
            columns: what the values of a row are.
            rows: the page's records, text or None a value.
            decode: returns the record in a row that is not plainly written, or raises DataError.
            after_id: the last id of the page.
            last: whether the range ends here.
            deleted: ids of records that SuiteCRM has deleted.
            refuse: is told of the records that cannot be read, or that the mirror cannot hold.
        """
        page = self._stage(scan.module, columns, rows, decode, refuse)
        with transaction(self._connection):
            changed = merge(self._connection, page)
            return self._stored(scan, page, changed, after_id, deleted, last=last)

    def _stored(
        self,
        scan: Scan,
        page: Page,
        changed: int,
        after_id: str | None,
        deleted: Sequence[str],
        *,
        last: bool,
    ) -> Stored:
        gone = self._drop(scan.module, deleted)
        self._advance(scan, after_id, last=last)
        return Stored(page.size, changed, gone)

    def _advance(self, scan: Scan, after_id: str | None, *, last: bool) -> None:
        self._connection.execute(
            "UPDATE scans SET after_id = ?, finished = ? WHERE module = ? AND range_number = ?",
            [after_id, last, scan.module, scan.number],
        )

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

    def advance(self, through: Mapping[str, datetime]) -> None:
        """Move the bookmarks of modules to when they are known as a whole."""
        with transaction(self._connection):
            for module, moment in through.items():
                self._connection.execute(
                    "UPDATE bookmarks SET through = ? WHERE module = ?", [naive(moment), module]
                )

    def update(self, module: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Store what is known of records after a write; joins the caller's transaction.

        A record may hold only some of the module's columns; the others stay as they are.
        """
        alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
        for record in records:
            alike.setdefault(tuple(record), []).append(record)
        columns = catalogue().columns_of(module)
        for held, group in alike.items():
            names = _id_first(tuple(column for column in columns if column in held))
            rows = [[as_text(record[name]) for name in names] for record in group]
            merge(self._connection, self._stage(module, names, rows, None, stop))

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
        self.links.drop(module, ids)
        return len(gone)

    def some_ids(self, module: str, most: int) -> list[str]:
        """Return the first ids of `module`, up to `most`."""
        table = catalogue().modules[module].table
        rows = self._connection.execute(f"SELECT id FROM {table} ORDER BY id LIMIT {most}")
        return [id for (id,) in rows.fetchall()]

    def count(self, module: str) -> int:
        """Return how many records of `module` are mirrored."""
        table = catalogue().modules[module].table
        (count,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0]
        return int(count)

    def _stage(
        self,
        module: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        decode: Decode | None,
        refuse: Refuse,
    ) -> Page:
        if not rows:
            return Page(module, columns, 0)
        place = columns.index("id")
        # A page may repeat an id when records move while it is read: the last one counts.
        unique = list({row[place]: row for row in rows}.values())
        types = catalogue().columns_of(module)
        kinds = {name: types[name] for name in columns}
        refused = stage(self._connection, module, kinds, unique, decode)
        size = len(unique) - len(refused)
        size -= keep_out(self._connection, catalogue().modules[module].table, kinds)
        if told := not_erased(self._connection, refused):
            refuse(told)
        return Page(module, columns, size)


def _id_first(columns: Iterable[str]) -> list[str]:
    return ["id", *(name for name in columns if name != "id")]
