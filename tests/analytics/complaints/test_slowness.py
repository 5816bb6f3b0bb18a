"""Countries where complaints take longer: what is published, what is found, what is not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from suitecrm_bridge.analytics.complaints import slowness
from suitecrm_bridge.analytics.complaints.slowness import Times, gehan, stretch
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import complaint_rules
from tests.analytics.complaints.base import AS_OF

RULES = complaint_rules()

COUNTRIES = ("Belgique", "France", "Ireland", "Suisse")


def times(minutes, done=None, stratum=0):
    minutes = np.asarray(minutes, dtype=float)
    done = np.ones(len(minutes), bool) if done is None else np.asarray(done, bool)
    own = np.zeros(len(minutes), np.int64)
    return Times(own, own + stratum, minutes, done)


def engine_of(country, response, resolution, *, open_=None, priority="P2", day=0):
    """Complaints a year long: when `open_`, neither answered nor resolved so far."""
    number = len(country)
    ids = pd.array([f"c{i}" for i in range(number)], dtype="string")
    going = np.zeros(number, bool) if open_ is None else open_
    engine = Engine()
    column = pd.Series
    engine.table(
        "complaint_timeline",
        pd.DataFrame(
            {
                "case_id": ids,
                "created_day": np.full(number, to_day(AS_OF) - 30 - day),
                "priority": pd.array(np.broadcast_to(priority, number), dtype="string"),
                "response_minutes": column(response).mask(going).astype("Int64"),
                "resolution_minutes": column(resolution).mask(going).astype("Int64"),
                "age_minutes": column(resolution).where(going).astype("Int64"),
            }
        ),
    )
    engine.table("case_customers", pd.DataFrame({"case_id": ids, "customer_id": ids}))
    traits = {"customer_id": ids, "country": pd.array(country, dtype="string")}
    engine.table("customer_traits", pd.DataFrame(traits), "contacts")
    return engine


def found(engine, rules=None):
    slowness.compute(engine, AS_OF, rules)
    rows = engine.fetch("slow_countries")
    return list(zip(rows["country"], rows["measure"], strict=True))


def drawn(rng, number=400, slow=1.0):
    country = rng.choice(COUNTRIES, number)
    minutes = 300 * np.exp(1.1 * rng.standard_normal(number))
    minutes[country == "Belgique"] *= slow
    return country, (minutes / 4).astype(int), minutes.astype(int)


def test_the_statistic_is_that_of_gehans_leukaemia_patients():
    # Weeks of remission under 6-MP and a placebo: Gehan (1965), where W is 271.
    treated = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    known = times(treated + placebo, [1] * 9 + [0] * 12 + [1] * 21)
    own = np.arange(42) < 21
    scores = slowness._scores(known.minutes, known.done)
    assert scores[own].sum() == 271
    assert scores.sum() == 0
    assert gehan(known, own) == pytest.approx(271 / np.sqrt((scores**2).sum() * 21 / 82))


def test_without_open_complaints_it_is_the_rank_sum_test():
    rng = np.random.default_rng(1)
    minutes, own = rng.exponential(size=50), np.arange(50) < 20
    expected = stats.ranksums(minutes[own], minutes[~own]).statistic
    assert gehan(times(minutes), own) == pytest.approx(expected, rel=1e-9)


def test_priorities_are_compared_with_themselves_only():
    minutes, own = np.r_[np.full(30, 900.0), np.full(30, 60.0)], np.arange(60) % 3 == 0
    own[:30] |= np.arange(30) % 2 == 0
    mixed = times(minutes)
    apart = times(minutes, stratum=(np.arange(60) >= 30).astype(int))
    assert gehan(mixed, own) > 2
    assert gehan(apart, own) == pytest.approx(0)


def test_a_country_that_takes_four_times_as_long_is_found_by_both_measures():
    engine = engine_of(*drawn(np.random.default_rng(2), slow=4.0))
    assert sorted(found(engine)) == [("Belgique", "resolution"), ("Belgique", "response")]
    row = engine.fetch("slow_countries").iloc[0]
    assert row["ratio"] == pytest.approx(4, rel=0.5)
    assert row["minutes"] > 2 * row["elsewhere"]
    assert row["p_value"] < 0.001


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_the_stretch_is_the_factor_by_which_times_are_longer(factor):
    rng = np.random.default_rng(8)
    minutes, own = np.exp(rng.normal(6, 1, 2000)), np.arange(2000) < 700
    minutes[own] *= factor
    assert stretch(times(minutes), own) == pytest.approx(factor, rel=0.1)


def test_a_few_endless_complaints_elsewhere_hide_no_slow_country():
    rng = np.random.default_rng(9)
    country, response, resolution = drawn(rng, slow=4.0)
    forgotten = (country != "Belgique") & (rng.random(len(country)) < 0.05)
    resolution[forgotten] = 500_000
    engine = engine_of(country, response, resolution, open_=forgotten)
    assert ("Belgique", "resolution") in found(engine)


def test_complaints_that_stay_open_count_by_their_age():
    rng = np.random.default_rng(3)
    country, response, resolution = drawn(rng)
    going = (country == "Belgique") & (rng.random(len(country)) < 0.8)
    resolution[going] = 5000
    assert ("Belgique", "resolution") in found(
        engine_of(country, response, resolution, open_=going)
    )


def test_a_country_with_more_complaints_of_low_priority_is_not_slow():
    rng = np.random.default_rng(4)
    country, response, resolution = drawn(rng, 800)
    low = rng.random(800) < np.where(country == "Belgique", 0.9, 0.2)
    factor = np.where(low, 8, 1)
    priority = np.where(low, "P3", "P1")
    engine = engine_of(country, response * factor, resolution * factor, priority=priority)
    assert found(engine) == []


def test_the_rules_say_how_sure_it_must_be_that_a_country_is_slow():
    engine, shipped = engine_of(*drawn(np.random.default_rng(7), 60, slow=4.0)), RULES.alarms
    assert ("Belgique", "response") in found(engine, replace(shipped, chance=0.2))
    assert found(engine, replace(shipped, chance=1e-6)) == []


def test_what_is_only_a_little_slower_is_no_alarm_however_sure():
    engine = engine_of(*drawn(np.random.default_rng(5), 20_000, slow=1.2))
    assert found(engine) == []


def test_complaints_of_long_ago_do_not_count():
    assert found(engine_of(*drawn(np.random.default_rng(2), slow=4.0), day=400)) == []


def test_one_country_alone_is_not_slow():
    country, response, resolution = drawn(np.random.default_rng(2))
    country[:] = "France"
    assert found(engine_of(country, response, resolution)) == []


def test_countries_alike_are_called_slow_no_more_often_than_promised():
    rng = np.random.default_rng(6)
    wrong = 0
    for _ in range(150):
        place = rng.integers(0, 4, 150)
        known = Times(
            place, rng.integers(0, 3, 150), rng.exponential(300, 150), rng.random(150) < 0.8
        )
        wrong += any(stats.norm.sf(z) <= 0.0253 for _, z in slowness._tested(known))
    # Four tests of 0.0253 each are one of 0.1 (Šidák).
    assert wrong <= stats.binom.isf(0.001, 150, 0.1)
    assert wrong > 0
