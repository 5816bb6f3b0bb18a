"""The sandbox's database: one SQLite table a module, one a link table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

from suitecrm_bridge.errors import NotFound, StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.database import Database
from suitecrm_bridge.sandbox.holding import Holding
from suitecrm_bridge.sandbox.schema import AUDIT, Bean, Link, Schema
from suitecrm_bridge.sandbox.tables import chunks, definitions, unpadded

Row = dict[str, Any]
ADMIN = "1"


class Store(Database):
    """Rows as the database holds them: `YYYY-MM-DD HH:MM:SS` in UTC, plain text, numbers.

    One connection behind one lock: every method may be called from any thread. `holding` has the
    records that somebody is saving.
    """

    def __init__(self, schema: Schema, clock: Callable[[], datetime], path: Path | None) -> None:
        super().__init__(path)
        self._schema = schema
        self._clock = clock
        self.holding = Holding()
        for statement in definitions(schema):
            self._connection.execute(statement)
        if not self.count("Users"):
            self._add_administrator()

    def now(self) -> str:
        """Return the clock's time as the database writes it."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")

    def load(self, module: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows of raw values and return how many.

        Columns that are not given get what a new record gets. Contacts and Opportunities may
        come with `account_id`: their link table is kept in step.
        """
        bean = self._bean(module)
        count = 0
        with self.transaction():
            for chunk in chunks(rows):
                stored = [unpadded(row, bean.fixed) for row in chunk]
                filled = self._insert(bean.table, bean.columns, self._defaults(bean), stored)
                live = [row for row in filled if not row["deleted"]]
                for field, name in bean.held.items():
                    pairs = [(row["id"], row[field]) for row in live if row.get(field)]
                    self._end_links(bean.links[name], [own for own, _ in pairs])
                    self._add_links(bean.links[name], pairs)
                count += len(chunk)
        return count

    def load_link(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows of a link table and return how many.

        A contact or opportunity has one account, the last one that comes.
        """
        if table not in self._schema.link_tables:
            known = ", ".join(self._schema.link_tables)
            raise NotFound(text("sandbox.unknown_link_table", table=table, known=known))
        columns = self._schema.link_tables[table]
        defaults = {"date_modified": self.now(), "deleted": 0}
        count = 0
        with self.transaction():
            for chunk in chunks(rows):
                holders = self._holders(table)
                for _, _, link in holders:
                    self._end_links(link, [row[link.own] for row in chunk])
                filled = self._insert(table, columns, defaults, chunk)
                count += len(filled)
                live = [row for row in filled if not row["deleted"]]
                for bean, field, link in holders:
                    statement = sql.update(bean.table, [field], sql.same("id"))
                    pairs = [(row[link.other], row[link.own]) for row in live]
                    self._connection.executemany(statement, pairs)
        return count

    def rows(self, module: str) -> list[Row]:
        """Return the stored rows of a module in id order, deleted ones included."""
        return self.find(self._bean(module), "1", order="id")

    def row(self, module: str, id: str) -> Row:
        """Return one stored row, deleted or not."""
        found = self.find(self._bean(module), sql.same("id"), [id])
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
        bean = self._bean(module)
        self.save(bean, id, {**self.stamps(bean), **values})

    def stamps(self, bean: Bean) -> Row:
        """Return the columns that every save fills in."""
        stamps = {"date_modified": self.now(), "modified_user_id": ADMIN}
        return {name: value for name, value in stamps.items() if name in bean.columns}

    def find(
        self, bean: Bean, where: str, parameters: Sequence[Any] = (), order: str = "rowid"
    ) -> list[Row]:
        """Return the rows of a module that meet a condition."""
        found = self.select(sql.select(bean.table, bean.columns, where, order), parameters)
        return [dict(zip(bean.columns, row, strict=True)) for row in found]

    def save(self, bean: Bean, id: str, values: Mapping[str, Any]) -> None:
        """Write some columns of a record, which is created if it is not there."""
        before = self.select(sql.select(bean.table, ["id", *bean.history], sql.same("id")), [id])
        if not before:
            self.load(bean.key, [{**values, "id": id}])
            return
        self._refuse_unknown(bean.table, bean.columns, values)
        values = unpadded(values, bean.fixed)
        statement = sql.update(bean.table, values, sql.same("id"))
        with self.transaction():
            self._connection.execute(statement, [*values.values(), id])
            self._keep_history(bean, before[0], values)
            for field in bean.held.keys() & values.keys():
                link = bean.links[bean.held[field]]
                self._end_links(link, [id])
                self._add_links(link, [(id, values[field])] if values[field] else [])
            if str(values.get("deleted", 0)) in ("1", "True"):
                self._end_every_link(bean, id)

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
        first = {"date_entered": self.now(), "created_by": ADMIN}
        known = {name: value for name, value in first.items() if name in bean.columns}
        return bean.defaults | known | self.stamps(bean)

    def _insert(
        self, table: str, columns: Iterable[str], defaults: Row, chunk: Sequence[Mapping[str, Any]]
    ) -> list[Row]:
        names = list(dict.fromkeys(chain.from_iterable(chunk)) | defaults | {"id": None})
        self._refuse_unknown(table, columns, names)
        blank = dict.fromkeys(names) | defaults
        filled = [{**blank, **row} for row in chunk]
        for row in filled:
            row["id"] = row["id"] or str(uuid4())
        values = map(itemgetter(*names), filled)
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

    def _add_links(self, link: Link, pairs: Sequence[tuple[str, str]]) -> None:
        table = link.table or ""
        rows = [{link.own: own, link.other: other} for own, other in pairs]
        defaults = {"date_modified": self.now(), "deleted": 0}
        self._insert(table, self._schema.link_tables[table], defaults, rows)

    def _end_links(self, link: Link, owners: Iterable[str]) -> None:
        ended = sql.update(link.table or "", ["deleted", "date_modified"], sql.equal(link.own))
        self._connection.executemany(ended, [(1, self.now(), owner) for owner in owners])

    def _keep_history(self, bean: Bean, before: Sequence[Any], values: Mapping[str, Any]) -> None:
        """Do to the audit table what saving a record does."""
        old = dict(zip(("parent_id", *bean.history), before, strict=True))
        constant = {"parent_id": old["parent_id"], "created_by": ADMIN}
        rows = [
            {"field_name": name, "before_value_string": old[name], "after_value_string": value}
            for name, value in values.items()
            if name in bean.history and value != old[name]
        ]
        if rows:
            stamp = {"date_modified": self.now(), "deleted": 0}
            self._insert(bean.audit_table, AUDIT, constant | stamp, rows)

    def _end_every_link(self, bean: Bean, id: str) -> None:
        """Do to the link tables what deleting a record does."""
        for link in bean.links.values():
            if link.table is None:
                continue
            self._end_links(link, [id])
            for holder, field, held in self._holders(link.table):
                if held.other == link.own:
                    forget = sql.update(holder.table, [field], sql.equal(field))
                    self._connection.execute(forget, [None, id])

    def _add_administrator(self) -> None:
        names = {"id": ADMIN, "user_name": "sandbox", "last_name": "Administrator"}
        state = {"is_admin": 1, "status": "Active", "employee_status": "Active"}
        self.load("Users", [names | state])
