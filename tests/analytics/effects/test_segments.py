import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suitecrm_bridge.analytics.effects.effect import effect
from suitecrm_bridge.analytics.effects.segments import Shrunk, above, by_segment, shrunk
from tests.analytics.effects.entrants import entrants


def drawn(estimates: list[float], errors: list[float]) -> Shrunk:
    return shrunk(np.array(estimates), np.array(errors))


def test_the_distance_of_the_true_effects_is_that_of_dersimonian_and_laird() -> None:
    found = drawn([0.0, 4.0, -1.0], [1.0, 1.0, 2.0])
    weights = np.array([1, 1, 0.25])
    mean = (weights * [0, 4, -1]).sum() / weights.sum()
    scatter = (weights * (np.array([0, 4, -1]) - mean) ** 2).sum()
    room = weights.sum() - (weights**2).sum() / weights.sum()
    assert found.apart**2 == pytest.approx((scatter - 2) / room)
    assert found.apart > 2


def test_segments_that_differ_no_more_than_chance_makes_them_have_about_one_effect() -> None:
    found = drawn([4.0, 5.0, 6.0], [3.0, 3.0, 3.0])
    assert found.apart == 0
    assert np.abs(found.effects - 5.0).max() < 0.75
    assert found.errors.max() < 2.6


def test_one_segment_alone_keeps_its_estimate_and_its_error() -> None:
    found = drawn([4.0], [3.0])
    assert (found.effects[0], found.errors[0]) == pytest.approx((4.0, 3.0))


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8), st.floats(0.1, 20))
def test_where_all_are_as_sure_each_effect_lies_between_its_estimate_and_their_mean(
    estimates, error
) -> None:
    found = drawn(estimates, [error] * len(estimates))
    for own, effect_ in zip(estimates, found.effects, strict=True):
        low, high = sorted((own, found.common))
        assert low - 1e-6 <= effect_ <= high + 1e-6


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 20)), min_size=1, max_size=8))
@example([(13.779, 3.870), (0.0, 0.975), (36.05, 8.588)])
def test_no_effect_is_drawn_beyond_the_estimates(parts) -> None:
    estimates, errors = (list(side) for side in zip(*parts, strict=True))
    found = drawn(estimates, errors)
    assert found.effects.min() >= min(estimates) - 1e-6
    assert found.effects.max() <= max(estimates) + 1e-6


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 20)), min_size=2, max_size=8))
def test_effects_have_the_other_sign_where_the_arms_change_names(parts) -> None:
    estimates, errors = (np.array(side) for side in zip(*parts, strict=True))
    found, other = shrunk(estimates, errors), shrunk(-estimates, errors)
    assert -other.effects == pytest.approx(found.effects)
    assert other.errors == pytest.approx(found.errors)


def test_a_segment_of_which_nothing_is_known_is_like_the_others_and_less_sure() -> None:
    found = drawn([2.0, 9.0, np.nan], [1.0, 1.0, np.nan])
    assert found.effects[2] == pytest.approx(found.common)
    assert found.errors[2] > found.apart > 0
    assert found.errors[2] > found.errors[:2].max()


def test_where_no_segment_is_known_no_effect_is() -> None:
    assert np.isnan(drawn([np.nan], [np.nan]).effects).all()


def test_effects_that_are_drawn_together_are_nearer_to_the_truth() -> None:
    rng = np.random.default_rng(5)
    own, together = 0.0, 0.0
    for _ in range(200):
        true, errors = rng.normal(3, 2, 8), rng.uniform(1, 6, 8)
        estimates = rng.normal(true, errors)
        own += ((estimates - true) ** 2).mean()
        together += ((shrunk(estimates, errors).effects - true) ** 2).mean()
    assert together < 0.5 * own


@pytest.mark.parametrize(("segments", "apart"), [(3, 0.0), (3, 3.0), (12, 1.0), (12, 8.0)])
def test_limits_of_effects_drawn_together_hold_the_truth(segments: int, apart: float) -> None:
    rng = np.random.default_rng(6)
    inside = []
    for _ in range(200):
        true, errors = rng.normal(3, apart, segments), rng.uniform(1, 6, segments)
        found = shrunk(rng.normal(true, errors), errors)
        inside.append(np.abs(found.effects - true) < 1.96 * found.errors)
    assert np.mean(inside) > 0.92


def test_an_effect_is_above_a_cost_as_probably_as_the_bell_curve_says() -> None:
    assert above(np.array([3.0, 5.0]), np.array([2.0, 2.0]), 3.0) == pytest.approx([0.5, 0.8413447])


def base() -> pd.DataFrame:
    people = entrants(900)
    segment = np.array(["loyal", "lost", "new"])[np.arange(900) % 3]
    outcome = people.outcome + 30 * people.treated * (segment == "loyal")
    return pd.DataFrame(
        {"segment": segment, "outcome": outcome, "treated": people.treated, "before": people.before}
    )


def test_a_segment_has_its_own_effect_beside_the_one_that_is_drawn() -> None:
    found = by_segment(base(), cost=5.0).set_index("segment")
    loyal = base().query("segment == 'loyal'")
    own = effect(*(loyal[name].to_numpy() for name in ("outcome", "treated", "before")))
    assert found.loc["loyal", "estimate"] == pytest.approx(own.estimate)
    assert found.loc["loyal", "treated"] + found.loc["loyal", "control"] == 300
    assert found["chance"].idxmax() == "loyal"


def test_a_segment_with_too_few_is_told_by_the_others() -> None:
    few = pd.DataFrame({"segment": ["tiny"], "outcome": [9.0], "treated": [True], "before": [1.0]})
    found = by_segment(pd.concat([base(), few])).set_index("segment")
    assert np.isnan(found.loc["tiny", "estimate"])
    assert np.isfinite(found.loc["tiny", "effect"])
