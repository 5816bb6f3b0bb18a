"""What a report says about complaints: section, chart, sheets and JSON."""

import csv
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from suitecrm_bridge.report import ComplaintsData, render
from suitecrm_bridge.tables import Column, Table, words
from tests.report.reportdata import CRM, Page, data

SINCE, UNTIL = date(2025, 4, 1), date(2026, 3, 8)
FIGURES = {
    "number": 34,
    "open": 2,
    "breached": 18,
    "response_median_hours": Decimal("7.55"),
    "resolution_median_hours": None,
    "per_100_sales": Decimal("2.83"),
    "per_100_sales_low": Decimal("1.96"),
    "per_100_sales_high": Decimal("3.96"),
    "satisfaction_after": Decimal("69.40"),
    "lost": 4,
}
SHOWN = tuple(name for name in FIGURES if name[-4:] not in ("_low", "high"))
MONTHS = [
    {
        "month": date(2026, month, 1),
        "number": number,
        "rate": number / 2,
        "centre": 2.0,
        "lower": 0.0,
        "upper": 4.0,
        "outside": number > 8,
    }
    for month, number in ((1, 4), (2, 9), (3, 2))
]
ALARM = {
    "dimension": "product",
    "what": "p1",
    "what_name": "Mixer <600>",
    "since": date(2026, 1, 5),
    "number": 7,
    "sure": 0.99999,
    "cases": [f"c{n}" for n in range(7)],
    "subjects": [f"Broken & {n}" for n in range(7)],
}


KINDS = {
    "response_median_hours": "decimal",
    "resolution_median_hours": "decimal",
    "rate": "decimal",
    "upper": "decimal",
    "per_100_sales": "decimal",
    "satisfaction_after": "points",
    "share": "share",
    "sure": "sure",
    "value": "money",
    "month": "month",
    "since": "date",
    "cause": "complaint_cause",
    "dimension": "dimension",
    "what": "dimension_value",
    "cases": "cases",
    "what_name": "text",
    "country": "key",
    "theme": "key",
    "product": "key",
}


def part(name, rows, columns, **more):
    frame = pd.DataFrame(rows, columns=list(rows[0]) if rows else columns)
    own = [
        Column(
            column,
            KINDS.get(column, "count"),
            words(f"complaints.column_{column}"),
            names="what_name" if column == "what" else "",
        )
        for column in columns
    ]
    return Table(name, frame, own, words(f"complaints.part_{name}"), **more)


def parts(*others):
    overview = part("overview", [FIGURES], SHOWN)
    return [overview, *others]


CAUSES = part(
    "pareto_cause",
    [
        {"cause": "delivery", "number": 24, "share": 0.75, "value": Decimal("10.50")},
        {"cause": "", "number": 8, "share": None, "value": Decimal(0)},
    ],
    ("cause", "number", "share", "value"),
    bar="share",
    said=["Something lacks."],
)
TREND = part("trend", MONTHS, ("month", "number", "rate", "upper"))
ALARMS = part("alarms", [ALARM], ("dimension", "what", "since", "number", "sure", "cases"))


def drawn(tmp_path, shown, lang="en", form="html"):
    said = ComplaintsData("contacts", SINCE, UNTIL, shown)
    return render(data(complaints=said), (form,), tmp_path, lang)


def page(tmp_path, shown, lang="en"):
    (file,) = drawn(tmp_path, shown, lang)
    return Page(file.read_text(encoding="utf-8"))


def test_the_section_says_what_it_is_about_and_its_figures(tmp_path):
    found = page(tmp_path, parts())
    assert "Complaints made from 2025-04-01 to 2026-03-08; customers are the Contacts" in found.text
    for shown in ("34", "7.55", "2.83", "95%: 1.96 to 3.96", "69.4", "–"):
        assert shown in found.text
    assert "#complaints" in found.values("a", "href")


def test_without_complaints_the_section_says_so(tmp_path):
    found = page(tmp_path, [part("overview", [], SHOWN), CAUSES])
    assert "No complaint in these days" in found.text
    assert "Delivery" not in found.text


def test_a_report_without_the_part_about_complaints_says_so(tmp_path):
    (file,) = render(data(), ("html",), tmp_path, "en")
    assert "No complaint in these days" in Page(file.read_text(encoding="utf-8")).text


@pytest.mark.parametrize(
    ("lang", "row", "unknown"),
    [
        ("en", ["Delivery", "24", "75.0%", "10.50"], "not known"),
        ("fr", ["Livraison", "24", "75,0 %", "10,50"], "inconnu"),
    ],
)
def test_a_part_is_a_table_in_words(tmp_path, lang, row, unknown):
    found = page(tmp_path, parts(CAUSES), lang)
    table = found.table(CAUSES.columns[0].heading[lang])
    assert table[1] == row
    assert table[2] == [unknown, "8", "–", table[2][3]]


