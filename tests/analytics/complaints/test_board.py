"""All charts together: how often chance alone raises an alarm, and how soon a real one comes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from suitecrm_bridge.analytics.complaints.alarms import RULES
from suitecrm_bridge.analytics.complaints.board import Board
from suitecrm_bridge.analytics.complaints.exposure import LONG, Weeks, exposure, week_of
from suitecrm_bridge.catalogue import complaint_rules
from tests.analytics.complaints.floods import TODAY
from tests.places import places

SHIPPED = complaint_rules().alarms
WEEKS = Weeks.between(TODAY - SHIPPED.recent_days - SHIPPED.baseline_days - 7 * LONG, TODAY)
PRODUCTS, COUNTRIES, THEMES = 12, 4, 4


def board(counts, sales=None, rules=SHIPPED):
    """Charts of products, counted by week; each week's complaints are of one country and theme."""
    number = len(counts)
    product, week = np.nonzero(counts)
    others = number + (product + week) % COUNTRIES
    cells = pd.DataFrame(
        {
            "product": product,
            "country": others,
            "theme": others + COUNTRIES,
            "week": week + WEEKS.first,
            "number": counts[product, week],
        }
    ).astype("Int64")
    names = ["product"] * number + ["country"] * COUNTRIES + ["theme"] * THEMES
    if sales is None:
        sales = np.full((len(names), WEEKS.count), 20.0)
    return Board(np.array(names), cells, sales, WEEKS, rules)


def drawn(rng, mean, dispersion=1):
    shape = (PRODUCTS, WEEKS.now + 1)
    rates = np.broadcast_to(rng.gamma(4, mean / 4, (PRODUCTS, 1)), shape)
    if dispersion == 1:
        return rng.poisson(rates)
    return rng.negative_binomial(rates / (dispersion - 1), 1 / dispersion)


def in_alarm(found):
    counts, limit = found.counts(), -np.log(found.chance / RULES)
    return {
        int(row)
        for group in found.groups
        for row in group.rows[found.scores(group, counts) >= limit]
    }


@pytest.mark.parametrize(
    ("mean", "dispersion"), places([(0.5, 2), (0.03, 1), (0.5, 1), (8, 1), (8, 3)], every=2)
)
def test_a_family_of_charts_alarms_in_a_period_no_more_often_than_it_promises(mean, dispersion):
    rng, runs = np.random.default_rng(7), 60
    rules = replace(SHIPPED, chance=0.1)
    wrong = sum(
        bool(in_alarm(board(drawn(rng, mean, dispersion), rules=rules))) for _ in range(runs)
    )
    # The period under way and the one before are both looked at.
    assert wrong <= stats.binom.isf(0.001, runs, 2 * rules.chance)


@pytest.mark.parametrize(("mean", "factor", "weeks"), [(8, 4, 1), (8, 2, 5), (0.5, 4, 10)])
def test_a_rise_is_found_within_weeks(mean, factor, weeks):
    found = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        counts = drawn(rng, mean)
        usual = counts[3, :-weeks].mean()
        counts[3, -weeks:] = rng.poisson(max(usual, mean) * factor, weeks)
        found += 3 in in_alarm(board(counts))
    assert found >= 16


def test_a_rise_that_began_before_the_recent_weeks_has_become_usual():
    counts = drawn(np.random.default_rng(1), 5)
    counts[3] *= 4
    assert in_alarm(board(counts)) == set()


def test_what_is_explained_is_no_alarm_any_more():
    counts = drawn(np.random.default_rng(2), 4)
    counts[3, -3:] += 40
    found = board(counts)
    assert {3} < in_alarm(found)
    found.explain(3, WEEKS.now - 2, 0.05)
    assert in_alarm(found) == set()


def test_a_week_begins_on_monday():
    # 5 and 11 January 2026 are a Monday and the Sunday after.
    assert week_of(20458) == week_of(20464) == week_of(20465) - 1


def test_of_the_last_weeks_sales_or_a_years_the_more_count():
    sales = np.zeros((2, WEEKS.count))
    sales[:, : WEEKS.now + 1] = 10.0
    sales[0, WEEKS.now - 4 : WEEKS.now + 1] = 40.0
    sales[1, WEEKS.now - 4 : WEEKS.now + 1] = 0.0
    found = exposure(sales, WEEKS)[:, WEEKS.now]
    # The last week is not over: sales are by days that have passed.
    assert found[0] == pytest.approx(40 * 5 / (4 + WEEKS.elapsed[WEEKS.now]))
    assert found[1] == pytest.approx(470 / (51 + WEEKS.elapsed[WEEKS.now]))


def test_weeks_to_come_are_expected_to_sell_like_the_last():
    weeks = Weeks.between(TODAY - 1000, TODAY - 14)
    assert weeks.count > weeks.now + 1
    found = exposure(np.full((1, weeks.count), 10.0), weeks)
    assert (found[:, weeks.now :] == found[:, weeks.now]).all()
