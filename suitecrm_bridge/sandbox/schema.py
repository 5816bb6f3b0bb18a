"""What the sandbox knows about SuiteCRM's modules: fields, links and tables.

The facts lie in `schema/`, one file a module. The bridge's own fields come from the catalogue
and are there when its package is installed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.sandbox.php import number

FOLDER = Path(__file__).with_name("schema")
NUMBERS = frozenset({"currency", "decimal", "float", "double", "int", "bool"})
AUDIT = (
    "id",
    "parent_id",
    "created_by",
    "field_name",
    "before_value_string",
    "after_value_string",
    "date_modified",
    "deleted",
)
"""Columns of an audit table, date_created under the name that other tables give it."""
ALIASES = {
    "Invoices": "AOS_Invoices",
    "Quotes": "AOS_Quotes",
    "Contracts": "AOS_Contracts",
    "ProductQuotes": "AOS_Products_Quotes",
}


OF_ADDRESS = ("email_opt_out", "invalid_email")
"""What SuiteCRM keeps of an e-mail address and shows on the record: nothing where there is none."""


@dataclass(frozen=True)
class Link:
    """How a link field finds the other module's records.

    By `table` (many to many), by `column` of the other module, or by `own_column` of this one.
    A link without `module` leads to a module that the sandbox does not have.
    """

    name: str
    module: str | None = None
    table: str | None = None
    own: str = ""
    other: str = ""
    column: str | None = None
    own_column: str | None = None
    role: tuple[str, str] | None = None


@dataclass(frozen=True)
class Bean:
    """One module. `fields` is what the server says about them, in its order.

    `held` are fields that SuiteCRM keeps in a link table and answers as if they were columns;
    `relates` are names looked up through an id: field → (id field, module, column of the name).
    """

    key: str
    object: str
    table: str
    label: str
    visible: bool
    fields: Mapping[str, Mapping[str, Any]]
    links: Mapping[str, Link]
    relationships: Mapping[str, str]
    relates: Mapping[str, tuple[str, str, str]]
    parents: Mapping[str, tuple[str, str]]
    held: Mapping[str, str]
    objects: frozenset[str]
    hidden: frozenset[str]
    today: tuple[str, ...]
    numbered: tuple[str, ...]
    stages: Mapping[str, str]
    history: tuple[str, ...] = ()

    @property
    def audit_table(self) -> str:
        """Table that keeps what the columns in `history` held before each change."""
        return f"{self.table}_audit"

    @cached_property
    def columns(self) -> dict[str, str]:
        """Stored columns with their kind: text, number, date or datetime."""
        own = {name: self.kind(name) for name, facts in self.fields.items() if _in_database(facts)}
        told = dict.fromkeys((name for name in OF_ADDRESS if name in self.fields), "number")
        kept = [*self.held, *(["email1"] if "email1" in self.fields else [])]
        return own | dict.fromkeys(kept, "text") | told

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """Values that a new row gets for columns that are not given."""
        needed = {name: 0 for name, kind in self.columns.items() if self._is_needed(name, kind)}
        given = {name: self.fields[name].get("default") for name in self.columns}
        stated = {k: v for k, v in given.items() if v not in (None, "")}
        numbers = {k: number(v) for k, v in stated.items() if self.columns[k] == "number"}
        return {"deleted": 0} | needed | stated | numbers

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Columns of fixed length: every id that is one by its type."""
        return tuple(
            name
            for name in self.columns
            if name not in self.held
            and "id" in (self.fields[name]["type"], self.fields[name].get("dbType"))
        )

    @cached_property
    def base_amounts(self) -> dict[str, str]:
        """Amount columns with the column that holds the same in the base currency."""
        pairs = {name: f"{name}_usdollar" for name in self.columns}
        return {own: base for own, base in pairs.items() if base in self.columns}

    @cached_property
    def is_person(self) -> bool:
        """Whether its name is made of a first and a last name."""
        return "last_name" in self.columns

    def _is_needed(self, name: str, kind: str) -> bool:
        """Whether the database refuses an empty number, so that it holds 0 instead."""
        needed = self.fields[name].get("required") in (True, "1", "true")
        return kind == "number" and needed and name not in self.numbered

    def kind(self, name: str) -> str:
        """Return the kind of a field's values: text, number, date or datetime."""
        types = (self.fields[name]["type"], self.fields[name].get("dbType"))
        if "date" in types:
            return "date"
        if "datetime" in types:
            return "datetime"
        return "number" if NUMBERS.intersection(types) else "text"

    def filterable(self, name: str) -> bool:
        """Whether the server's own SQL can filter by the field."""
        return name in self.columns and name not in self.held

    def scale(self, name: str) -> int | None:
        """Return the decimals that the database shows for a number, None for as many as needed."""
        facts = self.fields[name]
        if facts["type"] in ("int", "bool"):
            return 0
        if facts.get("dbType") == "double":
            return None
        digits = str(facts.get("precision") or str(facts.get("len", "")).partition(",")[2])
        return int(digits) if digits.isdigit() else None


