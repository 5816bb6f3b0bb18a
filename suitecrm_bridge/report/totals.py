"""What a report says of all customers together, whoever of them it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle

ZERO = Decimal("0.00")
STEPS = 9
"""Bars of the chart of what customers have spent."""

Together = tuple[int, int, int]
"""Customers, what they bought for and their lifetime value, in hundredths."""


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


@dataclass(frozen=True)
class Spent:
    """What customers have bought for, of those who have for something.

    Args:
        customers: how many.
        middle: what the one in the middle has bought for, in hundredths.
        edges: bounds, in units.
        up_to: how many have bought for at most that.
    """

    customers: int
    middle: int
    edges: Sequence[float]
    up_to: Sequence[int]


@dataclass(frozen=True)
class Totals:
    """What all customers of a kind come to.

    Args:
        key: the figures above all others.
        lifecycle, risk: by each value that somebody has.
        profits: by segment where any is known, in hundredths; `losing` cost more than they bring.
        spent: what customers have bought for.
        valued: how many have a lifetime value.
        held: (how many, what those have together in hundredths), the most valuable first, where a
            further hundredth of them is reached; the last one is all.
        named: who a page names, the one with most at stake first.
    """

    key: KeyFigures
    lifecycle: Mapping[str, Together]
    risk: Mapping[str, Together]
    profits: Mapping[str, int]
    losing: int
    spent: Spent
    valued: int
    held: Sequence[tuple[int, int]]
    named: Sequence[str]


def key_of(customers: int, buyers: int, leaving: int, purchases: int, revenue: int) -> KeyFigures:
    """Return the totals of counts; revenue is in hundredths."""
    total = Decimal(revenue).scaleb(-2)
    return KeyFigures(
        customers=customers,
        buyers=buyers,
        prospects=customers - buyers,
        leaving=leaving,
        purchases=purchases,
        revenue=total,
        average_purchase=(total / purchases).quantize(ZERO) if purchases else None,
    )


def steps(most: float) -> list[float]:
    """Return round bounds, each about twice the one before, up to the first above `most`."""
    found: list[float] = []
    step = 10.0
    factors = cycle((2.5, 2.0, 2.0))
    while not found or found[-1] < most:
        found.append(step)
        step *= next(factors)
    first = max(0, len(found) - STEPS)
    return found[first:]
