"""What the catalogue holds, as frozen values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from suitecrm_bridge.catalogue.drift import Drift
from suitecrm_bridge.catalogue.languages import Translated

Entity = Literal["contacts", "accounts"]
ENTITY_MODULES: Mapping[Entity, str] = {"contacts": "Contacts", "accounts": "Accounts"}
"""The kinds of customers, with their SuiteCRM modules, in the order in which they are shown."""
Source = Literal["invoices", "opportunities"]
"""What counts as a purchase."""

SEGMENT_FIELD = "rfm_segment_c"
"""The field whose change is told to audit, hooks and workflows."""

SEGMENT_LIST = "segment"
"""The dropdown of segments."""

PLACE_FIELDS = (
    "programme_c",
    "programme_step_c",
    "programme_since_c",
    "programme_reason_c",
    "programme_code_c",
)
"""Where a customer stands in a programme; no score, but what programmes decided."""

SCORES = range(1, 6)
"""RFM scores run from 1 (the worst) to 5 (the best)."""


@dataclass(frozen=True)
class Field:
    """A custom field in SuiteCRM.

    `writer` is "bridge" for fields that are read-only for people, "people" for the others.
    `digits` and `scale` belong to decimals, `length` to varchars, `dropdown` to enums,
    `related_module` to relates, `min` and `max` (inclusive) to numbers. A difference within
    `drift`, or in a field that only `accompanies` others, is no reason to write a record. `needs`
    names what a figure of the bridge's is made from, see `needing.py`.
    """

    name: str
    modules: tuple[str, ...]
    writer: str
    type: str
    label: Translated
    help: Translated
    dropdown: str | None = None
    length: int | None = None
    digits: int | None = None
    scale: int | None = None
    related_module: str | None = None
    indexed: bool = False
    min: int | None = None
    max: int | None = None
    drift: Drift | None = None
    accompanies: bool = False
    needs: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """Name of the score column that fills this field."""
        return self.name.removesuffix("_c")

    @property
    def id_name(self) -> str | None:
        """Name of the field that holds a relate's id, None for every other type."""
        return f"{self.related_module.lower()}_id_c" if self.related_module else None


@dataclass(frozen=True)
class Segment:
    """An RFM segment: the (recency, frequency) cells it covers, or the condition in `when`.

    `role` is "best" or "endangered" where more is done for its customers than to name it.
    """

    key: str
    rank: int
    cells: frozenset[tuple[int, int]]
    when: str | None
    colour: str
    label: Translated
    role: str | None = None


@dataclass(frozen=True)
class Parent:
    """Whose records decide who may read a module's: those that `column` leads to."""

    module: str
    column: str


@dataclass(frozen=True)
class Module:
    """A SuiteCRM module that is mirrored.

    `columns` maps each column read from SuiteCRM to its type
    (id, text, enum, int, number, money, bool, date, datetime), the common ones first.
    `changed` is the column that tells when a record changed, `history` the columns whose
    changes SuiteCRM's audit table keeps.
    """

    key: str
    object: str
    table: str
    columns: Mapping[str, str]
    parent: Parent | None = None
    changed: str = "date_modified"
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A many-to-many relation between mirrored modules.

    Either `column` names the column of `module` that carries it, or `link` the relationship
    that is asked for record by record, `other_link` from the other end. `own_id` is the id of
    `module`'s record; `crm_own_id` and `crm_other_id` are what SuiteCRM's table calls the two.
    """

    table: str
    module: str
    other_module: str
    own_id: str
    other_id: str
    crm_own_id: str
    crm_other_id: str
    column: str | None = None
    link: str | None = None
    other_link: str | None = None


@dataclass(frozen=True)
class Fault:
    """The parts of a message about a fault: who says it, what is seen, why, and what to do."""

    who: str
    seen: Translated
    why: Translated | None
    remedy: Translated | None


@dataclass(frozen=True)
class Message:
    """A text with {placeholders}; the `one` form is used when its `count` is singular.

    A message about a fault is its parts in their order.
    """

    key: str
    other: Translated
    one: Translated | None = None
    fault: Fault | None = None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that has a name; equal to itself alone, so that what is made of it is kept.

    `asked` are columns, by module, that are mirrored only because a programme names them.
    """

    fields: Mapping[str, Field]
    dropdowns: Mapping[str, Mapping[str, Translated]]
    segments: Mapping[str, Segment]
    modules: Mapping[str, Module]
    links: Mapping[str, Link]
    messages: Mapping[str, Message]
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @lru_cache(maxsize=256)  # noqa: B019, a process has few catalogues
    def fields_of(self, module: str, writer: str | None = None) -> tuple[Field, ...]:
        """Return the bridge's fields on `module`, all or those of one writer."""
        return tuple(
            field
            for field in self.fields.values()
            if module in field.modules and writer in (None, field.writer)
        )

    def columns_of(self, module: str) -> dict[str, str]:
        """Return every column mirrored for `module` with its type, those last that are asked for.

        A relate is mirrored as the id of its record: the API answers the name beside it.
        """
        return self.lasting_columns_of(module) | dict.fromkeys(self.asked.get(module, ()), "text")

    def lasting_columns_of(self, module: str) -> dict[str, str]:
        """Return those that are mirrored whether a programme asks for them or not."""
        own = {f.id_name or f.name: COLUMN_TYPE[f.type] for f in self.fields_of(module)}
        return {**self.modules[module].columns, **own}

    def with_segments(self, segments: Mapping[str, Segment]) -> Catalogue:
        """Return the same catalogue with other segments."""
        labels = {key: segment.label for key, segment in segments.items()}
        dropdowns = {**self.dropdowns, SEGMENT_LIST: labels}
        return replace(self, segments=segments, dropdowns=dropdowns)

    @cached_property
    def fingerprint(self) -> str:
        """Return what two catalogues with the same fields, dropdowns and modules have in common.

        Segments are an installation's own, and not among it.
        """
        beside = {"label", "help", "drift", "accompanies", "needs"}
        fields = [
            {key: value for key, value in vars(field).items() if key not in beside}
            for field in self.fields.values()
        ]
        dropdowns = {
            name: list(values) for name, values in self.dropdowns.items() if name != SEGMENT_LIST
        }
        modules = {key: vars(module) for key, module in self.modules.items()}
        links = {name: vars(link) for name, link in self.links.items()}
        text = json.dumps([fields, dropdowns, modules, links], sort_keys=True, default=vars)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def segment_of_cell(self) -> Mapping[tuple[int, int], str]:
        """Segment key by (recency score, frequency score)."""
        return {cell: s.key for s in self.segments.values() for cell in s.cells}


COLUMN_TYPE: Mapping[str, str] = {
    "enum": "enum",
    "varchar": "text",
    "text": "text",
    "int": "int",
    "decimal": "money",
    "date": "date",
    "datetime": "datetime",
    "bool": "bool",
    "relate": "id",
}
"""Column type that mirrors each type of custom field."""
