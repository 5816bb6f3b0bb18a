"""The five sentences that everybody reads first, on planted figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.insights.first_figures import alarm, call, programmes
from suitecrm_bridge.insights.sentences import (
    Alarm,
    Call,
    FirstFigures,
    Left,
    Moved,
    Programmes,
    sentences,
)
from suitecrm_bridge.mirror.summing import Calls

NOTHING = FirstFigures(left=Left(0, Decimal(0)))
TOPICS = ["left", "call", "moved", "alarm", "programme"]


def said(found, topic, lang="en", *, names=True):
    (one,) = [one for one in sentences(found, names=names) if one.topic == topic]
    return one.said(lang).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_there_are_five_sentences_even_when_nothing_happened_at_all(lang):
    told = sentences(NOTHING, names=True)
    assert [one.topic for one in told] == TOPICS
    assert all(one.said(lang).endswith(".") for one in told)
    assert [one.figure(lang) for one in told] == [""] * 5


def test_the_first_one_says_who_left_and_what_that_costs():
    found = replace(NOTHING, left=Left(12, Decimal("3450.50"), date(2026, 3, 2)))
    assert said(found, "left") == (
        "12 customers were lost since 2026-03-02; 3,450.50 a year went with them."
    )
    (first, *_) = sentences(found, names=True)
    assert (first.chosen, first.figure("en")) == ("lost", "12")


def test_one_customer_who_left_is_spoken_of_as_one():
    found = replace(NOTHING, left=Left(1, Decimal("80.00")))
    assert said(found, "left") == "1 customer is lost; 80.00 a year went with them."
    assert said(found, "left", "fr") == "1 client est perdu ; avec lui, 80,00 par an."


def test_a_customer_is_named_only_where_names_are_asked_for():
    found = replace(NOTHING, call=Call("call_now", 3, Decimal("900.00"), "id", "Ada Byron"))
    assert said(found, "call").startswith("Call Ada Byron first")
    assert "Ada" not in said(found, "call", names=False)
    assert all("Ada" not in str(one.values) for one in sentences(found, names=False))


def test_nothing_is_said_of_a_stake_where_nothing_is_at_stake():
    found = replace(NOTHING, call=Call("call_now", 2, Decimal(0), "id", "Ada"))
    assert said(found, "call") == "Call Ada first, of 2 customers to call now."


def test_a_long_name_is_shortened():
    found = replace(NOTHING, call=Call("win_back", 2, Decimal(5), "id", "x" * 10_000))
    assert len(said(found, "call")) < 250


def test_moves_are_told_since_a_week_and_since_a_month():
    week, month = Moved(date(2026, 3, 2), 4, 7), Moved(date(2026, 2, 9), 10, 31)
    told = said(replace(NOTHING, week=week, month=month), "moved")
    assert told == (
        "Since 2026-03-02: to a better segment 4, to a worse one 7. Since 2026-02-09: 10 and 31."
    )


def test_a_week_is_not_told_twice_where_there_is_no_other_day():
    week = Moved(date(2026, 2, 9), 4, 7)
    told = said(replace(NOTHING, week=week, month=week), "moved")
    assert told == "Since 2026-02-09: to a better segment 4, to a worse one 7."


def test_scores_that_were_made_in_another_way_are_not_compared():
    week = Moved(date(2026, 3, 2), 4, 7, otherwise=True)
    assert said(replace(NOTHING, week=week), "moved") == (
        "Scores were made in another way on 2026-03-02, so moves since then cannot be told."
    )


def test_an_alarm_is_told_with_what_was_to_be_expected():
    one = Alarm("Lamp", "product", "p1", date(2026, 3, 2), 9, Decimal("2.25"), others=2)
    found = replace(NOTHING, alarm=one, complaints=40)
    assert said(found, "alarm").endswith(
        "9 complaints about Lamp (Product) since 2026-03-02; 2.2 were to be expected."
        " There are 2 more alarms."
    )


def test_complaints_without_an_alarm_are_counted():
    assert "40 complaints" in said(replace(NOTHING, complaints=40), "alarm")


@pytest.mark.parametrize("verdict", ["works", "does_harm", "no_difference"])
def test_a_programme_is_told_with_what_is_known_of_it(verdict):
    found = replace(
        NOTHING, programmes=Programmes(90, "hello", "Hello", verdict, Decimal("512.00"))
    )
    told = said(found, "programme")
    assert "Hello" in told
    assert ("512.00" in told) == (verdict == "works")


def test_what_programmes_brought_is_not_told_too_early():
    assert "too early" in said(replace(NOTHING, programmes=Programmes(90)), "programme")


def test_first_is_called_who_has_most_at_stake_of_those_to_call():
    found = {
        "win_back": Calls(1, 90000, "c", "Cy"),
        "call_now": Calls(3, 3050, "b", "Bob"),
        "thank": Calls(9, 0, "t", "Ty"),
    }
    assert call(found) == Call("call_now", 3, Decimal("30.50"), "b", "Bob")
    assert call({"thank": found["thank"]}) is None


def test_of_programmes_that_work_the_one_that_brought_most_is_told():
    rows = [
        ("a", "A", "unclear", 10, Decimal("999.00")),
        ("b", "B", "works", 10, Decimal("5.00")),
        ("c", "C", "works", 10, Decimal("7.00")),
        ("d", "D", "does_harm", 10, Decimal("-7.00")),
    ]
    names = ["programme", "programme_name", "verdict", "treated", "gain"]
    found = programmes(pd.DataFrame(rows, columns=names, dtype=object))
    assert found == Programmes(40, "c", "C", "works", Decimal("7.00"))


def test_no_alarm_is_no_alarm():
    assert alarm(pd.DataFrame(), "en") is None
