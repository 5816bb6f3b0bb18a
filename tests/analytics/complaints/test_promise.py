"""Until when an open complaint is to be resolved, in business hours."""

from suitecrm_bridge.analytics.complaints.calendar import Calendar
from suitecrm_bridge.analytics.complaints.promise import promises
from suitecrm_bridge.catalogue import complaint_rules

from .base import AS_OF, CLOSED, at, case, changes, prepared, stood

WAITS = "Open_Pending Input"


UNTIL = {
    # Nine hours of work a day: 16 hours for P1, 40 for P2 and all others, 80 for P3.
    "2 10:00 P1": "2026-03-03 17:00:00",
    "6 10:00 P1": "2026-03-09 17:00:00",
    "2 20:00 P1": "2026-03-04 16:00:00",
    "2 10:00 P2": "2026-03-06 14:00:00",
    "6 10:00 P2": "2026-03-12 14:00:00",
    "6 10:00 odd": "2026-03-12 14:00:00",
    "6 10:00 P3": "2026-03-18 18:00:00",
    "31 10:00 P1": "2026-04-01 17:00:00",
    "31 10:00 P3": "2026-04-10 18:00:00",
}


def promised(found, *stands, calendar=None, **tables):
    engine = prepared(case_facts=found, case_statuses=list(stands), **tables)
    told = promises(engine, AS_OF, calendar or Calendar(), complaint_rules())
    return told.to_dict()


def test_the_target_of_the_priority_counts_from_when_it_was_made():
    made = []
    for name in UNTIL:
        day, clock, priority = name.split(" ")
        made.append(case(name, at(int(day), clock), priority=priority))
    assert promised(made) == UNTIL


def test_what_is_closed_promises_nothing_any_more():
    found = case("c", at(2), CLOSED, priority="P2")
    assert promised([found], case_changes=changes("c", (at(4), "Closed"))) == {}


def test_a_wait_that_is_over_moves_it_and_while_one_lasts_nothing_is_promised():
    over = stood("over", (at(2), "Open_New"), (at(3), WAITS), (at(4), "Open_Assigned"))
    lasting = stood("lasting", (at(2), "Open_New"), (at(5), WAITS))
    found = [case("over", at(2)), case("lasting", at(2), (WAITS, "Open"))]
    assert promised(found, *over, *lasting) == {"over": "2026-03-09 14:00:00", "lasting": None}


def test_where_nobody_works_any_more_nothing_is_promised():
    never = Calendar(week=((),) * 7)
    assert promised([case("c", at(6))], calendar=never) == {"c": None}
