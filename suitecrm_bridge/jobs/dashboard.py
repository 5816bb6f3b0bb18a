"""What the dashboard asks of the mirror, for one kind of customer."""

from __future__ import annotations

from collections.abc import Sequence

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.retention import Retention
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights import staying
from suitecrm_bridge.insights.comparisons import Comparison
from suitecrm_bridge.insights.first_figures import Complained, effects, first_figures
from suitecrm_bridge.insights.headlines import NO_CUSTOMERS, headlines
from suitecrm_bridge.insights.indicators import breakdown_table
from suitecrm_bridge.insights.portfolio import Portfolio
from suitecrm_bridge.insights.sentences import sentences
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.choosing import Filters, filters
from suitecrm_bridge.mirror.summing import Sums
from suitecrm_bridge.report import ComparedData, DashboardData


def dashboard(
    context: Context,
    entity: Entity,
    named: Sequence[str],
    complained: Complained,
    portfolio: Portfolio,
    stayed: Retention,
    compared: Sequence[Comparison],
) -> DashboardData:
    """Return what the dashboard shows of an entity beside its scores; `named` are its customers."""
    mirror, day = context.mirror, portfolio.as_of
    found = _filters(context, entity, portfolio, named)
    whole = found.months[found.months["product"] == ""]
    first = first_figures(
        mirror, context.choices, entity, complained, effects(mirror, context.choices)
    )
    return DashboardData(
        sentences=sentences(first, names=True),
        headlines=headlines(
            Sums(mirror.connection, entity).staying(NO_CUSTOMERS),
            compared,
            whole.groupby("month")[["cents"]].sum().reset_index(),
            portfolio.breakdowns["by_month"],
            complained.trend,
            day,
        ),
        values=found.values,
        people=found.people,
        cells=found.cells,
        months=found.months,
        compared=[_moved(one, context) for one in compared],
        cohorts=stayed.table,
        tables={
            "fields": breakdown_table(portfolio, "field", context.lang),
            "lead_sources": breakdown_table(portfolio, "lead_source", context.lang),
            "campaigns": breakdown_table(portfolio, "campaign", context.lang),
            "cohorts": staying.by_cohort(stayed),
            "lost_revenue": staying.revenue(stayed),
        },
    )


def _filters(
    context: Context, entity: Entity, portfolio: Portfolio, named: Sequence[str]
) -> Filters:
    mirror, choices = context.mirror, context.choices
    engine, source = Engine(mirror.connection), choices.source(mirror)
    rfm.compute(
        engine,
        {entity: "fifths"},
        source,
        portfolio.as_of,
        choices.min_buyers,
        choices.rules.rfm,
    )
    engine.make("customer_days")
    return filters(mirror.connection, source, entity, portfolio.as_of, named)


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
