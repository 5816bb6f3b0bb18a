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
from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import cents
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
    frame = everybody(mirror, entity)
    rows = pd.DataFrame(
        {
            "action": frame["next_action"],
            "customers": 1,
            "revenue": _hundredths(frame["purchase_total"]),
            "value_at_stake": _hundredths(frame["value_at_stake"]),
        }
    )
    sums = rows.groupby("action").sum().reindex(list(catalogue().dropdowns["next_action"]))
    found = sums.fillna(0).astype("int64").rename_axis("action").reset_index()
    frame = found.assign(
        revenue=to_units(found["revenue"]), value_at_stake=to_units(found["value_at_stake"])
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
    found = analytics.leaving(standing_facts(everybody(mirror, entity)))
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


def standing_facts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return scored customers with what `analytics.leaving` reads.

    Columns in: those of `customers`. Columns out: standing, rfm_segment, lifecycle, churn_risk,
    total_cents, stake_cents.
    """
    return frame[list(analytics.WAYS)].assign(
        total_cents=_hundredths(frame["purchase_total"]),
        stake_cents=_hundredths(frame["value_at_stake"]),
    )


def _hundredths(amounts: pd.Series[Any]) -> Any:
    known = [0 if amount is None else cents(amount) for amount in amounts]
    return pd.array(known, dtype="Int64")
