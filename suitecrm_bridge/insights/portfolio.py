"""The whole portfolio, computed from the mirror when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from suitecrm_bridge.analytics import backtest as purchases_backtest
from suitecrm_bridge.analytics import clv, indicators, lifecycle, offers, rfm
from suitecrm_bridge.analytics import retention as staying
from suitecrm_bridge.analytics.backtest import Backtest
from suitecrm_bridge.analytics.churn import Calibration
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Entity, Mirror

HOLDOUT_DAYS = 365
"""How much of the history a backtest keeps back."""


@dataclass(frozen=True)
class Portfolio:
    """The indicators of a day, and what they are made of.

    `indicators` and `breakdowns` have the columns of `analytics.indicators`.
    """

    as_of: date
    indicators: pd.DataFrame
    breakdowns: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Forecasts:
    """How much forecasts made on the day `split` were worth, by what came until `as_of`.

    `risk` is None where the history is too short to tell, or too few bought or stayed away.
    """

    as_of: date
    split: date
    purchases: Backtest | NotFitted
    risk: Calibration | None
    offers: list[offers.Tried]


def portfolio(
    mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None = None
) -> Portfolio:
    """Compute the indicators as they stood on a day; by default on that of the scores.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, entity, as_of)
    lifecycle.compute(engine, day)
    found = indicators.compute(engine, entity, day)
    return Portfolio(day, found, indicators.breakdowns(engine))


def retention(
    mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None = None
) -> staying.Retention:
    """Compute who stayed and who went, as it stood on a day; by default on that of the scores.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, entity, as_of)
    return staying.compute(engine, day)


def forecasts(
    mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None = None
) -> Forecasts:
    """Make the forecasts as of a year before a day, and compare them with what came.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, entity, as_of)
    split = day - timedelta(days=HOLDOUT_DAYS)
    rate = choices.discount_rate / 100
    bought = engine.fetch("purchases")
    known = pd.DataFrame(
        {
            "customer_id": bought["customer_id"],
            "date": to_dates(bought["day"]),
            "amount": bought["cents"].astype("float64") / 100,
        }
    )
    return Forecasts(
        as_of=day,
        split=split,
        purchases=purchases_backtest.backtest(known, split, day),
        risk=clv.compute(engine, day, discount_rate=rate)[entity].calibration,
        offers=offers.tried(engine, day).get(entity, []),
    )


def _ready(
    mirror: Mirror, choices: Choices, entity: Entity, as_of: date | None
) -> tuple[Engine, date]:
    """Return an engine with customers and purchases, counted as the scores count them."""
    require_scores(mirror, entity)
    day = as_of or mirror.scores.as_of(entity) or choices.today
    engine = Engine(mirror.connection)
    rfm.compute(engine, {entity: "fifths"}, choices.source(mirror), day, choices.min_buyers)
    return engine, day
