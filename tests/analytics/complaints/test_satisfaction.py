from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from suitecrm_bridge.analytics.complaints import satisfaction
from suitecrm_bridge.analytics.complaints.intervals import balance, mean, share
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.catalogue import SurveyRules

from .base import AS_OF, CLOSED, at, case, prepared, rows

TODAY = to_day(AS_OF)
RULES = SurveyRules(("recommend",), ("(expected)",), ("(found)",), (("Hope", "Truth"),), 75)


def question(id, kind="Scale", name="How was it?", happiness=0, survey="s"):
    return {
        "question_id": id,
        "survey_id": survey,
        "name": name,
        "kind": kind,
        "happiness": happiness,
    }


def told(response, question, value, kind="Scale", customer="ann", day=TODAY):
    return {
        "answer_id": f"{response}{question}",
        "response_id": response,
        "question_id": question,
        "customer_id": customer,
        "day": day,
        "kind": kind,
        "value": value,
    }


def surveyed(answers, questions, **tables):
    engine = prepared(survey_facts=answers, question_facts=questions, **tables)
    satisfaction.prepare(engine, AS_OF, RULES)
    return engine


def scores(answers, questions):
    found = rows(surveyed(answers, questions).fetch("survey_scores"))
    return {row["response_id"]: row["points"] for row in found}


@pytest.mark.parametrize(
    ("kind", "value", "points"),
    [
        ("Scale", 1, 0),
        ("Scale", 10, 10_000),
        ("Scale", 7, 6667),
        ("Scale", 4, 3333),
        ("Rating", 1, 0),
        ("Rating", 4, 7500),
        ("Rating", 5, 10_000),
        ("Matrix", 0, 10_000),
        ("Matrix", 1, 5000),
        ("Matrix", 2, 0),
    ],
)
def test_every_kind_of_answer_spreads_over_the_same_hundred_points(kind, value, points):
    assert scores([told("r", "q", value, kind)], [question("q", kind)]) == {"r": points}


@pytest.mark.parametrize(
    ("kind", "value"),
    [("Scale", 11), ("Scale", -1), ("Rating", 0), ("Rating", 6), ("Matrix", 3), ("Checkbox", 1)],
)
def test_an_answer_that_is_none_of_the_kind_is_no_measure(kind, value):
    assert scores([told("r", "q", value, kind)], [question("q", kind)]) == {}


def test_a_scale_on_which_somebody_answered_nought_begins_there():
    answers = [told("r1", "q", 0), told("r2", "q", 7)]
    assert scores(answers, [question("q")]) == {"r1": 0, "r2": 7000}


def test_a_response_is_worth_the_mean_of_its_answers_but_of_what_was_expected():
    answers = [told("r", "a", 10), told("r", "b", 4), told("r", "e", 1)]
    questions = [question("a"), question("b"), question("e", name="Speed (expected)")]
    assert scores(answers, questions) == {"r": 6667}


def test_the_happiness_question_alone_counts_where_there_is_one():
    answers = [told("r", "a", 1), told("r", "h", 1, "Checkbox")]
    questions = [question("a"), question("h", "Checkbox", happiness=1)]
    assert scores(answers, questions) == {"r": 10_000}


def test_a_response_from_tomorrow_does_not_exist_yet():
    assert scores([told("r", "q", 5, day=TODAY + 1)], [question("q")]) == {}


def indexed(answers, questions, **tables):
    return rows(satisfaction.index(surveyed(answers, questions, **tables)))


def weighted(values, least, most):
    """Limits of the mean by random weights of the values and of one more at the end, drawn."""
    weights = np.random.default_rng(8).dirichlet(np.ones(len(values) + 1), 50_000)
    ends = [(least, 0.0175), (most, 0.9825)]
    return tuple(np.quantile(weights @ [*values, end], tail) for end, tail in ends)


def test_the_index_is_by_segment_and_month_with_its_intervals():
    stars = [told(f"r{n}", "q", value, "Rating") for n, value in enumerate((3, 4, 5, 5))]
    other = told("r9", "q", 1, "Rating", customer="bob", day=TODAY - 31)
    known = {"customer_id": "ann", "segment": "loyal", "lifecycle": "", "clv_cents": None}
    bob, ann = indexed([*stars, other], [question("q", "Rating")], customer_scores=[known])
    assert (bob["segment"], bob["month"]) == ("", date(2026, 2, 1))
    assert (bob["responses"], bob["satisfaction"], bob["low"], bob["nps"]) == (1, 0, 0, None)
    assert bob["high"] == pytest.approx(98.25)
    assert (ann["segment"], ann["month"], ann["responses"]) == ("loyal", date(2026, 3, 1), 4)
    assert ann["satisfaction"] == 81.25
    assert (ann["low"], ann["high"]) == pytest.approx(weighted([50, 75, 100, 100], 0, 100), abs=3)
    assert ann["satisfied"] == 0.75
    known = stats.binomtest(3, 4).proportion_ci()
    assert (ann["satisfied_low"], ann["satisfied_high"]) == pytest.approx(known)


