"""What an administrator does to SuiteCRM itself: packages, fields in Studio, backups."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace

from suitecrm_bridge.catalogue import Field, Rules, catalogue
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import Bridge
from suitecrm_bridge.sandbox.schema import Bean, schema
from suitecrm_bridge.sandbox.store import Store


@dataclass(frozen=True)
class Backup:
    """A backup of the database."""

    database: sqlite3.Connection


class Upkeep:
    """Changes the schema under a running sandbox, and puts its database back.

    Args:
        beans: the modules of the sandbox's own schema, which are exchanged.
        store: the records.
        bridge: the package's routes.
    """

    def __init__(self, beans: dict[str, Bean], store: Store, bridge: Bridge) -> None:
        self._beans = beans
        self._store = store
        self._bridge = bridge

    def keep(self) -> Backup:
        """Return a backup of the database."""
        return Backup(self._store.keep())

    def restore(self, kept: Backup) -> None:
        """Put the database back as it was; files, and so routes and tokens, are as they are."""
        self._store.restore(kept.database)

    def drop(self, module: str, names: Collection[str]) -> None:
        """Delete fields of a module, with what records hold in them."""
        columns = [field.id_name or field.name for field in _fields(module, names)]
        self._beans[module] = _without(self._beans[module], names)
        if columns:
            emptied = sql.update(self._beans[module].table, columns, "1")
            self._store.write(emptied, [[None] * len(columns)])

    def make(self, module: str, name: str, kind: str) -> None:
        """Make a field as an administrator does in Studio."""
        bean = self._beans[module]
        facts = {"type": kind, "dbType": kind, "source": "custom_fields", "required": False}
        self._beans[module] = replace(bean, fields={**bean.fields, name: facts})
        self._store.write(f'ALTER TABLE {bean.table} ADD COLUMN "{name}"', [()])

    def add(self, module: str, names: Collection[str]) -> None:
        """Make fields of a module again; no record holds anything in them."""
        whole = schema(True).beans[module]
        present = {field.name for field in catalogue().fields_of(module)} & {
            *self._beans[module].fields
        }
        absent = {f.name for f in catalogue().fields_of(module)} - present - {*names}
        self._beans[module] = _without(whole, absent)

    def uninstall(self, *, drop_columns: bool) -> None:
        """Take the package away."""
        self._bridge.installed = False
        self._bridge.marks.forget()
        for module in catalogue().modules:
            names = [field.name for field in catalogue().fields_of(module)]
            if drop_columns and names:
                self.drop(module, names)

    def install(self, rules: Rules | None = None) -> None:
        """Install the package, or a newer version of it, built with an installation's rules."""
        self._bridge.know(rules or Rules())
        self._bridge.installed = True
        self._bridge.marks.install()
        for module in catalogue().modules:
            self.add(module, [field.name for field in catalogue().fields_of(module)])


def _fields(module: str, names: Collection[str]) -> list[Field]:
    fields = {field.name: field for field in catalogue().fields_of(module)}
    for name in names:
        if name not in fields:
            raise NotFound(text("sandbox.no_field", module=module, field=name))
    return [fields[name] for name in names]


def _without(bean: Bean, names: Collection[str]) -> Bean:
    gone = {*names, *(field.id_name for field in _fields(bean.key, names) if field.id_name)}
    return replace(
        bean,
        fields={name: facts for name, facts in bean.fields.items() if name not in gone},
        relates={name: way for name, way in bean.relates.items() if name not in gone},
    )
