"""What there is between customers and us beside buying, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import engagement
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.catalogue import LEAVING, Entity
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import cents
from suitecrm_bridge.tables import Kind, Table, columns, words

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
            "worth_cents": _cents(rows["clv"]),
            "total_cents": _cents(rows["purchase_total"]),
            "service_cents": _cents(rows["cost_to_serve"]),
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
    return _table("quadrants", frame, QUADRANTS, frame.assign(quadrant=told))


TABLES: Mapping[str, Callable[[Mirror, Choices, Entity], Table]] = {"quadrants": quadrants}
"""The tables by the ways to show them; see `ways.RELATIONS`."""


def _cents(amounts: pd.Series[Any]) -> Any:
    return pd.array([None if pd.isna(one) else cents(one) for one in amounts], dtype="Int64")


def _table(name: str, frame: pd.DataFrame, kinds: Mapping[str, Kind], told: pd.DataFrame) -> Table:
    title = words(f"relations.title_{name}")
    return Table(name, frame, columns("relations.column_", kinds), title, for_people=told)


def relation_tables(mirror: Mirror, choices: Choices, entity: Entity) -> list[Table]:
    """Return every table of which there are rows."""
    found = [make(mirror, choices, entity) for make in TABLES.values()]
    return [table for table in found if len(table.frame)]
