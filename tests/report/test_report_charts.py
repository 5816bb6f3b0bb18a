"""Each chart of the dashboard says what it shows, and has its numbers as a table."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.report.charts.customers import spent
from suitecrm_bridge.report.charts.staying import cohorts, concentration
from suitecrm_bridge.report.page import pages_of
from suitecrm_bridge.report.reading import read
from suitecrm_bridge.report.totals import steps
from suitecrm_bridge.report.words import Words
from tests.report.reportdata import FIVE, beside, buyer, data, entity


def totals(*rows):
    return read(data(list(rows)), "en").entities["contacts"].totals


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_a_title_a_unit_a_sentence_and_its_numbers(lang):
    worth = [{**row, "clv": Decimal(9 - n), "profit": Decimal(n)} for n, row in enumerate(FIVE)]
    told = [{**row, "lifecycle": "active", "churn_risk": "low"} for row in worth]
    whole = replace(entity(told), dashboard=beside())
    pages = pages_of(read(data(entities={"contacts": whole}), lang), Words(lang))
    charts = [block for page in pages for block in page.blocks if block.chart]
    assert len(charts) >= 6
    for block in charts:
        assert block.chart.title
        assert block.chart.unit
        # What the page itself counts by what is chosen it also says by itself.
        assert block.live or (block.chart.said and block.table.rows), block.key


def test_every_buyer_stands_in_one_bar_of_what_they_have_spent():
    bought = ("0.50", "50.00", "50.01", "999.00", "12345.00")
    found = totals(*(buyer(total, 5, 5, total) for total in bought))
    chart = spent(found.spent, Words("en"))
    rows = {row["name"]: row["value"] for row in chart.spec["data"]["values"]}
    assert sum(rows.values()) == 5
    assert rows["0 – 50"] == 2
    assert chart.said == "Half of the buyers have bought for 50.01 or more."


def test_the_steps_are_round_and_reach_the_most():
    assert steps(9.0) == [10.0]
    assert steps(100.0) == [10.0, 25.0, 50.0, 100.0]
    assert steps(1e6)[-1] == 1e6
    assert len(steps(1e12)) == 9


def test_lifetime_value_adds_up_from_the_most_valuable_on():
    rows = [buyer(str(n), 5, 5, "10", clv=Decimal(value)) for n, value in enumerate((60, 20, 20))]
    chart = concentration(totals(*rows), Words("en"))
    rows = chart.spec["data"]["values"]
    assert [row["share"] for row in rows] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert [row["value"] for row in rows] == pytest.approx([0, 0.6, 0.8, 1])
    assert "33.3% of customers hold 60.0%" in chart.said


def test_a_cohort_has_a_cell_for_each_later_month():
    months = pd.to_datetime(["2026-01-01", "2026-01-01", "2026-01-01"])
    frame = pd.DataFrame(
        {"cohort": months, "months_since": [0, 1, 3], "retention": [1.0, 0.5, 0.25]}
    )
    chart = cohorts(frame, Words("fr"))
    cells = [(row["cohort"], row["since"], row["short"]) for row in chart.spec["data"]["values"]]
    assert cells == [("01/2026", 1, "50"), ("01/2026", 3, "25")]
    assert "25,0\u00a0%" in chart.said
