from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics.effects.effect import effect
from suitecrm_bridge.analytics.effects.randomised import Randomised, randomised
from tests.analytics.effects.entrants import Entrants, entrants


def found(people: Entrants, alpha: float = 0.05, draws: int = 999) -> Randomised:
    result = randomised(people.outcome, people.treated, people.before, alpha, draws)
    assert result is not None
    return result


def test_few_have_an_interval_that_holds_the_effect_as_often_as_it_says() -> None:
    inside = 0
    for seed in range(300):
        result = found(entrants(40, effect=20.0, share=0.4, seed=seed), alpha=0.1, draws=199)
        inside += result.low <= 20.0 <= result.high
    assert 0.86 < inside / 300 < 0.95


def test_the_limits_are_where_every_other_drawing_says_so() -> None:
    """Eight entrants can be drawn in 70 ways, which can all be tried."""
    rng = np.random.default_rng(3)
    outcome, treated = rng.normal(size=8), np.arange(8) < 4
    result = randomised(outcome, treated, None, 0.2, 20_000)

    def chance(true: float) -> float:
        rest = outcome - true * treated
        ways = [rest[list(w)].mean() - np.delete(rest, w).mean() for w in combinations(range(8), 4)]
        return float(np.mean(np.array(ways) >= ways[0] - 1e-12))

    assert chance(result.low - 0.02) < 0.1 < chance(result.low + 0.02) + 0.02
    assert chance(result.high + 0.02) > 0.88


def test_many_have_the_interval_of_the_regression() -> None:
    people = entrants(2_000, effect=5.0)
    result, normal = found(people), effect(people.outcome, people.treated, people.before)
    assert result.estimate == pytest.approx(normal.estimate, abs=0.3 * normal.error)
    assert (result.high - result.low) / 2 == pytest.approx(1.96 * normal.error, rel=0.1)


@settings(max_examples=20)
@given(st.integers(0, 1_000))
def test_the_interval_has_the_other_sign_where_the_arms_change_names(seed: int) -> None:
    people = entrants(30, effect=9.0, seed=seed)
    result = found(people)
    other = found(Entrants(people.outcome, ~people.treated, people.before))
    assert (-other.high, -other.low) == pytest.approx((result.low, result.high))


@settings(max_examples=20)
@given(st.integers(0, 1_000), st.floats(-1e3, 1e3))
def test_what_everybody_brings_more_changes_no_interval(seed: int, more: float) -> None:
    people = entrants(30, effect=9.0, seed=seed)
    other = found(Entrants(people.outcome + more, people.treated, people.before))
    result = found(people)
    assert (other.low, other.high) == pytest.approx((result.low, result.high), abs=1e-6)


def test_what_was_known_before_makes_the_interval_narrower() -> None:
    people = entrants(90, share=0.5)
    people = Entrants(people.before * 2 + people.outcome / 10, people.treated, people.before)
    bare = randomised(people.outcome, people.treated)
    result = found(people)
    assert result.high - result.low < 0.5 * (bare.high - bare.low)


def test_where_too_few_can_tell_the_limits_are_infinite() -> None:
    result = randomised(np.array([1.0, 2.0, 4.0]), np.array([True, False, False]))
    assert (result.low, result.high) == (-np.inf, np.inf)


@pytest.mark.parametrize("treated", [[], [True], [True] * 5, [False] * 5])
def test_without_two_arms_there_is_no_interval(treated: list[bool]) -> None:
    assert randomised(np.zeros(len(treated)), np.array(treated, dtype=bool)) is None


def test_the_same_entrants_have_the_same_interval_each_night() -> None:
    people = entrants(40)
    assert found(people) == found(people)
