"""Figures that a reader wants first, drawn from the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from suitecrm_bridge.catalogue import LEAVING, catalogue
from suitecrm_bridge.report.model import Cell, Customer, SegmentRow, Tables

LISTED = 20
"""Customers in a list of the page."""

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class KeyFigures:
    """Totals of one kind of customer; the average is None before the first purchase.

    `leaving` counts who is at risk or lost.
    """

    customers: int
    buyers: int
    prospects: int
    leaving: int
    purchases: int
    revenue: Decimal
    average_purchase: Decimal | None


def key_figures(customers: Collection[Customer]) -> KeyFigures:
    """Return the totals over `customers`. Whoever has never bought is a prospect."""
    counts = [row.purchase_count or 0 for row in customers]
    purchases, buyers = sum(counts), sum(count > 0 for count in counts)
    revenue = total(customers)
    return KeyFigures(
        customers=len(customers),
        buyers=buyers,
        prospects=len(customers) - buyers,
        leaving=sum(row.standing in LEAVING for row in customers),
        purchases=purchases,
        revenue=revenue,
        average_purchase=(revenue / purchases).quantize(ZERO) if purchases else None,
    )


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
