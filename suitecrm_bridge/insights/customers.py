"""Customers as they were scored: lists, one customer, and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from suitecrm_bridge.analytics import segments as analytics
from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Language
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.people_sought import certain
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.summing import Sums
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns, of_fields

CUSTOMERS: Mapping[str, Kind] = {
    "name": "text",
    "rfm_segment": "segment",
    "churn_risk": "churn_risk",
    "purchase_total": "money",
    "value_at_stake": "money",
    "next_action": "next_action",
    "next_action_due": "date",
    "best_moment": "best_moment",
    "last_purchase": "date",
    "purchase_count": "count",
    "rfm_score": "text",
    "customer_id": "id",
}


def customers(
    mirror: Mirror,
    entity: Entity,
    lang: Language,
    *,
    segment: str | None = None,
    action: str | None = None,
    limit: int | None = None,
    only: Sequence[str] | None = None,
) -> Table:
    """Return scored customers, the most valuable first; those of one action by the value at stake.

    With `only` these customers alone.

    Columns out: customer_id, name, every score column, sentences in one language; what people
    filled into the bridge's fields.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    frame = mirror.scores.customers(entity, lang, segment, action, limit, only)
    return Table("customers", frame, of_fields("cli.", CUSTOMERS))


def customer(mirror: Mirror, customer_id: str, lang: Language) -> list[tuple[Entity, pd.DataFrame]]:
    """Return each contact and account with this id or name, a frame of one row each.

    Args:
        mirror: holds the scores.
        customer_id: an id or a name; the beginning or a part of it, where it fits nobody else.
        lang: of the sentences.

    Raises:
        NotFound: there is none, several fit, or nothing was scored yet.
    """
    for entity in ENTITY_MODULES:
        require_scores(mirror, entity)
    scores = mirror.scores
    nobody = text("jobs.no_such_customer", customer=customer_id)
    people = certain(scores.find(customer_id), customer_id, nobody)
    entities = {module: entity for entity, module in ENTITY_MODULES.items()}
    return [
        (entities[one.module], scores.customer(entities[one.module], one.id, lang))
        for one in people
    ]


def history(mirror: Mirror, entity: Entity, customer_id: str) -> pd.DataFrame:
    """Return when a customer moved from segment to segment, the latest move first.

    Columns out: as_of, rfm_segment, lifecycle.
    """
    return mirror.snapshots.history(entity, customer_id)


LOYALTY = (
    "purchases_per_customer",
    "repeat_share",
    "median_rhythm_days",
    "behaviour_rank",
    "revenue_rank",
    "loyalty_rank",
)
"""What the summary of segments says of their purchases and loyalty."""


SEGMENTS: Mapping[str, Kind] = {
    "segment": "segment",
    "customers": "count",
    "share": "share",
    "revenue": "money",
    "revenue_share": "share",
    "repeat_share": "share",
    "behaviour_rank": "count",
    "revenue_rank": "count",
    "loyalty_rank": "count",
}


def segments(mirror: Mirror, entity: Entity) -> Table:
    """Return customers and revenue by segment, the best segment first.

    Columns out: segment, customers, share (0 to 1), revenue (Decimal), revenue_share (0 to 1),
    average_purchase (Decimal), and by the names of `analytics.segments.summary`:
    purchases_per_customer, repeat_share (0 to 1), median_rhythm_days, and the places
    behaviour_rank, revenue_rank and loyalty_rank.

    Raises:
        NotFound: nothing was scored yet.
    """
    summary = summed_up(mirror, entity)
    frame = pd.DataFrame(
        {
            "segment": summary["rfm_segment"],
            "customers": summary["customers"],
            "share": summary["share"],
            "revenue": [units(known) for known in summary["revenue_cents"]],
            "revenue_share": summary["revenue_share"],
            "average_purchase": [units(known) for known in summary["average_purchase_cents"]],
            **{name: summary[name] for name in LOYALTY},
        }
    )
    return Table("segments", frame, columns("cli.", SEGMENTS))


def everybody(mirror: Mirror, entity: Entity) -> pd.DataFrame:
    """Return every scored customer; sentences are in English."""
    return customers(mirror, entity, "en").frame


def summed_up(mirror: Mirror, entity: Entity) -> pd.DataFrame:
    """Return the customers by segment, with the columns of `analytics.segments.summary`.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    found = Sums(mirror.connection, entity).by_segment()
    return analytics.summed_up(found.set_index("rfm_segment"), int(found["customers"].sum()))


def cells(mirror: Mirror, entity: Entity) -> pd.DataFrame:
    """Return the map of recency by frequency, with the columns of `analytics.segments.grid`.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    found = Sums(mirror.connection, entity).by_cell()
    return analytics.counted(found.set_index(["rfm_recency", "rfm_frequency"]))


def require_scores(mirror: Mirror, entity: Entity) -> None:
    """Refuse to read what was not scored yet.

    Raises:
        NotFound: nothing was.
    """
    if not mirror.scores.exist(entity):
        raise NotFound(text("jobs.no_scores"))
