import random
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from suitecrm_bridge.analytics.complaints.calendar import Calendar
from suitecrm_bridge.analytics.days import to_day

from .base import AS_OF, CLOSED, OPEN, answer, at, case, changes, prepared, rows

HOUR = 60
WORKDAY = 9 * HOUR


def timeline(*cases, **tables):
    engine = prepared(case_facts=list(cases), **tables)
    return {row["case_id"]: row for row in rows(engine.fetch("complaint_timeline"))}


def one(*cases, **tables):
    (row,) = timeline(*cases, **tables).values()
    return row


def resolution(row):
    return row["resolved"], row["basis"], row["resolution_minutes"], row["reopened"], row["open"]


def test_an_open_complaint_grows_older_in_business_time_and_in_days():
    row = one(case("c", at(30, "17:00")))
    assert resolution(row) == (None, None, None, 0, 1)
    assert (row["age_minutes"], row["age_days"]) == (HOUR + WORKDAY, 1)


def test_the_first_response_is_the_first_answer_after_it_was_made():
    found = [answer("c", at(2, "08:00")), answer("c", at(4)), answer("c", at(3, "12:00"))]
    row = one(case("c", at(2, "10:00")), case_answers=found)
    assert (row["first_response"], row["response_basis"]) == (at(3, "12:00"), "update")
    assert row["response_minutes"] == 8 * HOUR + 3 * HOUR


def test_a_call_that_comes_first_is_the_first_response():
    found = [answer("c", at(4)), answer("c", at(3), "call")]
    row = one(case("c", at(2)), case_answers=found)
    assert (row["first_response"], row["response_basis"]) == (at(3), "call")


def test_an_answer_in_the_same_minute_is_a_response_in_no_time():
    row = one(case("c", at(2)), case_answers=[answer("c", at(2))])
    assert row["response_minutes"] == 0


def test_a_closing_in_the_history_tells_when_it_was_resolved():
    row = one(
        case("c", at(2), CLOSED, modified=at(20)), case_changes=changes("c", (at(4), "Closed"))
    )
    assert resolution(row) == (at(4), "history", 2 * WORKDAY, 0, 0)


def test_a_closing_that_the_bridge_saw_says_so():
    seen = changes("c", (at(4), "Closed"), basis="observed")
    assert one(case("c", at(2), CLOSED), case_changes=seen)["basis"] == "observed"


def test_without_any_change_the_closed_case_was_resolved_when_last_modified():
    row = one(case("c", at(2), CLOSED, modified=at(3)))
    assert resolution(row) == (at(3), "modified", WORKDAY, 0, 0)


def test_a_case_modified_before_it_was_made_was_resolved_at_once():
    assert resolution(one(case("c", at(3), CLOSED, modified=at(2))))[:3] == (at(3), "modified", 0)


def test_the_closing_that_lasted_counts_and_reopenings_are_counted():
    moves = changes("c", (at(3), "Closed"), (at(4), "Open"), (at(5), "Closed"))
    row = one(case("c", at(2), CLOSED), case_changes=moves)
    assert resolution(row) == (at(5), "history", 3 * WORKDAY, 1, 0)


def test_a_case_that_was_reopened_is_open():
    moves = changes("c", (at(3), "Closed"), (at(4), "Open"))
    assert resolution(one(case("c", at(2), OPEN), case_changes=moves)) == (None, None, None, 1, 1)


def test_status_and_state_that_change_together_are_one_closing():
    moves = changes("c", (at(3), "Closed"))
    moves.append({**moves[0], "place": 2, "field": "status", "value_after": "Closed_Closed"})
    assert resolution(one(case("c", at(2), CLOSED), case_changes=moves))[3:] == (0, 0)


def test_a_status_that_nobody_explained_changes_nothing():
    odd = {**changes("c", (at(3), ""))[0], "field": "status", "value_after": "Closed_Odd"}
    row = one(case("c", at(2), ("Closed_Odd", "")), case_changes=[odd])
    assert (row["open"], row["resolved"]) == (1, None)


def test_what_was_closed_past_the_history_was_closed_when_last_modified():
    moves = changes("c", (at(3), "Closed"), (at(4), "Open"))
    row = one(case("c", at(2), CLOSED, modified=at(6)), case_changes=moves)
    assert resolution(row) == (at(6), "modified", 4 * WORKDAY, 1, 0)


@pytest.mark.parametrize("known", ["history", "nothing"])
def test_what_happens_later_does_not_exist_yet(known):
    later = {"case_changes": changes("c", (at(20), "Closed"))} if known == "history" else {}
    row = one(
        case("c", at(2), CLOSED, modified=at(20)),
        case("d", at(19)),
        as_of=date(2026, 3, 18),
        case_answers=[answer("c", at(19))],
        **later,
    )
    assert (row["case_id"], row["open"], row["first_response"]) == ("c", 1, None)


def test_days_are_those_of_the_calendar():
    auckland = Calendar(zone=ZoneInfo("Pacific/Auckland"))
    row = one(case("c", at(31, "10:30")), calendar=auckland)
    assert row["created_day"] == to_day(date(2026, 3, 31))
    assert timeline(case("c", at(31, "11:00")), calendar=auckland) == {}


def test_a_complaint_from_before_2000_is_left_out():
    assert timeline(case("c", -100), case("d", 0)) == {}


@pytest.mark.parametrize(("minutes", "breached"), [(8 * HOUR, (0, 1)), (8 * HOUR + 1, (1, 0))])
def test_a_target_is_missed_by_a_minute(minutes, breached):
    closed = changes("c", (at(2, "09:00") + minutes, "Closed"))
    row = one(case("c", at(2, "09:00"), CLOSED), case_changes=closed)
    assert (row["breached"], row["within"]) == breached


def test_an_open_complaint_is_undecided_until_its_target_is_missed():
    young, old = case("young", at(31, "17:00")), case("old", at(30, "09:00"))
    found = timeline(young, old)
    assert [(found[id]["breached"], found[id]["within"]) for id in ("young", "old")] == [
        (0, 0),
        (1, 0),
    ]


def test_a_priority_without_a_target_has_that_of_the_others():
    assert one(case("c", at(2), priority="Urgent"))["breached"] == 1


def test_an_empty_base_has_no_timeline():
    assert timeline() == {}


def test_the_order_of_the_rows_changes_nothing():
    chance = random.Random(7)
    cases, moves, answers = [], [], []
    for number in range(60):
        start = at(1) + chance.randrange(30 * 1440)
        states = [chance.choice(["Open", "Closed"]) for _ in range(chance.randrange(4))]
        last = CLOSED if states and states[-1] == "Closed" else OPEN
        cases.append(case(f"c{number}", start, last, modified=start + 5000))
        times = sorted(start + chance.randrange(10_000) for _ in states)
        moves += changes(f"c{number}", *zip(times, states, strict=True))
        answers += [answer(f"c{number}", start + chance.randrange(9_000)) for _ in range(2)]
    before = timeline(*cases, case_changes=moves, case_answers=answers)
    for shuffled in (cases, moves, answers):
        chance.shuffle(shuffled)
    assert timeline(*cases, case_changes=moves, case_answers=answers) == before


def test_a_later_day_only_ages_what_is_open():
    row = one(case("c", at(2)))
    later = one(case("c", at(2)), as_of=AS_OF + timedelta(days=1))
    aged = {"age_minutes": row["age_minutes"] + WORKDAY, "age_days": row["age_days"] + 1}
    assert later == row | aged
