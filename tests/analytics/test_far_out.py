"""A model is fitted on the many, whatever the few hold."""

import numpy as np
import pytest

from suitecrm_bridge.analytics.bg_nbd import BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.fitting import usual_top
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma

CUSTOMERS = 200


@pytest.fixture(scope="module")
def base():
    """Frequency, recency and age of customers who buy as BG/NBD says, and their average values."""
    chance = np.random.default_rng(7)
    histories = []
    for _ in range(CUSTOMERS):
        age = float(chance.integers(200, 1500))
        rate, leaving = chance.gamma(0.8, 1 / 60), chance.beta(0.7, 2.5)
        bought, last = 0, 0.0
        while (after := last + chance.exponential(1 / rate)) < age:
            bought, last = bought + 1, after
            if chance.random() < leaving:
                break
        histories.append((float(bought), last, age))
    frequency, recency, age = map(np.array, zip(*histories, strict=True))
    return frequency, recency, age, chance.gamma(5, 1000, CUSTOMERS)


@pytest.mark.parametrize("days", [660_000, 740_000, 200_000])
@pytest.mark.parametrize("few", [1, 2])
def test_a_purchase_dated_centuries_ago_takes_no_model_from_the_others(base, days, few):
    frequency, recency, age = (column.copy() for column in base[:3])
    frequency[:few] += 1
    recency[:few] += days
    age[:few] += days
    model, plain = fit_bg_nbd(frequency, recency, age), fit_bg_nbd(*base[:3])
    assert isinstance(model, BgNbd)
    assert isinstance(plain, BgNbd)
    shown = model.expected_purchases_new(365.0) / plain.expected_purchases_new(365.0)
    assert 0.8 < float(shown) < 1.25


@pytest.mark.parametrize("value", [1e15, 1e13, 1e9, 1e-6])
def test_one_amount_far_out_does_not_move_everybodys_value(base, value):
    frequency, values = base[0], base[3].copy()
    place = int(np.flatnonzero(frequency > 0)[0])
    values[place] = value
    model, plain = fit_gamma_gamma(frequency, values), fit_gamma_gamma(frequency, base[3])
    assert isinstance(model, GammaGamma)
    assert isinstance(plain, GammaGamma)
    assert model.population_average == pytest.approx(plain.population_average, rel=0.05)
    assert model.customers == plain.customers - 1


def test_the_usual_top_leaves_the_highest_thirtieth_out():
    assert usual_top(np.array([1.0, 2.0, 9e9])) == 2.0
    assert usual_top(np.arange(1000.0)) == 966.0
    assert usual_top(np.array([5.0])) == 5.0
