import numpy as np
import pytest

from suitecrm_bridge.analytics.survival import kaplan_meier
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
    # Statistics packages print 0.620 to 0.952 for week 6.
    assert found.loc[0, ["low", "high"]].round(3).tolist() == [0.620, 0.952]


def test_customers_can_come_counted():
    counted = kaplan_meier([5, 5, 9], [1, 0, 1], [2, 3, 4])
    single = kaplan_meier([5] * 5 + [9] * 4, [1, 1, 0, 0, 0, 1, 1, 1, 1])
    assert counted.equals(single)
    assert counted["survival"].tolist() == pytest.approx([7 / 9, 0])
    assert counted.loc[1, ["low", "high"]].tolist() == [0, 0]


def test_without_a_loss_there_is_no_step():
    assert kaplan_meier([3, 4], [0, 0]).empty
    assert kaplan_meier([], []).empty


@pytest.mark.parametrize(("days", "lost"), [(-1, 1), (np.nan, 0), (3, 2)])
def test_an_impossible_stay_is_refused(days, lost):
    with pytest.raises(DataError):
        kaplan_meier([days], [lost])
