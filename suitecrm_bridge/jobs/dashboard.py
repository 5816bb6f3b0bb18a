"""What the dashboard asks of the mirror, for one kind of customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from suitecrm_bridge.analytics.retention import Retention
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights import staying
from suitecrm_bridge.insights.comparisons import Comparison, comparisons
from suitecrm_bridge.insights.first_figures import Complained, first_figures
from suitecrm_bridge.insights.headlines import NO_CUSTOMERS, headlines
from suitecrm_bridge.insights.indicators import breakdown_table
from suitecrm_bridge.insights.portfolio import Counted, Portfolio, count, portfolio, retention
from suitecrm_bridge.insights.sentences import sentences
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.choosing import filters
from suitecrm_bridge.mirror.summing import Sums
from suitecrm_bridge.report import ComparedData, DashboardData


@dataclass(frozen=True)
class Asked:
    """What is asked of a kind of customer, from one count of their purchases."""

    counted: Counted
    portfolio: Portfolio
    stayed: Retention
    compared: Sequence[Comparison]


def ask(context: Context, entity: Entity) -> Asked:
    """Ask it.

    Raises:
        NotFound: nothing was scored yet.
    """
    mirror, choices = context.mirror, context.choices
    counted = count(mirror, choices, entity)
    return Asked(
        counted,
        portfolio(mirror, choices, entity, counted=counted),
        retention(mirror, choices, entity, counted=counted),
        comparisons(mirror, entity, counted[1]),
    )


def dashboard(
    context: Context,
    entity: Entity,
    asked: Asked,
    named: Sequence[str],
    complained: Complained,
    effect: pd.DataFrame | None,
) -> DashboardData:
    """Return what the dashboard shows of an entity beside its scores.

    Args:
        context: what is known.
        entity: whose.
        asked: what was asked of them.
        named: the customers that the page names.
        complained: what is known of complaints.
        effect: what programmes brought; None where none was ever started.
    """
    mirror, (engine, day) = context.mirror, asked.counted
    engine.make("customer_days")
    source = context.choices.source(mirror)
    found = filters(mirror.connection, source, entity, day, named)
    whole = found.months[found.months["product"] == ""]
    first = first_figures(mirror, context.choices, entity, complained, effect)
    stayed, compared = asked.stayed, asked.compared
    return DashboardData(
        sentences=sentences(first, names=True),
        headlines=headlines(
            Sums(mirror.connection, entity).staying(NO_CUSTOMERS),
            compared,
            whole.groupby("month")[["cents"]].sum().reset_index(),
            asked.portfolio.breakdowns["by_month"],
            complained.trend,
            day,
        ),
        values=found.values,
        owners=mirror.owners.names(),
        people=found.people,
        cells=found.cells,
        months=found.months,
        compared=[_moved(one, context) for one in compared],
        cohorts=stayed.table,
        tables={
            "fields": breakdown_table(asked.portfolio, "field", context.lang),
            "lead_sources": breakdown_table(asked.portfolio, "lead_source", context.lang),
            "campaigns": breakdown_table(asked.portfolio, "campaign", context.lang),
            "cohorts": staying.by_cohort(stayed),
            "lost_revenue": staying.revenue(stayed),
        },
    )


def _moved(one: Comparison, context: Context) -> ComparedData:
    found = one.migration
    return ComparedData(
        ago=one.ago,
        before=found.before,
        after=found.after,
        moves=found.matrix,
        left=one.left,
        note=found.changed(context.lang),
    )


LATELY = ("month", "last", "week", "quarter", "year")
"""Since when somebody has left lately: the first of these that is known."""


def left_lately(compared: Sequence[Comparison]) -> Sequence[str]:
    """Return who has left lately, the most at stake first."""
    known = {one.ago: one.left for one in compared}
    return next((known[ago] for ago in LATELY if ago in known), ())
