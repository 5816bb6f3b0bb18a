"""Satisfaction from the answers to surveys: index, recovery, what was found and what expected."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.intervals import (
    balance,
    mean,
    numbers,
    ratio,
    share,
)
from suitecrm_bridge.analytics.days import to_dates, to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import SurveyRules, complaint_rules

_HUNDREDTHS = 100
_POINTS = (0.0, 10_000.0)
_CHANGE = (-100.0, 100.0)


@dataclass(frozen=True)
class Recovery:
    """What handling a complaint did, over `n` complaints with answers before and after.

    `before`, `after` and `change` are points of 100 (None where n is 0), `low` and `high` the
    95 % limits of the change. `recovered` is the share of complaints after
    which the customer was at least as satisfied as before, with its limits.
    """

    n: int
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    recovered: float | None
    recovered_low: float | None
    recovered_high: float | None


def prepare(engine: SqlEngine, as_of: date, rules: SurveyRules | None = None) -> None:
    """Score the responses of one entity's customers, into the table `survey_scores`.

    Tables in: `survey_facts` (response_id, question_id, customer_id, day, kind, value) of the
    entity; `question_facts` (question_id, survey_id, name, kind, happiness 0 or 1).
    Columns out: response_id, customer_id, day, points (0 to 10000), promoter, detractor (1 or 0;
    null where no recommendation was asked).

    A scale from 1 to 10 spreads evenly over 0 to 100 points (1 is 0, 10 is 100), five stars too,
    a matrix has 100, 50 and 0, a checkbox 0 and 100 where it is the happiness question. Who
    answers 9 or 10 to a recommendation is a promoter, up to 6 a detractor, also on a scale that
    begins with 1: it lacks the lowest of eleven answers, not one of the bounds.

    Raises:
        DataError: a table is missing.
    """
    rules = rules or complaint_rules().surveys
    questions = engine.fetch("question_facts")
    pairs = pd.DataFrame(
        _pairs(questions, rules), columns=["pair", "expectation_id", "perception_id"]
    ).astype("string")
    expected = set(pairs["expectation_id"])
    roles = [
        "expectation"
        if id in expected or _base(name, rules.expectation) is not None
        else "recommend"
        if any(word in name.lower() for word in rules.recommend)
        else "measure"
        for id, name in zip(questions["question_id"], questions["name"], strict=True)
    ]
    roled = questions[["question_id", "happiness"]].assign(role=pd.array(roles, dtype="string"))
    engine.look_from(as_of)
    engine.values("survey_parameters", {"satisfied": _HUNDREDTHS * rules.satisfied})
    engine.table("question_roles", roled)
    engine.table("question_pairs", pairs)
    engine.make("survey_scores")


INDEX_DIMENSIONS = ("segment", "month")


def index(
    engine: SqlEngine,
    by: Collection[str] = INDEX_DIMENSIONS,
    *,
    since: date = EARLIEST,
    until: date = date.max,
) -> pd.DataFrame:
    """Return satisfaction by some of `INDEX_DIMENSIONS`, after `prepare` and `timeline.prepare`.

    Tables in: `customer_scores` (customer_id, segment) of the same entity; only answers from
    `since` to `until` count.
    Columns out: segment ("" where unknown), month (date), those asked for; responses;
    satisfaction (mean, 0 to 100) with low and high; satisfied (share of responses with enough
    points) with satisfied_low and satisfied_high; asked; nps (-100 to 100, missing where nobody
    was asked) with nps_low and nps_high.
    """
    asked_for = {name: int(name in by) for name in INDEX_DIMENSIONS}
    period = {"since_day": to_day(since), "until_day": to_day(until)}
    engine.values("index_dimensions", asked_for | period)
    found = engine.fetch("satisfaction_index")
    column = {name: numbers(found[name]) for name in found.columns.drop(["segment", "month_day"])}
    n, asked = column["n"], column["asked"]
    points = [part / _HUNDREDTHS for part in mean(column["points"], column["squares"], n, _POINTS)]
    shares = (ratio(column["satisfied"], n), *share(column["satisfied"], n))
    nps = [100 * part for part in balance(column["promoters"], column["detractors"], asked)]
    figures = {
        **dict(zip(("satisfaction", "low", "high"), points, strict=True)),
        **dict(zip(("satisfied", "satisfied_low", "satisfied_high"), shares, strict=True)),
        **dict(zip(("nps", "nps_low", "nps_high"), nps, strict=True)),
    }
    months = to_dates(found["month_day"]).rename("month")
    shown = pd.DataFrame({"segment": found["segment"], "month": months, "responses": found["n"]})
    shown = shown[[*(name for name in INDEX_DIMENSIONS if name in by), "responses"]]
    columns = [*shown.columns, *list(figures)[:6], "asked", *list(figures)[6:]]
    return shown.assign(**figures).assign(asked=found["asked"])[columns]


def recovery(engine: SqlEngine) -> Recovery:
    """Return what handling complaints did to satisfaction, after both `prepare`.

    Each complaint stands for itself: the customer's answers of the year before it against those
    of the year after it was resolved. Who complains was less satisfied than usual, so that part
    of a rise would have come by itself.
    """
    found = engine.fetch("satisfaction_recovery")
    before, after = (numbers(found[name]) / _HUNDREDTHS for name in ("before", "after"))
    change, n = after - before, np.array([float(len(found))])
    parts = mean(np.array([change.sum()]), np.array([(change**2).sum()]), n, _CHANGE)
    hits = np.array([float((change >= 0).sum())])
    values = [ratio(np.array([before.sum()]), n), ratio(np.array([after.sum()]), n), *parts]
    values += [ratio(hits, n), *share(hits, n)]
    return Recovery(len(found), *(None if np.isnan(v[0]) else float(v[0]) for v in values))


def gaps(engine: SqlEngine) -> pd.DataFrame:
    """Return what customers found less what they expected, after `prepare`.

    Columns out, a row for each pair of questions with answers to both in one response: pair (the
    question's name), responses, expected, found (means, 0 to 100), gap (found less expected),
    low, high.

    Reference:
        Parasuraman, A., Zeithaml, V. A. and Berry, L. L. (1988), SERVQUAL, Journal of Retailing
        64(1).
    """
    found = engine.fetch("satisfaction_gaps")
    n = numbers(found["n"])
    sums = (numbers(found["gaps"]) / _HUNDREDTHS, numbers(found["squares"]) / _HUNDREDTHS**2)
    parts = mean(*sums, n, _CHANGE)
    means = {name: ratio(numbers(found[name]) / _HUNDREDTHS, n) for name in ("expected", "found")}
    shown = pd.DataFrame({"pair": found["pair"], "responses": found["n"], **means})
    return shown.assign(**dict(zip(("gap", "low", "high"), parts, strict=True)))


def _pairs(questions: pd.DataFrame, rules: SurveyRules) -> Iterator[tuple[str, str, str]]:
    """Yield (name, expectation, perception) for the questions of a survey that belong together."""
    known = questions[["survey_id", "name", "question_id"]].itertuples(index=False, name=None)
    names: dict[tuple[str, str], str] = {}
    for survey, name, id in known:
        names.setdefault((survey, name.strip().lower()), id)
    for (survey, name), id in names.items():
        base = _base(name, rules.expectation)
        for other in () if base is None else _partners(base, rules):
            if (survey, other) in names:
                yield base or "", id, names[survey, other]
                break
    for expectation, perception in rules.pairs:
        for survey in sorted({survey for survey, _ in names}):
            both = [names.get((survey, word.strip().lower())) for word in (expectation, perception)]
            if both[0] and both[1]:
                yield perception, both[0], both[1]


def _partners(base: str, rules: SurveyRules) -> list[str]:
    return [*(f"{base} {word}" for word in rules.perception), base]


def _base(name: str, endings: tuple[str, ...]) -> str | None:
    """Return a question's name without its ending, None where it has none of them."""
    known = name.strip().lower()
    fits = [ending for ending in endings if known.endswith(ending)]
    return known.removesuffix(max(fits, key=len)).strip() if fits else None
