"""A limit means the same for everybody: of 20 silences that end, one is longer."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from silences_judged import BASES, drawn, judged, shares

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.silence import NEVER, Rhythms, eras, fit, horizon, usual


def foreseen(model: Rhythms, gaps: int, so_far: int, size: int = 40_000) -> np.ndarray:
    """Draw the next gaps of customers with such a history, in days."""
    chance = np.random.default_rng(gaps)
    rates = chance.gamma(model.r + gaps * model.shape, size=size) / (model.alpha + so_far)
    days = np.round(chance.gamma(model.shape, size=size) / rates)
    return days[(days >= 1) & (days <= 730)]


@pytest.mark.parametrize("gaps", [0, 1, 2, 3, 5, 10, 20])
@pytest.mark.parametrize("shape", [0.5, 1.0, 9.0])
@pytest.mark.parametrize("share", [0.9, 0.95])
def test_of_the_silences_that_end_a_limit_is_exceeded_as_often_as_it_says(gaps, shape, share):
    model = Rhythms(3.0, 80.0 * shape, shape)
    limit = int(model.longest(share, gaps, 40 * gaps, 730))
    days = foreseen(model, gaps, 40 * gaps)
    error = 4 * np.sqrt(share * (1 - share) / len(days))
    assert (days > limit).mean() <= 1 - share + error
    assert (days >= limit).mean() >= 1 - share - error


@pytest.mark.story
@pytest.mark.parametrize("name", BASES)
def test_a_base_keeps_the_promise_for_few_gaps_and_many_whoever_buys_there(name):
    found = judged(drawn(name, 700, 3))
    assert 0.03 < found["gap"].gt(found["limit"]).mean() < 0.06
    by_gaps = {gaps: both[0] for gaps, both in shares(found).items()}
    few, many = ([by_gaps[gaps] for gaps in ("0", "1", "2", "3", "4")], by_gaps["6–9"])
    assert np.mean(few) == pytest.approx(5, abs=2)
    assert min(few) > 1
    assert max(few) < 10
    assert many == pytest.approx(5, abs=2.5)


def test_who_buys_by_the_clock_and_who_at_random_are_told_apart_after_some_gaps():
    found = judged(drawn("half at random, half by the clock", 900, 3))
    found = found[found["gaps"] >= 8]
    beyond = (found["gap"] > found["limit"]).groupby(found["number"] % 2).mean()
    # One shape for all would let twice as many through of the one half, and nobody of the other.
    assert 0.02 < beyond[1] < beyond[0] < 0.075


def test_three_times_the_average_can_never_be_exceeded_by_one_of_three_gaps():
    found = judged(drawn("at random", 200, 3))
    assert [shares(found)[gaps][1] for gaps in ("0", "1", "2")] == [0, 0, 0]


@pytest.mark.parametrize("shape", [0.6, 1.0, 8.0])
def test_a_young_base_tells_how_its_customers_buy_although_long_silences_cannot_be_seen(shape):
    # Purchases of 300 days, where every third gap is longer than what is left of them.
    chance = np.random.default_rng(2)
    rows = []
    for _ in range(900):
        rate = chance.gamma(3.0) / 160
        begun, day, gaps = 0, 0.0, 0
        while True:
            gap = round(chance.gamma(shape) / (rate * shape))
            if day + gap >= 300:
                break
            if gap:
                rows.append((gaps, int(day) - begun, gap, 300 - int(day), 1))
                gaps += 1
            day += gap
    names = ["gaps", "so_far", "gap", "watched", "silences"]
    found = fit(pd.DataFrame(rows, columns=names), usual(90))
    assert found.shape == pytest.approx(shape, rel=0.15)
    true = Rhythms(3.0, 160.0 / shape, shape)
    for gaps, so_far in ((0, 0), (2, 150), (5, 300)):
        expected = true.longest(0.95, gaps, so_far, 730)
        assert found.longest(0.95, gaps, so_far, 730) == pytest.approx(expected, rel=0.2)


def test_silences_that_end_late_count_where_they_are_usual():
    rows = pd.DataFrame({"gap": [10, 400, 900], "silences": [1, 5, 1]})
    assert horizon(rows, 730) == 1_200
    assert horizon(rows.assign(gap=[1, 2, 3]), 730) == 730


def begun(days, ended, until):
    found = eras(days, ended, until, 30)
    assert [era.next_day for era in found] == [*(era.first_day for era in found[1:]), NEVER]
    return [str(to_date(era.first_day))[:7] for era in found[1:]], [era.ended for era in found]


FIRST = to_day(date(2025, 1, 10))


def test_an_era_begins_when_twice_as_much_is_known():
    days = [FIRST, FIRST + 40, FIRST + 50, FIRST + 80]
    assert begun(days, [10, 30, 20, 20], FIRST + 90) == (["2025-03", "2025-04"], [0, 40, 80])
    assert begun(days, [10, 30, 0, 0], FIRST + 90) == (["2025-03"], [0, 40])
    assert begun([], [], FIRST) == ([], [0])


def test_an_era_begins_when_the_base_is_half_as_old_again_or_a_year_later():
    days = [FIRST + 7 * week for week in range(260)]
    months, _ = begun(days, [100] * 260, FIRST + 7 * 260)
    assert months[:6] == ["2025-02", "2025-03", "2025-04", "2025-06", "2025-09", "2026-01"]
    assert months[-4:] == ["2026-07", "2027-04", "2028-04", "2029-04"]


def test_an_era_does_not_begin_where_nothing_new_is_known():
    assert begun([FIRST, FIRST + 1], [30, 30], FIRST + 3_000) == (["2025-02"], [0, 60])
