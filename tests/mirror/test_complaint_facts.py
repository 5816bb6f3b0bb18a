from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.catalogue import Rule
from suitecrm_bridge.mirror import Mirror

NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001 — the mirror's datetimes are UTC without a zone
MINUTE = 29540880
HOUR = timedelta(hours=1)
ALL = Rule("all", (), ())


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.facts.define_complaints(ALL)
        yield opened


def add(mirror, table, **values):
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
    mirror.connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())
    )


def case(mirror, id="c1", **values):
    add(mirror, "cases", **{"id": id, "date_entered": NOON, "date_modified": NOON} | values)


def rows(mirror, view, columns="*"):
    return sorted(mirror.connection.execute(f"SELECT {columns} FROM {view}").fetchall())


def complaints(mirror, rule):
    mirror.facts.define_complaints(rule)
    facts = rows(mirror, "case_facts", "case_id")
    assert rows(mirror, "complaint_facts_accounts", "case_id") == facts
    return [id for (id,) in facts]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (Rule("ticked", (), ()), ["ticked"]),
        (Rule("types", ("User",), ()), ["typed"]),
        (Rule("all", (), ()), ["closed", "plain", "ticked", "typed"]),
        (Rule("all", (), ("Closed_Duplicate",)), ["plain", "ticked", "typed"]),
    ],
)
def test_a_rule_says_which_cases_are_complaints(mirror, rule, found):
    case(mirror, "ticked", complaint_c=True, account_id="a")
    case(mirror, "typed", type="User", complaint_c=False, account_id="a")
    case(mirror, "plain", type="Product", account_id="a")
    case(mirror, "closed", status="Closed_Duplicate", account_id="a")
    case(mirror, "undated", date_entered=None, complaint_c=True, account_id="a")
    assert complaints(mirror, rule) == found


def test_a_case_has_whole_minutes_and_no_unknown_texts(mirror):
    case(mirror, date_modified=NOON + timedelta(seconds=119))
    assert rows(mirror, "case_facts") == [("c1", MINUTE, MINUTE + 1, *[""] * 8)]


def test_later_edits_do_not_move_what_was_closed_when_first_seen(mirror):
    case(mirror, status="Closed_Closed", date_modified=NOON + HOUR)
    mirror.history.observe(NOON.replace(tzinfo=UTC) + 9 * HOUR)
    mirror.connection.execute("UPDATE cases SET date_modified = ?", [NOON + 3 * HOUR])
    assert rows(mirror, "case_facts", "modified") == [(MINUTE + 60,)]


@pytest.mark.parametrize(
    ("status", "state"),
    [("Open_New", "Closed"), ("Closed_Closed", "Open"), ("Closed_Rejected", "Closed"), ("", "")],
)
def test_later_edits_do_not_move_when_a_case_came_to_stand_as_it_does(mirror, status, state):
    case(mirror, status="Open_Assigned", state="Open", date_modified=NOON)
    mirror.history.observe(NOON.replace(tzinfo=UTC) + HOUR)
    change = "UPDATE cases SET status = ?, state = ?, date_modified = ?"
    mirror.connection.execute(change, [status, state, NOON + 2 * HOUR])
    mirror.history.observe(NOON.replace(tzinfo=UTC) + 3 * HOUR)
    mirror.connection.execute(change, [status, state, NOON + 9 * HOUR])
    assert rows(mirror, "case_facts", "modified") == [(MINUTE + 120,)]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"internal": True}, False),
        ({"contact_id": "ann"}, False),
        ({"description": "<p>&nbsp;</p>"}, False),
        ({"date_entered": None}, False),
    ],
)
def test_an_answer_is_an_update_of_our_side_that_the_customer_can_see(mirror, values, counts):
    known = {"id": "u", "case_id": "c1", "date_entered": NOON, "description": "<p>Sorry</p>"}
    add(mirror, "case_updates", **known | values)
    assert rows(mirror, "case_answers") == ([("c1", MINUTE, "update")] if counts else [])


@pytest.mark.parametrize(("status", "counts"), [("Held", True), ("Planned", False)])
def test_a_call_that_was_held_is_an_answer(mirror, status, counts):
    add(
        mirror,
        "calls",
        id="k",
        status=status,
        parent_type="Cases",
        parent_id="c1",
        date_start=NOON,
    )
    assert rows(mirror, "case_answers") == ([("c1", MINUTE, "call")] if counts else [])


def observe(mirror, **values):
    mirror.connection.execute("DELETE FROM cases")
    case(mirror, **values)
    mirror.history.observe(NOON.replace(tzinfo=UTC) + 9 * HOUR)


def test_changes_that_the_bridge_saw_are_those_between_two_looks(mirror):
    observe(mirror, status="Open_New", state="Open")
    observe(mirror, status="Closed_Closed", state="Closed", date_modified=NOON + HOUR)
    assert rows(mirror, "case_changes") == [
        ("c1", MINUTE + 60, 2, "observed", "state", "Open", "Closed"),
        ("c1", MINUTE + 60, 2, "observed", "status", "Open_New", "Closed_Closed"),
    ]


def test_where_suitecrm_kept_a_history_it_alone_counts(mirror):
    observe(mirror, status="Open_New")
    observe(mirror, status="Closed_Closed")
    for place, hours in (("b", 1), ("a", 2)):
        add(
            mirror,
            "history",
            module="Cases",
            id=place,
            record_id="c1",
            field="status",
            changed_at=NOON + hours * HOUR,
            before=None,
            after=place,
        )
    assert rows(mirror, "case_changes") == [
        ("c1", MINUTE + 60, 1, "history", "status", "", "b"),
        ("c1", MINUTE + 120, 2, "history", "status", "", "a"),
    ]


