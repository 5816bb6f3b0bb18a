"""How many customers have each action, and how many are at risk or lost, with what is at stake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics import leaving as analytics
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.catalogue import LEAVING, STANDINGS, Entity, catalogue
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.summing import Sums
from suitecrm_bridge.tables import Kind, Table, columns

SUMS = ("customers", "revenue", "value_at_stake")
BLANK = " "
"""Stands in a row of sums where nothing can be summed up."""


ACTIONS: Mapping[str, Kind] = {
    "action": "next_action",
    "customers": "count",
    "revenue": "money",
    "value_at_stake": "money",
}


def actions(mirror: Mirror, entity: Entity) -> Table:
    """Return how many customers each action has, every action of the catalogue.

    Columns out: action, customers, revenue and value_at_stake (Decimal).

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    sums = Sums(mirror.connection, entity).by_action().set_index("next_action")
    known = sums.reindex(list(catalogue().dropdowns["next_action"])).fillna(0).astype("int64")
    found = known.rename_axis("action").reset_index()
    frame = pd.DataFrame(
        {
            "action": found["action"],
            "customers": found["customers"],
            "revenue": to_units(found["revenue_cents"]),
            "value_at_stake": to_units(found["stake_cents"]),
        }
    )
    with_sums = pd.concat([frame, _sum(frame, action=text("cli.sum"))])
    return Table("actions", frame, columns("cli.actions_", ACTIONS), for_people=with_sums)


LEAVERS: Mapping[str, Kind] = {
    "standing": "standing",
    "rfm_segment": "segment",
    "lifecycle": "lifecycle",
    "churn_risk": "churn_risk",
    "customers": "count",
    "revenue": "money",
    "value_at_stake": "money",
}


def leaving(mirror: Mirror, entity: Entity) -> Table:
    """Return who is at risk or lost: segment, lifecycle and churn risk held against one another.

    Columns out, a row for each way in which there are customers: standing, rfm_segment, lifecycle,
    churn_risk ("" where unknown), customers, revenue and value_at_stake (Decimal).

    Raises:
        NotFound: nothing was scored yet.
    """
    found = ways(mirror, entity)
    shown = found.drop(columns=["revenue_cents", "stake_cents"])
    frame = shown.assign(
        revenue=to_units(found["revenue_cents"]), value_at_stake=to_units(found["stake_cents"])
    )
    with_sums = pd.concat(list(_with_sums(frame)), ignore_index=True)
    return Table("leaving", frame, columns("cli.leaving_", LEAVERS), for_people=with_sums)


def _with_sums(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of each standing with their sum, and the sums of all."""
    for standing in STANDINGS:
        own = frame[frame["standing"] == standing]
        if len(own):
            yield own
            label = text(f"tables.standing_{standing}")
            yield _sum(own, standing=text("cli.sum_of", what=label))
    leavers = frame[frame["standing"].isin(LEAVING)]
    yield _sum(leavers, standing=text("cli.at_risk_or_lost"))
    yield _sum(frame, standing=text("cli.sum"))


def _sum(rows: pd.DataFrame, **words: str) -> pd.DataFrame:
    blank = {name: BLANK for name in rows.columns if name not in SUMS}
    sums = {name: _total(rows[name].to_list()) for name in SUMS}
    return pd.DataFrame([blank | words | sums], columns=rows.columns, dtype=object)


def _total(values: Sequence[Any]) -> Any:
    if values and isinstance(values[0], Decimal):
        return sum(values, Decimal("0.00"))
    return int(sum(values))


def ways(mirror: Mirror, entity: Entity) -> pd.DataFrame:
    """Return who is at risk or lost, with the columns of `analytics.leaving.leaving`.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    found = Sums(mirror.connection, entity).by_way()
    return analytics.ordered(found.set_index(list(analytics.WAYS)))
