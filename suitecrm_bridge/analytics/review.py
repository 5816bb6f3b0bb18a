"""Whom to look at: a flag for a person to decide, never an action."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine

REASONS = ("fraud", "serial_complainer", "late_payer", "discount_hunter", "unprofitable")


@dataclass(frozen=True)
class Thresholds:
    """From where on a customer is to be looked at; each pair of bounds must be reached together.

    A serial complainer has at least `complaints`, and as many as `complaints_percent` of his
    purchases. A constant late payer has at least `overdue` invoices unpaid after their due day,
    and `overdue_percent` of his invoices. A discount hunter has at least `discounted_invoices`
    invoices, of which `discounted_percent` were discounted, by `discount_percent` on average. An
    unprofitable customer made a loss over at least `unprofitable_purchases`.
    """

    complaints: int = 3
    complaints_percent: int = 30
    overdue: int = 3
    overdue_percent: int = 30
    discounted_invoices: int = 5
    discounted_percent: int = 80
    discount_percent: int = 15
    unprofitable_purchases: int = 3


def compute(engine: SqlEngine, thresholds: Thresholds | None = None) -> None:
    """Find the customers whom a person should look at, into the table `review`.

    Tables in: `customers` (customer_id); `review_facts`, a row a customer: customer_id, fraud (0 or
    1, as people ticked it), complaints, purchases, invoices, overdue, discounted (invoices),
    discount_percent (of the list prices, whole), profit_cents (null where it is unknown).
    Columns out, a row for each customer with a reason: customer_id; 0 or 1 for fraud,
    serial_complainer, late_payer, discount_hunter, unprofitable; and the figures of `review_facts`.

    Complaints are held against purchases, so that who buys a lot may also complain more often.

    Raises:
        DataError: a table is missing.
    """
    values = asdict(thresholds or Thresholds())
    engine.table("review_parameters", pd.DataFrame({name: [v] for name, v in values.items()}))
    engine.run("review", "review")
