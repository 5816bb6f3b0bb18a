import numpy as np
import pytest
from scipy import special

from suitecrm_bridge.analytics.survival import bounds, kaplan_meier
from suitecrm_bridge.errors import DataError

# Weeks in remission under 6-MP (Freireich et al. 1963), the textbook example of the method.
LOST = [6, 6, 6, 7, 10, 13, 16, 22, 23]
WATCHED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def curve():
    return kaplan_meier(LOST + WATCHED, [1] * len(LOST) + [0] * len(WATCHED))


def test_the_curve_is_the_published_one():
    found = curve()
    assert found["days"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found["survival"].round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]


def test_the_interval_holds_the_curve_between_0_and_1():
    found = curve()
    assert (found["low"] < found["survival"]).all()
    assert (found["survival"] < found["high"]).all()
    assert found["low"].min() > 0
    assert found["high"].max() < 1
    assert found["high"].is_monotonic_decreasing
    assert found["low"].is_monotonic_decreasing


def test_where_everybody_was_watched_to_the_end_the_interval_is_that_of_a_share():
    # Clopper and Pearson (1934), for 9 to 0 of 10.
    found = kaplan_meier(range(1, 11), [1] * 10)
    left = np.arange(9, -1, -1)
    high = special.betaincinv(left + 1, 10 - left, 0.975)
    low = np.where(left > 0, special.betaincinv(np.maximum(left, 1), 11 - left, 0.025), 0)
    assert found["high"].to_numpy() == pytest.approx(high)
    assert found["low"].to_numpy() == pytest.approx(low)


@pytest.mark.parametrize(("customers", "watched"), [(5, 1.0), (12, 0.6), (30, 0.8)])
def test_the_interval_keeps_its_coverage_for_few_customers(customers, watched):
    # Stays are exponential, and the watch ends at random: 95 % of 400 draws, less three of
    # their standard errors.
    chance = np.random.default_rng(customers)
    held = 0
    for _ in range(400):
        stay = chance.exponential(100, customers)
        watch = chance.exponential(100 / watched, customers) if watched < 1 else stay + 1
        found = kaplan_meier(np.ceil(np.minimum(stay, watch)), stay <= watch)
        found = found[found["days"] <= 60]
        low, high = (found[name].iloc[-1] if len(found) else 1.0 for name in ("low", "high"))
        held += low <= np.exp(-0.6) <= high or found.empty
    assert held / 400 >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 400)


def test_the_bounds_hold_between_them_when_somebody_can_have_left():
    # Bought once and lost after 90 days, or bought until day 50 and lost after 100.
    latest, earliest = kaplan_meier([90, 100], [1, 1]), kaplan_meier([0, 50], [1, 1])
    found = bounds(latest, earliest)
    assert found["days"].tolist() == [0, 50, 90, 100]
    assert found["earliest"].tolist() == [0.5, 0, 0, 0]
    assert found["latest"].tolist() == [1, 1, 0.5, 0]
    assert found["lost"].tolist() == [0, 0, 1, 1]
    assert (found["low"] <= found["earliest"]).all()
    assert (found["high"] >= found["latest"]).all()


def test_customers_can_come_counted():
    counted = kaplan_meier([5, 5, 9], [1, 0, 1], [2, 3, 4])
    single = kaplan_meier([5] * 5 + [9] * 4, [1, 1, 0, 0, 0, 1, 1, 1, 1])
    assert counted.equals(single)
    assert counted["survival"].tolist() == pytest.approx([7 / 9, 0])
    assert counted.loc[1, "low"] == 0


def test_without_a_loss_there_is_no_step():
    assert kaplan_meier([3, 4], [0, 0]).empty
    assert kaplan_meier([], []).empty


@pytest.mark.parametrize(("days", "lost"), [(-1, 1), (np.nan, 0), (3, 2)])
def test_an_impossible_stay_is_refused(days, lost):
    with pytest.raises(DataError):
        kaplan_meier([days], [lost])
