"""Read the data files and refuse whatever breaks a rule, naming file and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from suitecrm_bridge.catalogue.drift import Drift
from suitecrm_bridge.catalogue.languages import Translated
from suitecrm_bridge.catalogue.messages import Messages, shipped_messages
from suitecrm_bridge.catalogue.model import (
    COLUMN_TYPE,
    Catalogue,
    Field,
    Link,
    Message,
    Module,
    Parent,
)
from suitecrm_bridge.catalogue.needing import check_needs
from suitecrm_bridge.catalogue.segments import segment_rules
from suitecrm_bridge.catalogue.tables import Table, read, translated
from suitecrm_bridge.errors import CatalogueError

T = TypeVar("T")

COMMON_COLUMNS = {"id": "id", "date_entered": "datetime", "date_modified": "datetime"}
COLUMN_TYPES = {"id", "text", "enum", "int", "number", "money", "bool", "date", "datetime"}
WRITERS = {"bridge", "people"}
NUMBERS = {"int", "decimal"}

_FIELD_KEYS = {
    "modules",
    "writer",
    "type",
    "label",
    "help",
    "dropdown",
    "length",
    "digits",
    "scale",
    "related_module",
    "indexed",
    "min",
    "max",
    "drift",
    "accompanies",
    "needs",
}
_OPTIONS_OF_TYPE: dict[str, set[str]] = {
    "enum": {"dropdown"},
    "varchar": {"length"},
    "decimal": {"digits", "scale"},
    "relate": {"related_module"},
}


_in_use: list[Catalogue] = []
_to_be_made: list[Callable[[], Catalogue]] = []


def catalogue() -> Catalogue:
    """Return the catalogue in use: the shipped one, or that of `use_own`."""
    if _to_be_made:
        use(_to_be_made[0]())
    return _in_use[0] if _in_use else shipped()


@cache
def shipped() -> Catalogue:
    """Return the catalogue that ships with the bridge; its texts are read when they are asked."""
    return _catalogue(data_folder(), shipped_messages())


def use(found: Catalogue) -> None:
    """Make a catalogue that of this process, as a language is."""
    _in_use[:], _to_be_made[:] = [found], []


def use_when_asked(make: Callable[[], Catalogue]) -> None:
    """Let what `make` returns be the catalogue of this process once somebody asks for it."""
    _to_be_made[:] = [make]


def load(folder: Traversable | None = None) -> Catalogue:
    """Read the catalogue from `folder` (default: the one in the package), every text of it.

    Raises:
        CatalogueError: a file cannot be read, has an unknown key, a gap or an overlap.
    """
    folder = folder or data_folder()
    return _catalogue(folder, dict(Messages(folder / "messages")))


def _catalogue(folder: Traversable, messages: Mapping[str, Message]) -> Catalogue:
    found = Catalogue(
        fields=each(folder, "fields.toml", _field),
        dropdowns=each(folder, "dropdowns.toml", _dropdown),
        segments={},
        modules=each(folder, "modules.toml", _module),
        links=each(folder, "links.toml", _link),
        messages=messages,
    )
    found = found.with_segments(segment_rules(folder))
    _check_references(found)
    return found


def data_folder() -> Traversable:
    """Return the folder of the data files in the package."""
    return files("suitecrm_bridge.catalogue") / "data"


def each(folder: Traversable, name: str, make: Callable[[str, Table], T]) -> dict[str, T]:
    """Return what `make` makes of each table of the file `name`, by the table's key.

    Raises:
        CatalogueError: the file cannot be read.
    """
    data = read(folder / name)
    return {key: make(key, Table(name, key, value)) for key, value in data.items()}


def _field(name: str, table: Table) -> Field:
    table.allow(_FIELD_KEYS)
    if not re.fullmatch(r"[a-z][a-z0-9_]*_c", name):
        raise table.fail("a field's name is lower case and ends in _c")
    kind = table.choice("type", COLUMN_TYPE)
    wanted = _OPTIONS_OF_TYPE.get(kind, set())
    for option in set().union(*_OPTIONS_OF_TYPE.values()):
        if table.has(option) != (option in wanted):
            raise table.fail(
                f"{option} {'is missing' if option in wanted else f'is not for {kind}'}"
            )
    if (table.has("min") or table.has("max")) and kind not in NUMBERS:
        raise table.fail(f"min and max are not for {kind}")
    return Field(
        name=name,
        modules=tuple(table.get("modules", list)),
        writer=table.choice("writer", WRITERS),
        type=kind,
        label=table.translated("label"),
        help=table.translated("help"),
        dropdown=table.get("dropdown", str, None),
        length=table.get("length", int, None),
        digits=table.get("digits", int, None),
        scale=table.get("scale", int, None),
        related_module=table.get("related_module", str, None),
        indexed=table.get("indexed", bool, False),
        min=table.get("min", int, None),
        max=table.get("max", int, None),
        drift=_drift(table) if table.has("drift") else None,
        accompanies=table.get("accompanies", bool, False),
        needs=table.texts("needs") if table.has("needs") else (),
    )


def _drift(table: Table) -> Drift:
    if table.get("type", str) not in (*NUMBERS, "date"):
        raise table.fail("drift is only for numbers and dates")
    try:
        return Drift.parse(table.get("drift", str))
    except ValueError as error:
        raise table.fail(f"drift {error}") from error


def _dropdown(name: str, table: Table) -> dict[str, Translated]:
    return {key: translated(f"{table.where}: {key}", value) for key, value in table.items()}


def _module(key: str, table: Table) -> Module:
    table.allow({"object", "table", "columns", "parent", "without", "changed", "history"})
    without = table.get("without", list, [])
    common = {name: kind for name, kind in COMMON_COLUMNS.items() if name not in without}
    columns = {**common, **_columns(table)}
    changed, history = table.get("changed", str, "date_modified"), table.get("history", list, [])
    parent = _parent(table) if table.has("parent") else None
    for column in (changed, *history, *([parent.column] if parent else [])):
        if column not in columns:
            raise table.fail(f"there is no column {column}")
    return Module(
        key=key,
        object=table.get("object", str),
        table=table.identifier("table"),
        columns=columns,
        parent=parent,
        changed=changed,
        history=tuple(history),
    )


def _columns(table: Table) -> dict[str, str]:
    columns: dict[str, str] = table.get("columns", dict)
    for column, kind in columns.items():
        table.check_identifier("columns", column)
        if kind not in COLUMN_TYPES:
            raise table.fail(f"columns.{column} is {kind!r}; allowed are {sorted(COLUMN_TYPES)}")
        if column in COMMON_COLUMNS:
            raise table.fail(f"columns.{column} is mirrored for every module already")
    return columns


def _parent(table: Table) -> Parent:
    given = table.get("parent", dict)
    if given.keys() != {"module", "column"}:
        raise table.fail("parent needs module and column")
    return Parent(given["module"], given["column"])


def _link(key: str, table: Table) -> Link:
    ids = {"own_id", "other_id", "crm_own_id", "crm_other_id"}
    table.allow({"module", "other_module", "column", "link", "other_link", *ids})
    if not table.has("column") == (not table.has("link")) == (not table.has("other_link")):
        raise table.fail("needs either column, or link and other_link")
    own_id, other_id = table.identifier("own_id"), table.identifier("other_id")
    return Link(
        table=table.check_identifier("the name", key),
        module=table.get("module", str),
        other_module=table.get("other_module", str),
        own_id=own_id,
        other_id=other_id,
        crm_own_id=table.get("crm_own_id", str, own_id),
        crm_other_id=table.get("crm_other_id", str, other_id),
        column=table.get("column", str, None),
        link=table.get("link", str, None),
        other_link=table.get("other_link", str, None),
    )


def _check_references(catalogue: Catalogue) -> None:
    for field in catalogue.fields.values():
        where = f"fields.toml: [{field.name}]"
        for module in filter(None, (*field.modules, field.related_module)):
            _check_module(where, module, catalogue)
        check_needs(where, field, catalogue)
        if field.dropdown is not None and field.dropdown not in catalogue.dropdowns:
            raise CatalogueError(f"{where}: dropdowns.toml has no list {field.dropdown}")
    _check_links(catalogue)


def _check_links(catalogue: Catalogue) -> None:
    for module in catalogue.modules.values():
        if module.parent:
            _check_module(f"modules.toml: [{module.key}]", module.parent.module, catalogue)
    for link in catalogue.links.values():
        where = f"links.toml: [{link.table}]"
        for key in (link.module, link.other_module):
            _check_module(where, key, catalogue)
        if link.column is not None and link.column not in catalogue.modules[link.module].columns:
            raise CatalogueError(f"{where}: {link.module} has no column {link.column}")


def _check_module(where: str, module: str, catalogue: Catalogue) -> None:
    if module not in catalogue.modules:
        raise CatalogueError(f"{where}: modules.toml has no module {module}")
