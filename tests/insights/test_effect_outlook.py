from dataclasses import replace
from decimal import Decimal

import pytest

from suitecrm_bridge.insights.effect_outlook import Foreseen, foreseen
from suitecrm_bridge.mirror import Mirror
from tests.insights.test_effects import CHOICES, CONVERSION, MARGIN, TODAY, enrolled, filled

PEOPLE = enrolled(800, ago=55)
"""They may enter; in the last 60 days four in ten of them bought."""


def told(declared=MARGIN, lang="en", **options) -> Foreseen | None:
    with Mirror.in_memory() as mirror:
        filled(mirror, PEOPLE, 0.0)
        people = options.pop("people", PEOPLE["person"])
        options = {"per_day": 800, "days": 1} | options
        choices = replace(CHOICES, lang=lang)
        return foreseen(mirror, choices, people, declared, TODAY, **options)


@pytest.fixture(scope="module")
def usual() -> Foreseen:
    """A list of all of them that is sent once."""
    return told()


def test_what_such_people_brought_says_what_can_be_found(usual: Foreseen) -> None:
    found = usual
    assert found.outlook.entrants == 800
    assert 300 < found.outlook.smallest < 2_000
    assert "With 800 people, an effect of" in found.said[0]


def test_more_people_find_smaller_effects(usual: Foreseen) -> None:
    assert told(days=4).outlook.smallest < usual.outlook.smallest


def test_what_it_should_bring_is_by_default_what_makes_it_worth_its_cost(usual: Foreseen) -> None:
    assert usual.outlook.gain == pytest.approx(0.7 * 800 * 2_000)
    hoped = told(expected=Decimal("41.50")).outlook
    assert hoped.gain == pytest.approx(0.7 * 800 * 4_000)
    assert hoped.control_cost == pytest.approx(0.3 * 800 * 4_000)


def test_a_programme_that_is_measured_by_who_buys_is_told_in_people() -> None:
    found = told(CONVERSION)
    assert 0.02 < found.outlook.smallest < 0.3
    assert not any("bring" in sentence for sentence in found.said)


def test_it_is_said_in_french() -> None:
    assert "Avec 800 personnes" in told(lang="fr").said[0]


def test_where_nobody_bought_no_effect_can_be_found() -> None:
    found = told(people=["somebody", "else", "entirely"])
    assert found.said[0].startswith("Nobody like them bought")


def test_of_nobody_nothing_can_be_told() -> None:
    assert told(people=[]) is None
