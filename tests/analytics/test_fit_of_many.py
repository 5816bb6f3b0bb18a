"""A fit is the same however often the same customers stand in the base."""

from dataclasses import astuple
from functools import cache

import numpy as np
import pytest

from suitecrm_bridge.analytics.bg_nbd import BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma

from . import cdnow
from .buyers import Array, buyers

TIMES = (2, 1000, 1_000_000)
SOME = 400


def at_random() -> tuple[Array, ...]:
    """All buy at one rate and nobody leaves: no two of the four parameters have an end."""
    chance = np.random.default_rng(3)
    age = chance.integers(30, 700, SOME).astype(float)
    bought = chance.poisson(0.02 * age).astype(float)
    last = np.ceil(age * chance.random(SOME) ** (1 / np.maximum(bought, 1)))
    return bought, np.where(bought > 0, np.minimum(last, age), 0.0), age


def every_month() -> tuple[Array, ...]:
    age = np.random.default_rng(3).integers(30, 700, SOME).astype(float)
    return age // 30, 30 * (age // 30), age


def alike(**how: float) -> tuple[Array, ...]:
    return buyers(SOME, 1, **how)


def of_cdnow() -> tuple[Array, ...]:
    rows = cdnow.summary()
    return tuple(rows[name].to_numpy(dtype=float) for name in ("frequency", "recency", "T"))


def with_an_old_one() -> tuple[Array, ...]:
    """One customer of a century ago among those of the last weeks."""
    bought, last, age = buyers(60, 2, r=1, alpha=20, a=1, b=5, days=90)
    age[0] = 36_500
    return bought, last, age


HISTORIES = {
    "cdnow": of_cdnow,
    "at_random": at_random,
    "every_month": every_month,
    "one_rate": lambda: alike(r=3000, alpha=200_000, a=1, b=5),
    "nobody_leaves": lambda: alike(r=1, alpha=20, a=0.01, b=50),
    "all_leave_alike": lambda: alike(r=0.6, alpha=40, a=800, b=7200),
    "usual": lambda: alike(r=0.6, alpha=40, a=0.7, b=9),
    "an_old_one": with_an_old_one,
}


def same_price() -> tuple[Array, Array]:
    return np.random.default_rng(1).integers(1, 20, SOME).astype(float), np.full(SOME, 10.0)


def three_prices() -> tuple[Array, Array]:
    chance = np.random.default_rng(1)
    return chance.integers(1, 20, SOME).astype(float), chance.choice([10.0, 20.0, 50.0], SOME)


def spend_alike() -> tuple[Array, Array]:
    chance = np.random.default_rng(1)
    bought = chance.integers(1, 20, SOME).astype(float)
    return bought, 50 * chance.gamma(6 * bought, 1 / (6 * bought))


def with_a_slip() -> tuple[Array, Array]:
    """One amount of forty is a million times too high."""
    bought, value = spend_alike()
    value[0] *= 1e6
    return bought[:40], value[:40]


AMOUNTS = {
    "same_price": same_price,
    "three_prices": three_prices,
    "spend_alike": spend_alike,
    "a_slip": with_a_slip,
}


@cache
def buying(name: str, times: int) -> BgNbd:
    bought, last, age = HISTORIES[name]()
    found = fit_bg_nbd(bought, last, age, customers=np.full(len(age), times))
    assert isinstance(found, BgNbd)
    return found


@cache
def spending(name: str, times: int) -> GammaGamma:
    bought, value = AMOUNTS[name]()
    found = fit_gamma_gamma(bought, value, customers=np.full(len(value), times))
    assert isinstance(found, GammaGamma)
    return found


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("name", HISTORIES)
def test_the_same_customers_many_times_over_buy_by_the_same_model(name: str, times: int) -> None:
    one, many = buying(name, 1), buying(name, times)
    assert astuple(many)[:4] == pytest.approx(astuple(one)[:4], rel=1e-5)
    assert many.log_likelihood == pytest.approx(times * one.log_likelihood)
    assert (many.customers, many.prior) == (times * one.customers, one.prior)


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("name", AMOUNTS)
def test_the_same_amounts_many_times_over_follow_the_same_model(name: str, times: int) -> None:
    one, many = spending(name, 1), spending(name, times)
    assert astuple(many)[:3] == pytest.approx(astuple(one)[:3], rel=1e-5)
    assert many.correlation == pytest.approx(one.correlation)
    assert (many.customers, many.prior) == (times * one.customers, one.prior)


def test_a_base_is_fitted_at_926_000_customers_as_at_463_000() -> None:
    few, many = buying("at_random", 463_000 // SOME), buying("at_random", 926_000 // SOME)
    assert many.expected_purchases(365, 5, 200, 300) == pytest.approx(
        few.expected_purchases(365, 5, 200, 300), rel=1e-6
    )


def test_customers_who_buy_every_month_are_forecast_to_go_on() -> None:
    found = buying("every_month", 1)
    assert float(found.expected_purchases(360, 20, 600, 610)) == pytest.approx(12, rel=0.1)


def test_three_prices_are_each_expected_to_stay() -> None:
    found = spending("three_prices", 1)
    assert found.expected_average(10, [10.0, 50.0]) == pytest.approx([10, 50], rel=0.1)
