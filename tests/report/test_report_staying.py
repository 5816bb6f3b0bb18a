"""Who stays and who goes, on the page, in the workbook and in the document."""

import dataclasses
import json
import re
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from suitecrm_bridge.report import StayingData, render

from .reportdata import FIVE, Page, data, entity

MONTHS = pd.DataFrame(
    {
        "month": [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)],
        "customers_at_start": [0, 4, 5],
        "new_customers": [4, 2, 0],
        "won_back": [0, 0, 1],
        "lost": [0, 1, 0],
        "churn_rate": [float("nan"), 0.25, 0.0],
        "provisional": [False, False, True],
    }
)
SURVIVAL = pd.DataFrame(
    {
        "days": [0, 40, 300],
        "at_risk": [5, 5, 2],
        "lost": [0, 0, 2],
        "earliest": [0.6, 0.4, 0.4],
        "latest": [1.0, 1.0, 0.5],
        "low": [0.2, 0.1, 0.1],
        "high": [1.0, 1.0, 0.9],
    }
)


def told(months=MONTHS, survival=SURVIVAL):
    whole = entity(FIVE)
    return data(
        entities={
            "contacts": dataclasses.replace(whole, staying=StayingData(530, months, survival))
        }
    )


def written(tmp_path, form, lang="en", **frames):
    return render(told(**frames), [form], tmp_path, lang)[0]


@pytest.mark.parametrize(("lang", "word"), [("en", "(provisional)"), ("fr", "(provisoire)")])
def test_only_the_month_that_is_not_over_is_called_provisional(tmp_path, lang, word):
    page = written(tmp_path, "html", lang).read_text(encoding="utf-8")
    assert page.count(word) == 1
    row = next(part for part in page.split("<tr>") if word in part)
    assert re.findall(r'<td class="n[^>]*>([^<]*)', row)[:4] == ["5", "0", "1", "0"]
    assert "530" in page


def test_the_curve_falls_where_customers_are_lost_and_has_its_limits(tmp_path):
    page = Page(written(tmp_path, "html").read_text(encoding="utf-8"))
    corners = page.chart("contacts-survival")
    assert [row["days"] for row in corners] == [0, 40, 300]
    assert [row["middle"] for row in corners] == pytest.approx([0.8, 0.7, 0.45])
    assert [(row["low"], row["high"]) for row in corners][-1] == (0.1, 0.9)
    assert "After 300 days, between 40.0% and 50.0% of customers are still there" in page.text


def test_without_a_loss_there_is_no_curve(tmp_path):
    still = SURVIVAL.head(1).assign(earliest=1.0)
    page = Page(written(tmp_path, "html", survival=still).read_text(encoding="utf-8"))
    assert "contacts-survival" not in page.data["charts"]
    assert "(provisional)" in page.text


def test_the_workbook_holds_every_month_and_every_day_on_which_the_curve_falls(tmp_path):
    book = load_workbook(written(tmp_path, "xlsx"))
    months = list(book["Churn by month"].values)
    assert [row[-1] for row in months] == ["Provisional", "no", "no", "yes"]
    assert [row[5] for row in months[1:]] == [0, 1, 0]
    survival = list(book["How long they stay"].values)
    assert [row[0] for row in survival[1:]] == [0, 40, 300]


def test_the_document_holds_whether_a_month_is_provisional(tmp_path):
    found = json.loads(written(tmp_path, "json").read_text(encoding="utf-8"))
    staying = found["entities"]["contacts"]["staying"]
    assert [row["provisional"] for row in staying["months"]] == [False, False, True]
    assert staying["months"][0]["churn_rate"] is None
    assert staying["first_limit"] == 530
    assert [row["latest"] for row in staying["survival"]] == [1, 1, 0.5]
