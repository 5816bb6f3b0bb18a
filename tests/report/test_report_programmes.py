"""What a report says about programmes: section, sheets and JSON; nothing where none ever ran."""

import csv
import json
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.report import render
from suitecrm_bridge.tables import Column, Table, words
from tests.report.reportdata import Page, data

EVIL = "<b>Hello</b>"


def parts(said=("Hello: Cannot tell yet.",)):
    inside = pd.DataFrame([{"programme": "hello", "programme_name": EVIL, "people": 1_200}])
    brought = pd.DataFrame(
        [{"programme": "hello", "programme_name": EVIL, "effect": Decimal("3.5")}]
    )
    named = Column("programme", "key", words("effects.column_programme"), names="programme_name")
    people = Column("people", "count", words("programmes.col_people"))
    effect = Column("effect", "money", words("effects.column_effect"))
    return [
        Table("in_programmes", inside, [named, people], words("programmes.title_in_programmes")),
        Table("effects", brought, [named, effect], words("effects.title_programmes"), said),
        Table("effects_by_segment", brought.head(0), [named], words("effects.title_segments")),
    ]


def written(tmp_path, form, lang="en", shown=None):
    told = data(programmes=parts() if shown is None else shown)
    return render(told, [form], tmp_path, lang)


@pytest.mark.parametrize(
    ("lang", "heads", "row"),
    [
        ("en", ["Programme", "People"], [EVIL, "1,200"]),
        ("fr", ["Programme", "Personnes"], [EVIL, "1 200"]),
    ],
)
def test_the_page_says_who_is_in_which_programme_and_what_it_brought(tmp_path, lang, heads, row):
    (file,) = written(tmp_path, "html", lang)
    page = Page(file.read_text(encoding="utf-8"))
    inside, brought = page.tables[-2:]
    assert inside == [heads, row]
    assert [one["value"] for one in page.chart("effect")] == [3.5]
    assert brought[1] == [EVIL, {"en": "3.50", "fr": "3,50"}[lang]]
    assert "Hello: Cannot tell yet." in page.text
    assert "#programmes" in page.values("a", "href")


def test_what_is_empty_is_left_out(tmp_path):
    (file,) = written(tmp_path, "html")
    assert "effects-by-segment" not in file.read_text(encoding="utf-8")


def test_a_report_without_programmes_says_that_none_was_started(tmp_path):
    (file,) = written(tmp_path, "html", shown=[])
    assert "No programme was started yet." in Page(file.read_text(encoding="utf-8")).text
    (file,) = written(tmp_path, "json", shown=[])
    assert json.loads(file.read_text(encoding="utf-8"))["programmes"] == {}


def test_the_workbook_has_a_sheet_for_each_table_with_labels_and_numbers(tmp_path):
    (file,) = written(tmp_path, "xlsx", "fr")
    book = openpyxl.load_workbook(file)
    assert [[cell.value for cell in row] for row in book["Effet des programmes"].rows] == [
        ["Programme", "Effet par personne"],
        [EVIL, 3.5],
    ]


@pytest.mark.parametrize("key", ["programmes", "segments", "over_all"])
def test_titles_fit_on_the_tab_of_a_sheet(key):
    assert all(
        len(title) <= 31 for title in [words(f"effects.title_{key}")[lang] for lang in LANGUAGES]
    )


def test_files_and_json_keep_the_keys(tmp_path):
    names = {file.name: file for file in written(tmp_path, "csv")}
    with names["programmes-effects.csv"].open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "Programme"
    (file,) = written(tmp_path, "json")
    found = json.loads(file.read_text(encoding="utf-8"))["programmes"]
    assert found["effects"]["rows"][0]["programme"] == "hello"
    assert found["effects"]["said"] == ["Hello: Cannot tell yet."]
