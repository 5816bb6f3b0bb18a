"""What there is between customers and us beside buying, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import engagement, letting_go, profit
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.catalogue import LEAVING, Entity
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.relation_base import Asked, in_cents, made
from suitecrm_bridge.insights.relation_needs import foreseen, stock
from suitecrm_bridge.insights.relation_texts import idea_givers, wished
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


def quadrants(asked: Asked) -> Table:
    """Return the four quadrants of value and engagement.

    Columns out: quadrant (key), customers, clv, purchase_total and cost_to_serve (Decimal),
    cost_share (of what they bought, 0 to 1), leaving (customers at risk or lost).

    Raises:
        NotFound: nothing was scored yet.
    """
    rows = asked.scores
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
    told = [text(f"relations.quadrant_{one}", asked.choices.lang) for one in frame["quadrant"]]
    return made("quadrants", frame, QUADRANTS, frame.assign(quadrant=told))


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


def to_let_go(asked: Asked) -> Table:
    """Return a sheet a row for each customer who costs more than they bring, the dearest first.

    Nothing is done with it: a person decides.

    Columns out: name, purchase_total, loss, rise (a share), after_service, after_discount and
    after_delivery (what would remain, each Decimal), leaving_change (what the base has more or less
    without them), referred (leads through them), satisfaction (0 to 100), customer_id; service,
    late, discount, delivery and margin (Decimal), free_deliveries.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = asked.engine, asked.day
    profit.compute(engine, day, asked.choices.rates)
    letting_go.compute(engine, day, asked.choices.rules.fixed_percent)
    found = engine.fetch("letting_go").sort_values(
        ["loss_cents", "customer_id"], ascending=[False, True], ignore_index=True
    )
    scores = asked.scores.set_index("customer_id")
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
    said = text("relations.assumed", asked.choices.lang, percent=asked.choices.rules.fixed_percent)
    return replace(made("letting_go", frame, LETTING_GO, frame), said=(said,))


TABLES: Mapping[str, Callable[[Asked], Table]] = {
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
    asked = Asked(mirror, choices, entity)
    found = [make(asked) for make in TABLES.values()]
    return [table for table in found if len(table.frame)]
