"""What customers are worth from now on: where they stand, what may be lost, offers, reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.report.figures import LISTED, ZERO
from suitecrm_bridge.report.model import Customer, Migration, Move

RISKS = ("high", "medium", "low")
CAME, LEFT = "came", "left"
OUTSIDE = (CAME, LEFT)
"""In a migration, in the place of a segment."""


@dataclass(frozen=True)
class Group:
    """Customers who have a value of a dropdown in common; `share` is that of the customers."""

    key: str
    customers: int
    share: float
    revenue: Decimal
    clv: Decimal


def lifecycle(customers: Sequence[Customer]) -> list[Group]:
    """Return the stages of the lifecycle with their customers; none before it was scored."""
    return _groups(customers, tuple(catalogue().dropdowns["lifecycle"]), lambda c: c.lifecycle)


def value_at_risk(customers: Sequence[Customer]) -> list[Group]:
    """Return the value that is still expected by risk of losing it, the highest risk first."""
    return _groups(customers, RISKS, lambda c: c.churn_risk)


def offered(customers: Iterable[Customer], limit: int = LISTED) -> list[Customer]:
    """Return who has a next offer, the highest lifetime value first."""
    known = [row for row in customers if row.next_offer]
    return sorted(known, key=lambda row: (-(row.clv or ZERO), row.customer_id))[:limit]


def to_review(customers: Iterable[Customer]) -> list[Customer]:
    """Return whom a person should look at, the greatest loss first."""
    flagged = [row for row in customers if row.review_flag]
    return sorted(flagged, key=lambda row: (row.profit or ZERO, row.customer_id))


def moved(migration: Migration) -> list[Move]:
    """Return the moves from one segment to another, the largest first."""
    changed = [
        move for move in migration.moves if move.customers and move.from_segment != move.to_segment
    ]
    return sorted(changed, key=lambda move: (-move.customers, -move.revenue_cents))


def _groups(
    customers: Sequence[Customer], keys: Sequence[str], key_of: Callable[[Customer], str]
) -> list[Group]:
    found: dict[str, list[Customer]] = {key: [] for key in keys}
    known = [row for row in customers if key_of(row) in found]
    for row in known:
        found[key_of(row)].append(row)
    return [
        Group(
            key,
            len(rows),
            len(rows) / len(known),
            sum((row.purchase_total or ZERO for row in rows), ZERO),
            sum((row.clv or ZERO for row in rows), ZERO),
        )
        for key, rows in found.items()
        if known
    ]
