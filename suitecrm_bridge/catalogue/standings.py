"""Where customers stand: who is at risk, and who is lost."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

FILE = "standings.toml"
LEAVING = ("lost", "at_risk")
"""What is called at risk or lost, in the order in which they are tried."""
STANDINGS = ("here", "at_risk", "lost", "prospect")
"""Where a customer can stand, as tables show it."""

WORDS = {"lifecycles": "lifecycle", "churn_risks": "churn_risk"}
"""The conditions, with the dropdowns that their words come from."""

Standings = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By standing the words of each condition; one of them is enough."""


def standing_rules(catalogue: Catalogue, folder: Traversable | None = None) -> Standings:
    """Return what makes a customer lost, and what at risk, in the order in which they are tried.

    Raises:
        CatalogueError: a standing lacks, or a word is none of the dropdown's.
    """
    found = each(folder or data_folder(), FILE, lambda _, table: _words(table, catalogue))
    if tuple(found) != LEAVING:
        raise CatalogueError(f"{FILE} needs exactly the tables {', '.join(LEAVING)}, in this order")
    return found


def _words(table: Table, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    table.allow(WORDS)
    found = {}
    for name, dropdown in WORDS.items():
        words = table.texts(name) if table.has(name) else ()
        for word in words:
            if word not in catalogue.dropdowns[dropdown]:
                allowed = sorted(catalogue.dropdowns[dropdown])
                raise table.fail(f"{name} has no {word!r}; allowed are {allowed}")
        found[name] = words
    return found
