"""What the figures about customers go by: thresholds, limits, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from suitecrm_bridge.catalogue.languages import Translated
from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.tables import Table

Basis = Literal["fifths", "thresholds", "frozen", "too_few", "rhythm"]
"""Where cut-points come from: the fifths of the buyers, the catalogue, an earlier snapshot, the
catalogue because the buyers are too few for fifths, or the customers' own rhythms because fifths
would not tell them apart."""

RFM, LIFECYCLE = "rfm.toml", "lifecycle.toml"
SOURCES = ("invoices", "opportunities")
_BOUNDS = 4
_LIMITS = {
    "rhythm": ("weight", "fewest_gaps", "rhythm_days", "horizon_days"),
    "at_risk": ("percentile",),
    "lapsed": ("percentile", "least_days"),
    "new_to_product": ("new_to",),
}


@dataclass(frozen=True)
class Cuts:
    """The cut-points of RFM scores: inclusive bounds of the scores 2, 3, 4 and 5.

    `recency` holds the most days since the last purchase, `frequency` the fewest days with a
    purchase, `monetary` the least total in hundredths. By rhythm, `recency` holds hundredths of a
    customer's own rhythm.
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


@dataclass(frozen=True)
class LifecycleRules:
    """The limits of the lifecycle.

    `weight` and `fewest_gaps` count gaps between purchases; percentiles are 1 to 99; `new_to` is
    "product" or "category".
    """

    weight: int
    fewest_gaps: int
    rhythm_days: int
    horizon_days: int
    at_risk_percentile: int
    lapsed_percentile: int
    least_days: int
    new_to: str


def lifecycle_rules(folder: Traversable | None = None, own: Path | None = None) -> LifecycleRules:
    """Return the limits of the lifecycle, those of the installation's own file first.

    Args:
        folder: where lifecycle.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: a limit lacks, is unknown or out of range, or the lapse comes before the
            risk.
    """
    source = merged((folder or data_folder()) / LIFECYCLE, own)
    source.allow(_LIMITS)
    for name in _LIMITS:
        source.table(name).allow(_LIMITS[name])
    rhythm, risk, lapse = (source.table(name) for name in ("rhythm", "at_risk", "lapsed"))
    rules = LifecycleRules(
        weight=rhythm.whole("weight", 1, 1_000),
        fewest_gaps=rhythm.whole("fewest_gaps", 1, 1_000_000),
        rhythm_days=rhythm.whole("rhythm_days", 1, 36_500),
        horizon_days=rhythm.whole("horizon_days", 1, 36_500),
        at_risk_percentile=risk.whole("percentile", 1, 99),
        lapsed_percentile=lapse.whole("percentile", 1, 99),
        least_days=lapse.whole("least_days", 1, 36_500),
        new_to=source.table("new_to_product").choice("new_to", ("product", "category")),
    )
    if rules.lapsed_percentile < rules.at_risk_percentile:
        raise risk.fail(
            f"percentile must not be above {rules.lapsed_percentile}, that of {lapse.where}:"
            " a customer has not lapsed before they are at risk"
        )
    return rules


@dataclass(frozen=True)
class RfmRules:
    """What RFM scores are cut by where fifths do not serve.

    `fixed` holds the thresholds by what counts as a purchase, `rhythm` the bounds of recency in
    hundredths of a customer's own rhythm, which is found by the limits in `lifecycle`.
    """

    fixed: Mapping[str, Cuts]
    rhythm: tuple[int, ...]
    lifecycle: LifecycleRules


def rfm_rules(
    folder: Traversable | None = None,
    own: Path | None = None,
    lifecycle: LifecycleRules | None = None,
) -> RfmRules:
    """Return the cut-points of rfm.toml, those of the installation's own file first.

    Args:
        folder: where rfm.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.
        lifecycle: the limits by which rhythms are found; default, the shipped ones.

    Raises:
        CatalogueError: a table or key is unknown or lacks, or bounds are not in order.
    """
    source = merged((folder or data_folder()) / RFM, own)
    source.allow({*SOURCES, "rhythm"})
    rhythm = source.table("rhythm")
    rhythm.allow({"recency"})
    return RfmRules(
        fixed={name: _cuts(source.table(name)) for name in SOURCES},
        rhythm=_falling(rhythm),
        lifecycle=lifecycle or lifecycle_rules(folder),
    )


@dataclass(frozen=True)
class Indicator:
    """A figure of the whole portfolio.

    `unit` is count, money, percent, days or ratio; `better` is up, down or none; `formula` says
    in words how it is computed, `missing` why there is no value where that can be; `values` are
    words of SuiteCRM that the formula looks for.
    """

    key: str
    unit: str
    better: str
    label: Translated
    formula: Translated
    missing: Translated | None = None
    values: tuple[str, ...] = ()


def indicators(folder: Traversable | None = None) -> Mapping[str, Indicator]:
    """Return the indicators in the order in which they are shown, from indicators.toml.

    Raises:
        CatalogueError: an indicator lacks something, or has an unknown unit.
    """
    return each(folder or data_folder(), "indicators.toml", _indicator)


def _indicator(key: str, table: Table) -> Indicator:
    table.allow({"unit", "better", "label", "formula", "missing", "values"})
    values = table.get("values", list, [])
    if not all(isinstance(value, str) for value in values):
        raise table.fail("values must be texts")
    return Indicator(
        key=table.check_identifier("the name", key),
        unit=table.choice("unit", ("count", "money", "percent", "days", "ratio")),
        better=table.choice("better", ("up", "down", "none")),
        label=table.translated("label"),
        formula=table.translated("formula"),
        missing=table.translated("missing") if table.has("missing") else None,
        values=tuple(values),
    )


def _falling(table: Table) -> tuple[int, ...]:
    recency = _bounds(table, "recency")
    if any(longer < shorter for longer, shorter in pairwise(recency)):
        raise table.fail(
            f"recency must not rise, but is {list(recency)}: a better score means fewer days"
        )
    return recency


def _cuts(table: Table) -> Cuts:
    table.allow({"recency", "frequency", "monetary"})
    recency = _falling(table)
    rising = {axis: _bounds(table, axis) for axis in ("frequency", "monetary")}
    for axis, bounds in rising.items():
        if any(lower > higher for lower, higher in pairwise(bounds)):
            raise table.fail(f"{axis} must not fall, but is {list(bounds)}")
    cents = tuple(100 * units for units in rising["monetary"])
    return Cuts("thresholds", recency, rising["frequency"], cents)


def _bounds(table: Table, axis: str) -> tuple[int, ...]:
    values = table.get(axis, list)
    if len(values) != _BOUNDS or any(type(value) is not int or value < 0 for value in values):
        raise table.fail(f"{axis} must be four whole numbers from 0, not {values!r}")
    return tuple(values)
