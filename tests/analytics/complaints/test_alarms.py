"""Alarms over mirrored complaints: what is found, since when, and what is no alarm."""

import pytest

from suitecrm_bridge.analytics.complaints import alarms
from suitecrm_bridge.catalogue import complaint_rules
from suitecrm_bridge.errors import DataError
from tests.analytics.complaints.base import AS_OF, rows
from tests.analytics.complaints.floods import TODAY, YEARS, Flood, usual

RULES = complaint_rules().alarms


def named(found):
    return [(one["dimension"], one["value"]) for one in found]


@pytest.fixture(scope="module")
def spiked():
    """A product of which 25 complaints came in the last 60 days, beside the usual."""
    flood = usual(1)
    flood.complain(25, days=(YEARS - 60, YEARS), product="p3")
    return flood.alarms()


def test_a_spike_is_named_with_its_beginning_its_size_and_how_sure_it_is(spiked):
    (one,), _ = spiked
    assert (one["dimension"], one["value"]) == ("product", "p3")
    assert one["since_day"] == pytest.approx(TODAY - 60, abs=14)
    assert one["number"] == pytest.approx(28, abs=5)
    assert one["ratio"] == pytest.approx(one["number"] / one["expected"])
    assert one["z"] > 4
    assert one["p_value"] < 1e-4
    assert (one["basis"], one["baseline"], one["period_days"]) == ("sales", "own", 28)


def test_a_rise_begins_on_a_monday(spiked):
    (one,), _ = spiked
    assert (one["since_day"] + 3) % 7 == 0


def test_the_cases_of_a_spike_are_those_of_the_product_since_it_began(spiked):
    (one,), engine = spiked
    timeline = engine.fetch("complaint_timeline")
    own = timeline[(timeline["product"] == "p3") & (timeline["created_day"] >= one["since_day"])]
    found = engine.fetch("alarm_cases")
    assert set(found["case_id"]) == set(own["case_id"])
    assert len(found) == one["number"]
    assert set(found["value"]) == {"p3"}


def test_the_chart_of_a_spike_shows_a_period_above_its_limit_and_the_calm_before(spiked):
    (one,), engine = spiked
    periods = engine.fetch("alarm_periods")
    above = periods[periods["number"] > periods["upper"]]
    assert len(above) > 0
    assert (above["start_day"] + 28 > one["since_day"]).all()
    assert periods["start_day"].max() <= TODAY < periods["start_day"].max() + 28
    assert len(periods) > RULES.baseline_days // 28


def test_every_value_has_a_chart_and_together_they_keep_the_familys_chance(spiked):
    _, engine = spiked
    charts = engine.fetch("alarm_charts")
    assert len(charts) == 8 + 3 + 3
    assert 1 - (1 - charts["chance"]).prod() == pytest.approx(RULES.chance)


def test_countries_and_themes_are_not_blamed_for_a_product():
    flood = usual(2)
    flood.complain(80, days=(YEARS - 40, YEARS), product="p1", country="Ireland", theme="broken")
    found, _ = flood.alarms()
    assert len(found) == 1


def test_two_causes_are_two_alarms_the_surer_first():
    flood = usual(3)
    flood.complain(60, days=(YEARS - 50, YEARS), product="p1")
    flood.complain(60, days=(YEARS - 50, YEARS), theme="rude", product="")
    found, _ = flood.alarms()
    assert sorted(named(found)) == [("product", "p1"), ("theme", "rude")]
    assert found[0]["p_value"] <= found[1]["p_value"]


def test_a_spike_that_is_over_is_no_alarm_any_more():
    flood = usual(4)
    flood.complain(25, days=(YEARS - 500, YEARS - 450), product="p3")
    assert flood.alarms()[0] == []


def test_an_alarm_does_not_wait_for_the_end_of_the_period():
    flood = usual(5)
    flood.complain(15, days=(YEARS - 3, YEARS), product="p2")
    found, _ = flood.alarms()
    assert named(found) == [("product", "p2")]
    assert found[0]["since_day"] >= TODAY - 14


def test_many_complaints_of_one_customer_are_no_spike():
    flood = usual(6)
    flood.complain(20, days=(YEARS - 20, YEARS), product="p3", country="France", by="busybody")
    assert flood.alarms()[0] == []


def test_more_complaints_of_a_product_that_sells_more_are_no_alarm():
    flood = usual(7)
    flood.sell(1200, days=(YEARS - 150, YEARS), product="p5")
    flood.complain(80, days=(YEARS - 140, YEARS), product="p5")
    found, _ = flood.alarms(dimensions=("product",))
    assert found == []


def test_the_few_complaints_of_a_slow_month_are_no_alarm():
    flood = Flood(usual(8).rng)
    flood.sell(8800, days=(0, YEARS - 30))
    flood.complain(600)
    assert flood.alarms()[0] == []


