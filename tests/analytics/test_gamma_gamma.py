import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import spearmanr

from suitecrm_bridge.analytics import clv, gamma_gamma
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma
from suitecrm_bridge.errors import DataError

from . import cdnow


@pytest.fixture(scope="module")
def summary() -> pd.DataFrame:
    return clv.summarize(cdnow.sample(), cdnow.CALIBRATION_END)


@pytest.fixture(scope="module")
def fitted(summary: pd.DataFrame) -> GammaGamma:
    found = clv.fit_gamma_gamma(summary["frequency"], summary["monetary_value"])
    assert isinstance(found, GammaGamma)
    return found


def made_up(count: int = 500, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    frequency = chance.integers(1, 20, count).astype(float)
    rate = chance.gamma(4, 1 / 15, count)
    return frequency, chance.gamma(6 * frequency, 1 / (rate * frequency))


def test_the_fit_has_the_printed_parameters_of_cdnow(fitted: GammaGamma) -> None:
    assert [round(value, 2) for value in (fitted.p, fitted.q, fitted.v)] == [6.25, 3.74, 15.44]
    assert fitted.customers == 946


def test_the_expected_average_of_cdnow_lies_between_the_customer_and_the_population(
    fitted: GammaGamma,
) -> None:
    assert fitted.population_average == pytest.approx(15.44 * 6.25 / 2.74, rel=5e-3)
    assert fitted.expected_average(0, 0) == pytest.approx(fitted.population_average)
    own = fitted.expected_average([1, 5, 500], [100.0, 100.0, 100.0])
    assert (np.diff([fitted.population_average, *own, 100.0]) > 0).all()


def test_frequency_and_value_of_cdnow_are_nearly_independent(fitted: GammaGamma) -> None:
    assert fitted.correlation == pytest.approx(0.206, abs=1e-3)
    assert fitted.independent


def test_value_that_grows_with_frequency_is_said_not_to_be_independent() -> None:
    frequency, value = made_up()
    found = clv.fit_gamma_gamma(frequency, value * frequency)
    assert isinstance(found, GammaGamma)
    assert found.correlation > 0.5
    assert not found.independent


@pytest.mark.parametrize("logs", [(0, 0, 0), (1.8, 1.3, 0.5), (-1, 2, -2)])
def test_the_gradient_is_that_of_the_likelihood(logs: tuple[float, ...]) -> None:
    likelihood = gamma_gamma.Likelihood(*made_up())
    at = np.array(logs, dtype=float)
    differences = approx_fprime(at, lambda logs: likelihood(logs)[0], 1e-7)
    assert likelihood(at)[1] == pytest.approx(differences, abs=1e-5, rel=1e-5)


def test_a_fit_finds_the_parameters_that_made_the_amounts() -> None:
    found = clv.fit_gamma_gamma(*made_up(20_000))
    assert isinstance(found, GammaGamma)
    assert (found.p, found.q, found.v) == pytest.approx((6, 4, 15), rel=0.06)


def test_a_fit_takes_any_unit_of_money() -> None:
    frequency, value = made_up()
    units, cents = (clv.fit_gamma_gamma(frequency, value * scale) for scale in (1, 100))
    assert isinstance(units, GammaGamma)
    assert isinstance(cents, GammaGamma)
    assert (cents.p, cents.q, cents.v) == pytest.approx((units.p, units.q, 100 * units.v), rel=1e-6)


def test_customers_without_repeat_purchase_or_value_are_left_out() -> None:
    frequency, value = made_up()
    more = clv.fit_gamma_gamma([*frequency, 0, 3], [*value, 50, 0])
    assert more == clv.fit_gamma_gamma(frequency, value)


def test_too_few_repeat_buyers_are_not_fitted() -> None:
    found = clv.fit_gamma_gamma([0] * 100 + [1] * 29, [10] * 129)
    assert found == NotFitted("too_few_repeat_buyers", 29, 30)


def test_amounts_that_are_all_equal_are_expected_again() -> None:
    found = clv.fit_gamma_gamma([3] * 100, [10] * 100)
    assert isinstance(found, GammaGamma)
    assert found.prior
    assert found.expected_average([0, 1, 50], [0, 10, 10]) == pytest.approx([10, 10, 10], rel=1e-3)


def test_amounts_whose_average_would_be_infinite_are_not_fitted() -> None:
    chance = np.random.default_rng(2)
    wild = np.exp(chance.normal(0, 6, 400))
    found = clv.fit_gamma_gamma(chance.integers(5, 50, 400), wild)
    assert isinstance(found, NotFitted)
    assert found.reason == "absurd_parameters"


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_an_impossible_value_is_refused(value: float) -> None:
    with pytest.raises(DataError, match="monetary_value"):
        clv.fit_gamma_gamma([1], [value])


def test_customers_who_spend_alike_weigh_as_many() -> None:
    x, z = np.array([1.0, 2, 3, 5, 8]), np.array([10.0, 30, 20, 60, 5])
    size = np.array([40, 30, 20, 10, 7])
    shared = gamma_gamma.fit_gamma_gamma(x, z, customers=size)
    alone = gamma_gamma.fit_gamma_gamma(np.repeat(x, size), np.repeat(z, size))
    assert isinstance(shared, GammaGamma)
    assert isinstance(alone, GammaGamma)
    assert shared.customers == alone.customers == 107
    assert (shared.p, shared.q, shared.v) == pytest.approx((alone.p, alone.q, alone.v), rel=1e-8)
    expected = spearmanr(np.repeat(x, size), np.repeat(z, size)).statistic
    assert shared.correlation == pytest.approx(expected) == alone.correlation
