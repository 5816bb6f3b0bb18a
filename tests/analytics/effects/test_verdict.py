from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.analytics.effects.assignment import Split, split
from suitecrm_bridge.analytics.effects.effect import Effect, effect
from suitecrm_bridge.analytics.effects.randomised import Randomised
from suitecrm_bridge.analytics.effects.verdict import (
    Guard,
    Judgement,
    Night,
    Rule,
    after,
    firmness,
    judged,
    limits,
    running,
)
from tests.analytics.effects.entrants import entrants

RULE = Rule(cost=2.0, worth=5.0, planned=4_000)
SOUND = Split(3_200, 800, 0.7)
VERDICTS = st.sampled_from(["works", "does_harm", "no_difference", "unclear", "void"])


def seen(estimate: float, error: float, treated: int = 3_200, control: int = 800) -> Effect:
    return Effect(estimate, error, treated, control, 20.0, 0.3, min(treated, control) // 2)


def told(estimate: float, error: float, **more) -> Judgement:
    return judged(Night(SOUND, seen(estimate, error), **more), RULE)


@pytest.mark.parametrize(
    ("estimate", "error", "verdict"),
    [
        (12.0, 1.0, "works"),
        (-8.0, 1.0, "does_harm"),
        (2.0, 1.0, "no_difference"),
        (0.0, 1.0, "no_difference"),
        (4.5, 1.0, "unclear"),
        (12.0, 9.0, "unclear"),
        (3.0, 0.1, "no_difference"),
    ],
)
def test_limits_beside_cost_and_worth_are_a_verdict(estimate, error, verdict) -> None:
    assert told(estimate, error).verdict == verdict


def test_a_programme_that_pays_less_than_it_costs_does_not_work() -> None:
    assert judged(Night(SOUND, seen(12.0, 1.0)), replace(RULE, cost=20.0)).verdict != "works"


def test_a_split_that_is_not_as_planned_voids_the_verdict() -> None:
    found = judged(Night(split(9_000, 1_000, 0.2), seen(50.0, 1.0)), RULE)
    assert (found.verdict, found.because) == ("void", "split")


@pytest.mark.parametrize(("treated", "control"), [(49, 200), (200, 49)])
def test_fewer_than_fifty_in_an_arm_tell_nothing_while_it_runs(treated: int, control: int) -> None:
    night = Night(split(treated, control, control / (treated + control)), None, per_day=10.0)
    found = judged(replace(night, effect=seen(50.0, 1.0, treated, control)), RULE)
    assert (found.verdict, found.because) == ("unclear", "few")
    assert found.days is not None


def test_where_hardly_anybody_has_bought_nothing_is_told() -> None:
    few = replace(seen(50.0, 1.0), telling=39)
    assert judged(Night(SOUND, few), RULE).because == "few"


def test_where_hardly_anybody_has_bought_it_is_said_how_many_that_takes() -> None:
    few = replace(seen(50.0, 1.0), telling=10)
    found = judged(Night(SOUND, few, per_day=40.0), RULE)
    assert found.needed == 4 * 4_000
    assert found.days == 300


@pytest.mark.parametrize("due", [(), (3,)])
def test_where_nobody_enters_any_more_no_day_is_named_that_never_comes(due) -> None:
    few = replace(seen(50.0, 1.0), telling=10)
    assert judged(Night(SOUND, few, due=due), RULE).days is None


def test_few_entrants_are_judged_once_when_nobody_else_will_enter() -> None:
    night = Night(split(30, 20, 0.4), last=Randomised(30.0, 12.0, 50.0))
    found = judged(night, RULE)
    assert (found.verdict, found.because, found.low) == ("works", "few", 12.0)


@pytest.mark.parametrize("guarded", ["complaints", "opt_outs"])
def test_more_complaints_or_opt_outs_than_are_borne_are_harm_whatever_is_earned(guarded) -> None:
    guard = {guarded: Guard((300, 10), (3_200, 800))}
    found = told(12.0, 1.0, **guard)
    assert (found.verdict, found.because) == ("does_harm", guarded)
    assert found.low > 0.01


def test_as_many_complaints_as_are_borne_are_no_harm() -> None:
    assert told(12.0, 1.0, complaints=Guard((40, 8), (3_200, 800))).verdict == "works"


def test_a_guard_of_which_nothing_is_known_yet_says_nothing() -> None:
    assert told(12.0, 1.0, complaints=Guard((0, 0), (0, 0))).verdict == "works"


@given(st.floats(-40, 40), st.floats(0.2, 20), st.floats(-500, 500))
def test_the_same_sum_more_for_effect_and_cost_changes_no_verdict_but_harm(
    estimate: float, error: float, more: float
) -> None:
    found = judged(Night(SOUND, seen(estimate, error)), RULE)
    other = judged(Night(SOUND, seen(estimate + more, error)), replace(RULE, cost=RULE.cost + more))
    if "does_harm" not in (found.verdict, other.verdict):
        assert found.verdict == other.verdict


@given(st.floats(3, 40), st.floats(0.2, 20))
def test_the_limits_have_the_other_sign_where_the_arms_change_names(
    estimate: float, error: float
) -> None:
    low, high = limits(seen(estimate, error), RULE)
    assert limits(seen(-estimate, error), RULE) == pytest.approx((-high, -low))


@given(st.lists(VERDICTS, max_size=40), st.integers(0, 40))
def test_what_stands_never_gets_less_firm(verdicts: list, cut: int) -> None:
    nights = [Judgement(verdict, "effect") for verdict in verdicts]
    early, late = running(nights[:cut]), running(nights)
    assert firmness(late.verdict) >= firmness(early.verdict)


@pytest.mark.parametrize("first", ["works", "no_difference"])
@pytest.mark.parametrize("later", ["works", "no_difference", "unclear"])
def test_what_was_told_once_stands(first, later) -> None:
    stands = Judgement(first, "effect")
    assert after(stands, Judgement(later, "effect", 9.0, 9.5)) is stands


@pytest.mark.parametrize("first", ["works", "no_difference", "unclear"])
def test_harm_goes_over_what_was_told_before(first) -> None:
    assert (
        after(Judgement(first, "effect"), Judgement("does_harm", "effect")).verdict == "does_harm"
    )


def test_nothing_brings_back_a_programme_that_does_harm() -> None:
    nights = [Judgement("does_harm", "effect"), *[Judgement("works", "effect")] * 300]
    assert running(nights).verdict == "does_harm"


def test_what_cannot_be_told_yet_is_as_of_tonight() -> None:
    nights = [Judgement("unclear", "effect", days=days) for days in (30, 29)]
    assert running(nights).days == 29


BUY = Rule(cost=0.0, worth=0.05, planned=4_000)


def buying(hits: tuple[int, int], n: tuple[int, int]) -> Judgement:
    flags = [np.arange(size) < hit for hit, size in zip(hits, n, strict=True)]
    found = effect(np.concatenate(flags).astype(float), np.arange(sum(n)) < n[0])
    whole = split(*n, n[1] / sum(n))
    return judged(Night(whole, found, bought=Guard(hits, n), per_day=5.0), BUY)


def test_few_who_buy_are_judged_by_limits_that_hold_for_few() -> None:
    assert buying((30, 1), (45, 45)).verdict == "works"
    assert buying((1, 30), (45, 45)).verdict == "does_harm"
    assert buying((6, 4), (45, 45)).verdict == "unclear"


def test_many_who_buy_are_judged_by_the_narrower_limits() -> None:
    found = buying((640, 110), (3_200, 800))
    people = effect(
        np.concatenate([np.arange(3_200) < 640, np.arange(800) < 110]).astype(float),
        np.arange(4_000) < 3_200,
    )
    assert (found.low, found.high) == pytest.approx(limits(people, replace(BUY, alpha=0.025)))


@pytest.mark.parametrize("true", [0.02, 0.3])
def test_looking_every_night_at_who_buys_finds_nothing_where_there_is_nothing(true: float) -> None:
    rng, wrong = np.random.default_rng(5), 0
    for _ in range(40):
        treated, bought = rng.random(2_000) < 0.7, rng.random(2_000) < true
        for night in range(60, 2_001, 60):
            here = treated[:night]
            sizes = int(here.sum()), int(night - here.sum())
            hits = int(bought[:night][here].sum()), int(bought[:night][~here].sum())
            wrong += buying(hits, sizes).verdict in ("works", "does_harm")
    assert wrong == 0


def test_the_days_until_it_can_be_told_count_who_has_entered_and_who_will() -> None:
    near = told(4.5, 3.0, due=sorted([*range(1, 60)] * 400), per_day=1.0)
    far = told(4.5, 3.0, due=(5,), per_day=10.0)
    assert near.days < 60 < far.days
    assert far.needed > 4_000
    assert far.days == pytest.approx(5 + (far.needed - 4_001) / 10, abs=1)


def test_where_too_few_will_enter_it_will_never_be_told() -> None:
    found = told(4.5, 3.0, due=(1, 2, 3), per_day=0.0)
    assert (found.verdict, found.days) == ("unclear", None)


def test_a_verdict_comes_within_the_days_that_were_named_in_four_of_five_cases() -> None:
    """An effect that is worth having is told by the entrants that were said to be needed."""
    rule, in_time = replace(RULE, worth=25.0, planned=1_500), 0
    for seed in range(120):
        people = entrants(6_000, effect=27.0, seed=seed)
        first = effect(people.outcome[:400], people.treated[:400], people.before[:400])
        needed = judged(Night(SOUND, first, per_day=20.0), replace(rule, worth=25.0)).needed
        by = slice(0, min(max(needed, 400), 6_000))
        late = effect(people.outcome[by], people.treated[by], people.before[by])
        in_time += judged(Night(SOUND, late), rule).verdict == "works"
    assert in_time / 120 > 0.7


def test_a_verdict_is_the_same_however_entrants_are_ordered() -> None:
    people = entrants(2_000, effect=20.0)
    order = np.random.default_rng(1).permutation(2_000)
    nights = [
        Night(SOUND, effect(people.outcome[way], people.treated[way], people.before[way]))
        for way in (np.arange(2_000), order)
    ]
    first, second = (judged(night, RULE) for night in nights)
    assert (first.verdict, first.low) == (second.verdict, pytest.approx(second.low))
