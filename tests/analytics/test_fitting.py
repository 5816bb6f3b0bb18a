import numpy as np
import pytest

from suitecrm_bridge.analytics.fitting import Maximum, NotFitted, floats, inner, maximise
from suitecrm_bridge.errors import DataError


def bowl(logs):
    """The least value at (1, -2), at the end of a narrow and crooked valley."""
    x, y = logs
    value = (1 - x) ** 2 + 50 * (y + 2 * x**2) ** 2
    return value, np.array([-2 * (1 - x) + 400 * x * (y + 2 * x**2), 100 * (y + 2 * x**2)])


def test_the_bottom_of_a_narrow_valley_is_found_to_the_last_digits():
    found = maximise(bowl, [(-2.0, 3.0)], 20.0)
    assert isinstance(found, Maximum)
    assert found.logs == pytest.approx([1, -2], abs=1e-9)
    assert not found.prior


def test_a_slope_without_end_is_stopped_by_the_prior():
    def slope(logs):
        return -1e-3 * np.tanh(logs[0] - 5), np.array([-1e-3 / np.cosh(logs[0] - 5) ** 2])

    found = maximise(slope, [(0.0,)], 7.0)
    assert isinstance(found, Maximum)
    assert found.prior
    assert 0 < found.logs[0] < 7


@pytest.mark.parametrize("steep", [1.0, 1e-3, 1e-6, 1e-9])
def test_however_steep_a_slope_without_end_the_prior_stops_it_within_the_limits(steep):
    found = maximise(lambda logs: (-steep * logs[0], np.array([-steep])), [(0.0,)], 7.0)
    assert isinstance(found, Maximum)
    assert found.prior
    assert 0 < found.logs[0] < 7


def test_a_gradient_that_belongs_to_another_function_does_not_converge():
    def liar(logs):
        return float(logs[0] ** 2), np.array([np.sin(1e4 * logs[0]) + 2])

    assert maximise(liar, [(0.5,)], 7.0) == "no_convergence"


def test_a_later_start_is_tried():
    def wall(logs):
        if logs[0] > 3:
            return -logs[0], np.array([-1.0])
        return (logs[0] - 1) ** 2, np.array([2 * (logs[0] - 1)])

    found = maximise(wall, [(4.0,), (0.0,)], 7.0)
    assert isinstance(found, Maximum)
    assert found.logs == pytest.approx([1.0])


def test_the_inner_product_is_that_of_algebra():
    assert inner(np.array([1.0, 2.0]), np.array([3.0, 4.0])) == 11


@pytest.mark.parametrize("values", [[np.nan], [-1], [np.inf], [None]])
def test_what_is_no_number_of_something_is_refused(values):
    with pytest.raises(DataError, match="In the column x"):
        floats(values, "x")


def test_numbers_in_a_sentence_are_grouped():
    assert "1,200 customers have bought, 3,000" in NotFitted(
        "too_few_customers", 1200, 3000
    ).sentence("en")
