"""What the bridge shows on SuiteCRM's screens: fields and dashlets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.tables import Table

Rows = tuple[tuple[str, ...], ...]

_FILE = "screens.toml"
_WIDEST_ROW = 2
_ENTERED = ("date_entered",)
"""A column of SuiteCRM's own that its search does not offer, though a dashlet counts by it."""

TARGET_LISTS = "ProspectLists"
"""A module that is not mirrored, and that a dashlet may be about."""


@dataclass(frozen=True)
class Screen:
    """The panel, columns and filters of the bridge's fields on one module.

    `detail` and `edit` are the panel's rows; `panel` names its title. `groups` are the rows of
    further panels below it, by the name of their title. `card` says whether the customer at a
    glance stands above all.
    """

    module: str
    panel: str
    detail: Rows
    edit: Rows
    list: tuple[str, ...]
    search: tuple[str, ...]
    advanced: tuple[str, ...]
    groups: Mapping[str, Rows] = field(default_factory=dict)
    card: bool = False


def screens(catalogue: Catalogue, data: str | None = None) -> dict[str, Screen]:
    """Return the screen of each module that has one.

    Args:
        catalogue: where the fields come from.
        data: content of screens.toml (default: the one in the package).

    Raises:
        CatalogueError: a screen names a field that its module does not have, or names it twice, or
            a filter is no column.
    """
    text = data or (files(__package__) / "data" / _FILE).read_text(encoding="utf-8")
    found = {}
    for key, value in tomllib.loads(text).items():
        table = Table(_FILE, key, value)
        table.allow(
            {"modules", "panel", "detail", "edit", "list", "search", "advanced", "groups", "card"}
        )
        for module in table.get("modules", list):
            found[module] = _screen(table, module, catalogue)
    return found


def dashlets(catalogue: Catalogue, folder: Traversable | None = None) -> dict[str, str]:
    """Return the module of each dashlet of the home page, from dashlets.toml.

    Raises:
        CatalogueError: a module is unknown, or the dashlet's title or description lacks.
    """
    return each(folder or data_folder(), "dashlets.toml", partial(_dashlet, catalogue))


def _dashlet(catalogue: Catalogue, key: str, table: Table) -> str:
    table.allow({"module"})
    for part in ("title", "description"):
        name = f"package_dashlets.dashlet_{key}_{part}"
        if name not in catalogue.messages:
            raise table.fail(f"the message {name} is missing")
    return table.choice("module", (*catalogue.modules, TARGET_LISTS))


def _screen(table: Table, module: str, catalogue: Catalogue) -> Screen:
    people = {one.name for one in catalogue.fields_of(module, "people")}
    known = {one.name for one in catalogue.fields_of(module)}
    columns = _names(table, "list", table.get("list", list), known)
    detail, groups = _rows(table, "detail", known), _groups(table, catalogue, known)
    every = (name for rows in (detail, *groups.values()) for row in rows for name in row)
    _names(table, "detail, with the groups,", every, known)
    return Screen(
        module=module,
        panel=table.identifier("panel"),
        detail=detail,
        groups=groups,
        edit=_rows(table, "edit", people),
        list=columns,
        search=_filters(table, "search", known, columns),
        card=table.get("card", bool, False),
        advanced=_filters(table, "advanced", {*known, *_ENTERED}, (*columns, *_ENTERED)),
    )


def _groups(table: Table, catalogue: Catalogue, known: set[str]) -> dict[str, Rows]:
    given = table.get("groups", dict, {})
    for name in given:
        if f"package.panel_{name}" not in catalogue.messages:
            raise table.fail(f"the message package.panel_{name} is missing")
    groups = Table(_FILE, "groups", given)
    return {name: _rows(groups, name, known) for name in given}


def _filters(table: Table, key: str, known: set[str], columns: Sequence[str]) -> tuple[str, ...]:
    filters = _names(table, key, table.get(key, list), known)
    for name in filters:
        if name not in columns:
            raise table.fail(f"{key} names {name!r}, which is no column of the list")
    return filters


def _rows(table: Table, key: str, known: set[str]) -> Rows:
    rows = table.get(key, list)
    if not all(isinstance(row, list) and 1 <= len(row) <= _WIDEST_ROW for row in rows):
        raise table.fail(f"{key} must be rows of one or two fields")
    _names(table, key, (name for row in rows for name in row), known)
    return tuple(tuple(row) for row in rows)


def _names(table: Table, key: str, names: Iterable[Any], known: set[str]) -> tuple[str, ...]:
    listed = tuple(names)
    for name in listed:
        if name not in known:
            raise table.fail(f"{key} names {name!r}, which cannot stand there")
    if len(set(listed)) < len(listed):
        raise table.fail(f"{key} names a field twice")
    return listed
