"""What a report says beyond RFM: lifecycle, value at risk, offers, reviews, indicators, moves."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from suitecrm_bridge.catalogue import indicators
from suitecrm_bridge.report import ComparedData, MigrationData, render
from tests.report.reportdata import FIVE, Page, beside, buyer, data, entity, prospect

WORTH = [
    buyer(
        "a",
        5,
        5,
        "1000",
        lifecycle="active",
        churn_risk="low",
        clv=Decimal("300.00"),
        next_offer="Sharpener",
        profit=Decimal("90.00"),
        review_flag=False,
    ),
    buyer(
        "b",
        1,
        5,
        "500",
        lifecycle="lapsed",
        churn_risk="high",
        clv=Decimal("100.00"),
        next_offer="Pan",
        profit=Decimal("-20.00"),
        review_flag=True,
        review_reason="Unprofitable: a loss.",
    ),
    buyer(
        "c",
        1,
        4,
        "400",
        lifecycle="lapsed",
        churn_risk="high",
        clv=None,
        profit=Decimal("-80.00"),
        review_flag=True,
        review_reason="Pays late.",
    ),
    prospect("d", lifecycle="prospect"),
]
INDICATORS = pd.DataFrame(
    [
        ("customers_all", "count", Decimal(1200)),
        ("revenue", "money", Decimal("1234.50")),
        ("retention_rate", "percent", Decimal("52.2")),
        ("rhythm", "days", Decimal(1)),
        ("purchase_frequency", "ratio", Decimal("4.28")),
        ("repeat_rate", "percent", None),
    ],
    columns=["key", "unit", "value"],
)
MOVES = MigrationData(
    date(2026, 3, 2),
    date(2026, 3, 9),
    pd.DataFrame(
        [
            ("champions", "champions", 7, 0.7, 900),
            ("champions", "loyal", 3, 0.3, 400),
            ("came", "prospect", 5, 1.0, 0),
            ("loyal", "left", 0, None, 0),
        ],
        columns=["from_segment", "to_segment", "customers", "share", "revenue_cents"],
    ),
)


def told(rows=WORTH, **changes):
    return data(entities={"contacts": replace(entity(rows), **changes)})


def dashboard(moves=MOVES.moves):
    """Who moved since a week ago."""
    return beside(compared=[ComparedData("week", MOVES.before, MOVES.after, moves)])


FULL = told(indicators=INDICATORS, migration=MOVES, dashboard=dashboard())


def page(folder: Path, report=FULL, lang="en") -> Page:
    (path,) = render(report, ["html"], folder, lang)
    return Page(path.read_text(encoding="utf-8"))


def tables(shown, heading):
    """The table whose first heading cells are these."""
    return shown.table(*heading)


def test_stages_of_the_lifecycle_are_counted(tmp_path):
    shown = page(tmp_path)
    counted = {row["name"]: row["value"] for row in shown.chart("contacts-lifecycle")}
    assert counted["Lapsed"] == 2
    assert counted["Active"] == counted["Prospect"] == 1
    assert counted["Won back"] == 0
    assert ["Lapsed", "2"] in tables(shown, ["Lifecycle", "Customers"])


def test_the_value_at_risk_is_the_lifetime_value_of_each_risk_the_highest_first(tmp_path):
    rows = tables(page(tmp_path), ["Churn risk", "Lifetime value"])
    assert rows[1:] == [["High", "100.00"], ["Medium", "0.00"], ["Low", "300.00"]]


def test_indicators_have_their_unit_and_formula_or_why_there_is_none(tmp_path):
    rows = {row[0]: row[1:] for row in tables(page(tmp_path), ["Indicator", "Value"])[1:]}
    label = {key: known.label["en"] for key, known in indicators().items()}
    assert rows[label["customers_all"]][0] == "1,200"
    assert rows[label["revenue"]] == ["1,234.50", indicators()["revenue"].formula["en"]]
    assert rows[label["retention_rate"]][0] == "52.2%"
    assert rows[label["rhythm"]][0] == "1 day"
    assert rows[label["purchase_frequency"]][0] == "4.28"
    assert rows[label["repeat_rate"]] == [
        "–",
        indicators()["repeat_rate"].missing["en"],
    ]


def test_offers_and_reviews_are_known_of_each_customer(tmp_path):
    known = {row["name"]: row for row in page(tmp_path).people()}
    assert (known["Customer a"]["offer"], known["Customer a"]["clv"]) == ("Sharpener", 30000)
    assert (known["Customer c"]["flag"], known["Customer c"]["review"]) == (True, "Pays late.")
    assert known["Customer c"]["profit"] == -8000


def test_moves_are_told_without_those_who_stayed(tmp_path):
    shown = page(tmp_path)
    assert tables(shown, ["From", "To"])[1:] == [
        ["(new)", "Prospect", "5", "100.0%", "0.00"],
        ["Champions", "Loyal", "3", "30.0%", "4.00"],
    ]
    assert "2026-03-02 to 2026-03-09" in shown.text
    drawn = shown.chart("contacts-flows-week")
    assert [(row["start"], row["end"], row["customers"]) for row in drawn] == [
        ("Champions", "Loyal", 3),
        ("(new)", "Prospect", 5),
    ]


def test_a_quiet_time_says_that_nobody_moved(tmp_path):
    assert "nobody moved" in page(tmp_path, told(dashboard=dashboard(MOVES.moves.head(1)))).text


def test_what_was_never_scored_is_left_out(tmp_path):
    shown = page(tmp_path, data())
    for title in ("Value at risk", "stage of the lifecycle", "From segment to", "Indicators"):
        assert title not in shown.text


def test_the_page_speaks_french(tmp_path):
    shown = page(tmp_path, lang="fr")
    rows = tables(shown, ["Indicateur", "Valeur"])
    assert [row[1].replace("\xa0", " ") for row in rows if row[0] == "Rétention"] == ["52,2 %"]
    assert "du 02/03/2026 au 09/03/2026" in shown.text.lower()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_workbook_has_a_sheet_for_each(tmp_path, lang):
    (path,) = render(FULL, ["xlsx"], tmp_path, lang)
    book = openpyxl.load_workbook(path)
    titles = book.sheetnames[3:-1]
    assert len(titles) == 6
    sheets = [list(book[title].iter_rows(min_row=2, values_only=True)) for title in titles]
    assert [len(rows) for rows in sheets] == [6, 7, 3, 2, 2, 2]
    assert sheets[0][1][2] == 1234.5
    assert sheets[2][0][2:] == (2, pytest.approx(2 / 3), 900, 100)
    assert [row[0] for row in sheets[4]] == ["Customer c", "Customer b"]


def test_the_workbook_leaves_out_what_has_nothing_to_say(tmp_path):
    (path,) = render(data(FIVE), ["xlsx"], tmp_path, "en")
    assert len(openpyxl.load_workbook(path).sheetnames) == 4


def test_the_document_holds_keys_and_numbers(tmp_path):
    (path,) = render(FULL, ["json"], tmp_path, "fr")
    found = json.loads(path.read_text(encoding="utf-8"))["entities"]["contacts"]
    assert found["indicators"][2] == {"key": "retention_rate", "unit": "percent", "value": 52.2}
    assert found["value_at_risk"][0]["clv"] == 100
    assert found["migration"]["before"] == "2026-03-02"
    assert found["customers"][1]["review_flag"] is True
    assert found["customers"][1]["lifecycle"] == "lapsed"
