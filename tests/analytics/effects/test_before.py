from dataclasses import replace

import numpy as np
import pytest

from suitecrm_bridge.analytics.effects.before import History, Plan, history, outlook
from suitecrm_bridge.analytics.effects.effect import effect
from suitecrm_bridge.analytics.effects.sequence import smallest
from suitecrm_bridge.analytics.effects.verdict import OUTCOME_PART, Rule
from tests.analytics.effects.entrants import entrants

PLAN = Plan(per_day=20.0, days=365, window=90, control_share=0.2, expected=8.0)
RULE = Rule(cost=2.0, worth=10.0, planned=PLAN.entrants)
PAST = History(mean=20.0, spread=60.0, explained=0.2, telling=0.3)


def test_the_smallest_effect_is_reckoned_from_the_variance_of_both_arms() -> None:
    found = outlook(PLAN, RULE, PAST)
    treated, control = 0.8 * 7_300, 0.2 * 7_300
    error = 60 * np.sqrt(0.8 * (1 / treated + 1 / control))
    assert found.smallest == pytest.approx(smallest(7_300, error, 7_300, OUTCOME_PART * 0.05))


@pytest.mark.parametrize(
    "better",
    [
        replace(PLAN, per_day=40.0),
        replace(PLAN, days=700),
        replace(PLAN, control_share=0.4),
    ],
)
def test_more_entrants_or_an_evener_split_find_smaller_effects(better: Plan) -> None:
    assert outlook(better, RULE, PAST).smallest < outlook(PLAN, RULE, PAST).smallest


def test_what_is_known_before_finds_smaller_effects() -> None:
    sharper = replace(PAST, explained=0.6)
    assert outlook(PLAN, RULE, sharper).smallest < outlook(PLAN, RULE, PAST).smallest


def test_a_spread_that_the_past_knows_badly_is_taken_to_be_larger() -> None:
    surely, badly = outlook(PLAN, RULE, PAST), outlook(PLAN, RULE, replace(PAST, unsure=0.2))
    assert badly.smallest == pytest.approx(1.2 * surely.smallest)
    assert badly.harm_days > surely.harm_days


def test_the_spread_of_few_who_buy_for_much_is_known_badly() -> None:
    rng = np.random.default_rng(1)
    rare = np.where(rng.random(2_000) < 0.03, rng.lognormal(5, 1, 2_000), 0.0)
    assert history(rare).unsure > 3 * history(rng.normal(size=2_000)).unsure


def test_the_error_of_a_spread_is_the_one_that_comes_about() -> None:
    rng = np.random.default_rng(2)
    past = [history(rng.exponential(size=400)) for _ in range(300)]
    seen = np.std([one.spread for one in past]) / np.mean([one.spread for one in past])
    assert np.mean([one.unsure for one in past]) == pytest.approx(seen, rel=0.2)


def test_what_the_control_costs_is_what_it_would_have_brought() -> None:
    found = outlook(PLAN, RULE, PAST)
    assert found.control_cost == pytest.approx(6.0 * 0.2 * 7_300)
    assert found.gain == pytest.approx(6.0 * 0.8 * 7_300)
    assert found.cost == pytest.approx(2.0 * 0.8 * 7_300)


def test_leaving_people_out_of_what_does_not_pay_costs_nothing() -> None:
    found = outlook(replace(PLAN, expected=1.0), RULE, PAST)
    assert found.control_cost == 0
    assert found.gain < 0


def test_harm_is_seen_after_those_who_are_needed_were_watched() -> None:
    found = outlook(PLAN, RULE, PAST)
    assert found.harm_days == 90 + np.ceil(found.needed / 20)


def test_harm_that_too_few_enter_for_is_not_promised_to_be_seen() -> None:
    found = outlook(replace(PLAN, days=20), RULE, PAST)
    assert found.harm_days is None
    assert found.smallest > RULE.worth


def test_a_list_that_is_sent_once_is_told_when_its_time_is_over() -> None:
    once = replace(PLAN, per_day=7_300.0, days=1)
    assert outlook(once, RULE, PAST).harm_days == 91


def test_where_an_arm_has_too_few_no_effect_can_be_found() -> None:
    assert outlook(replace(PLAN, days=10), RULE, PAST).smallest == np.inf


def test_where_hardly_anybody_buys_more_must_enter() -> None:
    rare = replace(PAST, telling=0.005)
    assert outlook(PLAN, RULE, rare).needed > outlook(PLAN, RULE, PAST).needed


def test_where_nobody_ever_bought_nothing_can_be_found() -> None:
    nothing = history(np.zeros(500))
    assert outlook(PLAN, RULE, nothing).harm_days is None


def test_the_error_before_the_start_is_the_one_that_comes() -> None:
    people = entrants(4_000)
    past = history(people.outcome, people.before)
    later = entrants(4_000, share=0.2, seed=7)
    error = effect(later.outcome, later.treated, later.before).error * (1 + past.unsure)
    plan = Plan(per_day=40.0, days=100, window=30, control_share=0.2, expected=0.0)
    rule = Rule(cost=0.0, worth=1.0, planned=4_000)
    told = smallest(4_000, error, 4_000, OUTCOME_PART * rule.alpha)
    assert outlook(plan, rule, past).smallest == pytest.approx(told, rel=0.1)
