"""On which channel customers answer, and when: found where it is so, and hardly anywhere else."""

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import habits
from suitecrm_bridge.analytics.beta_binomial import Shares, shares
from suitecrm_bridge.analytics.days import to_date
from tests.analytics.frames import engine_of

AS_OF = to_date(20_000)
MOMENTS = ["customer_id", "way", "channel", "day", "hour", "answered"]
TOUCHES = ["customer_id", "campaign_id", "channel", "day", "responded"]
COLUMNS = {"moment_facts": MOMENTS, "touch_facts": TOUCHES}
TEXTS = {"customer_id", "way", "channel", "campaign_id"}
SEEDS = 50
PEOPLE, EACH = 150, 8
PLANTED = {"part": "evening", "weekday": "tuesday", "channel": "phone"}
"""The habits that `EACH` of the people have, those of the first one first."""


def found(**rows):
    engine = engine_of(COLUMNS, TEXTS, rows)
    habits.compute(engine, AS_OF)
    frame = engine.fetch("habits")
    return {(row["customer_id"], row["question"]): row for row in frame.to_dict("records")}


def drawn(seed):
    """Moments of people without a habit, but for some who have one."""
    rng = np.random.default_rng(seed)
    count = rng.integers(3, 26, PEOPLE)
    count[: 3 * EACH] = 20
    who = np.repeat(np.arange(PEOPLE), count)
    evening, tuesday, phone = (who // EACH == place for place in range(3))
    calls = rng.random(len(who)) < 0.5
    days = 19_500 + rng.integers(0, 490, len(who))
    hours = rng.choice([8, 10, 11, 14, 15, 16, 19], len(who))
    mostly = rng.random(len(who)) < 0.9
    hours[evening & mostly] = 19
    days[tuesday & mostly] += (5 - days[tuesday & mostly]) % 7
    answered = np.where(calls, rng.random(len(who)) < np.where(phone, 0.95, 0.35), 1)
    told = {
        "customer_id": [f"p{one}" for one in who],
        "way": np.where(calls, "tried", "own"),
        "channel": np.where(calls, "phone", ""),
        "day": days,
        "hour": hours,
        "answered": answered.astype("int64"),
    }
    return pd.DataFrame(told)[MOMENTS].to_numpy().tolist()


@pytest.fixture(scope="module")
def told():
    """What is found in each base; all of them at once, for what is fitted is fitted by entity."""
    bases = [
        pd.DataFrame(drawn(seed), columns=MOMENTS).assign(entity=seed) for seed in range(SEEDS)
    ]
    kinds = {name: "string" if name in TEXTS else "Int64" for name in MOMENTS}
    engine = engine_of(COLUMNS, TEXTS, {})
    engine.table("moment_facts", pd.concat(bases).astype(kinds | {"entity": "string"}))
    habits.compute(engine, AS_OF)
    every = {str(seed): {} for seed in range(SEEDS)}
    for row in engine.fetch("habits").to_dict("records"):
        every[row["entity"]][row["customer_id"], row["question"]] = row
    return list(every.values())


def planted(question):
    first = EACH * [*PLANTED].index(question)
    return {f"p{one}" for one in range(first, first + EACH)}


@pytest.mark.parametrize("question", habits.QUESTIONS)
def test_nine_of_ten_planted_habits_are_found(told, question):
    hits = [
        one.get((who, question), {}).get("answer") == PLANTED[question]
        for one in told
        for who in planted(question)
    ]
    assert sum(hits) >= 0.9 * len(hits)


@pytest.mark.parametrize("question", habits.QUESTIONS)
def test_of_those_without_a_habit_fewer_than_one_in_twenty_is_named(told, question):
    named = [who for one in told for who, asked in one if asked == question]
    false = sum(who not in planted(question) for who in named)
    assert false <= 0.05 * SEEDS * (PEOPLE - EACH)


def test_where_nobody_differs_nothing_is_said():
    rows = [(f"p{n}", "tried", "phone", 19_900, 9, k % 2) for n in range(40) for k in range(6)]
    assert found(moment_facts=rows) == {}


def test_among_few_customers_nothing_is_said():
    rows = [
        (f"p{n}", "tried", "phone", 19_900, 9, int(n < 3)) for n in range(20) for _ in range(10)
    ]
    assert found(moment_facts=rows) == {}


def divided(**more):
    """Forty people who were called ten times: half of them always answer, the others never."""
    return [
        (f"p{n}", "tried", "phone", more.get("day", 19_900), 9, int(n < 20))
        for n in range(40)
        for _ in range(10)
    ]


def test_who_answers_more_often_than_the_base_is_told_with_what_it_is_held_against():
    row = found(moment_facts=divided())["p0", "channel"]
    told = (row["answer"], row["way"], row["tried"], row["answered"], row["base"])
    assert told == ("phone", "tried", 10, 10, 0.5)
    assert ("p30", "channel") not in found(moment_facts=divided())


@pytest.mark.parametrize("day", [20_001, 20_000 - 730])
def test_what_is_yet_to_come_or_long_gone_says_nothing(day):
    assert found(moment_facts=divided(day=day)) == {}


def test_an_answer_to_a_campaign_counts_once_and_on_the_campaigns_channel():
    touches = [
        (f"p{n}", f"c{campaign}", "email", 19_900, responded)
        for n in range(40)
        for campaign in range(8)
        for responded in ([0, 1, 1] if n < 20 else [0])
    ]
    row = found(touch_facts=touches)["p0", "channel"]
    assert (row["answer"], row["tried"], row["answered"]) == ("email", 8, 8)


def test_with_equal_weight_of_base_and_own_tries_the_share_lies_between_them():
    law = Shares(mean=0.2, weight=10)
    assert law.expected(np.array([10]), np.array([8])) == pytest.approx(0.5)


def test_the_law_of_a_base_has_its_mean_and_the_spread_that_it_was_drawn_with():
    rng = np.random.default_rng(1)
    tried = np.full(4_000, 20)
    law = shares(tried, rng.binomial(tried, rng.beta(3, 7, len(tried))), np.ones_like(tried))
    assert law.mean == pytest.approx(0.3, abs=0.01)
    assert law.weight == pytest.approx(10, rel=0.1)


def test_a_law_is_the_same_whether_people_are_listed_or_counted():
    tried, answered, people = np.array([10, 10, 4]), np.array([9, 2, 1]), np.array([5, 20, 7])
    counted = shares(tried, answered, people)
    one_by_one = shares(np.repeat(tried, people), np.repeat(answered, people), np.ones(32))
    assert (counted.mean, counted.weight) == pytest.approx((one_by_one.mean, one_by_one.weight))
