"""Control charts: what is published, what they promise, and what may not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from suitecrm_bridge.analytics.complaints import charts

# Defects on 25 wafers: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1.
WAFERS = np.array(
    [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16,
     31, 13], dtype=float,
)  # fmt: skip
PAST, RECENT = 26, 7
RISE = 1.5


def known(rate, *, past=1e9, dispersion=1.0):
    """What is usual of one chart whose rate is known (the better, the longer the past)."""
    return charts.Baseline(
        np.array([rate * past]), np.array([past]), np.array([dispersion]), np.array([99.0])
    )


def drawn(rng, number, mean, dispersion=1, *, past=PAST, rates=None):
    """Counts of charts in control, of Poisson or of more variance."""
    rates = rng.gamma(4, mean / 4, number) if rates is None else rates
    means = np.repeat(rates[:, None], past + RECENT, axis=1)
    if dispersion == 1:
        return rng.poisson(means).astype(float)
    return rng.negative_binomial(means / (dispersion - 1), 1 / dispersion).astype(float)


def judged(counts, exposure=None):
    """The chance of the latest period and the evidence of a rise up to it, of each chart."""
    exposure = np.ones_like(counts) if exposure is None else exposure
    usable = np.zeros_like(counts, dtype=bool)
    usable[:, :-RECENT] = True
    usual = charts.baseline(counts, exposure, usable)
    latest = charts.tail(counts[:, -1:], exposure[:, -1:], usual)[:, 0]
    recent = charts.evidence(counts[:, -RECENT:], exposure[:, -RECENT:], usual, RISE)
    return latest, recent.max(axis=1)


def false_alarms(mean, dispersion, chance, *, past=PAST, families=40, seed=5):
    """How many of the charts in control alarm, by either rule, and how many there are."""
    rng = np.random.default_rng(seed)
    found = [judged(drawn(rng, 40, mean, dispersion, past=past)) for _ in range(families)]
    limit = sum(int((latest <= chance).sum()) for latest, _ in found)
    lasting = sum(int((rise >= -np.log(chance)).sum()) for _, rise in found)
    return limit, lasting, 40 * families


def most(number, chance):
    """More would be seen once in a thousand times, were the promise kept."""
    return stats.binom.isf(0.001, number, chance)


def test_the_limits_of_the_wafers_are_those_of_the_handbook():
    centre, _ = charts.laney(WAFERS, np.ones(25))
    assert centre == pytest.approx(16)
    assert charts.upper_limit(centre, 1.0, np.ones(1)) == pytest.approx([28])


def test_by_laney_the_wafers_vary_more_than_by_poisson_and_none_is_out_of_control():
    centre, sigma_z = charts.laney(WAFERS, np.ones(25))
    # The ranges from wafer to wafer sum up to 143; a standard deviation is 4.
    assert sigma_z == pytest.approx(143 / 24 / 4 / 1.128)
    assert charts.upper_limit(centre, sigma_z, np.ones(1))[0] > 31


def test_where_the_rate_is_known_the_chance_is_poissons():
    counts = np.array([[0.0, 1.0, 3.0, 9.0]])
    found = charts.tail(counts, np.full((1, 4), 0.5), known(4.0))
    assert found[0] == pytest.approx(stats.poisson.sf(counts[0] - 1, 2.0), rel=1e-4)


def test_over_dispersion_makes_it_negative_binomial_with_that_variance():
    counts = np.array([[2.0, 12.0]])
    found = charts.tail(counts, np.ones((1, 2)), known(5.0, dispersion=3.0))
    law = stats.nbinom(5 / 2, 1 / 3)
    assert law.mean() == pytest.approx(5)
    assert law.var() == pytest.approx(15)
    assert found[0] == pytest.approx(law.sf(counts[0] - 1), rel=1e-4)


def test_a_rate_that_is_hardly_known_allows_for_more():
    counts, exposure = np.array([[12.0]]), np.ones((1, 1))
    sure = charts.tail(counts, exposure, known(4.0))
    unsure = charts.tail(counts, exposure, known(4.0, past=1))
    assert unsure > 10 * sure


def test_the_limit_is_the_last_count_that_is_no_alarm():
    usual, exposure = known(3.0, dispersion=1.5), np.ones((1, 1))
    limit = charts.limit(exposure, usual, 0.001)
    assert charts.tail(limit, exposure, usual) > 0.001
    assert charts.tail(limit + 1, exposure, usual) <= 0.001


@pytest.mark.parametrize("past", [26, 104])
@pytest.mark.parametrize(
    ("mean", "dispersion"),
    [(0.05, 4), (0.05, 8), (0.1, 1), (1, 1), (30, 1), (0.5, 2), (6, 2), (6, 4), (60, 3)],
)
def test_charts_in_control_alarm_no_more_often_than_they_promise(mean, dispersion, past):
    limit, lasting, number = false_alarms(mean, dispersion, 0.005, past=past)
    assert limit <= most(number, 0.005)
    assert lasting <= most(number, 0.005)


def test_without_laney_an_over_dispersed_process_would_break_the_promise():
    rng = np.random.default_rng(5)
    counts = drawn(rng, 2400, 6, 4, rates=np.full(2400, 6.0))[:, -1:]
    naive = charts.tail(counts, np.ones_like(counts), known(6.0))
    assert (naive <= 0.005).sum() > 5 * most(2400, 0.005)


@pytest.mark.parametrize("dispersion", [1, 5])
def test_clusters_of_sparse_complaints_are_told_from_charts_that_differ(dispersion):
    rng = np.random.default_rng(7)
    counts = drawn(rng, 2000, 0.1, dispersion, past=93)
    usual = charts.baseline(counts, np.ones_like(counts), np.ones_like(counts, dtype=bool))
    allowed_for_doubt = 1 + charts.LENT / 100
    assert (usual.dispersion[0] - 1) / allowed_for_doubt == pytest.approx(dispersion - 1, abs=0.5)


def test_the_evidence_for_a_known_rate_exceeds_a_thousand_at_most_once_in_a_thousand_times():
    rng = np.random.default_rng(3)
    counts = rng.poisson(3.0, (20_000, 30)).astype(float)
    usual = charts.Baseline(*(np.full(20_000, value) for value in (3e9, 1e9, 1.0, 99.0)))
    found = charts.evidence(counts, np.ones_like(counts), usual, RISE).max(axis=1)
    assert (found >= np.log(100)).sum() <= most(20_000, 0.01)
    assert (found >= np.log(1000)).sum() <= most(20_000, 0.001)


def test_a_lasting_rise_that_no_single_period_shows_is_found():
    rng = np.random.default_rng(1)
    counts = drawn(rng, 300, 5, past=104, rates=np.full(300, 5.0))
    counts[:, -6:] = rng.poisson(10.0, (300, 6))
    latest, rise = judged(counts)
    assert (rise >= np.log(1000)).mean() > 0.6
    assert (latest <= 0.001).mean() < 0.2


def test_the_change_point_lies_where_the_rate_rose():
    rng = np.random.default_rng(2)
    counts = rng.poisson(np.r_[np.full(20, 4.0), np.full(6, 12.0)], (200, 26)).astype(float)
    found = charts.change(counts, np.full((200, 26), 4.0))
    assert (np.abs(found - 20) <= 1).mean() > 0.9


def test_an_old_spike_does_not_poison_the_baseline():
    rng = np.random.default_rng(4)
    calm = drawn(rng, 40, 4, rates=np.full(40, 4.0))
    stirred = calm.copy()
    stirred[7, 10:12] = 90
    usable = np.ones_like(calm, dtype=bool)
    exposure = np.ones_like(calm)
    before = charts.baseline(calm, exposure, usable).rate[7]
    assert charts.baseline(stirred, exposure, usable).rate[7] == pytest.approx(before, rel=0.1)


def test_a_chart_without_a_past_is_judged_by_the_others():
    rng = np.random.default_rng(6)
    counts = drawn(rng, 30, 4, rates=np.full(30, 4.0))
    exposure = np.ones_like(counts)
    exposure[0, :-1] = counts[0, :-1] = 0
    counts[0, -1] = 4
    assert judged(counts, exposure)[0][0] > 0.1
    counts[0, -1] = 30
    assert judged(counts, exposure)[0][0] < 0.001


@given(st.floats(1e-3, 1e3), st.integers(0, 1000))
def test_the_unit_of_exposure_does_not_matter(unit, seed):
    rng = np.random.default_rng(seed)
    counts = drawn(rng, 6, 3)
    exposure = rng.uniform(0.5, 2, counts.shape)
    for one, other in zip(judged(counts, exposure), judged(counts, unit * exposure), strict=True):
        assert one == pytest.approx(other, rel=1e-6, abs=1e-9)


@given(st.integers(0, 1000))
def test_the_order_of_the_charts_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    counts = drawn(rng, 6, 3)
    order = rng.permutation(6)
    for one, other in zip(judged(counts), judged(counts[order]), strict=True):
        assert one[order] == pytest.approx(other)
