"""What the API user may see of the sandbox: everything, until something is taken away."""

from __future__ import annotations

from collections.abc import Iterable

from suitecrm_bridge.sandbox.errors import Refused
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.store import Store

NOT_ALLOWED = "[SuiteCRM] [Not Allowed] The API user does not have access to this module."

_TABLE = "CREATE TEMP TABLE hidden_rows (held TEXT, id TEXT COLLATE NOCASE, UNIQUE (held, id))"
_SEEN = "id NOT IN (SELECT id FROM hidden_rows WHERE held = ?)"


class Sight:
    """Modules, links and histories that are refused, and rows that are hidden.

    It holds for every user, over both paths, and may be changed at any time. Rows are hidden as
    by a role or a security group: they are there, and no answer shows them.

    Args:
        schema: knows the modules.
        store: holds their rows.
    """

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store
        store.select(_TABLE)
        self._refused: set[str] = set()
        self._gone: set[str] = set()
        self._links: set[str] = set()
        self._histories: set[str] = set()
        self._hiding: set[str] = set()

    def refuse(self, *modules: str) -> None:
        """Take the right to read modules away."""
        self._refused |= {*modules}

    def uninstall(self, *modules: str) -> None:
        """Let there be no such modules."""
        self._gone |= {*modules}

    def refuse_link(self, *tables: str) -> None:
        """Refuse the reading of link tables, though both their modules may be read."""
        self._links |= {*tables}

    def refuse_history(self, *modules: str) -> None:
        """Refuse the reading of what records of modules held before."""
        self._histories |= {*modules}

    def hide(self, module: str, ids: Iterable[str]) -> None:
        """Put rows of a module out of sight."""
        table = self._schema.beans[module].table
        rows = [(table, id_) for id_ in ids]
        self._store.write("INSERT OR IGNORE INTO hidden_rows VALUES (?, ?)", rows)
        self._hiding |= {table}

    def restore(self) -> None:
        """Show everything again."""
        for refused in (self._refused, self._gone, self._links, self._histories, self._hiding):
            refused.clear()
        self._store.select("DELETE FROM hidden_rows")

    def find(self, name: str) -> Bean | None:
        """Return the module called `name` or known under that alias, None where it is gone."""
        bean = self._schema.find(name)
        return None if bean is None or bean.key in self._gone else bean

    def refuses(self, module: str) -> bool:
        """Whether the module may not be read."""
        return module in self._refused

    def lacks(self, module: str) -> bool:
        """Whether there is no such module."""
        return module in self._gone

    def refuses_link(self, table: str | None) -> bool:
        """Whether the link table may not be read."""
        return table in self._links

    def refuses_history(self, module: str) -> bool:
        """Whether the module's history may not be read."""
        return module in self._histories

    def limited(self, bean: Bean, condition: Condition) -> Condition:
        """Return a condition on a module's rows, without those that are hidden."""
        if bean.table not in self._hiding:
            return condition
        values = (*condition.values, bean.table)
        return Condition(f"({condition.sql}) AND {_SEEN}", values, condition.by_email)

    def check(self, bean: Bean | None) -> None:
        """Refuse what the stock API refuses of a module that may not be read.

        Raises:
            Refused: it may not.
        """
        if bean is not None and self.refuses(bean.key):
            raise Refused(NOT_ALLOWED)
