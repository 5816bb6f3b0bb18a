"""The contract of the fast routes: their limits, and how they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from suitecrm_bridge.catalogue.tables import Table, read
from suitecrm_bridge.errors import CatalogueError

FILE = "routes.toml"


@dataclass(frozen=True)
class Code:
    """What a program reads of a refusal: HTTP status, and in words when it is answered."""

    status: int
    when: str


@dataclass(frozen=True)
class Routes:
    """The limits of requests, the sizes of values, and refusals by name with their codes.

    `rows` names, by code, the text that says why a row of scores was not written.
    """

    limits: Mapping[str, int]
    sizes: Mapping[str, int]
    codes: Mapping[str, Code]
    refusals: Mapping[str, str]
    rows: Mapping[str, str]


@cache
def routes() -> Routes:
    """Return the contract that is shipped."""
    return load_routes(files(__package__) / "data" / FILE)


def load_routes(file: Traversable) -> Routes:
    """Return the contract in a file.

    Raises:
        CatalogueError: it is unsound.
    """
    whole = Table(file.name, "routes", read(file))
    whole.allow({"limits", "sizes", "codes", "refusals", "rows"})
    codes = {
        name: _code(Table(file.name, f"codes.{name}", value))
        for name, value in whole.get("codes", dict).items()
    }
    refusals = _texts(whole, "refusals")
    for name, code in refusals.items():
        if code not in codes:
            raise CatalogueError(f"{file.name}: [refusals] {name}: there is no code {code}")
    return Routes(
        limits=_numbers(whole, "limits"),
        sizes=_numbers(whole, "sizes"),
        codes=codes,
        refusals=refusals,
        rows=_texts(whole, "rows"),
    )


def _code(table: Table) -> Code:
    table.allow({"status", "when"})
    return Code(table.get("status", int), table.get("when", str))


def _numbers(whole: Table, name: str) -> dict[str, int]:
    found: dict[str, Any] = whole.get(name, dict)
    for key, value in found.items():
        if type(value) is not int or value < 1:
            raise whole.fail(f"{name}.{key} must be a whole number from 1 on")
    return dict(found)


def _texts(whole: Table, name: str) -> dict[str, str]:
    found: dict[str, Any] = whole.get(name, dict)
    for key, value in found.items():
        if not isinstance(value, str):
            raise whole.fail(f"{name}.{key} must be a text")
    return dict(found)
