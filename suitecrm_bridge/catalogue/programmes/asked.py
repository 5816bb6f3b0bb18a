"""Columns that nothing else needs, and that an installation's programmes ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from suitecrm_bridge.catalogue.conditions import Condition, Figure, Having
from suitecrm_bridge.catalogue.conditions.tree import atoms
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.programmes.loading import FOLDER, own_programme
from suitecrm_bridge.catalogue.programmes.model import Programme
from suitecrm_bridge.errors import CatalogueError

Named = tuple[str, Figure, str]
"""Module, column, and the key of the file that names it."""


def asked_columns(home: Path, known: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Return such columns by module.

    A file that cannot be used asks for nothing; who uses it is told.
    """
    found: dict[str, set[str]] = {}
    folder = home / FOLDER
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            programme = own_programme(file, known)
        except CatalogueError:
            continue
        for module, column, _ in asked_by(programme) if programme else ():
            found.setdefault(module, set()).add(column)
    return {module: tuple(sorted(columns)) for module, columns in sorted(found.items())}


def asked_by(one: Programme) -> Iterator[tuple[str, str, str]]:
    """Yield module and name of each such column of a programme, with the key that names it."""
    for module, figure, key in _named(one):
        if figure.asked:
            yield module, figure.column, f"{FOLDER}/{one.key}.toml, {key}"


def _named(one: Programme) -> Iterator[Named]:
    yield from _of_condition(one.module, one.audience, "audience")
    begins = one.trigger
    of_event = begins.module or one.module
    if begins.condition is not None:
        yield from _of_condition(of_event, begins.condition, "[trigger]")
    yield from ((of_event, f, "[trigger]") for f in (begins.at, begins.figure) if f is not None)
    for wave in one.waves:
        if wave.condition is not None:
            yield from _of_condition(one.module, wave.condition, f"[waves.{wave.key}] if")
    if one.exit is not None:
        yield from _of_condition(one.module, one.exit, "[exit] when")
    if one.product is not None:
        yield one.module, one.product, "product"


def _of_condition(module: str, condition: Condition, key: str) -> Iterator[Named]:
    for atom in atoms(condition):
        if not isinstance(atom, Having):
            yield module, atom.figure, key
        elif atom.part is not None:
            yield from _of_condition(atom.module, atom.part, key)
