"""What `backtest` prints and writes."""

import json
from datetime import date
from itertools import product

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.analytics.held_out import HeldOut, Line
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.cli import backtest as shown
from suitecrm_bridge.report.words import Words
from tests.cli.test_portfolio_commands import json_of, run

__all__ = ["run"]

MANY = 1_234_567
WIDE = [
    Line("value", "sales", MANY, 9_876_543_210.0, 9_999_999_999.0, 9_876_543_210.0),
    Line("value", "missed", MANY, 123_456.0, None, 654_321.0, -1.234, 0.5, "unclear"),
    Line("churn", "right", MANY, 0.7862, None, 0.6635, -0.1234, 0.1941, "no_better"),
    *(Line("churn", f"band_{n}", MANY, 0.146, 0.123, None, 0.115, 0.135) for n in range(3)),
    *(
        Line("offer", way, MANY, 0.3819, None, 0.4546, -0.2361, 0.2345, "unclear")
        for way in ("rule", "repeat", "segment", "popular")
    ),
]


@pytest.fixture
def speaking():
    before = i18n.current_language()
    yield i18n.use_language
    i18n.use_language(before)


@pytest.mark.parametrize(("lang", "entity"), list(product(LANGUAGES, ["contacts", "accounts"])))
def test_the_page_fits_80_columns_whatever_it_holds(capsys, speaking, lang, entity) -> None:
    speaking(lang)
    found = HeldOut(date(2025, 3, 8), date(2026, 3, 8), tuple(WIDE))
    shown._show(found, entity, Words(lang), "Amounts are without tax. " * 5)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 20
    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.story
def test_a_base_of_few_gives_reasons_and_what_can_be_told(run) -> None:
    rows = json_of(run("backtest", "--of", "accounts", "--format", "json"))
    assert {row["figure"] for row in rows} == {"value", "churn", "offer"}
    value = [row for row in rows if row["figure"] == "value"]
    assert "customers have bought" in value[0]["reason"]
    assert {(row["until"], row["as_of"]) for row in rows} == {("2025-07-06", "2026-07-06")}


@pytest.mark.parametrize(("lang", "said"), [("en", "2025-07-06"), ("fr", "06/07/2025")])
def test_the_page_says_of_when_it_is_in_the_language_asked_for(run, lang, said) -> None:
    done = run("--lang", lang, "backtest", "--of", "accounts")
    assert done.exit_code == 0, done.output
    assert said in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert ("without tax" if lang == "en" else "hors taxes") in " ".join(done.stdout.split())


def test_the_page_is_written_instead_of_shown(run, tmp_path) -> None:
    done = run("--lang", "fr", "backtest", "--output", str(tmp_path / "page"))
    assert done.exit_code == 0, done.output
    file = tmp_path / "page" / "backtest.html"
    assert done.stdout.strip() == str(file)
    assert "Les prévisions étaient-elles justes" in file.read_text(encoding="utf-8")


def test_what_becomes_of_an_offer_stands_with_the_customer(run) -> None:
    (one,) = json_of(run("customers", "--limit", "1", "--format", "json"))
    found = json.loads(run("customer", one["customer_id"], "--format", "json").stdout)[0]
    assert {"offer_basis", "offer_tested", "offer_hits", "offer_naive_hits"} <= set(found)
