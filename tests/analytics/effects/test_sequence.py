import numpy as np
import pytest

from suitecrm_bridge.analytics.effects.sequence import margin, needed, smallest, tightest

ALPHA = 0.05


def crossed(paths: np.ndarray, first: int, planned: int, alpha: float) -> float:
    """Return how many of the paths leave the limits at any step from `first` on."""
    steps = np.arange(1, paths.shape[1] + 1)
    means = np.cumsum(paths, axis=1) / steps
    deviation = np.sqrt(np.maximum(np.cumsum(paths**2, axis=1) / steps - means**2, 1e-12))
    width = np.array([margin(n, 1 / np.sqrt(n), planned, alpha) for n in steps])
    return float((np.abs(means) > width * deviation)[:, first - 1 :].any(axis=1).mean())


def test_the_truth_leaves_the_limits_on_any_night_no_more_often_than_promised() -> None:
    paths = np.random.default_rng(1).normal(size=(1_500, 3_000))
    assert crossed(paths, 50, 1_000, ALPHA) < ALPHA + 2 * np.sqrt(ALPHA * 0.95 / 1_500)


def test_the_promise_is_used_up_where_one_looks_for_ever() -> None:
    """Limits that are too wide would find nothing; of a walk this long most of it is spent."""
    paths = np.random.default_rng(2).normal(size=(600, 20_000))
    assert crossed(paths, 50, 400, 0.2) > 0.06


def test_an_interval_of_one_day_breaks_the_promise_where_one_looks_every_night() -> None:
    paths = np.random.default_rng(1).normal(size=(500, 3_000))
    steps = np.arange(1, 3_001)
    means = np.abs(np.cumsum(paths, axis=1) / steps)
    assert (means > 1.96 / np.sqrt(steps))[:, 49:].any(axis=1).mean() > 0.3


@pytest.mark.parametrize(
    ("entrants", "rho", "alpha", "expected"),
    [(100, 0.1, 0.05, 0.36564), (1_000, 0.1, 0.05, 0.09606), (10_000, 0.05, 0.1, 0.02860)],
)
def test_the_margin_is_the_one_of_the_theorem(entrants, rho, alpha, expected) -> None:
    planned = tightest(1.0, alpha) / rho**2
    spread = entrants * rho**2
    theorem = np.sqrt(
        2 * (spread + 1) / (entrants**2 * rho**2) * np.log(np.sqrt(spread + 1) / alpha)
    )
    found = margin(entrants, 1 / np.sqrt(entrants), planned, alpha)
    assert found == pytest.approx(theorem)
    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("alpha", [0.3, 0.05, 0.001])
def test_the_limits_are_tightest_at_what_was_planned(alpha: float) -> None:
    here = margin(500, 1.0, 500, alpha)
    assert here < min(margin(500, 1.0, planned, alpha) for planned in (50, 400, 620, 5_000))


def test_a_sequence_is_wider_than_an_interval_of_one_day() -> None:
    assert margin(500, 1.0, 500, ALPHA) > 1.96


def test_it_takes_as_many_entrants_as_make_the_effect_the_smallest_found() -> None:
    entrants = needed(80.0, 6.0, 2_000, ALPHA)
    assert smallest(entrants, 80.0 / np.sqrt(entrants), 2_000, ALPHA) == pytest.approx(6.0)


def test_an_effect_beyond_all_measure_takes_one_entrant_and_a_tiny_one_no_end() -> None:
    assert needed(1.0, 1e6, 100, ALPHA) == 1.0
    assert needed(1e9, 1e-9, 100, ALPHA) == 1e12


def test_what_is_the_smallest_found_is_found_in_four_of_five_cases() -> None:
    planned, rng = 1_000, np.random.default_rng(4)
    effect = smallest(planned, 1 / np.sqrt(planned), planned, ALPHA)
    paths = rng.normal(effect, 1.0, size=(800, planned))
    means = np.cumsum(paths, axis=1) / np.arange(1, planned + 1)
    low = means - [margin(n, 1 / np.sqrt(n), planned, ALPHA) for n in range(1, planned + 1)]
    assert 0.78 < (low[:, 49:] > 0).any(axis=1).mean() < 0.9
