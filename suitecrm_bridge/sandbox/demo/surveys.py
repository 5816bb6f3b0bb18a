"""The survey, and what customers answered: after a case, or after a purchase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.cases import FIRST_OPEN, Cases
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import (
    DAY,
    Floats,
    Ints,
    ids,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.words import questions, survey_name

AFTER_A_CASE = 0.4
AFTER_A_PURCHASE = 0.02
PATIENCE = 12 * DAY
"""How long a case may take until half the good will is gone."""
LINK = "surveyquestionoptions_surveyquestionresponses"


@dataclass(frozen=True)
class Responses:
    """The responses of one block, as numbers in the order of time; `content` runs from 0 to 1."""

    customer: Ints
    moment: Ints
    content: Floats


def survey_batches(seed: int, users: list[str], calendar: Calendar) -> Iterator[Batch]:
    """Yield the survey with its questions and their options."""
    asked, options = questions(), _options()
    common = {
        "date_entered": times(np.array([calendar.first_day * DAY]))[0],
        "date_modified": times(np.array([calendar.first_day * DAY]))[0],
        "description": None,
        "created_by": users[0],
        "modified_user_id": users[0],
        "assigned_user_id": users[0],
        "deleted": 0,
    }
    survey = {"id": _survey(seed), "name": survey_name(), "status": "Public"}
    yield Batch("module", "Surveys", rows(1, survey | common))
    columns = {
        "id": _questions(seed),
        "name": [one.name for one in asked],
        "type": [one.type for one in asked],
        "sort_order": list(range(len(asked))),
        "happiness_question": 0,
        "survey_id": _survey(seed),
    }
    yield Batch("module", "SurveyQuestions", rows(len(asked), columns | common))
    choices = {
        "id": _option_ids(seed),
        "name": [name for _, name in options],
        "sort_order": list(range(len(options))),
        "survey_question_id": [_questions(seed)[question] for question, _ in options],
    }
    yield Batch("module", "SurveyQuestionOptions", rows(len(options), choices | common))


def draw(rng: np.random.Generator, cases: Cases, ledger: Ledger, calendar: Calendar) -> Responses:
    """Draw who answered, when, and how content they were."""
    closed = np.flatnonzero(cases.status < FIRST_OPEN)
    closed = closed[rng.random(len(closed)) < AFTER_A_CASE]
    asked = np.flatnonzero(~np.isin(ledger.invoices.customer, ledger.customers.apart))
    bought = asked[rng.random(len(asked)) < AFTER_A_PURCHASE]
    took = cases.modified[closed] - cases.entered[closed]
    good = np.concatenate([0.15 + 0.65 * 0.5 ** (took / PATIENCE), np.full(len(bought), 0.72)])
    customer = np.concatenate([cases.customer[closed], ledger.invoices.customer[bought]])
    before = np.concatenate([cases.modified[closed], ledger.invoices.moment[bought]])
    moment = before + DAY + (rng.random(len(before)) * 4 * DAY).astype(np.int64)
    content = np.clip(good + 0.15 * rng.standard_normal(len(good)), 0, 1)
    order = np.argsort(moment, kind="stable")
    order = order[moment[order] <= calendar.last_second]
    return Responses(customer[order], moment[order], content[order])


def response_batches(
    rng: np.random.Generator, found: Responses, ledger: Ledger, first: int
) -> Iterator[Batch]:
    """Yield the responses with their answers and the options that were chosen."""
    count, asked = len(found.moment), len(questions())
    own = ids(ledger.seed, f"SurveyResponses/{first}", 0, count)
    answers = ids(ledger.seed, f"SurveyQuestionResponses/{first}", 0, count * asked)
    expected = np.clip(np.rint(3.8 + 0.7 * rng.standard_normal(count)), 1, 5).astype(np.int64)
    yield from batches("module", "SurveyResponses", count, partial(_rows, found, ledger, own))
    build = partial(_answers, found, ledger, own, answers, expected)
    yield from batches("module", "SurveyQuestionResponses", count * asked, build)
    yield from batches("link", LINK, count, partial(_chosen, found, ledger.seed, answers, first))


def _rows(found: Responses, ledger: Ledger, own: list[str], part: slice) -> Rows:
    customer, stamp = found.customer[part], times(found.moment[part])
    account = take_or_none(ledger.who.accounts, ledger.customers.account[customer])
    columns = {
        "id": own[part],
        "name": survey_name(),
        "happiness": -1,
        "survey_id": _survey(ledger.seed),
        "contact_id": take(ledger.who.contacts, customer),
        "account_id": account,
        "campaign_id": None,
    }
    return rows(len(stamp), columns | _stamps(stamp, ledger))


def _answers(
    found: Responses,
    ledger: Ledger,
    own: list[str],
    answers: list[str],
    expected: Ints,
    part: slice,
) -> Rows:
    asked = questions()
    number = np.arange(part.start, part.stop)
    response, question = number // len(asked), number % len(asked)
    content = found.content[response]
    scale = np.rint(1 + 9 * content).astype(np.int64)
    rating = np.rint(1 + 4 * content).astype(np.int64)
    values = {"Scale": [scale], "Rating": [rating, expected[response]]}
    shown: list[str | None] = [None] * len(number)
    settled: list[int | None] = [None] * len(number)
    for place, one in enumerate(asked):
        mine = np.flatnonzero(question == place).tolist()
        if one.type in values:
            given = values[one.type].pop(0).tolist()
            for i in mine:
                shown[i] = str(given[i])
        elif one.type == "Checkbox":
            for i in mine:
                settled[i] = int(content[i] > 0.4)
    columns = {
        "id": answers[part],
        "name": None,
        "answer": shown,
        "answer_bool": settled,
        "answer_datetime": None,
        "surveyquestion_id": take(_questions(ledger.seed), question),
        "surveyresponse_id": take(own, response),
    }
    return rows(len(number), columns | _stamps(times(found.moment[response]), ledger))


def _chosen(found: Responses, seed: int, answers: list[str], first: int, part: slice) -> Rows:
    """Link the answer to the choice with the option chosen."""
    question = [one.type for one in questions()].index("Radio")
    options = [i for i, (place, _) in enumerate(_options()) if place == question]
    content = found.content[part]
    option = np.where(content > 0.7, options[0], np.where(content > 0.4, options[1], options[2]))
    columns = {
        "id": ids(seed, f"{LINK}/{first}", part.start, len(content)),
        "date_modified": times(found.moment[part]),
        "surveyq72c7options_ida": take(_option_ids(seed), option),
        "surveyq10d4sponses_idb": [
            answers[i * len(questions()) + question] for i in range(part.start, part.stop)
        ],
        "deleted": 0,
    }
    return rows(len(content), columns)


def _stamps(stamp: list[str], ledger: Ledger) -> dict[str, object]:
    owner = ledger.who.users[0]
    return {
        "date_entered": stamp,
        "date_modified": stamp,
        "created_by": owner,
        "modified_user_id": owner,
        "assigned_user_id": owner,
        "deleted": 0,
    }


def _options() -> list[tuple[int, str]]:
    """Return every option with the number of its question."""
    return [(place, name) for place, one in enumerate(questions()) for name in one.options]


def _survey(seed: int) -> str:
    return ids(seed, "Surveys", 0, 1)[0]


def _questions(seed: int) -> list[str]:
    return ids(seed, "SurveyQuestions", 0, len(questions()))


def _option_ids(seed: int) -> list[str]:
    return ids(seed, "SurveyQuestionOptions", 0, len(_options()))
