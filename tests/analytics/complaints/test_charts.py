"""Control charts: what is published, what they promise, and what may not matter."""

import numpy as np
import pytest
from scipy import stats

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.charts import Law
from tests.analytics.complaints.in_control import (
    PAST,
    RECENT,
    REGIMES,
    chances,
    drawn,
    learnt,
)
from tests.places import places

# Defects on 25 wafers: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1.
WAFERS = np.array(
    [
        16,
        14,
        28,
        16,
        12,
        20,
        10,
        12,
        10,
        17,
        19,
        17,
        14,
        16,
        15,
        13,
        14,
        16,
        11,
        20,
        11,
        19,
        16,
        31,
        13,
    ],
    dtype=float,
)


def law(mean, *, dispersion=1.0, shape=1e9, shock=0.0, doubt=0.0, free=99.0, like=None):
    values = (mean, dispersion, shape, shock, doubt, free)
    number = 1 if like is None else len(like)
    return Law(*(np.full(number, value) for value in values))


def exceeds(number, **known):
    counts = np.atleast_1d(np.asarray(number, dtype=float))
    return charts.tail(counts, law(like=counts, **known))


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
    counts = np.array([3.0, 5.0, 9.0])
    assert exceeds(counts, mean=2.0) == pytest.approx(stats.poisson.sf(counts - 1, 2.0), rel=1e-4)


def test_over_dispersion_makes_it_negative_binomial_with_that_variance():
    found = exceeds([7, 12], mean=5.0, dispersion=3.0)
    known = stats.nbinom(5 / 2, 1 / 3)
    assert (known.mean(), known.var()) == pytest.approx((5, 15))
    assert found == pytest.approx(known.sf([6, 11]), rel=1e-4)


def test_a_shock_makes_it_lognormal_with_the_tails_of_students_distribution():
    # So many events that Poisson's part of the variance is nothing beside the shock.
    sigma, mean = 0.55, 1e7
    shock = np.expm1(sigma**2)
    for z in (2.0, 3.0, 4.0):
        number = mean * np.exp(z * sigma - sigma**2 / 2)
        known = exceeds(number, mean=mean, shock=shock, free=1e6)
        few = exceeds(number, mean=mean, shock=shock, free=20.0)
        assert known == pytest.approx(stats.norm.sf(z), rel=0.15)
        assert few == pytest.approx(stats.t.sf(z, 20), rel=0.15)


@pytest.mark.parametrize("doubt", [{"shape": 4.0}, {"doubt": 0.2}])
def test_a_rate_that_is_hardly_known_allows_for_more(doubt):
    assert exceeds(12, mean=4.0, **doubt) > 10 * exceeds(12, mean=4.0)


def test_the_limit_is_the_last_count_that_is_no_alarm():
    usual = learnt(drawn(np.random.default_rng(3), ("season", "clusters"), 6, 4))
    found = charts.limits(usual, 2, 0.001)
    for period in (5, 60, 110):
        weight = np.zeros(PAST + RECENT)
        weight[period] = 1.0
        for number, alarms in ((found[period], False), (found[period] + 1, True)):
            counts = np.full((6, PAST + RECENT), number)
            assert (charts.chances(counts, usual, weight)[2] <= 0.001) == alarms


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize(("mean", "size"), places([(8, 1), (0.5, 4)], every=1))
def test_charts_in_control_alarm_no_more_often_than_they_promise(regime, mean, size):
    rng = np.random.default_rng(5)
    number, families, chance = 40, 30, 0.005
    found = np.zeros(3)
    for _ in range(families):
        counts = drawn(rng, REGIMES[regime], number, mean, size)
        found += (chances(counts, learnt(counts, size=size), size) <= chance).sum(axis=1)
    # Charts that a shock hits together alarm together: two families may.
    together = 2 * number if "shocks" in REGIMES[regime] else 0
    assert (found <= max(most(number * families, chance), together)).all()


def test_a_family_under_shared_shocks_alarms_no_more_often_than_its_charts_may():
    rng, families = np.random.default_rng(9), 60
    wrong = 0
    for _ in range(families):
        counts = drawn(rng, ("shocks",), 12, 8)
        wrong += (chances(counts, learnt(counts)) <= 0.05 / 12 / 3).any()
    assert wrong <= most(families, 0.05)


@pytest.mark.parametrize("regime", ["clusters", "shared shocks", "season", "trend"])
def test_a_textbook_chart_would_break_the_promise(regime):
    rng = np.random.default_rng(5)
    wrong = 0
    for _ in range(30):
        counts = drawn(rng, REGIMES[regime], 40, 30)
        usual = counts[:, :PAST].mean(axis=1)
        wrong += (stats.poisson.sf(counts[:, -1] - 1, usual) <= 0.005).sum()
    assert wrong > 3 * most(1200, 0.005)


