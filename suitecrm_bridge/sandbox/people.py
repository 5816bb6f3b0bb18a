"""People at work in the sandbox: they open a record, take their time, and save all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.store import Row, Store


class EditConflict(Exception):
    """Somebody has changed the record since the form was opened: SuiteCRM shows both and asks."""


class Edit:
    """A record as it was when somebody began to change it.

    Args:
        store: where it is saved.
        bean: its module.
        row: what it held.
        asks: whether saving compares the date of change, as a form does and the API does not.
    """

    def __init__(self, store: Store, bean: Bean, row: Row, *, asks: bool) -> None:
        self._store = store
        self._bean = bean
        self._row = row
        self._asks = asks

    def save(self, **values: Any) -> None:
        """Write every column as it was read, but for those given, as SuiteCRM does.

        Whoever saves the record at this moment is waited for.

        Raises:
            EditConflict: the record has another date of change than when it was opened.
        """
        bean, id = self._bean, self._row["id"]
        with self._store.holding.hold(bean.table, id), self._store.transaction():
            now = self._store.row(bean.key, id)
            if self._asks and now["date_modified"] != self._row["date_modified"]:
                raise EditConflict(id)
            if not now["deleted"]:
                kept = self._row.keys() - bean.held.keys() - {"id", "deleted"}
                read = {name: self._row[name] for name in bean.columns if name in kept}
                self._store.save(bean, id, {**read, **self._store.stamps(bean), **values})


class People:
    """Whoever works in SuiteCRM beside the bridge; from any thread.

    Their saves wait for a record that is being saved, and write back all that they had read.
    """

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def open(self, module: str, id: str) -> Edit:
        """Open a record's form."""
        return self._edit(module, id, asks=True)

    def read(self, module: str, id: str) -> Edit:
        """Do what the API does at first when it is told to change a record."""
        return self._edit(module, id, asks=False)

    def change(self, module: str, id: str, values: Mapping[str, Any]) -> None:
        """Change a record over the API, at once."""
        self.read(module, id).save(**values)

    def _edit(self, module: str, id: str, *, asks: bool) -> Edit:
        return Edit(self._store, self._schema.beans[module], self._store.row(module, id), asks=asks)
