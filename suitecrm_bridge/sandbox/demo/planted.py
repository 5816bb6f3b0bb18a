"""What is planted in the demo base, so that whoever looks for it can be measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from suitecrm_bridge.sandbox.demo.words import letters

DEFECTIVE = "PR-402"
"""Part number of the product of which a bad batch was sold."""
DEFECTIVE_DAYS = 150
"""How long before the last day its sale began."""
DEFECTIVE_SHARE = 0.3
"""Share of the pieces sold since then that came back as complaints."""

SLOW_COUNTRY = "Belgique"
SLOW_FACTOR = 6
"""How many times longer its cases take."""

RIVAL = "Cuistopro"
RIVAL_SHARE = 0.5
"""Share of the mentions of a competitor that name it."""

PAIR = ("CO-201", "CO-204")
"""Part numbers of two products of which the first brings the second along."""
PAIR_SHARE = 0.35

CUSTOMERS_PER_COMPLAINER = 1500
COMPLAINTS_EACH = 7
"""This many times each of them complains at least, however little they bought."""
COMPLAINT_SHARE = 0.5
"""Complaints of each of them by the purchase: what makes a habit of them, however much they buy."""
LATE_SHARE = 0.03
"""Share of the companies that pay months late, or not at all."""
HUNTER_SHARE = 0.04
"""Share of the private people who buy at a discount only."""
COSTLY_SHARE = 0.03
"""Share of the companies that pay less than the goods cost, and are visited often."""

LEAVER_FROM = 200
"""This many customers a base has at least in which a very good one has just left."""
LEAVER_EVERY_DAYS = 8
LEAVER_STAYED_DAYS = 640
LEAVER_GONE_DAYS = 75
"""They bought every 8 days for 21 months, and nothing in the last 75 days."""
LEAVER_SPEND = 3.0

OF_SOURCES = {
    "Web Site": 0.0,
    "Word of mouth": 1.2,
    "Existing Customer": 0.9,
    "Trade Show": -0.2,
    "Campaign": -0.3,
    "Email": -0.9,
    "Cold Call": -1.8,
    "Partner": 0.6,
    "Other": 0.0,
}
"""What each lead source adds to the logarithm of the odds of becoming a customer."""
POOR_SOURCE = "Trade Show"
"""The customers who came from it buy little."""

REFILL = "PA-303"
"""Part number of the product that some use up in a steady rhythm."""
REFILL_EVERY_DAYS = 40
REFILL_TIMES = 11
CUSTOMERS_PER_REFILLER = 200
"""Of a large base one customer in this many uses it up; they buy nothing else."""

BOND_LOTS = 50
"""One contact in this many of a large base calls in the evening, and another one gives an idea."""
EVENING_CALLS = 10


def competitor(number: int) -> str:
    """Return the planted rival for its share of the numbers below 10,000, any for the others."""
    names = letters().competitors
    return RIVAL if number < RIVAL_SHARE * 10_000 else names[number % len(names)]


@dataclass(frozen=True)
class Truths:
    """What stands in a base; customers by the ids of their contacts.

    A trait is listed for those who bought. `defective_since` is the first day of the bad batch;
    `leaving` holds the very good customer who has just left, none in a small base. So do the last
    ones: `refillers` use up `refill_product` every 40 days, `evening` call in the evening.
    """

    defective_product: str
    defective_since: date
    slow_country: str
    rival: str
    pair: tuple[str, str]
    serial_complainers: frozenset[str]
    late_payers: frozenset[str]
    discount_hunters: frozenset[str]
    costly: frozenset[str]
    leaving: frozenset[str]
    refill_product: str
    refillers: frozenset[str]
    evening: frozenset[str]
    idea_givers: frozenset[str]