def changed(mirror, id, hours, before, after, field="status"):
    add(
        mirror,
        "history",
        module="Cases",
        id=f"{id}{hours}",
        record_id=id,
        field=field,
        changed_at=NOON + hours * HOUR,
        before=before,
        after=after,
    )


def statuses(mirror):
    found = mirror.connection.execute(
        "SELECT case_id, moment, status FROM case_statuses ORDER BY case_id, moment, place"
    ).fetchall()
    return [(id, (moment - MINUTE) // 60, status) for id, moment, status in found]


def test_statuses_of_the_history_are_known_from_the_beginning_by_what_was_before(mirror):
    case(mirror, "first", status="Closed")
    changed(mirror, "first", 0, "New", "Closed")
    case(mirror, "moved", status="Assigned", date_entered=NOON + HOUR)
    changed(mirror, "moved", 2, "New", "Pending")
    changed(mirror, "moved", 3, "Pending", "Assigned")
    case(mirror, "still", status="Pending", date_entered=NOON + 2 * HOUR)
    assert statuses(mirror) == [
        ("first", 0, "New"),
        ("first", 0, "Closed"),
        ("moved", 1, "New"),
        ("moved", 2, "Pending"),
        ("moved", 3, "Assigned"),
        ("still", 2, "Pending"),
    ]


def test_before_the_history_began_no_status_is_known(mirror):
    case(mirror, "old", status="Closed")
    changed(mirror, "old", 5, "Pending", "Closed")
    case(mirror, "older", status="Pending")
    assert statuses(mirror) == [
        ("old", 5, "Pending"),
        ("old", 5, "Closed"),
        ("older", 5, "Pending"),
    ]


def test_a_status_that_no_change_tells_of_came_with_the_last_edit(mirror):
    case(mirror, status="Assigned", date_modified=NOON + 4 * HOUR)
    changed(mirror, "c1", 0, "New", "Pending")
    assert statuses(mirror)[-1] == ("c1", 4, "Assigned")


def test_without_a_history_statuses_are_known_from_when_the_bridge_first_saw_them(mirror):
    observe(mirror, status="New")
    observe(mirror, status="Pending", date_modified=NOON + HOUR)
    assert statuses(mirror) == [("c1", 0, "New"), ("c1", 1, "Pending")]


def test_what_a_case_was_before_the_first_look_is_not_known(mirror):
    observe(mirror, status="Closed", date_modified=NOON + 2 * HOUR)
    assert statuses(mirror) == [("c1", 2, "Closed")]
    case(mirror, "unseen", status="New")
    assert {id for id, _, _ in statuses(mirror)} == {"c1"}


def test_the_customer_of_a_complaint_is_who_reported_it_or_is_linked_first(mirror):
    case(mirror, "c1", contact_created_by_id="zoe", account_id="acme")
    case(mirror, "c2", contact_created_by_id="")
    case(mirror, "c3")
    for id, contact in (("c1", "ann"), ("c2", "bob"), ("c2", "ann")):
        add(mirror, "contacts_cases", case_id=id, contact_id=contact)
    assert rows(mirror, "case_customers_contacts") == [("c1", "zoe"), ("c2", "ann")]
    assert rows(mirror, "case_customers_accounts") == [("c1", "acme")]


def test_a_region_is_the_country_and_the_beginning_of_the_postal_code(mirror):
    add(
        mirror,
        "accounts",
        id="a",
        billing_address_country=" France ",
        billing_address_postalcode="75011",
        industry="Retail",
    )
    add(mirror, "accounts", id="b")
    assert rows(mirror, "customer_traits_accounts") == [
        ("accounts", "a", "France", "France 75", "", "Retail"),
        ("accounts", "b", "", "", "", ""),
    ]


def test_nobody_has_scores_before_the_first_scoring(mirror):
    add(mirror, "contacts", id="ann")
    assert rows(mirror, "customer_scores_contacts") == []


def test_scores_stand_beside_their_customers(mirror):
    mirror.connection.execute(
        "CREATE TABLE scores_contacts AS"
        " SELECT 'ann' AS customer_id, 'loyal' AS rfm_segment, 12.345 AS clv"
    )
    mirror.facts.define_complaints(ALL)
    assert rows(mirror, "customer_scores_contacts") == [("ann", "loyal", "", 1235)]


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("Scale", {"answer": " 7 "}, 7),
        ("Rating", {"answer": "5"}, 5),
        ("Checkbox", {"answer_bool": True}, 1),
        ("Matrix", {"answer": "2"}, 2),
        ("Scale", {"answer": "seven"}, None),
        ("Text", {"answer": "7"}, None),
        ("Checkbox", {}, None),
    ],
)
def test_only_answers_that_are_numbers_are_measures(mirror, kind, given, value):
    add(mirror, "survey_questions", id="q", survey_id="s", type=kind)
    add(mirror, "survey_responses", id="r", contact_id="ann", date_entered=NOON)
    add(mirror, "survey_answers", id="a", surveyresponse_id="r", surveyquestion_id="q", **given)
    found = rows(mirror, "survey_facts_contacts", "customer_id, day, kind, value")
    assert found == ([] if value is None else [("ann", 20514, kind, value)])
