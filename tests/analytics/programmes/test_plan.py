"""Who enters, stays, leaves and waits, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest

from suitecrm_bridge.analytics.programmes.plan import counts, plan
from suitecrm_bridge.catalogue.programmes import Cap, Stop
from tests.analytics.programmes.made import (
    DAY,
    NOBODY_HELD,
    audience,
    contacts,
    decisions,
    enrolled,
    enrolment,
    programme,
    reach,
    situation,
    waiting,
    wave,
)


def planned(*programmes, people=("anna",), addressing=NOBODY_HELD, flags=None, **given):
    audiences = {one.key: audience(*people, occasion="") for one in programmes}
    audiences |= given.pop("audiences", {})
    return plan(
        programmes, addressing, situation(audiences, reach(*people, **flags or {}), **given)
    )


def only(found):
    ((decided),) = decisions(found).values()
    return decided


def test_who_is_in_the_audience_enters_and_is_in_it_from_then_on():
    assert only(planned(programme())) == ("enters", "")
    assert only(planned(programme(), enrolled=enrolled(enrolment("anna")))) == ("stays", "")


@pytest.mark.parametrize(
    ("channel", "flag", "reason"),
    [
        ("mail", "opted_out", "opted_out"),
        ("mail", "invalid_email", "invalid_email"),
        ("mail", "no_email", "no_email"),
        ("call", "do_not_call", "do_not_call"),
        ("call", "no_phone", "no_phone"),
        *((channel, "withdrawn", "withdrawn") for channel in ("mail", "call", "task", "letter")),
        *((channel, "no_profiling", "no_profiling") for channel in ("mail", "call", "webhook")),
    ],
)
def test_nobody_is_addressed_over_a_channel_that_may_not_reach_them(channel, flag, reason):
    one = programme(waves=(wave(channel=channel),))
    assert only(planned(one, flags={flag: {"anna"}})) == ("excluded", reason)
    there = enrolled(enrolment("anna"))
    assert only(planned(one, flags={flag: {"anna"}}, enrolled=there)) == ("leaves", reason)


@pytest.mark.parametrize(
    ("channel", "reason"),
    [
        *(("letter", reason) for reason in ("no_address", "bad_address", "bad_postcode")),
        *((way, reason) for way in ("call", "task") for reason in ("no_owner", "owner_away")),
    ],
)
def test_who_lacks_what_can_be_mended_waits_for_it_and_keeps_their_place(channel, reason):
    one = programme(waves=(wave(channel=channel),))
    assert only(planned(one, flags={reason: {"anna"}})) == ("deferred", reason)
    there = enrolled(enrolment("anna"))
    assert only(planned(one, flags={reason: {"anna"}}, enrolled=there)) == ("stays", "")
    two = programme(waves=(wave(), wave("second", channel)))
    assert only(planned(two, flags={reason: {"anna"}}, enrolled=there)) == ("deferred", reason)


def test_what_forbids_one_channel_does_not_forbid_another():
    one = programme(waves=(wave(channel="call"),))
    assert only(planned(one, flags={"opted_out": {"anna"}, "no_email": {"anna"}}))[0] == "enters"


def test_whom_nothing_is_known_of_is_not_addressed():
    found = plan([programme()], NOBODY_HELD, situation({"hello": audience("anna")}, reach("bert")))
    assert only(found) == ("excluded", "gone")


def test_nobody_is_addressed_while_something_cannot_be_read():
    closed = {"contacts": {"mail"}}
    assert only(planned(programme(), unreadable=closed)) == ("excluded", "unreadable")
    there = enrolled(enrolment("anna"))
    found = planned(programme(), unreadable=closed, enrolled=there)
    assert only(found) == ("deferred", "unreadable")


def test_who_cannot_be_read_any_more_waits_off_the_list_and_is_not_let_in():
    found = planned(
        programme(),
        people=("anna", "bert"),
        flags={"unreadable": {"anna", "bert"}},
        enrolled=enrolled(enrolment("anna")),
    )
    assert decisions(found) == {
        ("hello", "anna"): ("deferred", "unreadable"),
        ("hello", "bert"): ("excluded", "unreadable"),
    }


def test_a_serious_complaint_puts_everything_off_but_the_recovery():
    flags = {"serious": {"anna"}}
    found = planned(programme(), programme("sorry", recovery=True), flags=flags)
    assert decisions(found) == {
        ("hello", "anna"): ("deferred", "serious_complaint"),
        ("sorry", "anna"): ("enters", ""),
    }
    assert found.loc[0, "due"] == DAY + 1


def test_the_cap_holds_over_all_programmes_and_the_first_ones_have_the_first_choice():
    found = planned(programme("a"), programme("b"), programme("c"))
    assert decisions(found) == {
        ("a", "anna"): ("enters", ""),
        ("b", "anna"): ("enters", ""),
        ("c", "anna"): ("deferred", "cap"),
    }
    assert found.loc[2, "due"] == DAY + 30


def test_who_has_had_enough_waits_until_there_is_room_again():
    made = contacts(("x", "anna", DAY - 20), ("y", "anna", DAY - 5), ("z", "anna", DAY - 40))
    found = planned(programme(), made=made)
    assert only(found) == ("deferred", "cap")
    assert found.loc[0, "due"] == DAY + 10
    assert only(planned(programme(), made=made, as_of=DAY + 10)) == ("enters", "")


def test_a_programme_may_keep_a_stricter_cap_of_its_own():
    made = contacts(("x", "anna", DAY - 1))
    assert only(planned(programme(cap=Cap(1, 2)), made=made)) == ("deferred", "cap")
    assert only(planned(programme(cap=Cap(1, 1)), made=made)) == ("enters", "")


def test_two_programmes_do_not_offer_the_same_product_to_one_person():
    same = {key: audience("anna", product="lamp") for key in ("a", "b")}
    found = planned(programme("a"), programme("b"), audiences=same)
    assert decisions(found)["b", "anna"] == ("deferred", "same_product")
    there = enrolled(enrolment("anna", "b", product="lamp"))
    found = planned(programme("a"), audiences=same, enrolled=there)
    assert only(found) == ("deferred", "same_product")
    gone = enrolled(enrolment("anna", "b", product="lamp", ended=DAY - 1))
    assert only(planned(programme("a"), audiences=same, enrolled=gone)) == ("enters", "")


def test_who_was_put_off_enters_later_though_nothing_begins_it_any_more():
    later = {"hello": audience("anna", occasion=None)}
    assert planned(programme(), audiences=later).empty
    waits = waiting(("hello", "anna", "case 1", DAY - 3))
    found = planned(programme(), audiences=later, waiting=waits)
    assert only(found) == ("enters", "")
    assert found.loc[0, "occasion"] == "case 1"


def test_who_waits_and_is_not_meant_any_more_does_not_enter():
    waits = waiting(("hello", "anna", "", DAY - 3))
    found = planned(programme(), audiences={"hello": audience()}, waiting=waits)
    assert found.empty


def test_nobody_enters_twice_unless_the_programme_says_when():
    ended = enrolled(enrolment("anna", ended=DAY - 10))
    assert planned(programme(), enrolled=ended).empty
    assert planned(programme(again_days=11), enrolled=ended).empty
    assert only(planned(programme(again_days=10), enrolled=ended)) == ("enters", "")


def test_one_occasion_begins_a_programme_once():
    ended = enrolled(enrolment("anna", occasion="case 1", ended=DAY - 300))
    one = programme(again_days=10)
    same, other = ({"hello": audience("anna", occasion=name)} for name in ("case 1", "case 2"))
    assert planned(one, enrolled=ended, audiences=same).empty
    assert only(planned(one, enrolled=ended, audiences=other)) == ("enters", "")


def test_the_control_is_drawn_from_those_who_would_have_entered():
    people = [f"p{number}" for number in range(400)]
    out = set(people[:100])
    one = programme(control=Decimal("0.25"))
    found = planned(one, people=people, flags={"opted_out": out})
    drawn = set(found.loc[found["decision"] == "control", "person"])
    assert not drawn & out
    assert 45 < len(drawn) < 105
    assert counts(found)["enters"] == 300 - len(drawn)
    assert set(found.loc[found["decision"] == "control", "arm"]) == {"control"}


def test_who_is_held_out_of_everything_is_in_no_programme():
    people = [f"p{number}" for number in range(300)]
    held = replace(NOBODY_HELD, control=Decimal("0.2"))
    found = planned(programme("a"), programme("b"), people=people, addressing=held)
    by = [
        set(found.loc[(found["programme"] == key) & (found["reason"] == "held_out"), "person"])
        for key in ("a", "b")
    ]
    assert by[0] == by[1]
    assert 30 < len(by[0]) < 90


def test_the_budget_goes_to_those_who_bring_most():
    one = programme(cost=Decimal("2.5"), budget=Decimal(10))
    worth = {"hello": audience("anna", "bert", "cleo", "dora", worth={"cleo": 5, "dora": 3})}
    made = contacts(("hello", "zoe", DAY - 50), ("other", "zoe", DAY - 50))
    people = ("anna", "bert", "cleo", "dora")
    found = decisions(planned(one, people=people, audiences=worth, made=made))
    assert {person for (_, person), (decision, _) in found.items() if decision == "enters"} == {
        "anna", "cleo", "dora",
    }  # fmt: skip
    assert found["hello", "bert"] == ("deferred", "budget")


TWO = (wave(), wave("second", "call", after_days=10))


def test_the_next_wave_comes_when_its_days_are_over():
    one = programme(waves=TWO)
    early = enrolled(enrolment("anna", wave_since=DAY - 9))
    assert only(planned(one, enrolled=early)) == ("stays", "")
    due = planned(one, enrolled=enrolled(enrolment("anna", wave_since=DAY - 10)))
    assert only(due) == ("enters", "")
    assert (due.loc[0, "wave"], due.loc[0, "new"]) == ("second", False)


def test_a_control_goes_through_the_same_waves_without_a_contact():
    one = programme(waves=TWO)
    due = enrolled(enrolment("anna", arm="control", wave_since=DAY - 10))
    full = contacts(("x", "anna", DAY - 1), ("x", "anna", DAY - 2))
    found = planned(one, enrolled=due, made=full)
    assert only(found) == ("control", "drawn")
    assert found.loc[0, "wave"] == "second"


def test_a_wave_waits_where_the_cap_is_full_and_where_its_channel_may_not_be_used():
    one = programme(waves=TWO)
    due = enrolled(enrolment("anna", wave_since=DAY - 10))
    full = contacts(("x", "anna", DAY - 1), ("x", "anna", DAY - 2))
    found = planned(one, enrolled=due, made=full)
    assert only(found) == ("deferred", "cap")
    assert found.loc[0, "wave"] == "first"
    found = planned(one, enrolled=due, flags={"do_not_call": {"anna"}})
    assert only(found) == ("leaves", "do_not_call")


def test_a_wave_whose_condition_does_not_hold_is_passed_over():
    waves = (*TWO[:1], wave("second", "call", 10, "purchase_count > 1"), wave("third", "mail", 5))
    one = programme(waves=waves)
    no = {"hello": audience("anna", if_second=False)}
    then = enrolled(enrolment("anna", wave_since=DAY - 12))
    assert only(planned(one, enrolled=then, audiences=no)) == ("stays", "")
    late = planned(one, enrolled=enrolled(enrolment("anna", wave_since=DAY - 15)), audiences=no)
    assert late.loc[0, "wave"] == "third"
    yes = {"hello": audience("anna", if_second=True)}
    assert planned(one, enrolled=then, audiences=yes).loc[0, "wave"] == "second"


def test_who_had_every_wave_leaves_when_nothing_is_counted_any_more():
    old = enrolled(enrolment("anna", since=DAY - 90, wave_since=DAY - 90))
    assert only(planned(programme(), enrolled=old)) == ("leaves", "done")
    waves = (*TWO[:1], wave("second", "call", 10, "purchase_count > 1"))
    no = {"hello": audience("anna", if_second=False)}
    found = planned(programme(waves=waves), enrolled=old, audiences=no)
    assert only(found) == ("leaves", "done")


@pytest.mark.parametrize(("ago", "decision"), [(0, "stays"), (6, "stays"), (7, "leaves")])
def test_who_had_the_last_wave_stays_on_its_list_long_enough_to_be_sent_it(ago, decision):
    late = enrolled(enrolment("anna", since=DAY - 90, wave_since=DAY - ago))
    assert only(planned(programme(), enrolled=late))[0] == decision


def test_who_is_not_meant_any_more_leaves():
    there = enrolled(enrolment("anna"))
    found = planned(programme(), enrolled=there, audiences={"hello": audience()})
    assert only(found) == ("leaves", "left_audience")
    old = programme(stop=Stop(True, 1))
    assert only(planned(old, enrolled=there)) == ("leaves", "over")
    other = programme(waves=(wave("another"),))
    assert only(planned(other, enrolled=there)) == ("leaves", "over")


def test_without_a_programme_there_is_an_empty_plan():
    found = plan([], NOBODY_HELD, situation({}, reach()))
    assert found.empty
    assert counts(found)["enters"] == 0
