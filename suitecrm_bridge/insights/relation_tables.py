"""What there is between customers and us beside buying, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import engagement, letting_go, needs, profit
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.catalogue import LEAVING, Entity
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.insights.relation_parts import (
    in_cents,
    laid_out,
    names,
    pieces,
    products,
    ready,
)
from suitecrm_bridge.insights.wish_tables import idea_givers, wished
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Kind, Table

QUADRANTS: Mapping[str, Kind] = {
    "quadrant": "text",
    "customers": "count",
    "clv": "money",
    "purchase_total": "money",
    "cost_to_serve": "money",
    "cost_share": "share",
    "leaving": "count",
}


def quadrants(mirror: Mirror, choices: Choices, entity: Entity) -> Table:
    """Return the four quadrants of value and engagement.

    Columns out: quadrant (key), customers, clv, purchase_total and cost_to_serve (Decimal),
    cost_share (of what they bought, 0 to 1), leaving (customers at risk or lost).

    Raises:
        NotFound: nothing was scored yet.
    """
    rows = everybody(mirror, entity)
    facts = pd.DataFrame(
        {
            "engagement": [0 if pd.isna(one) else int(one) for one in rows["engagement"]],
            "worth_cents": in_cents(rows["clv"]),
            "total_cents": in_cents(rows["purchase_total"]),
            "service_cents": in_cents(rows["cost_to_serve"]),
            "leaving": rows["standing"].isin(LEAVING).astype("int64"),
        }
    )
    found = engagement.quadrants(facts)
    bought, cost = found["total_cents"], found["service_cents"]
    frame = pd.DataFrame(
        {
            "quadrant": found["quadrant"],
            "customers": found["customers"],
            "clv": to_units(found["worth_cents"]),
            "purchase_total": to_units(bought),
            "cost_to_serve": to_units(cost),
            "cost_share": np.where(bought > 0, cost / bought.where(bought > 0, 1), np.nan),
            "leaving": found["leaving"],
        }
    )
    told = [text(f"relations.quadrant_{one}", choices.lang) for one in frame["quadrant"]]
    return laid_out("quadrants", frame, QUADRANTS, frame.assign(quadrant=told))


NEEDS: Mapping[str, Kind] = {
    "name": "text",
    "product": "text",
    "due": "date",
    "gap_days": "count",
    "times": "count",
    "pieces": "decimal",
    "customer_id": "id",
}


def foreseen(mirror: Mirror, choices: Choices, entity: Entity) -> Table:
    """Return what each customer uses up and when the next one is due, the first ones first.

    Columns out: name, product, due (date), gap_days, times, pieces, customer_id, product_id.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = ready(mirror, choices, entity)
    needs.compute(engine, day)
    found = engine.fetch("needs").sort_values(["due_day", "customer_id", "product_id"])
    frame = pd.DataFrame(
        {
            "name": names(mirror, entity, found["customer_id"]),
            "product": products(mirror, found["product_id"]),
            "due": to_dates(found["due_day"]),
            "gap_days": found["gap_days"],
            "times": found["times"],
            "pieces": pieces(found["quantity_thousandths"]),
            "customer_id": found["customer_id"].astype(object),
            "product_id": found["product_id"].astype(object),
        }
    ).reset_index(drop=True)
    return laid_out("needs", frame, NEEDS, frame)


STOCK: Mapping[str, Kind] = {
    "product": "text",
    "customers": "count",
    "pieces": "decimal",
    "first_due": "date",
    "overdue": "count",
}


def stock(mirror: Mirror, choices: Choices, entity: Entity) -> Table:
    """Return by product what is due within the next days, what most is due of first.

    Columns out: product, customers, pieces, first_due (date), overdue (customers), product_id.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = ready(mirror, choices, entity)
    needs.compute(engine, day)
    found = engine.fetch("needs_by_product").sort_values(
        ["quantity_thousandths", "product_id"], ascending=[False, True]
    )
    frame = pd.DataFrame(
        {
            "product": products(mirror, found["product_id"]),
            "customers": found["customers"],
            "pieces": pieces(found["quantity_thousandths"]),
            "first_due": to_dates(found["first_day"]),
            "overdue": found["overdue"],
            "product_id": found["product_id"].astype(object),
        }
    ).reset_index(drop=True)
    return laid_out("stock", frame, STOCK, frame)


LETTING_GO: Mapping[str, Kind] = {
    "name": "text",
    "purchase_total": "money",
    "loss": "money",
    "rise": "share",
    "after_service": "money",
    "after_discount": "money",
    "after_delivery": "money",
    "leaving_change": "money",
    "referred": "count",
    "satisfaction": "points",
    "customer_id": "id",
}


def to_let_go(mirror: Mirror, choices: Choices, entity: Entity) -> Table:
    """Return a sheet a row for each customer who costs more than they bring, the dearest first.

    Nothing is done with it: a person decides.

    Columns out: name, purchase_total, loss, rise (a share), after_service, after_discount and
    after_delivery (what would remain, each Decimal), leaving_change (what the base has more or less
    without them), referred (leads through them), satisfaction (0 to 100), customer_id; service,
    late, discount, delivery and margin (Decimal), free_deliveries.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = ready(mirror, choices, entity)
    profit.compute(engine, day, choices.rates)
    letting_go.compute(engine, day, choices.rules.fixed_percent)
    found = engine.fetch("letting_go").sort_values(
        ["loss_cents", "customer_id"], ascending=[False, True], ignore_index=True
    )
    scores = everybody(mirror, entity).set_index("customer_id")
    known = scores.reindex(found["customer_id"])
    units = {
        name.removesuffix("_cents"): to_units(found[name])
        for name in found.columns
        if name.endswith("_cents") and name not in ("net_cents", "leaving_cents")
    }
    frame = pd.DataFrame(
        {
            "name": known["name"].fillna("").to_list(),
            "purchase_total": to_units(found["net_cents"]),
            "rise": found["rise"].astype("float64") / 10_000,
            **units,
            "leaving_change": to_units(found["leaving_cents"]),
            "free_deliveries": found["free_deliveries"],
            "referred": found["referred"],
            "satisfaction": known["satisfaction"].to_list(),
            "customer_id": found["customer_id"].astype(object),
        }
    )
    said = text("relations.assumed", choices.lang, percent=choices.rules.fixed_percent)
    return replace(laid_out("letting_go", frame, LETTING_GO, frame), said=(said,))


TABLES: Mapping[str, Callable[[Mirror, Choices, Entity], Table]] = {
    "quadrants": quadrants,
    "needs": foreseen,
    "stock": stock,
    "letting-go": to_let_go,
    "wishes": wished,
    "ideas": idea_givers,
}
"""The tables by the ways to show them; see `ways.RELATIONS`."""


def relation_tables(mirror: Mirror, choices: Choices, entity: Entity) -> list[Table]:
    """Return every table of which there are rows."""
    found = [make(mirror, choices, entity) for make in TABLES.values()]
    return [table for table in found if len(table.frame)]
