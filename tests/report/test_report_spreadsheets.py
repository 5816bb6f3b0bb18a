import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.report import render, workbook
from tests.report.reportdata import FIVE, buyer, data, entity, prospect

FORMULAS = ['=HYPERLINK("http://x")', "+33 1 23", "-1+1", "@SUM(A1)", "\t=1", "  =1", "\x00=1"]


def book(folder, report=None, lang="en"):
    (path,) = render(report or data(), ["xlsx"], folder, lang)
    return openpyxl.load_workbook(path)


def plain(value):
    return value.date() if isinstance(value, datetime) else value


def table(folder, name, report=None, lang="en"):
    render(report or data(), ["csv"], folder, lang)
    raw = (folder / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(raw.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";" if lang == "fr" else ","))


def test_the_workbook_has_a_sheet_for_segments_and_for_each_kind_of_customer(tmp_path):
    both = {"contacts": entity(FIVE), "accounts": entity(FIVE[:1])}
    made = book(tmp_path, data(entities=both))
    assert made.sheetnames == ["Cover", "Segments", "Contacts", "Accounts", "About these figures"]
    assert [sheet.max_row for sheet in made][1:4] == [1 + 2 * len(catalogue().segments), 6, 2]


def test_the_workbook_speaks_french(tmp_path):
    made = book(tmp_path, lang="fr", report=data(entities={"accounts": entity(FIVE)}))
    assert made.sheetnames == ["Accueil", "Segments", "Comptes", "À propos de ces chiffres"]
    assert made["Comptes"]["D1"].value == "Segment"
    assert made["Comptes"]["L1"].value == "Total des achats"
    assert made["Segments"]["A3"].value == "Fidèles"
    assert made["Comptes"]["J2"].number_format == "dd/mm/yyyy"


def test_headings_are_frozen_and_can_be_filtered(tmp_path):
    sheet = book(tmp_path)["Contacts"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].value == "Name"
    assert sheet.auto_filter.ref == "A1:Z6"
    assert sheet["A1"].font.bold


def test_numbers_and_dates_are_typed_and_formatted(tmp_path):
    row = book(tmp_path)["Contacts"][2]
    assert [plain(cell.value) for cell in row[4:11]] == [
        "553",
        5,
        5,
        3,
        date(2024, 1, 31),
        date(2025, 12, 24),
        4,
    ]
    assert row[9].number_format == "yyyy-mm-dd"
    assert row[11].number_format == "#,##0.00"


def test_what_is_not_known_of_a_prospect_stays_empty(tmp_path):
    row = book(tmp_path, data([prospect("e")]))["Contacts"][2]
    assert [cell.value for cell in row[5:10]] == [None] * 5


def test_amounts_reach_the_workbook_to_the_cent(tmp_path):
    total = "9999999999.99"
    book(tmp_path, data([buyer("a", 5, 5, total)]))
    with zipfile.ZipFile(tmp_path / "report.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/sheet" in name]
    assert any(f"<v>{total}</v>" in sheet for sheet in sheets)


@pytest.mark.parametrize("name", FORMULAS)
def test_text_never_becomes_a_formula_in_the_workbook(tmp_path, name):
    report = data([buyer("a", 5, 5, "10", name=name, rfm_reason=name, customer_id=name)])
    row = book(tmp_path, report)["Contacts"][2]
    for cell in (row[0], row[13], row[25]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.value.strip() == name.replace("\x00", "").strip()


def test_the_address_of_the_crm_never_becomes_a_formula(tmp_path):
    notes = book(tmp_path, data(crm_url="=1+1"))["About these figures"]
    assert notes["B3"].data_type == "s"


def test_more_rows_than_a_sheet_takes_go_on_to_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    made = book(tmp_path)
    names = [s.title for s in made if s.title.startswith("Contacts")]
    assert names == ["Contacts", "Contacts 2", "Contacts 3"]
    ids = [row[25].value for name in names for row in list(made[name])[1:]]
    assert ids == list("abcde")
    told = {row[0].value: row[2].value for row in made["Cover"].iter_rows()}
    assert "no more than 2 rows" in told["Contacts"]
    assert "no more than 2 rows" in told["Contacts 2"]
    assert told["Contacts 3"] is None


def test_notes_say_what_was_left_out(tmp_path):
    notes = book(tmp_path, data(skipped={"without_date": 7}))["About these figures"]
    assert "7 invoices without a date" in notes["B6"].value
    assert plain(notes["B2"].value) == date(2026, 3, 9)


def test_the_csv_of_customers_has_labels_and_plain_values(tmp_path):
    heading, first, *_ = table(tmp_path, "customers-contacts.csv")
    assert heading[:3] == ["Name", "Segment", "RFM score"]
    assert first == [
        "Customer a",
        "Champions",
        "553",
        "5",
        "5",
        "3",
        "2024-01-31",
        "2025-12-24",
        "4",
        "1000.10",
        "250.02",
        "Reason of a.",
        "",
        "",
        "",
        "",
        "",
        "",
        *[""] * 5,
        "a",
    ]


def test_the_french_csv_has_semicolons_decimal_commas_and_iso_dates(tmp_path):
    row = table(tmp_path, "customers-contacts.csv", lang="fr")[3]
    assert row[1] == "À ne pas perdre"
    assert row[7:10] == ["2025-12-24", "4", "2500,00"]


def test_the_csv_of_segments_has_one_line_a_segment(tmp_path):
    rows = table(tmp_path, "segments-contacts.csv")
    assert len(rows) == 1 + len(catalogue().segments)
    assert rows[1][:7] == ["Champions", "Contacts", "2", "0.4000", "1500.00", "0.3750", "750.00"]


@pytest.mark.parametrize("name", FORMULAS)
def test_text_never_becomes_a_formula_in_the_csv(tmp_path, name):
    report = data([buyer("a", 5, 5, "10", name=name, rfm_reason=name, customer_id=name)])
    row = table(tmp_path, "customers-contacts.csv", report)[1]
    shown = name.replace("\x00", "")
    assert [row[0], row[11], row[23]] == [f"'{shown}"] * 3


def test_a_negative_amount_is_a_number_and_not_a_formula(tmp_path):
    report = data([buyer("a", 5, 5, "-12.50")])
    assert table(tmp_path, "customers-contacts.csv", report)[1][9] == "-12.50"
    assert book(tmp_path, report)["Contacts"]["L2"].value == -12.5


def test_separators_quotes_and_line_ends_survive_the_csv(tmp_path):
    name = 'Durand; "Fils", & Cie\nParis'
    report = data([buyer("a", 5, 5, "10", name=name)])
    for lang in ("en", "fr"):
        assert table(tmp_path, "customers-contacts.csv", report, lang)[1][0] == name


def test_amounts_reach_the_csv_to_the_cent(tmp_path):
    report = data([buyer("a", 5, 5, "1234567890123456.78")])
    total = table(tmp_path, "customers-contacts.csv", report)[1][9]
    assert Decimal(total) == Decimal("1234567890123456.78")


def test_an_empty_base_gives_tables_with_headings_alone(tmp_path):
    assert len(table(tmp_path, "customers-contacts.csv", data([]))) == 1
    assert book(tmp_path, data([]))["Contacts"].max_row == 1