def _in_database(facts: Mapping[str, Any]) -> bool:
    return facts.get("source") != "non-db" and facts["type"] != "link"


@dataclass(frozen=True)
class Schema:
    """Every module and link table of one sandbox."""

    beans: Mapping[str, Bean]
    link_tables: Mapping[str, tuple[str, ...]]
    listed: Mapping[str, str]

    @cached_property
    def _names(self) -> dict[str, str]:
        objects = {bean.object: key for key, bean in self.beans.items()}
        return objects | ALIASES | {key: key for key in self.beans}

    def find(self, name: str) -> Bean | None:
        """Return the module called `name` or known under that alias."""
        key = self._names.get(name)
        return self.beans[key] if key else None


@cache
def schema(package: bool = True) -> Schema:
    """Return the schema of a SuiteCRM with or without the bridge's package."""
    files = sorted(FOLDER.glob("[!_]*.json"))
    beans = {file.stem: _bean(file, package) for file in files}
    tables = {table: tuple(columns) for table, columns in _read("_links.json").items()}
    tables |= {bean.audit_table: AUDIT for bean in beans.values() if bean.history}
    return Schema(beans, tables, _read("_modules.json"))


def current_user() -> dict[str, Any]:
    """Return what the server answers about the administrator."""
    return _read("_current_user.json")


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data


def _bean(file: Path, package: bool) -> Bean:
    facts = _read(file.name)
    own = catalogue().fields_of(file.stem) if package else ()
    module = catalogue().modules.get(file.stem)
    ways = facts.get("relates", {}) | {
        field.name: (field.id_name, field.related_module) for field in own if field.id_name
    }
    relates = {name: (*way, "name")[:3] for name, way in ways.items()}
    return Bean(
        key=file.stem,
        object=facts["object"],
        table=facts["table"],
        label=facts["label"],
        visible=facts["visible"],
        fields=facts["fields"] | {name: made for field in own for name, made in _own(field)},
        links={name: _link(name, way) for name, way in facts["links"].items()},
        relationships=facts["relationships"],
        relates=relates,
        parents={name: tuple(way) for name, way in facts.get("parents", {}).items()},
        held=facts.get("held", {}),
        objects=frozenset(facts.get("objects", ())),
        hidden=frozenset(facts.get("hidden", ())),
        today=tuple(facts.get("today", ())),
        numbered=tuple(facts.get("numbered", ())),
        stages=facts.get("stages", {}),
        history=module.history if module else (),
    )


def _link(name: str, way: Mapping[str, Any]) -> Link:
    role = way.get("role")
    return Link(name=name, **{**way, "role": tuple(role) if role else None})


def _own(field: Field) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the server would say about one of the bridge's fields, a relate's id apart."""
    source = "non-db" if field.id_name else "custom_fields"
    facts: dict[str, Any] = {"required": False, "source": source, "type": field.type}
    facts |= {"default": None, "comments": ""}
    if field.type == "enum":
        facts["len"] = 100
    if field.length:
        facts["len"] = field.length
    if field.digits:
        facts |= {"len": field.digits, "precision": field.scale}
    if field.id_name:
        facts["len"] = "255"
        id_facts = {"source": "custom_fields", "type": "id", "len": "36", "dbType": "id"}
        yield field.id_name, facts | id_facts
    yield field.name, facts | {"dbType": field.type}
