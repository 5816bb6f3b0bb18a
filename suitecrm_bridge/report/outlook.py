"""What customers are worth from now on: where they stand, what may be lost, offers, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suitecrm_bridge.catalogue import LEAVING, STANDINGS, catalogue
from suitecrm_bridge.report.figures import LISTED, ZERO
from suitecrm_bridge.report.model import Customer, LeavingRow, Migration, Move
from suitecrm_bridge.report.totals import Together, Totals

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


def lifecycle(totals: Totals) -> list[Group]:
    """Return the stages of the lifecycle with their customers; none before it was scored."""
    return _groups(totals.lifecycle, tuple(catalogue().dropdowns["lifecycle"]))


def value_at_risk(totals: Totals) -> list[Group]:
    """Return the value that is still expected by risk of losing it, the highest risk first."""
    return _groups(totals.risk, RISKS)


@dataclass(frozen=True)
class Leavers:
    """Customers of one standing with the same segment, lifecycle and churn risk, or a sum.

    `kind` is empty, or says of a sum whose it is: "standing", "leaving" (at risk or lost) or "all";
    what a sum goes across is empty.
    """

    kind: str
    standing: str
    segment: str
    lifecycle: str
    churn_risk: str
    customers: int
    revenue: Decimal
    value_at_stake: Decimal


def to_do(customers: Iterable[Customer], action: str) -> list[Customer]:
    """Return the customers of an action, the highest value at stake first."""
    own = [row for row in customers if row.next_action == action]
    return sorted(
        own,
        key=lambda row: (
            -(row.value_at_stake or ZERO),
            -(row.purchase_total or ZERO),
            row.customer_id,
        ),
    )


def actions(customers: Sequence[Customer]) -> list[tuple[str, list[Customer]]]:
    """Return every action that somebody has, with its customers as `to_do` sorts them."""
    listed = ((action, to_do(customers, action)) for action in catalogue().dropdowns["next_action"])
    return [(action, own) for action, own in listed if own]


def at_stake(customers: Iterable[Customer]) -> Decimal:
    """Return what is at stake with customers together."""
    return sum((row.value_at_stake or ZERO for row in customers), ZERO)


def leaving(rows: Sequence[LeavingRow]) -> list[Leavers]:
    """Return the rows of each standing followed by their sum, and at the end two more sums.

    These are of who is at risk or lost, and of everybody.
    """
    found: list[Leavers] = []
    for standing in STANDINGS:
        own = [row for row in rows if row.standing == standing]
        found += [_leavers([row], "", standing, row) for row in own]
        if own:
            found.append(_leavers(own, "standing", standing))
    if found:
        found.append(_leavers([row for row in rows if row.standing in LEAVING], "leaving"))
        found.append(_leavers(rows, "all"))
    return found


def offered(customers: Iterable[Customer], limit: int = LISTED) -> list[Customer]:
    """Return who has a next offer, the highest lifetime value first."""
    known = [row for row in customers if row.next_offer]
    return sorted(known, key=lambda row: (-(row.clv or ZERO), row.customer_id))[:limit]


def to_review(customers: Iterable[Customer]) -> list[Customer]:
    """Return the customers that somebody should look at, the greatest loss first."""
    flagged = [row for row in customers if row.review_flag]
    return sorted(flagged, key=lambda row: (row.profit or ZERO, row.customer_id))


def moved(migration: Migration) -> list[Move]:
    """Return the moves from one segment to another, the largest first."""
    changed = [
        move for move in migration.moves if move.customers and move.from_segment != move.to_segment
    ]
    return sorted(changed, key=lambda move: (-move.customers, -move.revenue_cents))


def _leavers(
    rows: Sequence[LeavingRow], kind: str, standing: str = "", way: LeavingRow | None = None
) -> Leavers:
    return Leavers(
        kind=kind,
        standing=standing,
        segment=way.rfm_segment if way else "",
        lifecycle=way.lifecycle if way else "",
        churn_risk=way.churn_risk if way else "",
        customers=sum(row.customers for row in rows),
        revenue=Decimal(sum(row.revenue_cents for row in rows)).scaleb(-2),
        value_at_stake=Decimal(sum(row.stake_cents for row in rows)).scaleb(-2),
    )


def _groups(found: Mapping[str, Together], keys: Sequence[str]) -> list[Group]:
    known = [(key, *found.get(key, (0, 0, 0))) for key in keys]
    whole = sum(customers for _, customers, *_ in known)
    return [
        Group(
            key,
            customers,
            customers / whole,
            Decimal(revenue).scaleb(-2),
            Decimal(clv).scaleb(-2),
        )
        for key, customers, revenue, clv in known
        if whole
    ]
