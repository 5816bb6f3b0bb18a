import numpy as np
import pytest
from scipy.stats import beta

from suitecrm_bridge.analytics.effects.rates import difference, ratio, share

ALPHA = 0.05
NIGHTS = sorted({int(1.15**k) for k in range(46)})


@pytest.mark.parametrize("true", [0.01, 0.1, 0.5, 0.97])
def test_the_share_leaves_its_limits_on_any_night_no_more_often_than_promised(true: float) -> None:
    hits = np.cumsum(np.random.default_rng(1).random((300, 600)) < true, axis=1)
    wrong = 0
    for path in hits:
        limits = (share(int(path[n - 1]), n, 0.1) for n in NIGHTS)
        wrong += any(not one.low <= true <= one.high for one in limits)
    assert wrong / 300 < 0.1 + 2 * np.sqrt(0.09 / 300)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (0, 40), (3, 40), (40, 40), (500, 1_000)])
def test_the_limits_of_a_share_are_wider_than_those_of_one_day(hits: int, n: int) -> None:
    found = share(hits, n, ALPHA)
    low = beta.ppf(ALPHA / 2, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(1 - ALPHA / 2, hits + 1, n - hits) if hits < n else 1.0
    assert found.low <= low + 1e-9
    assert found.high >= high - 1e-9


def test_at_its_limits_the_mixture_weighs_as_much_as_is_promised() -> None:
    from scipy.special import beta as whole

    found = share(7, 50, ALPHA)
    for true in (found.low, found.high):
        mixed = whole(7.5, 43.5) / whole(0.5, 0.5)
        assert mixed / (true**7 * (1 - true) ** 43) == pytest.approx(1 / ALPHA, rel=1e-6)


def test_of_nobody_nothing_is_known() -> None:
    found = share(0, 0, ALPHA)
    assert np.isnan(found.estimate)
    assert (found.low, found.high) == (0.0, 1.0)


@pytest.mark.parametrize("hits", [(9, 2), (0, 0), (40, 40), (3, 30)])
def test_the_difference_has_the_other_sign_where_the_arms_change_names(hits) -> None:
    found, other = difference(hits, (60, 60), ALPHA), difference(hits[::-1], (60, 60), ALPHA)
    assert (-other.high, -other.low) == pytest.approx((found.low, found.high))


def test_a_difference_holds_the_truth_on_every_night() -> None:
    rng = np.random.default_rng(2)
    wrong = 0
    for _ in range(200):
        treated, control = (np.cumsum(rng.random(400) < p) for p in (0.12, 0.05))
        found = (
            difference((int(treated[n - 1]), int(control[n - 1])), (n, n), 0.1)
            for n in range(20, 401, 20)
        )
        wrong += any(not one.low <= 0.07 <= one.high for one in found)
    assert wrong / 200 < 0.1


@pytest.mark.parametrize("control_share", [0.1, 0.5])
def test_a_ratio_holds_the_truth_on_every_night(control_share: float) -> None:
    rng = np.random.default_rng(3)
    wrong = 0
    for _ in range(200):
        treated = rng.random(1_500) >= control_share
        hit = rng.random(1_500) < np.where(treated, 0.06, 0.03)
        counts = np.cumsum(hit & treated), np.cumsum(hit & ~treated)
        found = (
            ratio((int(counts[0][n]), int(counts[1][n])), control_share, 0.1)
            for n in range(50, 1_500, 50)
        )
        wrong += any(not one.low <= 2 <= one.high for one in found)
    assert wrong / 200 < 0.1 + 2 * np.sqrt(0.09 / 200)


def test_a_ratio_is_that_of_the_shares() -> None:
    assert ratio((30, 10), 0.25, ALPHA).estimate == pytest.approx(1.0)


def test_a_ratio_without_one_in_the_control_has_no_upper_limit() -> None:
    assert ratio((30, 0), 0.25, ALPHA).high == np.inf


def test_a_ratio_of_nothing_is_not_known() -> None:
    found = ratio((0, 0), 0.25, ALPHA)
    assert np.isnan(found.estimate)
    assert (found.low, found.high) == (0.0, np.inf)


def test_few_complaints_more_than_chance_makes_are_seen() -> None:
    assert ratio((1, 9), 0.2, ALPHA).high < 1
    assert ratio((20, 9), 0.5, ALPHA).low < 1 < ratio((30, 5), 0.5, ALPHA).low
