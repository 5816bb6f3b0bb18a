from datetime import date

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.catalogue import Message, Translated

MESSAGES = {
    "zoo.hello": Message("zoo.hello", Translated.of(en="Hello {name}", fr="Bonjour {name}")),
    "zoo.animals": Message(
        "zoo.animals",
        other=Translated.of(en="{count} animals", fr="{count} animaux"),
        one=Translated.of(en="{count} animal", fr="{count} animal"),
    ),
}


@pytest.fixture
def zoo(monkeypatch):
    monkeypatch.setattr(i18n, "shipped_messages", lambda: MESSAGES)


def test_a_text_is_in_english_unless_told_otherwise(zoo):
    assert i18n.text("zoo.hello", name="Ada") == "Hello Ada"


def test_a_text_is_in_the_language_in_use(zoo):
    i18n.use_language("fr")
    assert i18n.current_language() == "fr"
    assert i18n.text("zoo.hello", name="Ada") == "Bonjour Ada"


def test_a_text_may_ask_for_another_language(zoo):
    assert i18n.text("zoo.hello", "fr", name="Ada") == "Bonjour Ada"
    assert i18n.current_language() == "en"


def test_a_placeholder_may_be_called_key_or_lang(monkeypatch):
    message = Message("zoo.k", Translated.of(en="{key} {lang}", fr="{key} {lang}"))
    monkeypatch.setattr(i18n, "shipped_messages", lambda: {"zoo.k": message})
    assert i18n.text("zoo.k", key="a", lang="b") == "a b"


def test_an_unknown_key_is_a_mistake_in_the_program(zoo):
    with pytest.raises(KeyError, match=r"zoo\.bye"):
        i18n.text("zoo.bye")


@pytest.mark.parametrize(
    ("count", "lang", "expected"),
    [
        (0, "en", "0 animals"),
        (1, "en", "1 animal"),
        (2, "en", "2 animals"),
        (0, "fr", "0 animal"),
        (1, "fr", "1 animal"),
        (2, "fr", "2 animaux"),
    ],
)
def test_the_singular_follows_the_language(zoo, count, lang, expected):
    assert i18n.text("zoo.animals", lang, count=count) == expected


def test_a_message_without_singular_form_ignores_the_count(zoo):
    assert i18n.text("zoo.hello", name="Ada", count=1) == "Hello Ada"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (12345, "12,345", "12\u00a0345"),
        (-1234567, "-1,234,567", "-1\u00a0234\u00a0567"),
    ],
)
def test_thousands_are_grouped_as_the_language_does(value, english, french):
    assert i18n.number(value) == english
    assert i18n.number(value, "fr") == french


@pytest.mark.parametrize(
    ("cents", "english", "french"),
    [
        (0, "0.00", "0,00"),
        (5, "0.05", "0,05"),
        (123450, "1,234.50", "1\u00a0234,50"),
        (-5, "-0.05", "-0,05"),
        (-123456, "-1,234.56", "-1\u00a0234,56"),
    ],
)
def test_an_amount_shows_its_cents(cents, english, french):
    assert i18n.amount(cents) == english
    assert i18n.amount(cents, "fr") == french


def test_a_day_is_written_as_the_language_does():
    assert i18n.day(date(2026, 3, 9)) == "2026-03-09"
    assert i18n.day(date(2026, 3, 9), "fr") == "09/03/2026"


def test_numbers_and_days_follow_the_language_in_use():
    i18n.use_language("fr")
    assert i18n.number(1000) == "1\u00a0000"
    assert i18n.amount(100000) == "1\u00a0000,00"
    assert i18n.day(date(2026, 12, 31)) == "31/12/2026"
