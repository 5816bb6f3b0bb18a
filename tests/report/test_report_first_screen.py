"""The first screen: five sentences that lead to their lists, and four figures with their change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.insights.sentences import (
    Alarm,
    Call,
    FirstFigures,
    Left,
    Moved,
    Programmes,
    sentences,
)
from suitecrm_bridge.report import render
from tests.report.reportdata import AS_OF, FIVE, Page, beside, data, entity

FEBRUARY = date(2026, 2, 9)
HAPPENED = FirstFigures(
    left=Left(2, Decimal("1234.50"), FEBRUARY),
    call=Call("apologise", 3, Decimal("900.00"), "c", "Ada <b>"),
    week=Moved(date(2026, 3, 2), 4, 1),
    alarm=Alarm("Mixer", "product", "p1", FEBRUARY, 7, Decimal("0.5")),
    complaints=9,
    programmes=Programmes(40, "hello", "Hello", "works", Decimal("55.00")),
)
NOTHING = FirstFigures(left=Left(0, Decimal(0), FEBRUARY))
FIGURES = [
    ("revenue", Decimal("1100.00"), Decimal("1000.00"), date(2025, 3, 1), "money", 1),
    ("active", 95, 100, FEBRUARY, "count", 1),
    ("newcomers", 12, None, None, "count", 1),
    ("complaints", 0, 2, FEBRUARY, "count", -1),
]


def page(folder, found, lang="en"):
    told = beside(headlines=FIGURES, sentences=sentences(found, names=True))
    report = data(entities={"contacts": replace(entity(FIVE), dashboard=told)}, as_of=AS_OF)
    (file,) = render(report, ["html"], folder, lang)
    return Page(file.read_text(encoding="utf-8"))


def test_what_happened_stands_there_with_its_figure_and_leads_to_its_list(tmp_path):
    shown = page(tmp_path, HAPPENED)
    links = [str(link) for link in shown.values("a", "href") if ":" in str(link)]
    assert [link for link in links if link.startswith("#")] == [
        "#customers:people:left",
        "#customers:people:apologise",
        "#customers:flows",
        "#complaints:alarms",
    ]
    assert [str(link) for link in shown.values("a", "href")].count("#programmes") == 2
    for said in ("2 customers were lost since 2026-02-09; 1,234.50 a year", "Ada <b>", "Mixer"):
        assert said in shown.text
    words = [word.strip() for word in shown.words]
    assert {"2", "3", "1", "7", "55.00"} <= set(words)


def test_a_quiet_week_is_said_too(tmp_path):
    shown = page(tmp_path, NOTHING, "fr")
    for said in ("Aucun client n'a été perdu", "Aucun client n'est à appeler", "Aucun programme"):
        assert said in shown.text
    assert "#customers:people:left" in shown.values("a", "href")


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Revenue of 12 months", ["1,100.00", "+10.0%", "1,000.00 in the 12 months before"]),
        ("Customers who have not left", ["95", "−5.0%", "100 on 2026-02-09"]),
        ("New customers last month", ["12", "nothing to compare with yet"]),
        ("Complaints last month", ["0", "−100.0%", "2 in 2026-02"]),
    ],
)
def test_a_figure_has_its_change_and_what_it_was(tmp_path, label, told):
    words = [word.strip() for word in page(tmp_path, NOTHING).words if word.strip()]
    place = words.index(label) + 1
    assert words[place : place + len(told)] == told


@pytest.mark.parametrize(
    ("lang", "told", "around"),
    [("en", "€1,100.00", ["€", ""]), ("fr", "1\u00a0100,00\u00a0€", ["", "\u00a0€"])],
)
def test_amounts_have_the_sign_of_the_currency_where_it_is_known(
    tmp_path, monkeypatch, lang, told, around
):
    monkeypatch.setattr(i18n, "_currency", ["€"])
    shown = page(tmp_path, NOTHING, lang)
    assert told in shown.text
    assert shown.data["currency"] == around
    assert "€" in next(one for one in shown.words if one.startswith(("in €", "en €")))


def test_a_fall_of_complaints_is_good_and_one_of_customers_is_not(tmp_path):
    classes = page(tmp_path, NOTHING).values("small", "class")
    changes = [one for one in classes if str(one).startswith("change")]
    assert changes[:4] == ["change good", "change bad", "change", "change good"]
