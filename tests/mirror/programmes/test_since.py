"""What people did since a wave, asked of the mirror for everybody in a programme at once."""

from contextlib import suppress
from datetime import date

import pytest

from suitecrm_bridge.catalogue.conditions import names, names_since, parse
from suitecrm_bridge.catalogue.programmes import Wave
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.audiences import Audiences
from suitecrm_bridge.mirror.programmes.since import define_since
from tests.analytics.programmes.made import WORDS as LABEL
from tests.analytics.programmes.made import programme, wave

KNOWN = names_since(names("contacts"), "contacts")
TODAY = date(2026, 3, 20)
BEFORE, WAVE, LATER, COMING = "2026-03-09", "2026-03-10", "2026-03-20", "2026-03-21"
DAYS = {BEFORE: False, WAVE: True, LATER: True, COMING: False}
"""Days on which something happens, and whether it counts."""
WORDS = ("bought", "opened", "clicked", "bounced", "complained", "answered")
DID = {
    "invoice": (
        "INSERT INTO invoices (id, invoice_date, total_amount, status, billing_contact_id)"
        " VALUES ('{who}', '{day}', 10, 'Paid', '{who}')",
        {"bought"},
    ),
    "cancelled": (
        "INSERT INTO invoices (id, invoice_date, total_amount, status, billing_contact_id)"
        " VALUES ('{who}', '{day}', 10, 'Cancelled', '{who}')",
        set(),
    ),
    "refund": (
        "INSERT INTO invoices (id, invoice_date, total_amount, status, billing_contact_id)"
        " VALUES ('{who}', '{day}', -10, 'Paid', '{who}')",
        set(),
    ),
    **{
        f"log of {activity}": (
            "INSERT INTO campaign_log (id, activity_type, activity_date, target_type, target_id)"
            f" VALUES ('{{who}}', '{activity}', '{{day}} 12:00:00', 'Contacts', '{{who}}')",
            found,
        )
        for activity, found in {
            "targeted": set(),
            "viewed": {"opened"},
            "link": {"opened", "clicked"},
            "send error": {"bounced"},
            "invalid email": {"bounced"},
        }.items()
    },
    "complaint": (
        "INSERT INTO cases (id, date_entered, complaint_c, contact_created_by_id)"
        " VALUES ('{who}', '{day} 12:00:00', true, '{who}')",
        {"complained", "answered"},
    ),
    "question": (
        "INSERT INTO cases (id, date_entered, complaint_c, contact_created_by_id)"
        " VALUES ('{who}', '{day} 12:00:00', false, '{who}')",
        {"answered"},
    ),
    "word in a case": (
        "INSERT INTO case_updates (id, date_entered, contact_id)"
        " VALUES ('{who}', '{day} 12:00:00', '{who}')",
        {"answered"},
    ),
    "survey": (
        "INSERT INTO survey_responses (id, date_entered, contact_id)"
        " VALUES ('{who}', '{day} 12:00:00', '{who}')",
        {"answered"},
    ),
    **{
        f"{direction} call {status}": (
            "INSERT INTO calls (id, date_start, status, direction, parent_type, parent_id) VALUES"
            f" ('{{who}}', '{{day}} 12:00:00', '{status}', '{direction}', 'Contacts', '{{who}}')",
            found,
        )
        for direction, status, found in (
            ("Inbound", "Held", {"answered"}),
            ("Outbound", "Held", set()),
            ("Inbound", "Planned", set()),
        )
    },
    "meeting": (
        "INSERT INTO meetings (id, date_start, status, parent_type, parent_id)"
        " VALUES ('{who}', '{day} 12:00:00', 'Held', 'Contacts', '{who}')",
        {"answered"},
    ),
}


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def one_mirror():
    with Mirror.in_memory() as opened:
        run = opened.connection.execute
        for person in ("anna", "bert", *DAYS):
            run("INSERT INTO contacts (id, email1) VALUES (?, 'x@example.com')", [person])
            run(
                "INSERT INTO programme_enrolments VALUES ('hello', ?, '2026-03-01', 'treated', '',"
                " '', 'first', ?, 1, false, NULL, NULL)",
                [person, WAVE],
            )
        define_since(opened.facts, opened.connection, "invoices")
        yield opened


@pytest.fixture
def mirror(one_mirror):
    """Anna and Bert, at a wave since some days; what a test changes is undone."""
    with suppress(_Undo), one_mirror.whole():
        yield one_mirror
        raise _Undo


