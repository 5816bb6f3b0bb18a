"""The workbook for those who work on: cover, links, addresses, charts, real types."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from suitecrm_bridge.i18n import use_currency
from suitecrm_bridge.report import StayingData, cells, render
from tests.report.reportdata import CRM, FIVE, buyer, data, entity

HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "formula": "=cmd|' /C calc'!A0",
    "long": "x" * 10_000,
    "too long for a cell": "y" * 40_000,
    "right to left": "شركة \u202eevil",
    "emoji": "👩‍🚀🎉",
    "controls": "a\x07b\x1b[31mc\x00",
}


def book(folder, report=None, lang="en"):
    (path,) = render(report or data(), ["xlsx"], folder, lang)
    return openpyxl.load_workbook(path)


def rows_of(sheet):
    heading, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def months(count=3):
    rows = [
        {
            "month": date(2025, 1 + place, 1),
            "customers_at_start": 10,
            "new_customers": 2,
            "won_back": 1,
            "lost": 1,
            "churn_rate": 0.1,
            "provisional": False,
        }
        for place in range(count)
    ]
    columns = ["days", "at_risk", "lost", "earliest", "latest", "low", "high"]
    survival = pd.DataFrame([[0, 9, 0, 1.0, 1.0, 1.0, 1.0], [9, 8, 1, 0.8, 1.0, 0.7, 1.0]])
    return StayingData(300, pd.DataFrame(rows), survival.set_axis(columns, axis="columns"))


@pytest.fixture
def euro():
    use_currency("€")
    yield
    use_currency("")


def test_the_cover_comes_first_and_links_to_every_sheet(tmp_path):
    made = book(tmp_path)
    cover = made.worksheets[0]
    assert made.active == cover
    links = {cell.value: cell.hyperlink.location for cell in cover["A"] if cell.hyperlink}
    assert list(links) == made.sheetnames[1:]
    assert all(place == f"'{name}'!A1" for name, place in links.items())


def test_the_cover_counts_customers_and_revenue(tmp_path, euro):
    cover = book(tmp_path)["Cover"]
    told = {row[0].value: row[1] for row in cover.iter_rows(max_row=12)}
    assert told["Contacts"].value == 5
    assert told["Revenue"].value == pytest.approx(4000.05)
    assert told["Revenue"].number_format.startswith('"€"#,##0.00')


def test_the_cover_says_what_each_column_means(tmp_path):
    cover = book(tmp_path)["Cover"]
    meanings = {row[0].value: row[2].value for row in cover.iter_rows()}
    assert "refunds" in meanings["Total purchases"]
    assert meanings["Churn risk"]


def test_a_name_links_to_its_record(tmp_path):
    cell = book(tmp_path)["Contacts"]["A2"]
    assert cell.value == "Customer a"
    assert cell.hyperlink.target == f"{CRM}/index.php?module=Contacts&action=DetailView&record=a"


def test_beyond_what_a_spreadsheet_takes_names_have_no_link(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "MOST_LINKS", 2)
    names = book(tmp_path)["Contacts"]["A"][1:]
    assert [bool(cell.hyperlink) for cell in names] == [True, True, False, False, False]
    assert all(cell.value for cell in names)


def test_only_addresses_that_may_be_used_stand_beside_a_name(tmp_path):
    known = {"contacts": {"a": ("a@example.org", ""), "b": ("", "+33 1")}}
    rows = rows_of(book(tmp_path, replace(data(), addresses=known))["Contacts"])
    assert [(row["E-mail"], row["Phone"]) for row in rows[:3]] == [
        ("a@example.org", None),
        (None, "+33 1"),
        (None, None),
    ]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_no_name_does_any_harm_in_the_workbook(tmp_path, name):
    report = data([buyer("a", 5, 5, "10", name=name, customer_id=name)])
    cell = book(tmp_path, report)["Contacts"]["A2"]
    assert cell.data_type == "s"
    assert len(cell.value) == min(len(name.replace("\x00", "")), 32_767)
    assert re.search("[\x00-\x08\x0b-\x1f\u202e]", cell.value) is None
    assert '"' not in cell.hyperlink.target
    assert "<" not in cell.hyperlink.target


def test_months_are_days_that_read_as_months(tmp_path):
    both = {"contacts": replace(entity(FIVE), staying=months())}
    sheet = book(tmp_path, data(entities=both))["Churn by month"]
    assert sheet["A2"].value.date() == date(2025, 1, 1)
    assert sheet["A2"].number_format == "yyyy-mm"
    assert sheet["G2"].number_format == "0.0%"


def test_charts_stand_beside_the_rows_that_they_draw(tmp_path):
    staying = replace(entity(FIVE), staying=months())
    both = {"contacts": staying, "accounts": staying}
    made = book(tmp_path, data(entities=both))
    charts = made["Churn by month"]._charts
    assert [chart.series[0].val.numRef.f for chart in charts] == [
        "'Churn by month'!$D$2:$D$4",
        "'Churn by month'!$D$5:$D$7",
    ]
    assert len(charts[0].series) == 3
    assert len(made["Segments"]._charts) == 2


def test_an_amount_has_the_currency_of_its_language(tmp_path, euro):
    assert book(tmp_path)["Contacts"]["L2"].number_format.startswith('"€"')
    french = book(tmp_path, lang="fr")["Contacts"]["L2"]
    assert french.number_format == '#,##0.00\xa0"€"'
    assert Decimal(str(french.value)) == Decimal("1000.10")


def test_a_base_without_anybody_has_a_cover_and_headings(tmp_path):
    made = book(tmp_path, data([]))
    assert made["Contacts"].max_row == 1
    assert made.sheetnames[0] == "Cover"


def test_without_names_the_sheets_of_customers_are_left_out(tmp_path):
    to_do = [buyer("a", 5, 5, "10", name="Ada", next_action="call_now")]
    named, nameless = (book(tmp_path, replace(data(to_do), names=names)) for names in (True, False))
    assert {"Contacts", "To do"} <= set(named.sheetnames)
    assert not {"Contacts", "To do"} & set(nameless.sheetnames)
    values = {cell.value for sheet in nameless for row in sheet.iter_rows() for cell in row}
    assert "Ada" not in values


def test_the_cover_names_the_currency(tmp_path, euro):
    told = {row[0].value: row[1].value for row in book(tmp_path)["Cover"].iter_rows(max_row=12)}
    assert told["Amounts"] == "without tax and shipping, in €."
