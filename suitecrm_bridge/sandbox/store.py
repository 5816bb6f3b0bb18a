"""The sandbox's database: one SQLite table a module, one a link table."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from suitecrm_bridge.errors import NotFound, StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.schema import Bean, Link, Schema
from suitecrm_bridge.sandbox.tables import definitions

Row = dict[str, Any]
ADMIN = "1"
CHUNK = 5_000


class Store:
    """Rows as the database holds them: `YYYY-MM-DD HH:MM:SS` in UTC, plain text, numbers.

    One connection behind one lock: every method may be called from any thread.
    """

    def __init__(self, schema: Schema, clock: Callable[[], datetime], path: Path | None) -> None:
        self._schema = schema
        self._clock = clock
        self._lock = threading.RLock()
        target = str(path) if path else ":memory:"
        self._connection = sqlite3.connect(target, check_same_thread=False, isolation_level=None)
        self._depth = 0
        for statement in definitions(schema):
            self._connection.execute(statement)
        if not self.count("Users"):
            self._add_administrator()

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def now(self) -> str:
        """Return the clock's time as the database writes it."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen at once, or not at all."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._connection.execute("BEGIN")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def load(self, module: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows of raw values and return how many.

        Columns that are not given get what a new record gets. Contacts and Opportunities may
        come with `account_id`: their link table is kept in step.
        """
        bean = self._bean(module)
        count = 0
        with self.transaction():
            for chunk in _chunks(rows):
                filled = self._insert(bean.table, bean.columns, self._defaults(bean), chunk)
                for field, name in bean.held.items():
                    held = [row for row in filled if row.get(field)]
                    self._load_held(bean.links[name], [(row["id"], row[field]) for row in held])
                count += len(chunk)
        return count

    def load_link(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows of a link table and return how many."""
        if table not in self._schema.link_tables:
            known = ", ".join(self._schema.link_tables)
            raise NotFound(text("sandbox.unknown_link_table", table=table, known=known))
        columns = self._schema.link_tables[table]
        defaults = {"date_modified": self.now(), "deleted": 0}
        count = 0
        with self.transaction():
            for chunk in _chunks(rows):
                filled = self._insert(table, columns, defaults, chunk)
                count += len(filled)
                for bean, field, link in self._holders(table):
                    held = [(row[link.other], row[link.own]) for row in filled]
                    self._set_held(bean, field, held)
        return count

    def rows(self, module: str) -> list[Row]:
        """Return the stored rows of a module in id order, deleted ones included."""
        return self.find(self._bean(module), "1", order="id")

    def row(self, module: str, id: str) -> Row:
        """Return one stored row, deleted or not."""
        found = self.find(self._bean(module), "id = ?", [id])
        if not found:
            raise NotFound(text("sandbox.no_record", module=module, id=id))
        return found[0]

    def link_rows(self, table: str) -> list[Row]:
        """Return the stored rows of a link table that are not deleted, in insertion order."""
        columns = self._schema.link_tables[table]
        found = self.select(sql.select(table, columns, "deleted = 0"))
        return [dict(zip(columns, row, strict=True)) for row in found]

    def count(self, module: str) -> int:
        """Return how many records of a module are not deleted."""
        return int(self.select(sql.count(self._bean(module).table, "deleted = 0"))[0][0])

    def update(self, module: str, id: str, values: Mapping[str, Any]) -> None:
        """Change a row as a person's save does: its date of change is now, unless it is given."""
        self.row(module, id)
        changed = {"date_modified": self.now(), "modified_user_id": ADMIN, **values}
        self.save(self._bean(module), id, changed)

    def find(
        self, bean: Bean, where: str, parameters: Sequence[Any] = (), order: str = "rowid"
    ) -> list[Row]:
        """Return the rows of a module that meet a condition."""
        found = self.select(sql.select(bean.table, bean.columns, where, order), parameters)
        return [dict(zip(bean.columns, row, strict=True)) for row in found]

    def save(self, bean: Bean, id: str, values: Mapping[str, Any]) -> None:
        """Write some columns of a record, which is created if it is not there."""
        if not self.select(sql.select(bean.table, ["id"], "id = ?"), [id]):
            self.load(bean.key, [{**values, "id": id}])
            return
        self._refuse_unknown(bean.table, bean.columns, values)
        statement = sql.update(bean.table, values, "id = ?")
        with self.transaction():
            self._connection.execute(statement, [*map(_plain, values.values()), id])
            for field in bean.held.keys() & values.keys():
                link = bean.links[bean.held[field]]
                self._load_held(link, [(id, values[field])], replace=True)

    def relate(self, link: Link, own_id: str, other_id: str) -> None:
        """Add a row to a link table, once; a held field takes the newest."""
        table = link.table or ""
        for bean, field, held in self._holders(table):
            ids = {link.own: own_id, link.other: other_id}
            self.save(bean, ids[held.own], {field: ids[held.other]})
            return
        if not self.related(link, own_id, other_id):
            row = {link.own: own_id, link.other: other_id}
            self.load_link(table, [row | (dict([link.role]) if link.role else {})])

    def unrelate(self, link: Link, own_id: str, other_id: str) -> None:
        """Mark a row of a link table deleted."""
        table = link.table or ""
        for bean, field, held in self._holders(table):
            ids = {link.own: own_id, link.other: other_id}
            self.save(bean, ids[held.own], {field: None})
            return
        where = sql.equal(link.own, link.other)
        statement = sql.update(table, ["deleted", "date_modified"], where)
        with self.transaction():
            self._connection.execute(statement, [1, self.now(), own_id, other_id])

    def related(self, link: Link, own_id: str, other_id: str) -> bool:
        """Whether a link table relates two records."""
        statement = sql.select(link.table or "", ["id"], sql.equal(link.own, link.other))
        return bool(self.select(statement, [own_id, other_id]))

    def _bean(self, module: str) -> Bean:
        bean = self._schema.beans.get(module)
        if bean is None:
            known = ", ".join(self._schema.beans)
            raise NotFound(text("sandbox.unknown_module", module=module, known=known))
        return bean

    def _defaults(self, bean: Bean) -> Row:
        now = self.now()
        stamps = {"date_entered": now, "date_modified": now}
        stamps |= {"created_by": ADMIN, "modified_user_id": ADMIN}
        return bean.defaults | {k: v for k, v in stamps.items() if k in bean.columns}

    def _insert(
        self, table: str, columns: Iterable[str], defaults: Row, chunk: Sequence[Mapping[str, Any]]
    ) -> list[Row]:
        names = list(dict.fromkeys(name for row in chunk for name in row) | defaults | {"id": None})
        self._refuse_unknown(table, columns, names)
        blank = dict.fromkeys(names) | defaults
        filled = [{**blank, "id": str(uuid4()), **row} for row in chunk]
        values = ([_plain(row[name]) for name in names] for row in filled)
        try:
            self._connection.executemany(sql.insert(table, names), values)
        except sqlite3.IntegrityError as error:
            raise StoreError(text("sandbox.duplicate_id", table=table)) from error
        return filled

    def _refuse_unknown(self, table: str, columns: Iterable[str], names: Iterable[str]) -> None:
        unknown = sorted(set(names) - set(columns))
        if unknown:
            raise StoreError(text("sandbox.unknown_columns", table=table, names=", ".join(unknown)))

    def _holders(self, table: str) -> list[tuple[Bean, str, Link]]:
        """Return the fields that mirror a link table, with the link they read."""
        return [
            (bean, field, bean.links[name])
            for bean in self._schema.beans.values()
            for field, name in bean.held.items()
            if bean.links[name].table == table
        ]

    def _load_held(
        self, link: Link, pairs: Sequence[tuple[str, Any]], *, replace: bool = False
    ) -> None:
        columns = self._schema.link_tables[link.table or ""]
        if replace:
            ended = sql.update(link.table or "", ["deleted", "date_modified"], sql.equal(link.own))
            self._connection.executemany(ended, [(1, self.now(), own) for own, _ in pairs])
        rows = [{link.own: own, link.other: other} for own, other in pairs if other]
        defaults = {"date_modified": self.now(), "deleted": 0}
        self._insert(link.table or "", columns, defaults, rows)

    def _set_held(self, bean: Bean, field: str, pairs: Sequence[tuple[Any, str]]) -> None:
        self._connection.executemany(sql.update(bean.table, [field], "id = ?"), pairs)

    def _add_administrator(self) -> None:
        self.load(
            "Users",
            [
                {
                    "id": ADMIN,
                    "user_name": "sandbox",
                    "last_name": "Administrator",
                    "is_admin": 1,
                    "status": "Active",
                    "employee_status": "Active",
                    "title": "Administrator",
                }
            ],
        )


def _chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _plain(value: Any) -> Any:
    """Return a value as SQLite takes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return str(value) if isinstance(value, Decimal | date) else value