def test_a_product_that_is_not_sold_any_more_may_still_be_complained_about():
    flood = usual(9)
    flood.sell(1000, days=(0, YEARS - 500), product="old")
    flood.complain(70, product="old")
    found, engine = flood.alarms()
    assert found == []
    charts = engine.fetch("alarm_charts").set_index("value")
    assert charts.loc["old", "basis"] == "days"
    assert charts.loc["p1", "basis"] == "sales"


def test_a_new_product_is_judged_by_the_others_and_it_is_said():
    flood = usual(10)
    flood.sell(300, days=(YEARS - 90, YEARS), product="new")
    flood.complain(20, days=(YEARS - 90, YEARS), product="new")
    found, engine = flood.alarms()
    assert found == []
    assert any("too new" in words for words in alarms.missing(engine, "en"))
    flood.complain(60, days=(YEARS - 60, YEARS), product="new")
    found, _ = flood.alarms()
    assert [(one["value"], one["baseline"]) for one in found] == [("new", "others")]


def test_without_sales_complaints_are_counted_by_days():
    flood = usual(11, sales=0)
    flood.complain(30, days=(YEARS - 50, YEARS), product="p3")
    found, _ = flood.alarms()
    assert [(one["value"], one["basis"]) for one in found] == [("p3", "days")]


def test_when_complaints_are_kept_since_lately_only_nothing_alarms_and_it_is_said():
    flood = usual(12, complaints=0)
    flood.complain(80, days=(YEARS - 200, YEARS))
    found, engine = flood.alarms()
    assert found == []
    assert set(engine.fetch("alarm_charts")["baseline"]) == {"short"}
    said = alarms.missing(engine, "fr")[0]
    assert "8 produits" in said
    assert "deux ans" in said


@pytest.mark.parametrize(("weeks", "speaks"), [(60, False), (103, False), (118, True)])
def test_without_two_years_a_season_cannot_be_told_and_every_chart_is_silent(weeks, speaks):
    flood = Flood(usual(12).rng)
    flood.sell(9000)
    flood.complain(600, days=(YEARS - 7 * weeks, YEARS))
    flood.complain(60, days=(YEARS - 20, YEARS), product="p3")
    found, engine = flood.alarms()
    assert (named(found) == [("product", "p3")]) == speaks
    assert any("two years" in words for words in alarms.missing(engine, "en")) != speaks


def test_a_rhythm_of_the_week_is_no_alarm():
    flood = Flood(usual(20).rng)
    flood.sell(9000)
    for week in range(YEARS // 7):
        # All of a week come on its Monday; we look on a Tuesday.
        monday = YEARS - 2 - 7 * week
        flood.complain(int(flood.rng.poisson(6)), days=(monday, monday + 1))
    assert flood.alarms()[0] == []


def test_a_season_of_its_own_is_no_alarm():
    flood = usual(17, complaints=400)
    for year in range(3):
        # Twelve times as many each spring, at the end of which we look.
        flood.complain(60, days=(YEARS - 365 * year - 60, YEARS - 365 * year), product="p3")
    assert flood.alarms()[0] == []


def test_a_rise_that_is_split_over_two_periods_is_in_alarm():
    flood = usual(18, complaints=1000)
    flood.complain(20, days=(YEARS - 50, YEARS), product="p4")
    found, _ = flood.alarms()
    assert named(found) == [("product", "p4")]


def test_a_slow_drift_is_in_alarm():
    flood = usual(19, complaints=1000)
    for month in range(6):
        flood.complain(
            3 * (month + 1), days=(YEARS - 28 * (6 - month), YEARS - 28 * (5 - month)), product="p2"
        )
    found, _ = flood.alarms()
    assert named(found) == [("product", "p2")]


def test_without_any_complaint_there_is_no_alarm():
    assert usual(13, complaints=0).alarms()[0] == []
    assert Flood(usual(13).rng).alarms()[0] == []


def test_dimensions_that_are_not_asked_for_have_no_charts():
    engine = usual(14, complaints=50, sales=50).engine()
    engine.table("case_themes", "case_customers")
    alarms.compute(engine, AS_OF, dimensions=("country",))
    assert set(engine.fetch("alarm_charts")["dimension"]) == {"country"}


def test_themes_that_were_not_found_yet_are_asked_for_in_vain():
    engine = usual(14, complaints=50, sales=50).engine()
    engine.table("case_themes", "case_customers")
    with pytest.raises(DataError, match="alarm_complaints"):
        alarms.compute(engine, AS_OF)


def test_a_value_in_many_complaints_is_charted_by_week():
    flood = usual(15, complaints=3000)
    flood.complain(150, days=(YEARS - 30, YEARS), country="France")
    found, _ = flood.alarms()
    assert [(one["value"], one["period_days"]) for one in found] == [("France", 7)]


def test_the_same_facts_give_the_same_alarms_in_any_order():
    flood = usual(16)
    flood.complain(40, days=(YEARS - 60, YEARS), product="p3")
    first = rows(flood.alarms()[1].fetch("complaint_alarms"))
    flood.complaints.reverse()
    flood.sales.reverse()
    assert rows(flood.alarms()[1].fetch("complaint_alarms")) == first
