"""The whole portfolio, computed from the mirror when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import indicators, lifecycle, rfm
from suitecrm_bridge.analytics import retention as staying
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.held_out import HeldOut, hold_out
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Mirror

Counted = tuple[Engine, date]
"""Where customers and purchases are counted, and of which day."""

Forecasts = HeldOut
"""What forecasts of the past were worth."""


@dataclass(frozen=True)
class Portfolio:
    """The indicators of a day, and what they are made of.

    `indicators` and `breakdowns` have the columns of `analytics.indicators`.
    """

    as_of: date
    indicators: pd.DataFrame
    breakdowns: Mapping[str, pd.DataFrame]


def portfolio(
    mirror: Mirror,
    choices: Choices,
    entity: Entity,
    as_of: date | None = None,
    counted: Counted | None = None,
) -> Portfolio:
    """Compute the indicators as they stood on a day; by default on that of the scores.

    `counted` is what `count` returned for the same day, to count but once.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = counted or count(mirror, choices, entity, as_of)
    lifecycle.compute(engine, day, choices.rules.lifecycle)
    found = indicators.compute(engine, entity, day)
    return Portfolio(day, found, indicators.breakdowns(engine))


def retention(
    mirror: Mirror,
    choices: Choices,
    entity: Entity,
    as_of: date | None = None,
    counted: Counted | None = None,
) -> staying.Retention:
    """Compute who stayed and who went, as it stood on a day; by default on that of the scores.

    `counted` is what `count` returned for the same day, to count but once.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = counted or count(mirror, choices, entity, as_of)
    return staying.compute(engine, day, rules=choices.rules.lifecycle)


def forecasts(
    mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None = None
) -> HeldOut:
    """Hold the forecasts of a year before a day, or of half the history, against what came.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = count(mirror, choices, entity, as_of)
    return hold_out(engine, entity, day)


def count(mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None = None) -> Counted:
    """Return an engine with customers and purchases, counted as the scores count them, and the day.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    day = as_of or mirror.scores.as_of(entity) or choices.today
    engine = Engine(mirror.connection)
    source, cut_by = choices.source(mirror), choices.rules.rfm
    rfm.compute(engine, {entity: "fifths"}, source, day, choices.min_buyers, cut_by)
    return engine, day
