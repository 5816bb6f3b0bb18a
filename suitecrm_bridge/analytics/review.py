"""Whom to look at: a flag for a person to decide, never an action."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import review_bounds

REASONS = ("fraud", "serial_complainer", "late_payer", "discount_hunter", "unprofitable")


def compute(engine: SqlEngine, bounds: Mapping[str, int] | None = None) -> None:
    """Find the customers whom a person should look at, into the table `review`.

    Tables in: `customers` (customer_id); `review_facts`, a row a customer: customer_id, fraud (0 or
    1, as people ticked it), complaints, purchases, invoices, overdue, discounted (invoices),
    discount_percent (of the list prices, whole), profit_cents (null where it is unknown).
    Columns out, a row for each customer with a reason: customer_id; 0 or 1 for each of `REASONS`;
    and the figures of `review_facts`.

    Complaints are held against purchases, so that who buys a lot may also complain more often.

    Args:
        engine: holds the tables.
        bounds: every bound of the catalogue's review.toml; default, those.

    Raises:
        DataError: a table is missing.
    """
    shipped = {name: value for own in review_bounds().values() for name, value in own.items()}
    values = shipped if bounds is None else bounds
    engine.table("review_parameters", pd.DataFrame({name: [v] for name, v in values.items()}))
    engine.run("review", "review")
