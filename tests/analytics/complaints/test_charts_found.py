"""What charts find, and what does not disturb them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics.complaints import charts
from tests.analytics.complaints.in_control import (
    PAST,
    RECENT,
    chances,
    drawn,
    learnt,
)


def risen(rng, weeks, factors, mean=8.0):
    counts = rng.poisson(mean, (60, PAST + RECENT)).astype(float)
    counts[:10, -weeks:] = rng.poisson(mean * np.asarray(factors), (10, weeks))
    return chances(counts, learnt(counts))[:, :10] <= 0.001


def test_a_rise_that_is_split_over_two_periods_is_found_where_each_of_them_is_usual():
    found = np.mean([risen(np.random.default_rng(s), 2, [2, 2]).mean(axis=1) for s in range(8)], 0)
    assert found[1] > 0.35
    assert found[1] > 1.5 * found[0]


def test_a_slow_drift_is_found_that_no_single_period_shows():
    drift = 1 + np.arange(1, 25) / 24
    found = np.mean([risen(np.random.default_rng(s), 24, drift).mean(axis=1) for s in range(8)], 0)
    assert found[2] > 0.9
    assert found[2] > 2 * found[0]


def test_a_lasting_rise_that_no_single_period_shows_is_found():
    found = np.mean([risen(np.random.default_rng(s), 6, [2] * 6).mean(axis=1) for s in range(8)], 0)
    assert found[1:].max() > 0.6


def test_the_change_point_lies_where_the_rate_rose():
    rng = np.random.default_rng(2)
    counts = rng.poisson(np.r_[np.full(20, 4.0), np.full(6, 12.0)], (200, 26)).astype(float)
    found = charts.change(counts, np.full((200, 26), 4.0))
    assert (np.abs(found - 20) <= 1).mean() > 0.9


def test_an_old_spike_does_not_poison_the_baseline():
    rng = np.random.default_rng(4)
    calm = rng.poisson(4.0, (40, PAST + RECENT)).astype(float)
    stirred = calm.copy()
    stirred[7, 10:12] = 90
    before, after = (learnt(counts).expected[7, -1] for counts in (calm, stirred))
    assert after == pytest.approx(before, rel=0.1)


def test_a_chart_without_a_past_is_judged_by_the_others():
    rng = np.random.default_rng(6)
    counts = rng.poisson(4.0, (30, PAST + RECENT)).astype(float)
    amount = np.ones_like(counts)
    amount[0, :-1] = counts[0, :-1] = 0
    for number, alarms in ((6, False), (30, True)):
        counts[0, -1] = number
        assert (chances(counts, learnt(counts, amount))[0, 0] < 0.001) == alarms


@settings(max_examples=15)
@given(st.floats(1e-3, 1e3), st.integers(0, 1000))
def test_the_unit_of_exposure_does_not_matter(unit, seed):
    rng = np.random.default_rng(seed)
    counts = drawn(rng, (), 6, 3)
    amount = rng.uniform(0.5, 2, counts.shape)
    one, other = (chances(counts, learnt(counts, times * amount)) for times in (1, unit))
    assert one == pytest.approx(other, rel=1e-5, abs=1e-9)


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_the_order_of_the_charts_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    counts = drawn(rng, (), 6, 3)
    order = rng.permutation(6)
    one, other = chances(counts, learnt(counts)), chances(counts[order], learnt(counts[order]))
    assert one[:, order] == pytest.approx(other)
