"""The routes `records` and `links`: rows of the database, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.answers import dumps
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.options import WINDOW, Window, read_window
from suitecrm_bridge.sandbox.bridge.refusals import invalid_request, unknown, unknown_column
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.store import Store

FIRST = ("id", "deleted", "date_modified")
"""Columns that every row starts with."""
LINES, DOCUMENTS = "AOS_Products_Quotes", "AOS_Invoices"
RECORDS = 20_000
LINKS = 50_000


class Reading:
    """Answers rows as the database holds them."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def records(self, module: str, given: Mapping[str, str], user: User) -> str:
        """Answer the rows of a module."""
        if module not in catalogue().modules:
            raise unknown("module", module)
        bean = self._schema.beans[module]
        access = self._access(bean, user)
        columns = _asked(bean, given.get("columns"))
        window = read_window(given, ("columns", "to_id", *WINDOW), RECORDS)
        shown = [sql.shown(name, *_kind(bean, name)) for name in columns]
        return self._answer(bean.table, columns, shown, window, [access])

    def links(self, name: str, given: Mapping[str, str], user: User) -> str:
        """Answer the rows of a link table; they are seen by who may read both their ends."""
        if name not in catalogue().links:
            raise unknown("link", name)
        ends = self._ends(name)
        access = [self._reach(column, bean, user) for column, bean in ends.items()]
        window = read_window(given, WINDOW, LINKS)
        return self._answer(name, [*ends], map(sql.quoted, ends), window, access)

    def _answer(
        self,
        table: str,
        columns: Sequence[str],
        shown: Iterable[str],
        window: Window,
        access: Sequence[Condition],
    ) -> str:
        asked = map(sql.unless_deleted, shown) if window.deleted else shown
        expressions = [*map(sql.quoted, FIRST), *asked]
        conditions = [window.bounds, *access]
        where = " AND ".join(f"({condition.sql})" for condition in conditions)
        values = [value for condition in conditions for value in condition.values]
        statement = sql.first_rows(table, expressions, where)
        rows = self._store.select(statement, [*values, window.limit + 1])
        complete = len(rows) <= window.limit
        answer = {"columns": [*FIRST, *columns], "rows": rows[: window.limit]}
        return dumps(answer | {"complete": complete})

    def _access(self, bean: Bean, user: User) -> Condition:
        """Return the condition of the rows that a user may read; line items have no rights."""
        if bean.key != LINES:
            return user.readable(bean)
        return self._reach("parent_id", self._schema.beans[DOCUMENTS], user)

    def _reach(self, column: str, bean: Bean, user: User) -> Condition:
        """Return the condition that a column leads to a record that the user may read."""
        own = user.readable(bean)
        return Condition(sql.among(column, bean.table, own.sql), own.values) if own.values else own

    def _ends(self, table: str) -> dict[str, Bean]:
        """Return the id columns of a link table with the modules they lead to."""
        beans = self._schema.beans
        source = catalogue().links[table].module
        link = next(link for link in beans[source].links.values() if link.table == table)
        ends = {link.own: beans[source], link.other: beans[link.module or ""]}
        return {name: ends[name] for name in self._schema.link_tables[table] if name in ends}


def _asked(bean: Bean, given: str | None) -> list[str]:
    """Return the columns to answer beside the first ones."""
    if not given:
        raise invalid_request("columns must be given, their names joined by commas", "columns")
    names = given.split(",")
    for place, name in enumerate(names):
        if name not in bean.columns:
            raise unknown_column(bean.key, name, f"columns[{place}]")
    return [name for name in dict.fromkeys(names) if name not in FIRST]


def _kind(bean: Bean, name: str) -> tuple[str, int | None]:
    kind = bean.columns[name]
    return kind, bean.scale(name) if kind == "number" else None
