"""Next offer: named in the way that proved right on the base's own history, or not at all.

The last part of the history is held out, and each way names what it would have named before. A
rule leads from a product to one bought by the same customers with it or later; a repeat names what
a customer uses up; the segment's best seller is what most customers of the same segment bought.
Each of them must be right more often than naming the best seller of all, with the same customers.
Where none is, the best seller is named, if that is right more often than a product drawn by lot.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.paired import Paired

Way = Literal["rule", "repeat", "segment", "popular"]

WAYS: tuple[Way, ...] = ("rule", "repeat", "segment", "popular")


@dataclass(frozen=True)
class OfferRules:
    """When two products go together, what may be offered, and who it is tried with.

    `min_customers` bought both, at least, and more than chance would make by `deviations`
    standard deviations. A product counts as bought again and again when
    `repeat_percent` of its buyers bought it on several days; only such a product is offered to
    who has it. A product last sold more than `sold_within_days` days ago is not offered. Of the
    best sellers `popular_products` are tried. Who has not bought a product for three times its gap,
    and for `stopped_days`, does not use it any more. Held out are at most `horizon_days`, and at
    most half of the history; less than `least_horizon_days` tell nothing. As many as
    `tested_customers` tell enough.
    """

    min_customers: int = 5
    deviations: int = 3
    repeat_percent: int = 20
    sold_within_days: int = 365
    popular_products: int = 20
    stopped_days: int = 30
    horizon_days: int = 365
    least_horizon_days: int = 90
    tested_customers: int = 10_000


@dataclass(frozen=True)
class Tried:
    """How often a way named what was bought after `until`, beside its yardstick."""

    way: Way
    until: date
    paired: Paired


def compute(engine: SqlEngine, as_of: date, rules: OfferRules | None = None) -> None:
    """Find the next offer of every customer who bought, into the table `next_offers`.

    Tables in: `purchases` (customer_id, purchase_id, day, cents) and `rfm_cuts`, as `rfm.compute`
    leaves them; `line_facts` (invoice_id, product_id, cents); `product_facts` (product_id).
    Columns out: customer_id, product_id, basis ("rule", "repeat", "segment" or "popular"); of a
    rule because_id (the product that leads to the offer), together and buyers (customers),
    confidence and lift (millionths); of a repeat times, gap_days and due_day; of a best seller
    segment and buyers; tested, hits and naive_hits (customers that the way was tried with, that it
    was right for, and that its yardstick was right for).
    A customer for whom no winning way names a product has no row. The tables `product_rules` and
    `offer_ways` stay: what goes with what, and what won.

    Raises:
        DataError: a table is missing.

    Reference:
        Agrawal, R., Imielinski, T. and Swami, A. (1993), Mining association rules between sets of
        items in large databases, SIGMOD, for support and confidence.
    """
    _look(engine, as_of, rules)
    engine.make("next_offers")


def tried(
    engine: SqlEngine, as_of: date, rules: OfferRules | None = None
) -> dict[str, list[Tried]]:
    """Return how the ways did on the days held out, by kind of customer; see `compute`.

    Empty where the history is too short, or nobody bought a product before and after.

    Raises:
        DataError: a table is missing.
    """
    _look(engine, as_of, rules)
    found: dict[str, list[Tried]] = {}
    for row in engine.fetch("offer_ways").to_dict("records"):
        names = ("customers", "hits", "naive_hits", "won", "lost")
        paired = Paired(*(int(row[name]) for name in names))
        one = Tried(row["way"], to_date(int(row["until_day"])), paired)
        found.setdefault(row["entity"], []).append(one)
    return found


def _look(engine: SqlEngine, as_of: date, rules: OfferRules | None) -> None:
    engine.look_from(as_of)
    engine.values("offer_parameters", asdict(rules or OfferRules()))