def test_what_most_complaints_are_about_is_drawn_and_said(tmp_path):
    found = page(tmp_path, parts(CAUSES))
    drawn = [(row["name"], row["value"]) for row in found.chart("pareto-cause")]
    assert drawn == [("Delivery", 24), ("not known", 8)]
    assert "Most: Delivery, 24." in found.text


def test_where_no_share_is_known_there_are_no_bars(tmp_path):
    rows = [{"product": "", "product_name": "", "number": 4, "share": pd.NA, "value": Decimal(0)}]
    unknown = part("pareto_product", rows, ("product", "number", "share", "value"), bar="share")
    unknown.frame["share"] = unknown.frame["share"].astype("Float64")
    found = page(tmp_path, parts(unknown))
    assert found.tables[-1][1][1:3] == ["4", "–"]


def test_the_chart_marks_the_month_outside_its_limits(tmp_path):
    found = page(tmp_path, parts(TREND))
    rows = found.chart("trend")
    assert [row["outside"] for row in rows] == [False, True, False]
    assert [(row["rate"], row["upper"]) for row in rows] == [(2, 4), (4.5, 4), (1, 4)]
    assert "Outside the limits of chance: 2026-02." in found.text


def test_without_limits_the_chart_has_no_band(tmp_path):
    bare = [{**row, "upper": None, "lower": None, "centre": None} for row in MONTHS]
    found = page(tmp_path, parts(part("trend", bare, ("month", "number", "rate"))))
    assert [row["upper"] for row in found.chart("trend")] == [None] * 3


def test_a_chart_without_any_rate_is_left_out(tmp_path):
    bare = [{**row, "rate": None, "upper": None} for row in MONTHS]
    found = page(tmp_path, parts(part("trend", bare, ("month", "number"))))
    assert "trend" not in found.data["charts"]


def test_alarms_lead_to_their_cases_and_are_never_certain(tmp_path):
    found = page(tmp_path, parts(ALARMS))
    links = [href for href in found.values("a", "href") if "module=Cases" in href]
    assert links == [
        f"{CRM}/index.php?module=Cases&action=DetailView&record=c{n}" for n in range(5)
    ]
    assert "2 more" in found.text
    assert "Mixer <600>" in found.text
    assert "over 99.9%" in found.text


def test_a_long_table_says_how_much_is_left_out(tmp_path):
    rows = [{"country": f"Land {n}", "number": n} for n in range(205)]
    found = page(tmp_path, parts(part("gaps", rows, ("country", "number"))))
    assert len(found.tables[-1]) == 1 + 200
    assert "5 more lines are in the workbook." in found.text


def test_the_workbook_has_a_sheet_for_each_part_with_values_as_values(tmp_path):
    (file,) = drawn(
        tmp_path, parts(CAUSES, TREND, ALARMS, part("gaps", [], ("pair",))), form="xlsx"
    )
    book = openpyxl.load_workbook(file)
    assert {"Complaints", "Causes", "Month by month", "Alarms"} <= set(book.sheetnames)
    assert "Perception and expectation" not in book.sheetnames
    causes = [[cell.value for cell in row] for row in book["Causes"].rows]
    assert causes == [
        ["Cause", "Complaints", "Share", "Their purchases"],
        ["Delivery", 24, 0.75, 10.5],
        ["not known", 8, None, 0],
    ]
    assert book["Alarms"]["E2"].value == pytest.approx(0.99999)
    assert book["Complaints"]["A2"].value == "Complaints"
    assert book["Complaints"]["B2"].value == 34


def test_tables_come_as_csv_each_in_its_file(tmp_path):
    files = {file.name: file for file in drawn(tmp_path, parts(CAUSES, TREND), "fr", "csv")}
    with files["complaints-pareto-cause.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[1] == ["Livraison", "24", "0,7500", "10,50"]
    assert "complaints-trend.csv" in files


def test_json_keeps_keys_and_holds_everything(tmp_path):
    (file,) = drawn(tmp_path, parts(CAUSES, ALARMS), "fr", "json")
    found = json.loads(file.read_text(encoding="utf-8"))["complaints"]
    assert (found["customers"], found["since"], found["until"]) == (
        "contacts",
        "2025-04-01",
        "2026-03-08",
    )
    assert found["pareto_cause"]["rows"][1] == {
        "cause": "",
        "number": 8,
        "share": None,
        "value": 0,
    }
    assert found["pareto_cause"]["said"] == ["Something lacks."]
    assert found["alarms"]["rows"][0]["cases"] == ALARM["cases"]
    assert found["alarms"]["rows"][0]["since"] == "2026-01-05"
