"""What the specifications of charts have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from suitecrm_bridge.catalogue import Language, manners
from suitecrm_bridge.money import is_missing
from suitecrm_bridge.report.page_tables import PageTable

Spec = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]

COUNT, MONEY, SHARE = ",.0f", ",.0f", ".0%"
"""How the axes of each kind of figure are labelled."""
INK, ACCENT, SECOND, QUIET, ALARM = (
    f"var(--{name})" for name in ("ink", "accent", "second", "muted", "alarm")
)
"""Colours of the page, which differ by day, by night and on paper."""


@dataclass(frozen=True)
class Chart:
    """A chart: what stands above it, what it says, its specification, and its numbers.

    `live` is whether what is chosen on the page changes it.
    """

    key: str
    title: str
    unit: str
    said: str
    spec: Spec
    table: PageTable
    height: int = 240
    live: bool = False


def spec(rows: Rows, *layers: Spec, encoding: Spec | None = None, **more: Any) -> Spec:
    """Return a specification of some layers over the same rows."""
    data = {"values": [{name: plain(value) for name, value in row.items()} for row in rows]}
    shared = {"encoding": encoding} if encoding else {}
    return {"data": data, "layer": list(layers), **shared, **more}


def mark(kind: str, encoding: Spec | None = None, **look: Any) -> Spec:
    """Return one layer."""
    return {"mark": {"type": kind, **look}, **({"encoding": encoding} if encoding else {})}


def across_months(lang: Language, name: str = "month") -> Spec:
    """Return the axis of months, which are the same months in every time zone."""
    axis = {
        "format": manners()[lang].month,
        "title": None,
        "grid": False,
        "labelOverlap": True,
        "tickCount": {"interval": "month", "step": 1},
    }
    return {"field": name, "type": "temporal", "timeUnit": "utcyearmonth", "axis": axis}


def across(name: str, title: str | None = None, form: str = COUNT, **more: Any) -> Spec:
    """Return an axis of numbers."""
    return {
        "field": name,
        "type": "quantitative",
        "axis": {"format": form, "title": title, "tickCount": 5},
        **more,
    }


def one_of(name: str, title: str | None = None, sort: Any = None, **axis: Any) -> Spec:
    """Return an axis of names, in the order in which they come."""
    return {
        "field": name,
        "type": "nominal",
        "sort": sort,
        "axis": {"title": title, "ticks": False, "domain": False, **axis},
    }


def told(*fields: tuple[str, str]) -> Sequence[Spec]:
    """Return what stands beside the pointer: fields, which are shown as they are, with titles."""
    return [{"field": name, "type": "nominal", "title": title} for name, title in fields]


def coloured(
    field: str,
    names: Sequence[str],
    colours: Sequence[str],
    orient: Literal["top", "right"] = "top",
) -> Spec:
    """Return a colour for each of some names, and the legend."""
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(names), "range": list(colours)},
        "legend": {"title": None, "orient": orient},
    }


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if not isinstance(value, (str, list)) and is_missing(value):
        return None
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Decimal):
        return float(value)
    return value.item() if hasattr(value, "item") else value
