from dataclasses import replace
from math import inf

import pytest

from suitecrm_bridge.analytics.effects import words
from suitecrm_bridge.analytics.effects.assignment import Split
from suitecrm_bridge.analytics.effects.before import Outlook
from suitecrm_bridge.analytics.effects.budget import Plan
from suitecrm_bridge.analytics.effects.verdict import Judgement, Rule
from suitecrm_bridge.catalogue import LANGUAGES

RULE = Rule(cost=200.0, worth=500.0, planned=4_000)
SPLIT = Split(8_000, 2_000, 0.5)
OUTLOOK = Outlook(7_300, 355.0, 3_756, 120_000.0, 300_000.0, 480_000.0, 278)


def said(judgement: Judgement, measure="money", lang="en") -> str:
    return words.verdict(judgement, measure, RULE, SPLIT, 0.2, lang)


@pytest.mark.parametrize(
    ("judgement", "measure", "expected"),
    [
        (Judgement("works", "effect", 310.0, 900.0, 605.0), "money", "at least 3.10 more"),
        (Judgement("works", "effect", 0.021, 0.05, 0.03), "conversion", "at least 2.1 more buy"),
        (Judgement("does_harm", "effect", -900.0, -310.0), "money", "at least 3.10 less"),
        (Judgement("does_harm", "effect", -0.05, -0.02), "conversion", "at least 2.0 fewer buy"),
        (Judgement("does_harm", "complaints", 0.02, 0.05), "money", "at least 2.0 more complain"),
        (Judgement("does_harm", "opt_outs", 0.02, 0.05), "money", "2.0 more unsubscribe"),
        (Judgement("no_difference", "effect", 0, 310.0), "money", "at most 3.10 more"),
        (Judgement("no_difference", "effect", 0, 310.0), "money", "worth it from 7.00"),
        (Judgement("no_difference", "effect", 0, 0.011), "conversion", "at most 1.1 more buy"),
        (Judgement("unclear", "effect", days=12), "money", "Cannot tell yet: 12 more days"),
        (Judgement("unclear", "effect", days=1), "money", "one more day"),
        (Judgement("unclear", "few", needed=1_500), "money", "it takes 1,500 people"),
        (Judgement("unclear", "few"), "money", "too few have entered"),
        (Judgement("void", "split"), "money", "2,000 of 10,000 people are left out where 20.0%"),
    ],
)
def test_a_verdict_is_a_sentence(judgement: Judgement, measure, expected: str) -> None:
    assert expected in said(judgement, measure)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", ["money", "conversion"])
@pytest.mark.parametrize("verdict", ["works", "does_harm", "no_difference", "unclear", "void"])
def test_every_verdict_can_be_said_in_every_language(lang, measure, verdict) -> None:
    assert said(Judgement(verdict, "effect", -0.5, 0.5), measure, lang).endswith(".")


def test_in_french_numbers_are_french() -> None:
    found = said(Judgement("works", "effect", 310.0, 900.0, 605.0), lang="fr")
    assert "au moins 3,10 de plus" in found


def test_before_the_start_it_is_said_what_can_be_found_what_it_brings_and_when_harm_is_seen() -> (
    None
):
    found = list(words.outlook(OUTLOOK, "money", RULE, "en"))
    assert "an effect of 3.55 a person" in found[0]
    assert "bring 4,800.00 after costs of 3,000.00" in found[1]
    assert "forgoes 1,200.00" in found[1]
    assert "harm of 5.00 a person, that is seen within 278 days" in found[2]


def test_where_too_few_enter_that_is_said_before_the_start() -> None:
    few = replace(OUTLOOK, smallest=inf, harm_days=None)
    found = list(words.outlook(few, "conversion", RULE, "en"))
    assert "no effect can be found: it takes 3,756" in found[0]
    assert "too few enter" in found[1]


def test_a_plan_says_what_one_more_of_each_scarce_thing_would_bring() -> None:
    shadow = {("budget", ""): 1.853, ("channel", "letter"): 120.0, ("programme", "x"): 3.0}
    found = list(words.one_more(Plan([], 0.0, 0.0, 0.0, shadow), "en", {"x": "Hello"}))
    assert found == [
        "1.00 more of budget would bring 1.85 beyond itself.",
        "One more contact (letter) would bring 1.20.",
        "1.00 more in the budget of Hello would bring 3.00 beyond itself.",
    ]


def test_what_there_is_enough_of_would_bring_nothing_more() -> None:
    shadow = {("budget", ""): 0.0, ("channel", "call"): 0.0, ("programme", "x"): 0.0}
    found = list(words.one_more(Plan([], 0.0, 0.0, 0.0, shadow), "en"))
    assert [line.partition(":")[0] for line in found] == [
        "More budget would bring nothing",
        "More contacts (call) would bring nothing.",
    ]
