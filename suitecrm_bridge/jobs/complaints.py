"""Complaints, ready for every figure: who complained, when, of what, and what was bought."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.complaints import response, satisfaction, timeline
from suitecrm_bridge.analytics.complaints.calendar import Calendar
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.score import purchases_source
from suitecrm_bridge.mirror import Entity

BY_ENTITY = (
    "case_customers", "customer_traits", "customer_scores", "complaint_facts", "survey_facts",
)  # fmt: skip
"""Facts that the mirror keeps apart for contacts and accounts."""


def prepared(context: Context, engine: Engine, entity: Entity, as_of: date) -> None:
    """Leave in `engine` everything that figures about the complaints of an entity are made from.

    Beside what `prepare` and `of_entity` leave: `customers` and `purchases`, as the scores count
    them.
    """
    source = purchases_source(context)
    rfm.compute(engine, entity, source, as_of, context.settings.min_buyers)
    prepare(context, engine, as_of)
    of_entity(context, engine, entity, as_of)


def prepare(context: Context, engine: Engine, as_of: date) -> None:
    """Leave what is the same for every entity: `complaint_timeline`, and the mirror's facts."""
    context.mirror.facts.define_complaints()
    timeline.prepare(engine, as_of, calendar_of(context))


def of_entity(context: Context, engine: Engine, entity: Entity, as_of: date) -> None:
    """Leave the entity's own tables, those of `BY_ENTITY` and `survey_scores`.

    `customers` and `purchases` must be those of the entity, as `rfm.compute` leaves them.
    """
    for name in BY_ENTITY:
        engine.table(name, f"{name}_{entity}")
    satisfaction.prepare(engine, as_of)


def customer_figures(context: Context, engine: Engine, entity: Entity, as_of: date) -> pd.DataFrame:
    """Return what complaints say of each customer, after `prepare` and `rfm.compute`.

    Columns out: those of `response.customers`, with the customers' ids as index.
    """
    of_entity(context, engine, entity, as_of)
    # As objects, for a count stays whole where it is joined to customers without one.
    return response.customers(engine).set_index("customer_id").astype(object)


def case_figures(context: Context, engine: Engine) -> pd.DataFrame:
    """Return what is to stand on cases, after `prepare` and once the customers' scores are saved.

    Columns out: those of `response.cases`. Cases that are no complaints any more come too, with
    nothing, where something still stands on them.
    """
    context.mirror.facts.define_complaints()
    found = response.cases(engine).set_index("case_id")
    left = found.index.union(context.mirror.scores.cases_with_figures())
    figures = found.reindex(left).astype(object)
    breached = figures["sla_breached"].map(lambda value: value is True)
    return figures.assign(sla_breached=breached).rename_axis("case_id").reset_index()


def calendar_of(context: Context) -> Calendar:
    """Return when people work, as the settings say."""
    settings = context.settings
    days = settings.holidays
    return Calendar(settings.business_hours.week, days.dates, days.yearly, settings.time_zone)
