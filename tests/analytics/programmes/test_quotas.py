"""A user gets so many calls and tasks a day, over all programmes together."""

from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.programmes.plan import plan
from suitecrm_bridge.catalogue.programmes import Addressing, Cap
from tests.analytics.programmes.made import (
    DAY,
    audience,
    decisions,
    enrolled,
    enrolment,
    programme,
    reach,
    situation,
    wave,
)

TWO = Addressing(Cap(9, 30), Decimal(0), 90, calls_a_day=2)
PEOPLE = ("anna", "bea", "carl", "dora")
WORTH = {"anna": 1, "bea": 4, "carl": 3, "dora": 2}


def given(*owners, key="hello", of="first"):
    rows = [(key, of, owner) for owner in owners]
    return pd.DataFrame(rows, columns=["programme", "wave", "owner"])


def planned(*programmes, owners=None, **known):
    audiences = {one.key: audience(*PEOPLE, worth=WORTH) for one in programmes}
    people = reach(*PEOPLE, owners=owners or {})
    return plan(programmes, TWO, situation(audiences, people, **known))


def test_those_who_bring_most_come_first_and_the_others_wait_for_tomorrow():
    found = planned(programme(waves=(wave(channel="call"),)))
    assert decisions(found) == {
        ("hello", "bea"): ("enters", ""),
        ("hello", "carl"): ("enters", ""),
        ("hello", "dora"): ("deferred", "quota"),
        ("hello", "anna"): ("deferred", "quota"),
    }
    assert set(found.loc[found["decision"] == "deferred", "due"]) == {DAY + 1}


def test_calls_and_tasks_of_all_programmes_share_a_users_quota_and_mail_takes_none():
    found = planned(
        programme("first", waves=(wave(channel="mail"),)),
        programme("second", waves=(wave(channel="task"),)),
        programme("third", waves=(wave(channel="call"),)),
    )
    by = decisions(found)
    assert [by["first", one][0] for one in PEOPLE] == ["enters"] * 4
    assert by["second", "bea"] == by["second", "carl"] == ("enters", "")
    assert {by["third", one] for one in PEOPLE} == {("deferred", "quota")}


def test_each_user_has_a_quota_of_their_own_and_what_they_have_already_counts():
    owners = {"anna": "one", "bea": "one", "carl": "two", "dora": "two"}
    found = planned(
        programme(waves=(wave(channel="call"),)), owners=owners, given=given("two", "one")
    )
    by = decisions(found)
    assert by["hello", "bea"] == by["hello", "carl"] == ("enters", "")
    assert by["hello", "anna"] == by["hello", "dora"] == ("deferred", "quota")


def test_who_goes_on_to_a_call_waits_for_their_users_quota_and_the_best_go_first():
    hello = programme(waves=(wave(), wave("call", "call", 1)))
    people = enrolled(*(enrolment(one, wave_since=DAY - 5) for one in PEOPLE))
    found = planned(hello, enrolled=people)
    by = decisions(found)
    assert by["hello", "bea"] == by["hello", "carl"] == ("enters", "")
    assert by["hello", "anna"] == by["hello", "dora"] == ("deferred", "quota")


def test_those_who_are_only_measured_take_no_quota_and_are_as_good_as_the_others():
    many = [f"person{number:02}" for number in range(60)]
    worth = {person: number for number, person in enumerate(many)}
    hello = programme(waves=(wave(channel="call"),), control=Decimal("0.5"))
    found = plan([hello], TWO, situation({"hello": audience(*many, worth=worth)}, reach(*many)))
    by = {person: decision for (_, person), (decision, _) in decisions(found).items()}
    in_order = [by[person] for person in reversed(many)]
    assert in_order.count("enters") == 2
    waits = in_order.index("deferred")
    assert set(in_order[waits:]) == {"deferred"}
    assert set(found.loc[found["decision"] == "deferred", "arm"]) == {""}


def test_one_offer_for_one_product_holds_over_all_channels():
    mail = programme("mail", product="given")
    others = [
        programme(way, product="given", waves=(wave(channel=way),))
        for way in ("call", "task", "letter", "webhook")
    ]
    audiences = {one.key: audience("anna", product="lamp") for one in (mail, *others)}
    by = decisions(plan([mail, *others], TWO, situation(audiences, reach("anna"))))
    assert by.pop(("mail", "anna")) == ("enters", "")
    assert set(by.values()) == {("deferred", "same_product")}
