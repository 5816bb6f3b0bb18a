"""The routes `records`, `links` and `history`: rows of the database, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from suitecrm_bridge.catalogue import catalogue, routes
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.answers import dumps
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.options import WINDOW, Window, read_window
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import OF_ADDRESS, Bean, Schema
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Store

FIRST = ("id", "deleted", "date_modified")
"""Columns that every row starts with."""
LINES, DOCUMENTS = "AOS_Products_Quotes", "AOS_Invoices"
HISTORY = {
    "parent_id": "parent_id",
    "created_by": "created_by",
    "field_name": "field_name",
    "before": "before_value_string",
    "after": "after_value_string",
}
"""Columns of a change, with their names in the audit table."""


class Reading:
    """Answers rows as the database holds them."""

    def __init__(self, schema: Schema, store: Store, sight: Sight) -> None:
        self._sight = sight
        self._schema = schema
        self._store = store

    def records(self, module: str, given: Mapping[str, str], user: User) -> str:
        """Answer the rows of a module."""
        if module not in catalogue().modules or self._sight.lacks(module):
            raise refusal("unknown_module", name=module)
        bean = self._schema.beans[module]
        access = self._access(module, user)
        columns = _asked(bean, given.get("columns"))
        changed = sql.changed(catalogue().modules[module].changed)
        window = read_window(
            given, ("columns", "to_id", *WINDOW), routes().limits["records"], changed
        )
        shown = [_shown(bean, name) for name in columns]
        return self._answer(bean.table, columns, shown, window, [access], changed)

    def links(self, name: str, given: Mapping[str, str], user: User) -> str:
        """Answer the rows of a link table; they are seen by who may read both their ends."""
        link = catalogue().links.get(name)
        if link is None or any(map(self._sight.lacks, (link.module, link.other_module))):
            raise refusal("unknown_link", name=name)
        if self._sight.refuses_link(name):
            raise refusal("no_access", module=link.module)
        ends = {link.crm_own_id: link.module, link.crm_other_id: link.other_module}
        access = [self._reach(column, module, user) for column, module in ends.items()]
        window = read_window(given, WINDOW, routes().limits["links"])
        columns = [link.own_id, link.other_id]
        return self._answer(name, columns, map(sql.quoted, ends), window, access)

    def history(self, module: str, given: Mapping[str, str], user: User) -> str:
        """Answer the rows of a module's audit table; they are seen by who may read the record."""
        known = catalogue().modules.get(module)
        if known is None or not known.history or self._sight.lacks(module):
            raise refusal("unknown_module", name=module)
        if self._sight.refuses_history(module):
            raise refusal("no_access", module=module)
        bean = self._schema.beans[module]
        access = self._reach("parent_id", module, user)
        window = read_window(
            given, [name for name in WINDOW if name != "deleted"], routes().limits["records"]
        )
        shown = [sql.shown(column, "text", None) for column in HISTORY.values()]
        return self._answer(bean.audit_table, [*HISTORY], shown, window, [access])

    def _answer(
        self,
        table: str,
        columns: Sequence[str],
        shown: Iterable[str],
        window: Window,
        access: Sequence[Condition],
        changed: str = "date_modified",
    ) -> str:
        asked = map(sql.unless_deleted, shown) if window.deleted else shown
        expressions = ["id", "deleted", changed, *asked]
        conditions = [window.bounds, *access]
        where = " AND ".join(f"({condition.sql})" for condition in conditions)
        values = [value for condition in conditions for value in condition.values]
        statement = sql.first_rows(table, expressions, where)
        rows = self._store.select(statement, [*values, window.limit + 1])
        shown_rows = _first_bytes(rows[: window.limit], window.bytes)
        head, complete = dumps([*FIRST, *columns]), len(shown_rows) == len(rows)
        joined = ",".join(shown_rows)
        return f'{{"columns":{head},"rows":[{joined}],"complete":{dumps(complete)}}}'

    def _access(self, module: str, user: User) -> Condition:
        """Return the condition of the rows that a user may read, through their parents too."""
        if self._sight.refuses(module):
            raise refusal("no_access", module=module)
        if module == LINES:
            return self._reach("parent_id", DOCUMENTS, user)
        bean = self._schema.beans[module]
        own = self._sight.limited(bean, user.readable(bean))
        parent = catalogue().modules[module].parent
        if parent is None:
            return own
        above = self._reach(parent.column, parent.module, user)
        return Condition(f"({own.sql}) AND ({above.sql})", (*own.values, *above.values))

    def _reach(self, column: str, module: str, user: User) -> Condition:
        """Return the condition that a column leads to a record that the user may read."""
        own = self._access(module, user)
        if not own.values:
            return Condition("1", ())
        return Condition(sql.among(column, self._schema.beans[module].table, own.sql), own.values)


def _first_bytes(rows: Iterable[Sequence[Any]], most: int) -> list[str]:
    """Return the JSON of the first rows, of one at least, that have no more bytes together."""
    found: list[str] = []
    for row in rows:
        text = dumps(row)
        most -= len(text.encode()) + 1
        if found and most < 0:
            break
        found.append(text)
    return found


def _asked(bean: Bean, given: str | None) -> list[str]:
    """Return the columns to answer beside the first ones."""
    if not given:
        raise refusal("missing_parameter", "columns", name="columns")
    names = given.split(",")
    for place, name in enumerate(names):
        if name not in bean.columns:
            raise refusal("unknown_column", f"columns[{place}]", module=bean.key, column=name)
    return [name for name in dict.fromkeys(names) if name not in FIRST]


def _shown(bean: Bean, name: str) -> str:
    kind = bean.columns[name]
    shown = sql.shown(name, kind, bean.scale(name) if kind == "number" else None)
    return sql.with_address(shown) if name in OF_ADDRESS else shown
