"""What scores and flags are judged by: weights of potential, bounds of the reasons for a review."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError


def potential_weights(folder: Traversable | None = None) -> Mapping[str, int]:
    """Return the weight of each signal of potential, from potential.toml.

    Raises:
        CatalogueError: a weight is no whole number from 0, or all of them are 0.
    """
    found = each(folder or data_folder(), "potential.toml", _numbers)
    weights = found.get("weights", {})
    if set(found) != {"weights"} or not any(weights.values()):
        raise CatalogueError("potential.toml needs one table, [weights], with a weight above 0")
    return weights


def review_bounds(folder: Traversable | None = None) -> Mapping[str, Mapping[str, int]]:
    """Return the bounds of each reason for a review, from review.toml.

    Raises:
        CatalogueError: a bound is no whole number from 0, or its name stands twice.
    """
    found = each(folder or data_folder(), "review.toml", _numbers)
    names = [name for bounds in found.values() for name in bounds]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CatalogueError(f"review.toml: {', '.join(twice)} stands in several tables")
    return found


def _numbers(key: str, table: Table) -> dict[str, int]:
    found = {}
    for name, _ in table.items():
        value: int = table.get(table.check_identifier("name", name), int)
        if value < 0:
            raise table.fail(f"{name} must be a whole number from 0, not {value}")
        found[name] = value
    return found
