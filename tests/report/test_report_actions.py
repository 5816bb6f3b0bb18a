"""What a report says of what to do, and of who is at risk or lost."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from openpyxl import load_workbook

from suitecrm_bridge.analytics.leaving import leaving
from suitecrm_bridge.report import ReportData, render
from tests.report.reportdata import Page, buyer, data, entity, prospect


def lost(key, stake, total="500", **changes):
    told = {
        "standing": "lost",
        "lifecycle": "lapsed",
        "churn_risk": "high",
        "next_action": "win_back",
        "next_action_reason": f"Ask {key} back.",
        "next_action_due": date(2026, 3, 20),
        "value_at_stake": Decimal(stake),
    }
    return buyer(key, 1, 5, total, **(told | changes))


SIX = [
    lost("a", "10.00", total="9000"),
    lost("b", "700.50"),
    lost("c", "99.00"),
    lost("d", "5.00", standing="at_risk", lifecycle="at_risk", next_action="call_now"),
    buyer(
        "e",
        5,
        5,
        "400",
        standing="here",
        lifecycle="active",
        churn_risk="low",
        next_action="thank",
        value_at_stake=Decimal("3.00"),
    ),
    prospect("f", standing="prospect", lifecycle="prospect", next_action="develop"),
]


def reported(rows=SIX) -> ReportData:
    whole = entity(rows)
    facts = whole.customers.assign(
        total_cents=[int(100 * (row["purchase_total"] or 0)) for row in rows],
        stake_cents=[int(100 * (row["value_at_stake"] or 0)) for row in rows],
    )
    return data(entities={"contacts": dataclasses.replace(whole, leaving=leaving(facts))})


def page(folder, lang="en"):
    (file,) = render(reported(), ["html"], folder, lang)
    return Page(file.read_text(encoding="utf-8"))


def test_whom_to_win_back_comes_by_the_value_at_stake_and_not_by_what_they_spent(tmp_path):
    named = [row["name"] for row in page(tmp_path).people() if row["action"] == "win_back"]
    assert named == ["Customer b", "Customer c", "Customer a"]


def test_the_key_figure_is_the_sum_of_at_risk_and_lost(tmp_path):
    (file,) = render(reported(), ["json"], tmp_path, "en")
    contacts = json.loads(file.read_text(encoding="utf-8"))["entities"]["contacts"]
    assert contacts["key_figures"]["leaving"] == 4
    known = {"at_risk", "lost"}
    assert sum(r["customers"] for r in contacts["leaving"] if r["standing"] in known) == 4
    assert {one["action"]: one["customers"] for one in contacts["actions"]} == {
        "call_now": 1,
        "win_back": 3,
        "thank": 1,
        "develop": 1,
    }


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "At risk or lost"), ("fr", "À risque ou perdus")]
)
def test_the_table_of_who_leaves_ends_with_its_sums(tmp_path, lang, label):
    table = next(rows for rows in page(tmp_path, lang).tables if rows[-2][0] == label)
    assert [row[4] for row in table[-2:]] == ["4", "6"]
    inner = [row for row in table[1:] if row[1]]
    assert sum(int(row[4]) for row in inner) == 6


def test_the_workbook_has_a_sheet_to_do_and_one_of_who_leaves(tmp_path):
    (file,) = render(reported(), ["xlsx"], tmp_path, "en")
    book = load_workbook(file)
    rows = list(book["To do"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows if row[2] == "Win back"] == [
        "Customer b",
        "Customer c",
        "Customer a",
    ]
    assert [row[0] for row in book["At risk or lost"].iter_rows(values_only=True)][-2:] == [
        "At risk or lost",
        "All together",
    ]


def test_what_is_unknown_stands_in_a_row_of_its_own():
    rows = pd.DataFrame(
        {
            "standing": ["here", "here"],
            "rfm_segment": ["new", "new"],
            "lifecycle": ["new", "new"],
            "churn_risk": [None, "low"],
            "total_cents": [100, 200],
            "stake_cents": [None, 5],
        }
    )
    assert leaving(rows).to_dict("records") == [
        {
            "standing": "here",
            "rfm_segment": "new",
            "lifecycle": "new",
            "churn_risk": "",
            "customers": 1,
            "revenue_cents": 100,
            "stake_cents": 0,
        },
        {
            "standing": "here",
            "rfm_segment": "new",
            "lifecycle": "new",
            "churn_risk": "low",
            "customers": 1,
            "revenue_cents": 200,
            "stake_cents": 5,
        },
    ]
