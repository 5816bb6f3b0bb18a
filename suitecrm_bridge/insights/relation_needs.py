"""Needs foreseen, by customer and by product, as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from suitecrm_bridge.analytics import needs
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.insights.relation_base import Asked, made, pieces
from suitecrm_bridge.tables import Kind, Table

NEEDS: Mapping[str, Kind] = {
    "name": "text",
    "product": "text",
    "due": "date",
    "gap_days": "count",
    "times": "count",
    "pieces": "decimal",
    "customer_id": "id",
}


def foreseen(asked: Asked) -> Table:
    """Return what each customer uses up and when the next one is due, the first ones first.

    Columns out: name, product, due (date), gap_days, times, pieces, customer_id, product_id.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = asked.engine, asked.day
    needs.compute(engine, day)
    found = engine.fetch("needs").sort_values(["due_day", "customer_id", "product_id"])
    frame = pd.DataFrame(
        {
            "name": asked.names(found["customer_id"]),
            "product": asked.products(found["product_id"]),
            "due": to_dates(found["due_day"]),
            "gap_days": found["gap_days"],
            "times": found["times"],
            "pieces": pieces(found["quantity_thousandths"]),
            "customer_id": found["customer_id"].astype(object),
            "product_id": found["product_id"].astype(object),
        }
    ).reset_index(drop=True)
    return made("needs", frame, NEEDS, frame)


STOCK: Mapping[str, Kind] = {
    "product": "text",
    "customers": "count",
    "pieces": "decimal",
    "first_due": "date",
    "overdue": "count",
}


def stock(asked: Asked) -> Table:
    """Return by product what is due within the next days, what most is due of first.

    Columns out: product, customers, pieces, first_due (date), overdue (customers), product_id.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = asked.engine, asked.day
    needs.compute(engine, day)
    found = engine.fetch("needs_by_product").sort_values(
        ["quantity_thousandths", "product_id"], ascending=[False, True]
    )
    frame = pd.DataFrame(
        {
            "product": asked.products(found["product_id"]),
            "customers": found["customers"],
            "pieces": pieces(found["quantity_thousandths"]),
            "first_due": to_dates(found["first_day"]),
            "overdue": found["overdue"],
            "product_id": found["product_id"].astype(object),
        }
    ).reset_index(drop=True)
    return made("stock", frame, STOCK, frame)
