import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.analytics.effects.effect import Effect, capped, effect
from tests.analytics.effects.entrants import Entrants, entrants

SEEDS = st.integers(0, 10_000)


def found(people: Entrants, *, adjusted: bool = True) -> Effect:
    result = effect(people.outcome, people.treated, people.before if adjusted else None)
    assert result is not None
    return result


def interacted(people: Entrants, columns: np.ndarray) -> tuple[float, float]:
    """The regression as the textbook writes it: one design for everybody."""
    arm = people.treated.astype(float)
    middle = columns - columns.mean(axis=0)
    design = np.column_stack([np.ones_like(arm), arm, middle, middle * arm[:, None]])
    root = np.linalg.inv(design.T @ design)
    slopes = root @ design.T @ people.outcome
    residual = people.outcome - design @ slopes
    leverage = np.einsum("ij,jk,ik->i", design, root, design)
    meat = design.T @ (design * (residual**2 / (1 - leverage))[:, None])
    return slopes[1], float(np.sqrt((root @ meat @ root)[1, 1]))


@pytest.mark.parametrize("columns", [1, 2])
def test_the_effect_is_that_of_the_interacted_regression_with_hc2(columns: int) -> None:
    people = entrants(300, effect=5.0)
    known = np.column_stack([people.before, np.sqrt(people.before)])[:, :columns]
    result = effect(people.outcome, people.treated, known)
    assert (result.estimate, result.error) == pytest.approx(interacted(people, known))


def test_the_effect_is_the_one_that_another_program_finds() -> None:
    people = Entrants(
        np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]),
        np.arange(12) % 3 != 0,
        np.array([2.0, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]),
    )
    result = found(people)
    assert (result.estimate, result.error) == pytest.approx(ELSEWHERE)


ELSEWHERE = (3.1286811360990097, 1.06695640121601)
"""statsmodels 0.15, OLS with cov_type HC2."""


def test_without_anything_known_before_it_is_the_difference_of_means() -> None:
    people = entrants(200)
    there, here = people.outcome[people.treated], people.outcome[~people.treated]
    result = found(people, adjusted=False)
    welch = np.sqrt(there.var(ddof=1) / len(there) + here.var(ddof=1) / len(here))
    assert (result.estimate, result.error) == pytest.approx((there.mean() - here.mean(), welch))


@given(SEEDS)
def test_an_effect_has_the_other_sign_where_the_arms_change_names(seed: int) -> None:
    people = entrants(120, effect=9.0, seed=seed)
    other = found(Entrants(people.outcome, ~people.treated, people.before))
    result = found(people)
    assert (-other.estimate, other.error) == pytest.approx((result.estimate, result.error))


@given(SEEDS, st.floats(-1e4, 1e4))
def test_what_everybody_brings_more_changes_no_effect(seed: int, more: float) -> None:
    people = entrants(120, effect=9.0, seed=seed)
    result, other = (
        found(people),
        found(Entrants(people.outcome + more, people.treated, people.before)),
    )
    assert (other.estimate, other.error) == pytest.approx((result.estimate, result.error), abs=1e-6)


@given(SEEDS, st.floats(0.01, 100))
def test_another_currency_changes_the_effect_by_its_rate(seed: int, rate: float) -> None:
    people = entrants(120, effect=9.0, seed=seed)
    result = found(people)
    other = found(Entrants(people.outcome * rate, people.treated, people.before * rate))
    assert (other.estimate, other.error) == pytest.approx(
        (result.estimate * rate, result.error * rate)
    )


@given(SEEDS)
def test_the_order_of_entrants_is_of_no_account(seed: int) -> None:
    people = entrants(120, seed=seed)
    order = np.random.default_rng(seed).permutation(120)
    mixed = Entrants(people.outcome[order], people.treated[order], people.before[order])
    assert found(mixed).estimate == pytest.approx(found(people).estimate)


def test_what_was_known_before_makes_the_effect_surer() -> None:
    people = entrants(4_000)
    assert found(people).error < 0.97 * found(people, adjusted=False).error


def test_what_was_known_before_and_says_nothing_costs_nothing() -> None:
    people = entrants(4_000)
    noise = np.random.default_rng(9).normal(size=4_000)
    adjusted = effect(people.outcome, people.treated, noise)
    assert adjusted.error == pytest.approx(found(people, adjusted=False).error, rel=0.01)


@pytest.mark.parametrize("known", [np.full(200, 7.0), np.zeros(200), np.full(200, 1e9)])
def test_what_is_the_same_for_all_before_tells_nothing(known: np.ndarray) -> None:
    people = entrants(200)
    assert effect(people.outcome, people.treated, known) == found(people, adjusted=False)


def test_what_is_said_twice_before_counts_once() -> None:
    people = entrants(200)
    twice = np.column_stack([people.before, 3 * people.before + 1])
    result = effect(people.outcome, people.treated, twice)
    assert (result.estimate, result.error) == pytest.approx(
        (found(people).estimate, found(people).error)
    )


@pytest.mark.parametrize("treated", [0, 1, 199, 200])
def test_without_some_in_both_arms_there_is_no_effect(treated: int) -> None:
    people = entrants(200)
    assert effect(people.outcome, np.arange(200) < treated) is None


def test_a_cap_that_was_named_bounds_both_ways() -> None:
    assert capped(np.array([-900.0, 5.0, 900.0]), 100.0).tolist() == [-100.0, 5.0, 100.0]


def test_without_a_cap_an_outcome_stays() -> None:
    assert capped(np.array([-900.0, 5.0]), None).tolist() == [-900.0, 5.0]


def test_an_effect_that_was_planted_lies_within_its_errors_as_often_as_they_say() -> None:
    inside = 0
    for seed in range(400):
        result = found(entrants(400, effect=6.0, seed=seed))
        inside += abs(result.estimate - 6.0) < 1.96 * result.error
    assert 0.92 < inside / 400 < 0.98
