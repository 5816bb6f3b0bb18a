"""What holds for all programmes together: how often anybody is addressed, and who is held back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.conditions.tokens import nearest
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.model import ENTITY_MODULES, Entity
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.programmes.model import Cap
from suitecrm_bridge.catalogue.programmes.numbers import amount, share
from suitecrm_bridge.catalogue.tables import Table

FILE = "addressing.toml"
MOST_CALLS = 1_000
"""Calls and tasks a day, more than which no user could have."""
_MOST_DAYS = 3_650


@dataclass(frozen=True)
class Addressing:
    """The cap over all programmes, and the control over all of them, which changes with time.

    `control` is its share of everybody, 0 for none; after `rotates_days` others are drawn. `least`
    is the smallest effect of all programmes on a customer in that time that is worth having, in
    units of the base currency.
    `segment_lists` says of which customers each segment has a target list, `calls_a_day` how many
    calls and tasks of all programmes together a user gets a day.
    """

    cap: Cap
    control: Decimal
    rotates_days: int
    segment_lists: tuple[Entity, ...] = ()
    least: Decimal = Decimal(1)
    calls_a_day: int = MOST_CALLS


def addressing(own: Path | None = None, folder: Traversable | None = None) -> Addressing:
    """Return what addressing.toml says, with the installation's own file.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key.
    """
    source = merged((folder or data_folder()) / FILE, own)
    source.allow({"cap", "control", "segments", "quota"})
    return Addressing(
        cap=read_cap(source.table("cap")),
        control=share(source.table("control"), "share"),
        rotates_days=source.table("control").whole("rotates_days", 1, _MOST_DAYS),
        segment_lists=_segment_lists(source.table("segments")),
        least=_least(source.table("control")),
        calls_a_day=_quota(source.table("quota")),
    )


def _least(table: Table) -> Decimal:
    least = amount(table, "least", Decimal(1))
    if not least:
        raise table.fail("least is 0; it must be above 0, such as 1: what is worth having")
    return least


def read_cap(table: Table) -> Cap:
    """Return a cap."""
    table.allow({"contacts", "days"})
    return Cap(table.whole("contacts", 1, 1_000), table.whole("days", 1, _MOST_DAYS))


def _quota(table: Table) -> int:
    table.allow({"calls_a_day"})
    return table.whole("calls_a_day", 1, MOST_CALLS)


def _segment_lists(table: Table) -> tuple[Entity, ...]:
    table.allow({"lists"})
    wanted = table.texts("lists")
    for word in wanted:
        if word not in ENTITY_MODULES:
            raise table.fail(f"lists has no {word!r}{nearest(word, ENTITY_MODULES)}")
    return tuple(entity for entity in ENTITY_MODULES if entity in wanted)
