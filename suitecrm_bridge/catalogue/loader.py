"""Read the data files and refuse whatever breaks a rule, naming file and key."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Collection, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import product
from typing import Any, TypeVar

from suitecrm_bridge.catalogue.model import (
    COLUMN_TYPE,
    LANGUAGES,
    SCORES,
    Bilingual,
    Catalogue,
    Field,
    Link,
    Message,
    Module,
    Segment,
)
from suitecrm_bridge.errors import CatalogueError

T = TypeVar("T")

COMMON_COLUMNS = {"id": "id", "date_entered": "datetime", "date_modified": "datetime"}
COLUMN_TYPES = {"id", "text", "enum", "int", "number", "money", "bool", "date", "datetime"}
WRITERS = {"bridge", "people"}
CONDITIONS = {"no_purchase", "too_few_buyers"}

_FIELD_KEYS = {
    "modules", "writer", "type", "label", "help", "dropdown", "length", "digits", "scale",
    "related_module", "indexed",
}  # fmt: skip
_OPTIONS_OF_TYPE: dict[str, set[str]] = {
    "enum": {"dropdown"},
    "varchar": {"length"},
    "decimal": {"digits", "scale"},
    "relate": {"related_module"},
}


def load(folder: Traversable | None = None) -> Catalogue:
    """Read the catalogue from `folder` (default: the one in the package).

    Raises:
        CatalogueError: a file cannot be read, has an unknown key, a gap or an overlap.
    """
    folder = folder or files("suitecrm_bridge.catalogue") / "data"
    segments = _each(folder, "segments.toml", _segment)
    _check_segments(segments)
    dropdowns = _each(folder, "dropdowns.toml", _dropdown)
    dropdowns["segment"] = {key: segment.label for key, segment in segments.items()}
    modules = _each(folder, "modules.toml", _module)
    catalogue = Catalogue(
        fields=_each(folder, "fields.toml", _field),
        dropdowns=dropdowns,
        segments=segments,
        modules=modules,
        links=_each(folder, "links.toml", _link),
        messages=_messages(folder / "messages"),
    )
    _check_references(catalogue)
    return catalogue


class _Table:
    """One table of a data file: takes its keys out and complains with file and key."""

    def __init__(self, file: str, key: str, data: Any) -> None:
        self.where = f"{file}: [{key}]"
        if not isinstance(data, dict):
            raise CatalogueError(f"{self.where} must be a table, not {data!r}")
        self._data = dict(data)

    def fail(self, problem: str) -> CatalogueError:
        return CatalogueError(f"{self.where}: {problem}")

    def allow(self, keys: Collection[str]) -> None:
        unknown = sorted(set(self._data) - set(keys))
        if unknown:
            raise self.fail(f"unknown key {', '.join(unknown)}; allowed are {sorted(keys)}")

    def get(self, key: str, kind: type, default: Any = ...) -> Any:
        value = self._data.get(key, default)
        if value is ...:
            raise self.fail(f"{key} is missing")
        if value is not default and (
            not isinstance(value, kind) or isinstance(value, bool) != (kind is bool)
        ):
            raise self.fail(f"{key} must be of type {kind.__name__}, not {value!r}")
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        value: str = self.get(key, str)
        if value not in allowed:
            raise self.fail(f"{key} is {value!r}; allowed are {sorted(allowed)}")
        return value

    def bilingual(self, key: str) -> Bilingual:
        return bilingual(f"{self.where}: {key}", self.get(key, dict))

    def items(self) -> list[tuple[str, Any]]:
        return list(self._data.items())

    def has(self, key: str) -> bool:
        return key in self._data

    def identifier(self, key: str) -> str:
        """Return a name that may stand in SQL as it is."""
        return self.check_identifier(key, self.get(key, str))

    def check_identifier(self, key: str, name: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise self.fail(f"{key} {name!r} is not lower case letters, digits and _")
        return name


def bilingual(where: str, data: Any) -> Bilingual:
    """Return the text in `data`, which must hold every language and nothing else."""
    if not isinstance(data, dict) or set(data) != set(LANGUAGES):
        raise CatalogueError(f"{where} needs exactly the languages {', '.join(LANGUAGES)}")
    for lang, text in data.items():
        if not isinstance(text, str) or not text.strip() or text != text.strip():
            raise CatalogueError(f"{where}.{lang} must be a text without spaces around it")
    placeholders = {lang: _placeholders(where, text) for lang, text in data.items()}
    if placeholders["en"] != placeholders["fr"]:
        raise CatalogueError(
            f"{where}: en has the placeholders {sorted(placeholders['en'])}, "
            f"fr has {sorted(placeholders['fr'])}"
        )
    return Bilingual(en=data["en"], fr=data["fr"])


def _placeholders(where: str, text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CatalogueError(f"{where}: {error} in {text!r}") from error


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{file.name}: {error}") from error


def _each(folder: Traversable, name: str, make: Callable[[str, _Table], T]) -> dict[str, T]:
    data = _read(folder / name)
    return {key: make(key, _Table(name, key, value)) for key, value in data.items()}


def _field(name: str, table: _Table) -> Field:
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
    return Field(
        name=name,
        modules=tuple(table.get("modules", list)),
        writer=table.choice("writer", WRITERS),
        type=kind,
        label=table.bilingual("label"),
        help=table.bilingual("help"),
        dropdown=table.get("dropdown", str, None),
        length=table.get("length", int, None),
        digits=table.get("digits", int, None),
        scale=table.get("scale", int, None),
        related_module=table.get("related_module", str, None),
        indexed=table.get("indexed", bool, False),
    )


def _dropdown(name: str, table: _Table) -> dict[str, Bilingual]:
    return {key: bilingual(f"{table.where}: {key}", value) for key, value in table.items()}


def _segment(key: str, table: _Table) -> Segment:
    table.allow({"rank", "recency", "frequency", "cells", "when", "colour", "label", "action"})
    forms = [table.has("recency") and table.has("frequency"), table.has("cells"), table.has("when")]
    if forms.count(True) != 1 or table.has("recency") != table.has("frequency"):
        raise table.fail("needs either recency and frequency, or cells, or when")
    colour = table.get("colour", str)
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise table.fail(f"colour {colour!r} is not of the form #rrggbb")
    return Segment(
        key=key,
        rank=table.get("rank", int),
        cells=_cells(table),
        when=table.choice("when", CONDITIONS) if table.has("when") else None,
        colour=colour,
        label=table.bilingual("label"),
        action=table.bilingual("action"),
    )


def _cells(table: _Table) -> frozenset[tuple[int, int]]:
    pairs = table.get("cells", list, [])
    crossed = [
        [recency, frequency]
        for recency in table.get("recency", list, [])
        for frequency in table.get("frequency", list, [])
    ]
    cells = []
    for pair in [*pairs, *crossed]:
        if not (isinstance(pair, list) and len(pair) == 2 and all(x in SCORES for x in pair)):
            raise table.fail(f"cell {pair!r} is not a pair of scores from 1 to 5")
        cells.append((pair[0], pair[1]))
    if len(cells) != len(set(cells)):
        raise table.fail("lists a cell twice")
    return frozenset(cells)


def _check_segments(segments: Mapping[str, Segment]) -> None:
    for cell in product(SCORES, SCORES):
        owners = [segment.key for segment in segments.values() if cell in segment.cells]
        place = f"the cell recency {cell[0]}, frequency {cell[1]}"
        if not owners:
            raise CatalogueError(f"segments.toml: no segment covers {place}")
        if len(owners) > 1:
            raise CatalogueError(f"segments.toml: {' and '.join(owners)} both cover {place}")
    for condition in CONDITIONS:
        count = sum(segment.when == condition for segment in segments.values())
        if count != 1:
            raise CatalogueError(
                f"segments.toml: when = {condition!r} stands in {count} segments, not in one"
            )
    ranks = sorted(segment.rank for segment in segments.values())
    if ranks != list(range(1, len(ranks) + 1)):
        raise CatalogueError(f"segments.toml: ranks are {ranks}, not 1 to {len(ranks)}")


def _module(key: str, table: _Table) -> Module:
    table.allow({"object", "table", "columns"})
    columns = table.get("columns", dict)
    for column, kind in columns.items():
        table.check_identifier("columns", column)
        if kind not in COLUMN_TYPES:
            raise table.fail(f"columns.{column} is {kind!r}; allowed are {sorted(COLUMN_TYPES)}")
        if column in COMMON_COLUMNS:
            raise table.fail(f"columns.{column} is mirrored for every module already")
    return Module(
        key=key,
        object=table.get("object", str),
        table=table.identifier("table"),
        columns={**COMMON_COLUMNS, **columns},
    )


def _link(key: str, table: _Table) -> Link:
    table.allow({"module", "own_id", "other_id", "column", "link"})
    if table.has("column") == table.has("link"):
        raise table.fail("needs either column or link")
    return Link(
        table=table.check_identifier("the name", key),
        module=table.get("module", str),
        own_id=table.identifier("own_id"),
        other_id=table.identifier("other_id"),
        column=table.get("column", str, None),
        link=table.get("link", str, None),
    )


def _messages(folder: Traversable) -> dict[str, Message]:
    messages: dict[str, Message] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for name, value in _read(file).items():
            key = f"{file.name.removesuffix('.toml')}.{name}"
            table = _Table(f"messages/{file.name}", name, value)
            table.allow({*LANGUAGES, "one"})
            texts = {lang: text for lang, text in table.items() if lang in LANGUAGES}
            one = bilingual(f"{table.where}: one", value["one"]) if table.has("one") else None
            messages[key] = Message(key=key, other=bilingual(table.where, texts), one=one)
    return messages


def _check_references(catalogue: Catalogue) -> None:
    for field in catalogue.fields.values():
        where = f"fields.toml: [{field.name}]"
        for module in filter(None, (*field.modules, field.related_module)):
            _check_module(where, module, catalogue)
        if field.dropdown is not None and field.dropdown not in catalogue.dropdowns:
            raise CatalogueError(f"{where}: dropdowns.toml has no list {field.dropdown}")
    for link in catalogue.links.values():
        where = f"links.toml: [{link.table}]"
        _check_module(where, link.module, catalogue)
        if link.column is not None and link.column not in catalogue.modules[link.module].columns:
            raise CatalogueError(f"{where}: {link.module} has no column {link.column}")


def _check_module(where: str, module: str, catalogue: Catalogue) -> None:
    if module not in catalogue.modules:
        raise CatalogueError(f"{where}: modules.toml has no module {module}")
