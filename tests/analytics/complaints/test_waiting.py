"""Waiting for the customer is no time of ours, where it is known when a complaint waited."""

from dataclasses import replace

import pytest

from suitecrm_bridge.analytics.complaints import response
from suitecrm_bridge.analytics.complaints.figures import crossing
from suitecrm_bridge.analytics.complaints.satisfaction import prepare as prepare_surveys
from suitecrm_bridge.analytics.complaints.waiting import told
from suitecrm_bridge.catalogue import complaint_rules

from .base import AS_OF, CLOSED, OPEN, answer, at, case, changes, prepared, rows, stood

HOUR = 60
DAY = 9 * HOUR
WAITS = "Open_Pending Input"
PENDING = (WAITS, "Open")


def one(found, *stands, **tables):
    engine = prepared(case_facts=[found], case_statuses=list(stands), **tables)
    (row,) = rows(engine.fetch("complaint_timeline"))
    return row


def closed_on(day, *statuses, priority="P2"):
    """Made on Monday the 2nd at 10, closed on a day at 10, with these statuses between."""
    return one(
        case("c", at(2), CLOSED, priority=priority),
        *stood("c", (at(2), "Open_New"), *statuses),
        case_changes=changes("c", (at(day), "Closed")),
    )


def test_the_resolution_leaves_out_the_business_time_of_waiting():
    row = closed_on(6, (at(3), WAITS), (at(5), "Open_Assigned"), (at(6), "Closed_Closed"))
    assert (row["resolution_minutes"], row["waited_minutes"]) == (2 * DAY, 2 * DAY)
    assert (row["waited_clock"], row["waiting_known"]) == (2 * 1440, 1)


def test_a_wait_over_the_weekend_and_at_night_takes_out_no_more_than_business_time():
    row = closed_on(10, (at(6, "17:00"), WAITS), (at(9, "10:00"), "Open_Assigned"))
    assert row["waited_minutes"] == 2 * HOUR
    assert row["resolution_minutes"] == 6 * DAY - 2 * HOUR


def test_several_waits_add_up():
    row = closed_on(
        6,
        (at(2, "11:00"), WAITS),
        (at(2, "12:00"), "Open_Assigned"),
        (at(3, "11:00"), WAITS),
        (at(3, "13:00"), "Open_New"),
    )
    assert row["waited_minutes"] == 3 * HOUR
    assert row["resolution_minutes"] == 4 * DAY - 3 * HOUR


def test_waiting_before_the_first_response_is_not_our_time_waiting_after_it_is_another_matter():
    stands = stood(
        "c",
        (at(2), "Open_New"),
        (at(2, "12:00"), WAITS),
        (at(3, "12:00"), "Open_Assigned"),
        (at(5), WAITS),
    )
    row = one(case("c", at(2)), *stands, case_answers=[answer("c", at(4))])
    assert row["response_minutes"] == 2 * DAY - DAY


def test_an_answer_in_the_middle_of_a_wait_ends_the_response_where_the_wait_began():
    stands = stood("c", (at(2), "Open_New"), (at(2, "12:00"), WAITS))
    row = one(case("c", at(2), PENDING), *stands, case_answers=[answer("c", at(4))])
    assert row["response_minutes"] == 2 * HOUR


def test_an_open_complaint_that_waits_grows_no_older_in_our_time():
    row = one(case("c", at(2), PENDING), *stood("c", (at(2), "Open_New"), (at(3), WAITS)))
    assert (row["age_minutes"], row["breached"]) == (DAY, 1)
    row = one(case("c", at(2), PENDING), *stood("c", (at(2), WAITS)))
    assert (row["age_minutes"], row["breached"], row["age_days"]) == (0, 0, 29)


def test_a_target_that_only_waiting_would_miss_is_met():
    late = closed_on(31, priority="P2")
    met = closed_on(31, (at(2, "11:00"), WAITS), (at(31, "09:30"), "Open_Assigned"))
    assert [(row["breached"], row["within"]) for row in (late, met)] == [(1, 0), (0, 1)]


def test_a_wait_past_the_closing_or_the_day_looked_from_counts_up_to_it_alone():
    row = closed_on(4, (at(3), WAITS))
    assert (row["resolution_minutes"], row["waited_minutes"]) == (DAY, DAY)


def test_two_changes_in_the_same_minute_are_no_wait():
    row = closed_on(4, (at(3), WAITS), (at(3), "Open_Assigned"))
    assert (row["resolution_minutes"], row["waited_minutes"]) == (2 * DAY, 0)


@pytest.mark.parametrize(
    ("since", "known", "waited"), [(at(2), 1, DAY), (at(3), 0, DAY), (at(4), 0, 0)]
)
def test_what_is_not_known_of_the_statuses_counts_as_our_time_and_is_told(since, known, waited):
    stands = stood("c", (since, WAITS if since < at(4) else "Open_New"), (at(4), "Open_New"))
    if since == at(2):
        stands = stood("c", (at(2), "Open_New"), (at(3), WAITS), (at(4), "Open_New"))
    row = one(case("c", at(2)), *stands)
    assert (row["waiting_known"], row["waited_minutes"]) == (known, waited)


def test_which_statuses_wait_is_up_to_the_rules():
    found, stands = case("c", at(2), OPEN), stood("c", (at(2), "Open_New"), (at(3), "Open_Sent"))
    rules = replace(complaint_rules(), waiting=("Open_Sent", "Open_Other"))
    assert one(found, *stands, rules=rules)["age_minutes"] == DAY
    assert one(found, *stands)["waited_minutes"] == 0
    nothing = replace(complaint_rules(), waiting=())
    assert one(found, *stands, rules=nothing)["waited_minutes"] == 0


def ready(*later):
    cases = [case("known", at(2), PENDING), case("unknown", at(2)), case("calm", at(2))]
    stands = [
        *stood("known", (at(2), "Open_New"), (at(31), WAITS), *later),
        *stood("calm", (at(2), "Open_New")),
    ]
    engine = prepared(case_facts=cases, case_statuses=stands)
    for name in ("customer_scores_contacts", "customer_scores_accounts"):
        engine.table(name, "customer_scores")
    for name in ("case_customers_contacts", "case_customers_accounts"):
        engine.table(name, "case_customers")
    return engine


def test_each_complaint_gets_its_hours_of_waiting_unless_they_are_not_known():
    over = (at(31) + 2 * HOUR, "Open_New")
    found = response.cases(ready(over)).set_index("case_id")["waiting_hours"]
    assert (float(found["known"]), float(found["calm"])) == (2.0, 0.0)
    assert found["unknown"] is None


def test_waiting_that_lasts_is_no_reason_to_write_a_case_every_night():
    assert float(response.cases(ready()).set_index("case_id")["waiting_hours"]["known"]) == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["1 complaint waited for the customer: 8 business hours", "1 complaint waited"]),
        ("fr", ["1 réclamation attendait le client", "1 réclamation a attendu le client"]),
    ],
)
def test_how_many_waited_and_of_how_many_it_is_not_known_is_said(lang, words):
    engine = ready()
    prepare_surveys(engine, AS_OF)
    figures = crossing(engine, (), AS_OF)
    assert figures[["waited", "waited_minutes", "waiting_unknown"]].values.tolist() == [[1, 480, 1]]
    said = told(figures, lang)
    assert all(part in line for part, line in zip(words, said, strict=True))
    assert told(figures.head(0), lang) == []
