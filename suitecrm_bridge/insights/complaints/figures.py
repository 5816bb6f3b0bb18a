"""Figures about complaints, computed from the mirror when somebody asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.complaints import (
    alarms,
    causes,
    competitors,
    figures,
    satisfaction,
    slowness,
    waiting,
)
from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.process import missing, process
from suitecrm_bridge.analytics.complaints.satisfaction import Recovery
from suitecrm_bridge.analytics.complaints.themes import examples
from suitecrm_bridge.analytics.complaints.trend import trend
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import OTHER_PRIORITY, ComplaintRules, Entity, Language
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.complaints.names import Lookups
from suitecrm_bridge.insights.complaints.ready import prepared
from suitecrm_bridge.insights.complaints.texts import find_competitors
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.mirror import Mirror

DIMENSIONS = figures.DIMENSIONS
"""By what complaints can be crossed."""

_RATES = ("per_100_sales", "per_100_customers")
_MINUTES = ("response_median", "response_p90", "resolution_median", "resolution_p90")
_MONEY = ("value_cents", "clv_cents")


@dataclass(frozen=True)
class Complaints:
    """What is known on the day `as_of` of the complaints made from `since` to `until`.

    Durations (`…_hours`) are business hours, amounts (value, clv, …_value) units of the base
    currency, both with two places, as are rates; shares lie between 0 and 1, points from 0 to
    100. What is not known is missing. Keys of products and themes have their names beside them
    (product_name, theme_title), empty where unknown.
    """

    known: Lookups
    entity: Entity
    as_of: date
    since: date
    until: date

    @property
    def engine(self) -> Engine:
        """Where the tables are."""
        return self.known.engine

    @property
    def lang(self) -> Language:
        """The language of sentences and names."""
        return self.known.choices.lang

    @property
    def rules(self) -> ComplaintRules:
        """What the figures go by."""
        return self.known.choices.rules.complaints

    @property
    def has_start(self) -> bool:
        """Whether only complaints from some day on count."""
        return self.since > EARLIEST

    def last_months(self, months: int) -> Complaints:
        """Return the same of that many months up to that of the last day."""
        return replace(self, since=months_before(self.until, months))

    def crossing(self, by: Collection[str] = ()) -> pd.DataFrame:
        """Return the figures by some of `figures.DIMENSIONS`, as `figures.crossing` does."""
        engine = self.known.engine_by(by)
        found = figures.crossing(engine, by, self.as_of, since=self.since, until=self.until)
        rates = [name + ending for name in _RATES for ending in ("", "_low", "_high")]
        shown = found.drop(columns=[*_MINUTES, *_MONEY, "waited_minutes"]).assign(
            **{f"{name}_hours": hours(found[name]) for name in _MINUTES},
            waited_hours=hours(found["waited_minutes"]),
            **_units(found, _MONEY),
            **{name: decimals(found[name]) for name in ("satisfaction_after", *rates)},
        )
        return self._named(shown)

    def waiting(self) -> list[str]:
        """Return in sentences what times leave out as waiting for the customer, or cannot."""
        found = figures.crossing(self.engine, (), self.as_of, since=self.since, until=self.until)
        return waiting.told(found, self.lang)

    def trend(self) -> pd.DataFrame:
        """Return the chart of all complaints by month, as `trend.trend` does."""
        return trend(self.engine, self.as_of, since=self.since, until=self.until)

    def targets(self) -> pd.DataFrame:
        """Return the figures by priority, with response_target_hours, resolution_target_hours."""
        found = self.crossing(["priority"]).sort_values("priority", ignore_index=True)
        known = self.rules.targets
        own = [known.get(priority, known[OTHER_PRIORITY]) for priority in found["priority"]]
        return found.assign(
            response_target_hours=hours(pd.Series([t.first_response for t in own], dtype=float)),
            resolution_target_hours=hours(pd.Series([t.resolution for t in own], dtype=float)),
        )

    def process(self) -> tuple[pd.DataFrame, list[str]]:
        """Return the path of ISO 10002, and in sentences what the data do not tell of it.

        Columns out: step, number, reached, share, timed, lasted, median_hours, p90_hours.
        """
        steps = process(self.engine, since=self.since, until=self.until)
        shown = steps.assign(median=hours(steps["median"]), p90=hours(steps["p90"]))
        shown = shown.rename(columns={"median": "median_hours", "p90": "p90_hours"})
        return shown, missing(self.engine, steps, self.lang, self.rules)

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

    def pareto(self, by: str) -> pd.DataFrame:
        """Return what most complaints come of, as `causes.pareto` does."""
        engine = self.known.engine_by([by])
        found = causes.pareto(engine, by, self.as_of, since=self.since, until=self.until)
        return self._named(found.drop(columns=list(_MONEY)).assign(**_units(found, _MONEY)))

    def themed(self) -> pd.DataFrame:
        """Return the Pareto of themes with their words, and examples (ids) with subjects."""
        words = {theme.slug: ", ".join(theme.words) for theme in self.known.themes.keep}
        found = self.pareto("theme")
        lists = examples(self.engine).groupby("theme")["case_id"].agg(list)
        found = found.assign(words=[words.get(slug, "") for slug in found["theme"]])
        return self.known.with_cases(found, [lists.get(t, []) for t in found["theme"]], "examples")

    def alarms(self) -> tuple[pd.DataFrame, list[str]]:
        """Return what is in alarm on the day looked from, and what the charts cannot tell.

        Columns out: dimension, what (key), what_name; since (date), period_days, number,
        expected_number, ratio, z, chance, sure (1 less the chance that any chart is as far out),
        basis, baseline; cases (ids, the latest first) with subjects.
        """
        alarms.compute(self.known.engine_by(alarms.DIMENSIONS), self.as_of, self.rules.alarms)
        found = self.engine.fetch("complaint_alarms")
        shown = found.assign(since=to_dates(found["since_day"]), sure=1 - found["p_value"])
        shown = shown.drop(columns=["since_day", "p_value"])
        shown = shown.rename(columns={"value": "what", "expected": "expected_number"})
        shown.insert(2, "what_name", self.known.names(shown["dimension"], shown["what"]))
        cases = self.engine.fetch("alarm_cases").groupby(["dimension", "value"])["case_id"]
        lists = cases.agg(list)
        ids = [lists[key] for key in zip(shown["dimension"], shown["what"], strict=True)]
        return self.known.with_cases(shown, ids, "cases"), alarms.missing(self.engine, self.lang)

    def slow(self) -> tuple[pd.DataFrame, list[str]]:
        """Return the countries that wait longer than the others, and what the times leave out.

        Columns out, as `slowness.compute` has them: country, measure, number, median_hours,
        elsewhere_hours, ratio, z, chance, sure.
        """
        slowness.compute(self.engine, self.as_of, self.rules.alarms)
        found = self.engine.fetch("slow_countries")
        shown = found.drop(columns=["minutes", "elsewhere", "p_value"]).assign(
            median_hours=hours(found["minutes"]),
            elsewhere_hours=hours(found["elsewhere"]),
            sure=1 - found["p_value"],
        )
        first = self.as_of - timedelta(days=self.rules.alarms.slow_days - 1)
        looked_at = replace(self, since=first, until=self.as_of)
        return shown, looked_at.waiting() if len(shown) else []

    def competitors(self) -> pd.DataFrame:
        """Return how often each competitor is named, over all time, as `competitors.summary` does.

        Lost opportunities are in lost_deals; amounts in won_value, lost_value, open_value.
        """
        find_competitors(self.known.choices.rules, self.engine, self.as_of)
        found = competitors.summary(self.engine)
        names = ("won_cents", "lost_cents", "open_cents")
        shown = found.drop(columns=list(names)).assign(**_units(found, names, "_value"))
        return shown.rename(columns={"lost": "lost_deals"})

    def competitors_about(self) -> pd.DataFrame:
        """Return what complaints that name a competitor are about, after `competitors`.

        Columns out: competitor, dimension, what (key), what_name, number.
        """
        engine = self.known.engine_by(["theme"])
        found = competitors.about(engine, themes=True).rename(columns={"value": "what"})
        return found.assign(what_name=self.known.names(found["dimension"], found["what"]))

    def _named(self, frame: pd.DataFrame) -> pd.DataFrame:
        for key, name in (
            ("product", "product_name"),
            ("theme", "theme_title"),
            ("owner", "owner_name"),
        ):
            if key in frame:
                names = self.known.names([key] * len(frame), frame[key])
                frame.insert(list(frame).index(key) + 1, name, names)
        return frame


def complaints(
    mirror: Mirror,
    choices: Choices,
    entity: Entity,
    as_of: date | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    months: int | None = None,
) -> Complaints:
    """Make ready the figures as they stood on a day; by default on that of the scores.

    The result reads the mirror, so it lasts as long as that is open.

    Args:
        mirror: what is known.
        choices: what decides figures.
        entity: who the customers are.
        as_of: the day looked from.
        since: the first day on which a counted complaint was made; default, of all time.
        until: the last one, at the latest the day looked from.
        months: instead of `since`, how many months up to that of the last day count.

    Raises:
        NotFound: nothing was scored yet.
    """
    require_scores(mirror, entity)
    day = as_of or mirror.scores.as_of(entity) or choices.today
    engine = Engine(mirror.connection)
    prepared(mirror, choices, engine, entity, day)
    last = min(until or day, day)
    first = months_before(last, months) if months else since or EARLIEST
    return Complaints(Lookups(mirror, choices, engine), entity, day, first, last)


def months_before(last: date, months: int) -> date:
    """Return the first day of that many months up to that of `last`."""
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


def _units(
    frame: pd.DataFrame, names: Collection[str], ending: str = ""
) -> dict[str, pd.Series[Any]]:
    """Return columns of hundredths as units, without the `_cents` of their names."""
    return {name.removesuffix("_cents") + ending: to_units(frame[name]) for name in names}
