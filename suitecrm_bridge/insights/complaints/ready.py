"""Complaints, ready for every figure: who complained, when, of what, and what was bought."""

from __future__ import annotations

from datetime import date

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.complaints import satisfaction, timeline
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.mirror import Mirror

BY_ENTITY = (
    "case_customers",
    "customer_traits",
    "customer_scores",
    "complaint_facts",
    "survey_facts",
)
"""Facts that the mirror keeps apart for contacts and accounts."""


def prepared(mirror: Mirror, choices: Choices, engine: Engine, entity: Entity, as_of: date) -> None:
    """Leave in `engine` what figures about the complaints of an entity are made from.

    These are what `prepare` and `of_entity` leave, and `customers` and `purchases` as the scores
    count them. Themes and alarms, which take longer, are left to those who ask for them:
    `texts.themes_of` and, after it, `alarms.compute`.
    """
    source, cut_by = choices.source(mirror), choices.rules.rfm
    rfm.compute(engine, {entity: "fifths"}, source, as_of, choices.min_buyers, cut_by)
    prepare(mirror, choices, engine, as_of)
    of_entity(choices, engine, entity, as_of)


def prepare(mirror: Mirror, choices: Choices, engine: Engine, as_of: date) -> None:
    """Leave what is the same for every entity: `complaint_timeline`, and the mirror's facts."""
    mirror.facts.define_complaints()
    timeline.prepare(engine, as_of, choices.calendar, choices.rules.complaints)


def of_entity(choices: Choices, engine: Engine, entity: Entity, as_of: date) -> None:
    """Leave the entity's own tables, those of `BY_ENTITY` and `survey_scores`.

    `customers` and `purchases` must be those of the entity.
    """
    for name in BY_ENTITY:
        engine.table(name, f"{name}_{entity}")
    satisfaction.prepare(engine, as_of, choices.rules.complaints.surveys)