def test_the_index_of_some_days_is_of_all_segments_together_where_they_are_not_asked_for():
    answers = [told(f"r{n}", "q", 5, "Rating", day=TODAY - n) for n in range(4)]
    engine = surveyed(answers, [question("q", "Rating")])
    since = AS_OF - timedelta(days=2)
    found = satisfaction.index(engine, ("month",), since=since, until=AS_OF - timedelta(days=1))
    assert [(row["month"], row["responses"]) for row in rows(found)] == [(date(2026, 3, 1), 2)]
    assert "segment" not in found


@pytest.mark.parametrize("shift", [0, 1])
def test_promoters_less_detractors_have_the_same_bounds_on_scales_from_0_and_1(shift):
    values = [9, 10, 8, 6, 1 - shift]
    answers = [told(f"r{n}", "q", value) for n, value in enumerate(values)]
    (row,) = indexed(answers, [question("q", name="Would you RECOMMEND us?")])
    assert (row["asked"], row["nps"]) == (5, 0)
    known = weighted([100, 100, 0, -100, -100], -100, 100)
    assert (row["nps_low"], row["nps_high"]) == pytest.approx(known, abs=4)


def test_no_answers_make_no_index_no_gaps_and_no_recovery():
    engine = surveyed([], [])
    assert rows(satisfaction.index(engine)) == rows(satisfaction.gaps(engine)) == []
    found = satisfaction.recovery(engine)
    assert (found.n, found.before, found.change, found.recovered) == (0, None, None, None)


def test_recovery_sets_the_answers_after_against_those_before():
    cases = [case(id, at(10), CLOSED, modified=at(12)) for id in ("a", "b", "c")]
    owners = [{"case_id": id, "customer_id": f"k{id}"} for id in ("a", "b", "c")]
    made, done = TODAY - 21, TODAY - 19
    answers = [
        told("a1", "q", 2, "Rating", "ka", made - 1),
        told("a2", "q", 5, "Rating", "ka", done),
        told("b1", "q", 4, "Rating", "kb", made - 365),
        told("b2", "q", 3, "Rating", "kb", TODAY),
        told("b3", "q", 1, "Rating", "kb", made),
        told("b4", "q", 1, "Rating", "kb", made - 366),
        told("c1", "q", 5, "Rating", "kc", done),
    ]
    engine = surveyed(answers, [question("q", "Rating")], case_facts=cases, case_customers=owners)
    found = satisfaction.recovery(engine)
    assert (found.n, found.before, found.after, found.change) == (2, 50, 75, 25)
    assert (found.low, found.high) == pytest.approx(weighted([75, -25], -100, 100), abs=6)
    assert found.recovered == 0.5


def test_what_was_found_is_set_against_what_was_expected():
    questions = [
        question("e1", name="Speed (Expected)"),
        question("p1", name="Speed (found)"),
        question("e2", name="Price (expected)"),
        question("p2", name="price"),
        question("e3", name="Hope"),
        question("p3", name="Truth"),
        question("p4", name="Speed", survey="other"),
    ]
    answers = [
        told("r", "e1", 10),
        told("r", "p1", 1),
        told("r", "e2", 1),
        told("r", "p2", 10),
        told("r", "e3", 4),
        told("r", "p3", 7),
        told("r2", "e1", 10),
        told("x", "p4", 1),
        told("r3", "e1", 10),
        told("r3", "p1", 10),
    ]
    found = {row["pair"]: row for row in rows(satisfaction.gaps(surveyed(answers, questions)))}
    assert set(found) == {"speed", "price", "Truth"}
    speed = found["speed"]
    assert (speed["responses"], speed["expected"], speed["found"], speed["gap"]) == (
        2,
        100,
        50,
        -50,
    )
    assert (speed["low"], speed["high"]) == pytest.approx(weighted([-100, 0], -100, 100), abs=3)
    # One answer tells that not everybody lies at the other end, and no more.
    assert found["price"]["gap"] == found["price"]["high"] == 100
    assert found["price"]["low"] == pytest.approx(-96.5)
    assert found["Truth"]["gap"] == pytest.approx(33.34)


def arrays(*values):
    return [np.array([float(value)]) for value in values]


def test_without_anything_counted_there_are_no_limits():
    assert np.isnan(share(*arrays(0, 0))).all()
    assert np.isnan(mean(*arrays(0, 0, 0), (0.0, 1.0))).all()
    assert np.isnan(balance(*arrays(0, 0, 0))).all()