def done(mirror, words, **given):
    waves = [Wave(word, "task", LABEL, 1, parse(word, KNOWN)) for word in words]
    audience = parse("email1 is not empty", KNOWN)
    one = programme(audience=audience, waves=(wave(), *waves), **given)
    return Audiences(mirror.connection, TODAY).of(one).set_index("person")


@pytest.mark.parametrize("what", DID)
def test_what_somebody_did_counts_from_the_day_of_the_wave_on(mirror, what):
    statement, expected = DID[what]
    for day in DAYS:
        mirror.connection.execute(statement.format(day=day, who=day))
    found = done(mirror, WORDS)
    did = {day: {word for word in WORDS if found.loc[day, f"if_{word}"]} for day in DAYS}
    assert did == {day: expected if counts else set() for day, counts in DAYS.items()}
    assert not any(found.loc["bert", f"if_{word}"] for word in WORDS)


def test_who_leaves_is_asked_of_the_time_since_they_entered(mirror):
    mirror.connection.execute(DID["invoice"][0].format(day=BEFORE, who="anna"))
    found = done(mirror, [], exit=parse("bought", KNOWN))
    assert [*found.index[found["exits"]]] == ["anna"]


def test_what_counts_as_a_purchase_is_what_the_scores_count(mirror):
    mirror.connection.execute(DID["invoice"][0].format(day=LATER, who="anna"))
    one = programme(audience=parse("email1 is not empty", KNOWN), exit=parse("bought", KNOWN))
    define_since(mirror.facts, mirror.connection, "opportunities")
    found = Audiences(mirror.connection, TODAY).of(one).set_index("person")
    assert not found.loc["anna", "exits"]
    mirror.connection.execute(
        "INSERT INTO opportunities (id, date_closed, amount, sales_stage)"
        f" VALUES ('o', '{LATER}', 10, 'Closed Won')"
    )
    mirror.connection.execute("INSERT INTO opportunities_contacts VALUES ('o', 'anna')")
    found = Audiences(mirror.connection, TODAY).of(one).set_index("person")
    assert [*found.index[found["exits"]]] == ["anna"]


def test_a_lead_buys_as_the_contact_that_it_became(mirror):
    known = names_since(names("leads"), "leads")
    run = mirror.connection.execute
    for lead, contact in (("lea", "anna"), ("lou", "bert")):
        run("INSERT INTO leads (id, contact_id) VALUES (?, ?)", [lead, contact])
        run(
            "INSERT INTO programme_enrolments VALUES ('hello', ?, ?, 'treated', '', '', 'first',"
            " ?, 1, false, NULL, NULL)",
            [lead, WAVE, WAVE],
        )
    run(DID["invoice"][0].format(day=LATER, who="anna"))
    one = programme(
        of="leads", audience=parse("contact_id is not empty", known), exit=parse("bought", known)
    )
    define_since(mirror.facts, mirror.connection, "invoices")
    found = Audiences(mirror.connection, TODAY).of(one).set_index("person")
    assert found["exits"].to_dict() == {"lea": True, "lou": False}


ALL = {"AOS_Invoices", "CampaignLog", "Cases", "Calls", "Meetings", "SurveyResponses"}


@pytest.mark.parametrize(
    ("read", "refused", "unknown"),
    [
        (ALL, set(), set()),
        (ALL - {"SurveyResponses", "Meetings"}, {"Meetings"}, set()),
        (ALL, {"SurveyResponses"}, {"answered"}),
        (ALL, {"CampaignLog"}, {"opened", "clicked", "bounced"}),
        (ALL - {"CampaignLog"}, set(), {"opened", "clicked", "bounced"}),
        (ALL, {"AOS_Invoices"}, {"bought"}),
        (ALL - {"Cases"}, set(), {"complained", "answered"}),
    ],
)
def test_what_could_not_be_read_is_known_of_nobody(mirror, read, refused, unknown):
    for module in read:
        mirror.connection.execute(
            "INSERT INTO bookmarks VALUES (?, '2026-03-19', ['id'], 'fast')", [module]
        )
    for module in refused:
        mirror.connection.execute(
            "INSERT INTO sources VALUES (?, NULL, '2026-03-19', 'no')", [module]
        )
    assert Audiences(mirror.connection, TODAY).unknown("contacts", "invoices") == unknown
