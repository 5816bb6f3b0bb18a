"""Figures about complaints, computed from the mirror when somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.complaints import figures, satisfaction, timeline
from suitecrm_bridge.analytics.complaints.calendar import EARLIEST, Calendar
from suitecrm_bridge.analytics.complaints.process import missing, process
from suitecrm_bridge.analytics.complaints.satisfaction import Recovery
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.reading import require_scores
from suitecrm_bridge.jobs.score import purchases_source
from suitecrm_bridge.mirror import Entity

BY_ENTITY = (
    "case_customers", "customer_traits", "customer_scores", "complaint_facts", "survey_facts",
)  # fmt: skip
"""Facts that the mirror keeps apart for contacts and accounts."""

_RATES = ("per_100_sales", "per_100_customers")
_MINUTES = ("response_median", "response_p90", "resolution_median", "resolution_p90")


@dataclass(frozen=True)
class Complaints:
    """What is known on the day `as_of` of the complaints made from `since` to `until`.

    Durations are business hours with two places, amounts units of the base currency, rates and
    points have two places; what is not known is None.
    """

    engine: Engine
    as_of: date
    since: date
    until: date
    products: Mapping[str, str]
    lang: Language

    @property
    def has_start(self) -> bool:
        """Whether only complaints from some day on count."""
        return self.since > EARLIEST

    def crossing(self, by: Collection[str] = ()) -> pd.DataFrame:
        """Return the figures by some of `figures.DIMENSIONS`, the largest cell first.

        Columns out: those of `figures.crossing`, but for durations (`…_hours`) and amounts (value,
        clv); after product its name (product_name, empty where unknown).
        """
        found = figures.crossing(self.engine, by, self.as_of, since=self.since, until=self.until)
        shown = found.drop(columns=[*_MINUTES, "value_cents", "clv_cents"]).assign(
            **{f"{name}_hours": hours(found[name]) for name in _MINUTES},
            value=decimals(found["value_cents"] / 100),
            clv=decimals(found["clv_cents"] / 100),
            satisfaction_after=decimals(found["satisfaction_after"]),
            **{
                name + ending: decimals(found[name + ending])
                for name in _RATES
                for ending in ("", "_low", "_high")
            },
        )
        if "product" in shown:
            names = shown["product"].map(self.products).fillna("")
            shown.insert(list(shown).index("product") + 1, "product_name", names)
        return shown

    def process(self) -> tuple[pd.DataFrame, list[str]]:
        """Return the path of ISO 10002, and in sentences what the data do not tell of it.

        Columns out: step, number, reached, share, timed, lasted, median_hours, p90_hours.
        """
        steps = process(self.engine, since=self.since, until=self.until)
        shown = steps.assign(median=hours(steps["median"]), p90=hours(steps["p90"]))
        shown = shown.rename(columns={"median": "median_hours", "p90": "p90_hours"})
        return shown, missing(self.engine, steps, self.lang)

    def satisfaction(self, by: Collection[str] = satisfaction.INDEX_DIMENSIONS) -> pd.DataFrame:
        """Return the index of satisfaction of the same days, as `satisfaction.index` does.

        Limits beyond the ends of the scale, which few answers have, are set to its ends.
        """
        found = satisfaction.index(self.engine, by, since=self.since, until=self.until)
        scales = {"low": 0, "high": 0, "nps_low": -100, "nps_high": -100}
        return found.assign(**{name: found[name].clip(end, 100) for name, end in scales.items()})

    def recovery(self) -> Recovery:
        """Return what handling complaints did, over all time."""
        return satisfaction.recovery(self.engine)

    def gaps(self) -> pd.DataFrame:
        """Return what was found less what was expected, over all time."""
        return satisfaction.gaps(self.engine)


def complaints(
    context: Context,
    entity: Entity,
    as_of: date | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    months: int | None = None,
) -> Complaints:
    """Make ready the figures as they stood on a day; by default on that of the scores.

    The result reads the mirror, so it lasts as long as the context is open.

    Args:
        context: holds the mirror.
        entity: who the customers are.
        as_of: the day looked from.
        since: the first day on which a counted complaint was made; default, of all time.
        until: the last one, at the latest the day looked from.
        months: instead of `since`, how many months up to that of the last day count.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(context, entity)
    day = as_of or context.mirror.scores.as_of(entity) or context.today()
    engine = Engine(context.mirror.connection)
    _prepare(context, engine, entity, day)
    last = min(until or day, day)
    return Complaints(
        engine=engine,
        as_of=day,
        since=since or (_months_before(last, months) if months else EARLIEST),
        until=last,
        products=context.mirror.facts.product_names(),
        lang=context.lang,
    )


def _prepare(context: Context, engine: Engine, entity: Entity, as_of: date) -> None:
    settings = context.settings
    rfm.compute(engine, entity, purchases_source(context), as_of, settings.min_buyers)
    context.mirror.facts.define_complaints()
    for name in BY_ENTITY:
        engine.table(name, f"{name}_{entity}")
    hours_, free = settings.business_hours, settings.holidays
    calendar = Calendar(hours_.week, free.dates, free.yearly, settings.time_zone)
    timeline.prepare(engine, as_of, calendar)
    satisfaction.prepare(engine, as_of)


def _months_before(last: date, months: int) -> date:
    """Return the first day of the months up to that of `last`."""
    number = max(12 * last.year + last.month - months, 12 * EARLIEST.year)
    return date(number // 12, number % 12 + 1, 1)


def hours(minutes: pd.Series[Any]) -> pd.Series[Any]:
    """Return minutes as hours with two places, None where missing."""
    return decimals(minutes / 60)


def decimals(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers with two places, None where missing."""
    known = values.to_numpy(dtype="float64", na_value=np.nan)
    shown = [None if np.isnan(value) else Decimal(f"{value:.2f}") for value in known]
    return pd.Series(shown, index=values.index, dtype=object)
