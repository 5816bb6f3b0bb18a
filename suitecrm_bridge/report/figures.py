"""Figures that a reader wants first, drawn from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.report.model import Cell, Customer, SegmentRow, Tables

LISTED = 20
"""Customers in a list of the page."""

ZERO = Decimal("0.00")


def total(customers: Iterable[Customer]) -> Decimal:
    """Return what `customers` have bought together."""
    return sum((row.purchase_total or ZERO for row in customers), ZERO)


def best(customers: Iterable[Customer], limit: int = LISTED) -> list[Customer]:
    """Return the buyers with the highest totals, the highest first."""
    buyers = [row for row in customers if (row.purchase_total or ZERO) > 0]
    return sorted(buyers, key=lambda row: (-(row.purchase_total or ZERO), row.customer_id))[:limit]


def is_ranked(tables: Tables) -> bool:
    """Return whether any customer stands on the segment map."""
    return any(cell.customers for cell in tables.grid)


def segment_map(tables: Tables) -> dict[tuple[int, int], Cell]:
    """Return the cells by (recency, frequency), none at all when nobody is ranked."""
    return {(c.recency, c.frequency): c for c in tables.grid} if is_ranked(tables) else {}


def shown_segments(tables: Tables) -> list[SegmentRow]:
    """Return the segments worth a line: those with customers, and every one of a map in use."""
    ranked = is_ranked(tables)
    segments = catalogue().segments
    return [
        row for row in tables.segments if row.customers or (ranked and segments[row.segment].cells)
    ]
