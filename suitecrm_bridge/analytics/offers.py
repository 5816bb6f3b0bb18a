"""Next offer: what goes with what a customer has, measured against offering what most buy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine


@dataclass(frozen=True)
class OfferRules:
    """When two products go together, and what may be offered.

    `min_customers` bought both, at least. A product counts as bought again and again when
    `repeat_percent` of its buyers bought it on several days; only such a product is offered to
    who has it. A product last sold more than `sold_within_days` days ago is not offered.
    `popular_products` are tried for customers without a rule.
    """

    min_customers: int = 5
    repeat_percent: int = 20
    sold_within_days: int = 365
    popular_products: int = 50


@dataclass(frozen=True)
class Backtest:
    """How often an offer was bought afterwards, by customers who bought something new to them."""

    split: date
    through: date
    customers: int
    rule_hits: int
    popular_hits: int

    @property
    def rule_rate(self) -> float | None:
        """Share of the customers who bought what the rules offered."""
        return self.rule_hits / self.customers if self.customers else None

    @property
    def popular_rate(self) -> float | None:
        """Share of the customers who bought the most bought product that they lacked."""
        return self.popular_hits / self.customers if self.customers else None


def compute(engine: SqlEngine, as_of: date, rules: OfferRules | None = None) -> None:
    """Find the next offer of every customer who bought, into the table `next_offers`.

    Tables in: `purchases` (customer_id, purchase_id, day, cents) of one entity, as `rfm.compute`
    leaves it; `line_facts` (invoice_id, product_id, cents); `product_facts` (product_id).
    Columns out: customer_id, product_id, basis ("rule", or "popular" where no rule fits),
    because_id (the product that leads to the offer), together and buyers (customers), confidence
    and lift (millionths). The table `product_rules` stays: product_id, offered_id, together,
    buyers, support, confidence, lift.

    A rule leads from a product to one bought by the same customer with it or later. Its confidence
    is the share of the first product's buyers who did so; the lift compares that with the share of
    all customers who bought the second.

    Raises:
        DataError: a table is missing.

    Reference:
        Agrawal, R., Imielinski, T. and Swami, A. (1993), Mining association rules between sets of
        items in large databases, SIGMOD, for support and confidence.
    """
    _compute(engine, as_of, as_of, rules or OfferRules())


def backtest(
    engine: SqlEngine, split: date, through: date, rules: OfferRules | None = None
) -> Backtest:
    """Offer on `split` with what was known then, and look at what was bought up to `through`.

    Tables in: as for `compute`. The tables that `compute` makes are those of `split` afterwards.
    """
    _compute(engine, split, through, rules or OfferRules())
    row = engine.fetch("offer_hits").fillna(0).iloc[0]
    return Backtest(
        split, through, int(row["customers"]), int(row["rule_hits"]), int(row["popular_hits"])
    )


def _compute(engine: SqlEngine, as_of: date, last: date, rules: OfferRules) -> None:
    engine.look_from(as_of)
    engine.values("offer_parameters", {"last_day": to_day(last), **asdict(rules)})
    engine.make("next_offers")
