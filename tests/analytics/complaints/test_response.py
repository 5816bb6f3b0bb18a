from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.analytics.complaints import response, satisfaction
from suitecrm_bridge.analytics.days import to_day

from .base import AS_OF, CLOSED, answer, at, case, load, prepared, rows

TODAY = to_day(AS_OF)


def cases(contacts=(), accounts=(), **tables):
    engine = prepared(**tables)
    for entity, owners in (("contacts", contacts), ("accounts", accounts)):
        engine.table(f"case_customers_{entity}", "case_customers")
        engine.table(f"customer_scores_{entity}", "customer_scores")
        if owners:
            load_owners(engine, entity, owners)
    return {row["case_id"]: row for row in rows(response.cases(engine))}


def load_owners(engine, entity, owners):
    keys = [{"case_id": id, "customer_id": customer} for id, customer, _ in owners]
    known = [{"customer_id": customer, "segment": segment} for _, customer, segment in owners]
    other = load(type(engine)(), case_customers=keys, customer_scores=known)
    engine.table(f"case_customers_{entity}", other.fetch("case_customers"))
    engine.table(f"customer_scores_{entity}", other.fetch("customer_scores"))


def customers(*, links=(), **tables):
    known = [{"customer_id": customer} for customer in ("ann", "bob")]
    facts = [{"customer_id": customer, "case_id": id, "day": 0} for id, customer in links]
    engine = prepared(customers=known, complaint_facts=facts, **tables)
    satisfaction.prepare(engine, AS_OF)
    return {row["customer_id"]: row for row in rows(response.customers(engine))}


@pytest.mark.parametrize(
    ("clock", "hours"), [("10:00", "0.0"), ("10:02", "0.0"), ("10:03", "0.1"), ("12:30", "2.5")]
)
def test_hours_are_rounded_to_a_place(clock, hours):
    found = cases(case_facts=[case("c", at(2))], case_answers=[answer("c", at(2, clock))])
    assert found["c"]["first_response_hours"] == Decimal(hours)
    assert found["c"]["resolution_hours"] is None


def test_a_missed_target_is_told_of_open_and_closed_complaints():
    found = cases(
        case_facts=[case("late", at(2), CLOSED, modified=at(20)), case("soon", at(31, "17:00"))]
    )
    assert (found["late"]["sla_breached"], found["soon"]["sla_breached"]) == (True, False)
    assert found["late"]["resolution_hours"] == Decimal("126.0")


def test_the_segment_is_the_contacts_else_the_accounts_else_none():
    found = cases(
        contacts=[("a", "ann", "loyal"), ("b", "bob", "")],
        accounts=[("a", "acme", "lost"), ("b", "zeta", "champions")],
        case_facts=[case(id, at(2)) for id in "abc"],
    )
    assert [found[id]["customer_segment"] for id in "abc"] == ["loyal", "champions", None]


def test_of_a_contact_who_never_bought_the_account_tells_the_segment():
    found = cases(
        contacts=[("a", "ann", "prospect"), ("b", "bob", "prospect")],
        accounts=[("a", "acme", "champions")],
        case_facts=[case(id, at(2)) for id in "ab"],
    )
    assert [found[id]["customer_segment"] for id in "ab"] == ["champions", "prospect"]


def test_no_complaints_have_no_figures():
    assert cases() == {}


def test_a_customer_without_complaints_has_none():
    assert customers()["ann"] == {
        "entity": "contacts",
        "customer_id": "ann",
        "complaint_count": 0,
        "complaint_open": 0,
        "last_complaint": None,
        "resolution_days": None,
        "satisfaction": None,
    }


def test_a_complaint_of_two_customers_counts_for_each():
    found = customers(
        links=[("a", "ann"), ("a", "bob"), ("b", "ann"), ("b", "ann"), ("gone", "ann")],
        case_facts=[case("a", at(2)), case("b", at(9), CLOSED, modified=at(10, "22:00"))],
    )
    ann, bob = found["ann"], found["bob"]
    assert (ann["complaint_count"], ann["complaint_open"]) == (2, 1)
    assert (ann["last_complaint"], ann["resolution_days"]) == (date(2026, 3, 9), Decimal("1.5"))
    assert (bob["complaint_count"], bob["resolution_days"]) == (1, None)


@pytest.mark.parametrize(
    ("days", "median"), [((3,), "3.0"), ((1, 2), "1.5"), ((5, 1, 2), "2.0"), ((1, 9, 2, 3), "2.5")]
)
def test_days_to_resolution_are_the_median(days, median):
    made = [case(f"c{n}", at(2), CLOSED, modified=at(2 + n)) for n in days]
    found = customers(links=[(c["case_id"], "ann") for c in made], case_facts=made)
    assert found["ann"]["resolution_days"] == Decimal(median)


def test_satisfaction_is_the_mean_of_the_answers_of_a_year():
    stars = {"r1": (5, TODAY), "r2": (4, TODAY - 364), "r3": (1, TODAY - 365)}
    facts = [
        {
            "answer_id": id,
            "response_id": id,
            "question_id": "q",
            "customer_id": "ann",
            "day": day,
            "kind": "Rating",
            "value": value,
        }
        for id, (value, day) in stars.items()
    ]
    question = {"question_id": "q", "survey_id": "s", "name": "", "kind": "Rating", "happiness": 0}
    found = customers(survey_facts=facts, question_facts=[question])
    assert found["ann"]["satisfaction"] == Decimal("87.50")
