"""What scores and flags are judged by: weights of potential, bounds of the reasons for a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.own import Source, merged
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

POTENTIAL, REVIEW = "potential.toml", "review.toml"


def potential_weights(
    folder: Traversable | None = None, own: Path | None = None
) -> Mapping[str, int]:
    """Return the weight of each signal of potential, those of the installation's own file first.

    Args:
        folder: where potential.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: a weight is no whole number from 0, is of no signal, or all of them are 0.
    """
    shipped, source = _both(folder, POTENTIAL, own)
    source.allow({"weights"})
    table = source.table("weights")
    table.allow(_keys(shipped.table("weights")))
    weights = _numbers(table)
    if not any(weights.values()):
        raise CatalogueError(f"{POTENTIAL} needs one table, [weights], with a weight above 0")
    return weights


def review_bounds(
    folder: Traversable | None = None, own: Path | None = None
) -> Mapping[str, Mapping[str, int]]:
    """Return the bounds of each reason for a review, those of the installation's own file first.

    Args:
        folder: where review.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: a bound is no whole number from 0, is none of its reason's, or its name
            stands twice.
    """
    shipped, source = _both(folder, REVIEW, own)
    source.allow(shipped.names())
    found = {}
    for name in shipped.names():
        table = source.table(name)
        table.allow(_keys(shipped.table(name)))
        found[name] = _numbers(table)
    names = [name for bounds in found.values() for name in bounds]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CatalogueError(f"{REVIEW}: {', '.join(twice)} stands in several tables")
    return found


def _both(folder: Traversable | None, name: str, own: Path | None) -> tuple[Source, Source]:
    file = (folder or data_folder()) / name
    return merged(file, None), merged(file, own)


def _keys(table: Table) -> Collection[str]:
    return [name for name, _ in table.items()]


def _numbers(table: Table) -> dict[str, int]:
    found = {}
    for name in _keys(table):
        value: int = table.get(table.check_identifier("name", name), int)
        if value < 0:
            raise table.fail(f"{name} must be a whole number from 0, not {value}")
        found[name] = value
    return found
