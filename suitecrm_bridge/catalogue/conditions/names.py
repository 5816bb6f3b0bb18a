"""What conditions may name: figures of the scores, columns of records, modules of a customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from suitecrm_bridge.catalogue.actions import TRAITS
from suitecrm_bridge.catalogue.conditions.tree import ASKED, Figure
from suitecrm_bridge.catalogue.loader import catalogue
from suitecrm_bridge.catalogue.model import (
    COLUMN_TYPE,
    ENTITY_MODULES,
    PLACE_FIELDS,
    Catalogue,
    Field,
)
from suitecrm_bridge.catalogue.standings import STANDINGS

Audience = Literal["contacts", "accounts", "leads"]
LEADS: Audience = "leads"
AUDIENCES: Mapping[Audience, str] = {
    **{entity: module for entity, module in ENTITY_MODULES.items()},
    LEADS: "Leads",
}
"""Who can be addressed, with their SuiteCRM modules."""

BESIDE: Mapping[str, str] = {
    "recency_days": "int",
    "expected_by": "date",
    "overdue_days": "int",
    "attempts": "int",
    "kept_value": "money",
    "lost_value": "money",
    "standing": "enum",
    "complaints": "enum",
}
"""Figures of the scores that are no field in SuiteCRM, with their types."""
_WORDS = {"standing": STANDINGS, "complaints": TRAITS["complaints"]}

_SHORT: Mapping[Audience, Mapping[str, str]] = {
    "contacts": {
        "segment": "rfm_segment",
        "country": "primary_address_country",
        "city": "primary_address_city",
        "postcode": "primary_address_postalcode",
        "email": "email1",
    },
    "accounts": {
        "segment": "rfm_segment",
        "country": "billing_address_country",
        "city": "billing_address_city",
        "postcode": "billing_address_postalcode",
        "email": "email1",
    },
    "leads": {"email": "email1"},
}
"""Short names of what people ask for most."""

_OF_MAIL = ("opened", "clicked", "bounced", "answered", "bought")
SINCE: Mapping[Audience, tuple[str, ...]] = {
    "contacts": (*_OF_MAIL, "complained"),
    "accounts": (*_OF_MAIL, "complained"),
    "leads": _OF_MAIL,
}
"""What may be asked of the time since the wave before, or since somebody entered."""


@dataclass(frozen=True)
class Names:
    """What may be named: figures by name, and for each module what its records may be asked.

    `whose` says in words of what the figures are, for complaints.
    """

    whose: str
    figures: Mapping[str, Figure]
    modules: Mapping[str, Names] = field(default_factory=dict)

    def find(self, name: str) -> Figure | None:
        """Return what a name means, None where nothing is called so.

        A name that ends in _c, and `Module.column`, mean a column that is mirrored from then on.
        """
        word = name.lower()
        module, _, column = word.rpartition(".")
        if module and module != self.whose.lower():
            return None
        known = self.figures.get(column)
        if known is not None and not (module and known.scored):
            return known
        means_column = bool(module) or column.endswith("_c")
        if not means_column or not re.fullmatch(r"[a-z][a-z0-9_]*", column):
            return None
        return Figure(column, column, ASKED, asked=True)


def names(of: Audience, known: Catalogue | None = None) -> Names:
    """Return what conditions on contacts, accounts or leads may name.

    Args:
        of: whose.
        known: says which columns, figures and words there are; default, the catalogue in use.
    """
    return _names(of, known or catalogue())


@lru_cache(maxsize=16)
def _names(of: Audience, known: Catalogue) -> Names:
    module = AUDIENCES[of]
    figures = {column.name: column for column in _of_module(known, module)}
    if of != LEADS:
        figures |= {figure.name: figure for figure in _of_scores(known, module)}
        for written in known.fields_of(module, "bridge"):
            if written.column in figures:
                figures[written.name] = figures[written.column]
    for short, name in _SHORT[of].items():
        if name in figures:
            figures[short] = figures[name]
    beside = {
        name: Names(name, {column.name: column for column in _of_module(known, name)})
        for name in OWNED[of]
    }
    return Names(module, figures, beside)


def names_since(known: Names, of: Audience) -> Names:
    """Return the names with those of what may have happened since a wave."""
    figures = {name: Figure(name, name, "bool", since=True) for name in SINCE[of]}
    return replace(known, figures={**known.figures, **figures})


def _of_module(known: Catalogue, module: str) -> list[Figure]:
    fields = {f.name: f for f in known.fields_of(module)}
    found = []
    for column, kind in known.columns_of(module).items():
        if column in known.asked.get(module, ()):
            continue
        own = fields.get(column)
        found.append(_of_field(known, own, column) if own else Figure(column, column, kind))
        if own and own.writer == "people":
            found.append(_of_field(known, own, column, own.column))
    return found


def _of_scores(known: Catalogue, module: str) -> list[Figure]:
    found = [
        _of_field(known, own, own.column, scored=True)
        for own in known.fields_of(module, "bridge")
        if not own.column.endswith("reason") and own.name not in PLACE_FIELDS
    ]
    for name, kind in BESIDE.items():
        words = dict.fromkeys(_WORDS[name]) if name in _WORDS else None
        found.append(Figure(name, name, kind, scored=True, words=words))
    return found


def _of_field(
    known: Catalogue, own: Field, column: str, name: str | None = None, *, scored: bool = False
) -> Figure:
    return Figure(
        name=name or column,
        column=column,
        kind=COLUMN_TYPE[own.type],
        scored=scored,
        words=known.dropdowns[own.dropdown] if own.dropdown else None,
        least=own.min,
        most=own.max,
    )


Owner = tuple[str, str]
"""How a record names its customer: ("column", its column), ("link", the table of links),
("parent", "") by parent_type and parent_id, or ("target", "") by target_type and target_id."""

OWNERS: Mapping[str, Mapping[Audience, Owner]] = {
    "AOS_Invoices": {
        "contacts": ("column", "billing_contact_id"),
        "accounts": ("column", "billing_account_id"),
    },
    "Cases": {"contacts": ("link", "contacts_cases"), "accounts": ("column", "account_id")},
    "Opportunities": {
        "contacts": ("link", "opportunities_contacts"),
        "accounts": ("column", "account_id"),
    },
    "AOS_Contracts": {
        "contacts": ("column", "contact_id"),
        "accounts": ("column", "contract_account_id"),
    },
    "SurveyResponses": {
        "contacts": ("column", "contact_id"),
        "accounts": ("column", "account_id"),
    },
    "Leads": {"contacts": ("column", "contact_id"), "accounts": ("column", "account_id")},
    "Contacts": {"accounts": ("column", "account_id")},
    **{
        module: {"contacts": ("parent", ""), "accounts": ("parent", ""), "leads": ("parent", "")}
        for module in ("Calls", "Meetings", "Tasks", "Notes")
    },
    "CampaignLog": {
        "contacts": ("target", ""),
        "accounts": ("target", ""),
        "leads": ("target", ""),
    },
}
"""By module, and by whose they are, how its records name the customer that they belong to."""

OWNED: Mapping[Audience, tuple[str, ...]] = {
    of: tuple(module for module, owners in OWNERS.items() if of in owners) for of in AUDIENCES
}
"""Modules of which records belong to a contact, an account or a lead."""
