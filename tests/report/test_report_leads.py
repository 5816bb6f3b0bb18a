"""What a report says of where customers came from; nothing where there are no leads."""

import json
from decimal import Decimal

import openpyxl
import pandas as pd

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.insights.leads import SOURCES
from suitecrm_bridge.insights.ways import LEAD_SOURCES
from suitecrm_bridge.report import render
from suitecrm_bridge.tables import Table, columns, words
from tests.report.reportdata import Page, data

EVIL = "<b>Web Site</b>"


def sources():
    row = {"name": EVIL, "leads": 1_200, "customers": 30, "cost": Decimal("900.00")}
    row |= {"cost_each": Decimal("30.00"), "watched": 20, "value": Decimal("450.5")}
    frame = pd.DataFrame([row | {"payback": 60}], dtype=object)
    title = words("leads.title_source")
    return Table("leads_by_source", frame, columns("leads.", SOURCES), title, ("Said.",))


def written(tmp_path, form, lang="en", leads=None):
    return render(data(leads=[sources()] if leads is None else leads), [form], tmp_path, lang)


def test_page_workbook_csv_and_json_hold_the_same_figures(tmp_path):
    (page,) = written(tmp_path, "html")
    shown = Page(page.read_text(encoding="utf-8"))
    row = [EVIL, "1,200", "30", "900.00", "30.00", "20", "450.50", "60 days"]
    assert any(row == one for table in shown.tables for one in table)
    assert "Said." in shown.text
    (file,) = written(tmp_path, "xlsx", "fr")
    sheet = openpyxl.load_workbook(file)["Clients par origine"]
    assert [cell.value for cell in next(sheet.iter_rows(min_row=2))][:3] == [EVIL, 1200, 30]
    assert "leads-by-source.csv" in {one.name for one in written(tmp_path, "csv")}
    (file,) = written(tmp_path, "json")
    found = json.loads(file.read_text(encoding="utf-8"))["leads"]["leads_by_source"]
    assert found["rows"][0]["payback"] == 60


def test_a_report_without_leads_says_nothing_of_them(tmp_path):
    (file,) = written(tmp_path, "html", leads=[])
    assert "leads-by" not in file.read_text(encoding="utf-8")


def test_titles_fit_on_the_tab_of_a_sheet():
    titles = [words(f"leads.title_{by}")[lang] for by in LEAD_SOURCES for lang in LANGUAGES]
    assert max(map(len, titles)) <= 31
