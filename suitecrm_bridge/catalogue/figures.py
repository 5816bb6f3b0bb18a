"""What the figures about customers go by: thresholds of RFM scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Literal, get_args

from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

Basis = Literal["fifths", "thresholds", "frozen", "too_few"]
"""Where cut-points come from: the fifths of the buyers, the catalogue, an earlier snapshot, or
the catalogue because the buyers are too few for fifths."""

SOURCES = ("invoices", "opportunities")
_BOUNDS = 4


@dataclass(frozen=True)
class Cuts:
    """The cut-points of RFM scores: inclusive bounds of the scores 2, 3, 4 and 5.

    `recency` holds the most days since the last purchase, `frequency` the fewest days with a
    purchase, `monetary` the least total in hundredths.
    """

    basis: Basis
    recency: tuple[int, ...]
    frequency: tuple[int, ...]
    monetary: tuple[int, ...]

    def bounds(self) -> dict[str, int]:
        """Return each bound by its column in SQL: recency_2 to monetary_5."""
        axes = {"recency": self.recency, "frequency": self.frequency, "monetary": self.monetary}
        return {
            f"{axis}_{score}": bound
            for axis, values in axes.items()
            for score, bound in enumerate(values, start=2)
        }

    @classmethod
    def of(cls, basis: str, bounds: Iterable[int]) -> Cuts:
        """Return the cut-points whose bounds come in the order of `bounds()`."""
        known = tuple(int(bound) for bound in bounds)
        if basis not in get_args(Basis) or len(known) != 3 * _BOUNDS:
            raise ValueError(f"no cut-points: {basis!r}, {known!r}")
        return cls(
            next(name for name in get_args(Basis) if name == basis),
            known[:4],
            known[4:8],
            known[8:],
        )


def thresholds(folder: Traversable | None = None) -> Mapping[str, Cuts]:
    """Return the fixed thresholds by what counts as a purchase, from rfm.toml.

    Raises:
        CatalogueError: a source lacks, or bounds are not in order.
    """
    found = each(folder or data_folder(), "rfm.toml", _cuts)
    if set(found) != set(SOURCES):
        raise CatalogueError(f"rfm.toml needs exactly the tables {', '.join(SOURCES)}")
    return found


def _cuts(key: str, table: Table) -> Cuts:
    table.allow({"recency", "frequency", "monetary"})
    recency = _bounds(table, "recency")
    if any(longer < shorter for longer, shorter in pairwise(recency)):
        raise table.fail("recency must not rise: a better score means fewer days")
    rising = {axis: _bounds(table, axis) for axis in ("frequency", "monetary")}
    for axis, bounds in rising.items():
        if any(lower > higher for lower, higher in pairwise(bounds)):
            raise table.fail(f"{axis} must not fall")
    cents = tuple(100 * units for units in rising["monetary"])
    return Cuts("thresholds", recency, rising["frequency"], cents)


def _bounds(table: Table, axis: str) -> tuple[int, ...]:
    values = table.get(axis, list)
    if len(values) != _BOUNDS or any(type(value) is not int or value < 0 for value in values):
        raise table.fail(f"{axis} must be four whole numbers, not {values!r}")
    return tuple(values)
