"""Needs foreseen: what each customer uses up, and when the next one is due.

A product has a rhythm with a customer when the gaps between their purchases of it differ little:
somebody who buys at random has none, and nothing is said of them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from suitecrm_bridge.analytics.engine import SqlEngine


@dataclass(frozen=True)
class NeedRules:
    """When a product counts as used up in a rhythm, and what is due.

    It was bought on `least_times` days at least, and its gaps differ from their mean by at most
    `spread_percent` of it (standard deviation). Who has not bought it for `stopped_gaps` times its
    gap, and for `stopped_days`, does not use it any more. Due is what comes within `ahead_days`.
    """

    least_times: int = 5
    spread_percent: int = 40
    stopped_days: int = 30
    stopped_gaps: int = 2
    ahead_days: int = 30


def compute(engine: SqlEngine, as_of: date, rules: NeedRules | None = None) -> None:
    """Find what is due, and for which customer, into the tables `needs` and `needs_by_product`.

    Tables in: `purchases` (customer_id, purchase_id, day, cents); `line_facts` (invoice_id,
    product_id, cents, quantity_thousandths); `product_facts` (product_id).
    Columns out of `needs`: customer_id, product_id, times, gap_days, last_day, due_day,
    quantity_thousandths, place (1 for what is due first). Of `needs_by_product`: product_id,
    customers, quantity_thousandths, first_day, overdue.

    Raises:
        DataError: a table is missing.
    """
    engine.look_from(as_of)
    engine.values("need_parameters", asdict(rules or NeedRules()))
    engine.make("needs", "needs_by_product")