@pytest.mark.story
@pytest.mark.parametrize("dispersion", [1, 5])
def test_clusters_of_sparse_complaints_are_told_from_charts_that_differ(dispersion):
    rng = np.random.default_rng(7)
    means = np.repeat(rng.gamma(4, 0.025, 2000)[:, None], PAST + RECENT, axis=1)
    counts = (
        rng.poisson(means)
        if dispersion == 1
        else rng.negative_binomial(means / (dispersion - 1), 1 / dispersion)
    ).astype(float)
    usual = learnt(counts)
    varied = np.mean([usual.varied(row) for row in range(len(counts))]) - 1
    assert varied / (1 + 10 / PAST) == pytest.approx(dispersion - 1, abs=0.5)


def test_shocks_that_hit_all_charts_are_told_from_what_one_varies_alone():
    rng = np.random.default_rng(8)
    shared = learnt(drawn(rng, ("shocks",), 30, 20))
    alone = learnt(drawn(rng, ("own shocks",), 30, 20))
    assert shared.shock.variance == pytest.approx(np.expm1(0.55**2), abs=0.15)
    assert alone.shock.variance < 0.05
    assert np.median(alone.shocked) == pytest.approx(np.expm1(0.55**2), abs=0.15)


def lasting(rng, number, mean, stays=0.7, sigma=0.4):
    """Counts under shocks of which some is left in the next week."""
    log, own = np.zeros(PAST + RECENT), rng.normal(0, 1, PAST + RECENT)
    for week in range(1, PAST + RECENT):
        log[week] = stays * log[week - 1] + np.sqrt(1 - stays**2) * own[week]
    return rng.poisson(mean * np.exp(sigma * log), (number, PAST + RECENT)).astype(float)


def test_shocks_that_last_are_told_from_those_of_one_week():
    rng = np.random.default_rng(8)
    assert learnt(lasting(rng, 30, 20)).shock.stays == pytest.approx(0.7, abs=0.2)
    assert learnt(drawn(rng, ("shocks",), 30, 20)).shock.stays < 0.25


def test_a_family_under_shocks_that_last_alarms_no_more_often_than_its_charts_may():
    rng, families = np.random.default_rng(9), 60
    wrong = 0
    for _ in range(families):
        counts = lasting(rng, 12, 8)
        wrong += (chances(counts, learnt(counts)) <= 0.05 / 12 / 3).any()
    assert wrong <= most(families, 0.05)


def test_a_season_is_expected_again_in_the_next_year():
    rng = np.random.default_rng(1)
    counts = drawn(rng, ("season",), 20, 30)
    usual = learnt(counts)
    recent, past = slice(PAST, None), slice(PAST - 52, PAST - 26)
    of_then = counts[:, past].sum(axis=0)
    assert np.corrcoef(usual.expected[:, recent].sum(axis=0), of_then)[0, 1] > 0.9


def shocks(rng, sigma):
    """What multiplies all charts of a week alike."""
    return rng.lognormal(-(sigma**2) / 2, sigma, PAST + RECENT)


def test_the_part_of_shocks_that_the_fit_took_with_it_is_put_back():
    rng, true = np.random.default_rng(4), np.expm1(0.3**2)
    found = [learnt(drawn(rng, (), 6, 60) * shocks(rng, 0.3)).shock.variance for _ in range(100)]
    assert np.mean(found) == pytest.approx(true, rel=0.04)


def test_the_heavier_the_tails_of_shocks_the_less_their_variance_is_known():
    rng, far = np.random.default_rng(6), 5.0
    ratios = []
    for sigma in (0.1, 0.55):
        counts = drawn(rng, (), 30, 1e6) * shocks(rng, sigma)
        usual = learnt(counts)
        beyond = usual.expected[:, -1] * np.exp(far * np.sqrt(np.log1p(usual.shock.variance)))
        last = np.zeros(PAST + RECENT)
        last[-1] = 1.0
        counts[:, -1] = beyond
        as_many = law(
            mean=usual.expected[0, -1],
            shock=usual.shock.variance,
            doubt=usual.unsure(usual.design[[-1]])[0],
            free=PAST - 6.0,
        )
        ratios.append(charts.chances(counts, usual, last)[0] / charts.tail(beyond[:1], as_many)[0])
    assert ratios[1] > 5 * ratios[0]
