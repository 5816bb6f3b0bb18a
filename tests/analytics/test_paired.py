"""Which of two ways is right more often is told honestly, with its interval."""

import numpy as np
import pytest

from suitecrm_bridge.analytics.paired import Paired


def pair(customers: int, won: int, lost: int, both: int = 0) -> Paired:
    return Paired(customers, both + won, both + lost, won, lost)


def test_the_interval_is_that_of_the_published_example() -> None:
    """Tango's Table: 50 pairs, 12 to 2."""
    assert pair(50, 12, 2, 36).interval(0.95) == pytest.approx((0.0611, 0.3447), abs=1e-4)


@pytest.mark.parametrize("numbers", [(1, 0, 0), (1, 1, 0), (5, 5, 0), (7, 0, 7), (9, 3, 3)])
def test_the_interval_holds_the_difference_and_is_its_own_mirror_image(
    numbers: tuple[int, int, int],
) -> None:
    customers, won, lost = numbers
    low, high = pair(customers, won, lost).interval()
    assert -1 <= low <= (won - lost) / customers <= high <= 1
    assert pair(customers, lost, won).interval() == pytest.approx((-high, -low), abs=1e-8)


def test_nobody_tells_nothing() -> None:
    assert Paired(0, 0, 0, 0, 0).interval() == (-1.0, 1.0)
    assert Paired(0, 0, 0, 0, 0).verdict() == "unclear"


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (pair(500, 60, 10, 100), "better"),
        (pair(500, 10, 60, 100), "no_better"),
        (pair(9, 9, 0), "unclear"),
        (pair(40, 12, 10, 5), "unclear"),
        (pair(20_000, 300, 300, 9_000), "no_better"),
        (pair(500, 0, 0, 100), "no_better"),
        (pair(50, 0, 0, 10), "unclear"),
    ],
)
def test_a_verdict_is_better_no_better_or_too_little_to_tell(found: Paired, verdict: str) -> None:
    assert found.verdict() == verdict


@pytest.mark.parametrize("customers", [1, 5, 10, 20, 50, 200, 2000])
@pytest.mark.parametrize(("won", "lost"), [(0.1, 0.1), (0.02, 0.02), (0.3, 0.1), (0.05, 0.0)])
def test_the_interval_keeps_its_coverage_at_small_numbers_too(
    customers: int, won: float, lost: float
) -> None:
    chance = np.random.default_rng(5)
    drawn = chance.multinomial(customers, [won, lost, 1 - won - lost], 300)
    kept = 0
    for one, other, _ in drawn:
        low, high = pair(customers, int(one), int(other)).interval(0.95)
        kept += low <= won - lost <= high
    assert kept >= 300 * 0.92


@pytest.mark.parametrize("customers", [20, 100, 1000])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_two_ways_that_are_equally_good_are_hardly_ever_told_apart(
    customers: int, share: float
) -> None:
    chance = np.random.default_rng(6)
    drawn = chance.multinomial(customers, [share, share, 1 - 2 * share], 300)
    wins = sum(
        pair(customers, int(one), int(other)).verdict() == "better" for one, other, _ in drawn
    )
    assert wins <= 300 * 0.02
