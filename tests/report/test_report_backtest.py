"""What the forecasts were worth, in words that a shop owner understands."""

from datetime import date
from html.parser import HTMLParser

import pytest

from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.held_out import NO_PRODUCTS, TOO_SHORT, HeldOut, Line
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.report import backtest
from suitecrm_bridge.report.words import Words

VALUE = (
    Line("value", "sales", 318, 18_031_793.0, 19_280_091.0, 22_098_735.0),
    Line("value", "missed", 318, 55_091.0, None, 67_822.0, 0.058, 0.299, "better"),
)
CHURN = (
    Line("churn", "right", 318, 0.7862, None, 0.6635, -0.0539, 0.1941, "unclear"),
    Line("churn", "band_0", 76, 0.146, 0.0, None, 0.0, 0.0803),
    Line("churn", "band_2", 148, 0.8007, 0.7027, None, 0.5989, 0.7891),
)


def way(measure, verdict, low=-0.05, high=0.07):
    return Line("offer", measure, 122, 0.4, None, 0.3, low, high, verdict)


def held(*lines):
    return HeldOut(date(2025, 3, 8), date(2026, 3, 8), lines)


OFFER = (way("rule", "unclear"), way("popular", "better", 0.071, 0.3501))


def told(found, lang="en"):
    return {part.figure: part for part in backtest.parts(found, Words(lang))}


def plain(words):
    return words.replace("\xa0", " ").replace("\u202f", " ")


def test_the_verdict_stands_in_the_headline() -> None:
    found = told(held(*VALUE, *CHURN, *OFFER))
    assert found["value"].headline == "Lifetime value: better than the simple way"
    assert found["churn"].headline == "Who buys again: too little to tell"
    assert found["offer"].headline == "Next offer: nothing beats the best seller, which is offered"


@pytest.mark.parametrize(
    ("ways", "headline", "verdict"),
    [
        ((way("rule", "better", 0.1, 0.2), way("popular", "better")), "better than", "better"),
        ((way("repeat", "no_better"), way("popular", "unclear")), "too little to tell", "unclear"),
        ((way("repeat", "no_better"), way("popular", "no_better")), "no better", "no_better"),
    ],
)
def test_what_becomes_of_offers_is_told(ways, headline, verdict) -> None:
    part = told(held(*VALUE, *CHURN, *ways))["offer"]
    assert headline in part.headline
    assert part.verdict == verdict


def test_amounts_are_whole_and_shares_have_a_decimal() -> None:
    found = told(held(*VALUE, *CHURN, *OFFER))
    assert found["value"].rows == [
        ["Bought by 318 customers", "180,318", "192,801", "220,987"],
        ["Missed by, per customer", "551", "–", "678"],
    ]
    assert found["churn"].rows[1] == ["Chance below 20% (76)", "14.6%", "0.0% (0.0% to 8.0%)", "–"]
    assert found["offer"].rows[1] == [
        "Best seller of all",
        "40.0%",
        "30.0%",
        "+7.1 to +35.0",
        "better",
    ]


def test_how_much_better_is_said_with_its_interval_and_its_side() -> None:
    found = told(held(*VALUE, *CHURN, *OFFER))
    assert found["value"].notes[0] == (
        "The miss is 18.8% smaller than that of the simple way; 99 times in 100, between "
        "5.8% smaller and 29.9% smaller."
    )
    assert "12.3 more" in found["churn"].notes[0]
    assert "between 5.4 fewer and 19.4 more" in found["churn"].notes[0]


def test_a_figure_that_cannot_be_told_gives_its_reason() -> None:
    few = NotFitted("too_few_customers", 44, 50)
    found = told(
        held(
            Line("value", "reason", reason=few),
            Line("churn", "reason", reason=TOO_SHORT),
            Line("offer", "reason", reason=NO_PRODUCTS),
        )
    )
    assert "50 are needed" in found["value"].notes[0]
    assert "180 days" in found["churn"].notes[0]
    assert "No customer bought a product" in found["offer"].notes[0]
    assert {part.verdict for part in found.values()} == {"none"}
    assert not any(part.rows for part in found.values())


def test_a_miss_without_interval_is_told_without() -> None:
    missed = Line("value", "missed", 80, 12.0, None, 0.0, None, None, "no_better")
    part = told(held(VALUE[0], missed, *CHURN, *OFFER))["value"]
    assert "no better" in part.headline
    assert len(part.notes) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_said_in_the_language_of_the_reader(lang) -> None:
    found = told(held(*VALUE, *CHURN, *OFFER), lang)
    words = plain(" ".join([part.headline for part in found.values()]))
    expected = {"en": "Who buys again", "fr": "Qui rachète : trop peu pour juger"}
    assert expected[lang] in words


class Page(HTMLParser):
    """The texts of a page by their tag."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.opened: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs) -> None:
        self.opened.append(tag)

    def handle_data(self, data) -> None:
        if data.strip():
            self.texts.setdefault(self.opened[-1], []).append(" ".join(data.split()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_what_the_command_says(tmp_path, lang) -> None:
    found = held(*VALUE, *CHURN, *OFFER)
    file = backtest.write(found, "contacts", tmp_path / "new", lang, private=False)
    source = file.read_text(encoding="utf-8")
    page = Page(source)
    parts = backtest.parts(found, Words(lang))
    assert file.name == "backtest.html"
    assert [plain(text) for text in page.texts["h2"]] == [plain(part.headline) for part in parts]
    values = [plain(value) for part in parts for row in part.rows for value in row[1:]]
    assert [plain(text) for text in page.texts["td"]] == values
    assert f'<html lang="{lang}">' in source
    assert "http" not in source.replace("http-equiv", "")
