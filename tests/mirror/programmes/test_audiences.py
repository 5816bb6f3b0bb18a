"""Who is in an audience, what begins a programme for them, and what stands in the way of each."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from suitecrm_bridge.catalogue.conditions import names, parse
from suitecrm_bridge.catalogue.programmes import Trigger
from suitecrm_bridge.mirror import DeadLetter, Mirror
from suitecrm_bridge.mirror.programmes.audiences import Audiences
from tests.analytics.programmes.made import programme, wave

KNOWN = names("contacts")
TODAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def one_mirror():
    with Mirror.in_memory() as opened:
        yield opened


@pytest.fixture
def mirror(one_mirror):
    """A mirror with three contacts, two of them scored; what a test changes is undone."""
    run = one_mirror.connection.execute
    with suppress(_Undo), one_mirror.whole():
        for person in ("anna", "bert", "cleo"):
            run(
                "INSERT INTO contacts (id, email1, email_opt_out, invalid_email, date_modified,"
                " lawful_basis) VALUES (?, ?, false, false, '2026-02-01', '^consent^')",
                [person, f"{person}@example.com"],
            )
        run("CREATE TABLE scores_contacts AS SELECT id AS customer_id, 'new' AS rfm_segment,"
            " DATE '2025-02-28' AS first_purchase, 'lamp' AS next_offer, 5.5 AS value_at_stake,"
            " 'none' AS complaints FROM contacts WHERE id <> 'cleo'")  # fmt: skip
        yield one_mirror
        raise _Undo


def occasions(mirror, trigger, day=TODAY, words='segment = "new"'):
    one = programme(audience=parse(words, KNOWN), trigger=trigger)
    found = Audiences(mirror.connection, day).of(one)
    given = zip(found["person"], found["occasion"], strict=True)
    return {person: occasion if isinstance(occasion, str) else None for person, occasion in given}


def test_an_audience_is_of_those_who_have_scores(mirror):
    one = programme(
        audience=parse("value_at_stake > 5", KNOWN),
        product=KNOWN.figures["next_offer"],
        waves=(wave(), wave("second", condition='segment = "loyal"')),
    )
    found = Audiences(mirror.connection, TODAY).of(one)
    assert found.to_dict("records") == [
        {"person": p, "occasion": "", "product": "lamp", "worth": 5.5, "if_second": False}
        for p in ("anna", "bert")
    ]


def test_leads_have_no_scores_and_an_audience_all_the_same(mirror):
    mirror.connection.execute(
        "INSERT INTO leads (id, status) VALUES ('lea', 'New'), ('leo', 'Dead')"
    )
    leads = names("leads")
    one = programme(of="leads", audience=parse('status = "New"', leads))
    assert list(Audiences(mirror.connection, TODAY).of(one)["person"]) == ["lea"]


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 2, 27), None),
        (date(2026, 2, 28), "2026-02-28"),
        (date(2026, 3, 2), "2026-02-28"),
        (date(2026, 3, 3), None),
        (date(2025, 2, 28), None),
    ],
)
def test_an_anniversary_comes_each_year_for_some_days_and_not_in_the_first(mirror, day, begins):
    trigger = Trigger("date", figure=KNOWN.figures["first_purchase"], yearly=True, within_days=3)
    assert occasions(mirror, trigger, day) == dict.fromkeys(("anna", "bert"), begins)


def test_a_birthday_may_be_told_before_the_new_year(mirror):
    mirror.connection.execute("UPDATE contacts SET birthdate = '1980-01-02' WHERE id = 'anna'")
    trigger = Trigger(
        "date", figure=KNOWN.figures["birthdate"], yearly=True, shift=-5, within_days=2
    )
    assert occasions(mirror, trigger, date(2026, 12, 28))["anna"] == "2027-01-02"
    assert occasions(mirror, trigger, date(2026, 12, 30))["anna"] is None


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year(mirror):
    mirror.connection.execute("UPDATE contacts SET birthdate = '1980-02-29' WHERE id = 'anna'")
    trigger = Trigger("date", figure=KNOWN.figures["birthdate"], yearly=True)
    assert occasions(mirror, trigger, date(2026, 2, 28))["anna"] == "2026-02-28"


def test_a_day_that_does_not_return_begins_once(mirror):
    trigger = Trigger("date", figure=KNOWN.figures["first_purchase"], shift=1, within_days=5)
    assert occasions(mirror, trigger, date(2025, 3, 5))["anna"] == "2025-02-28"
    assert occasions(mirror, trigger, date(2025, 3, 6))["anna"] is None


def test_an_event_is_the_last_record_that_counts(mirror):
    run = mirror.connection.execute
    run("INSERT INTO contacts_cases (contact_id, case_id) VALUES ('anna', 'a'), ('anna', 'b'),"
        " ('anna', 'c'), ('bert', 'd')")  # fmt: skip
    run("INSERT INTO cases (id, state, date_modified) VALUES ('a', 'Closed', '2026-02-20'),"
        " ('b', 'Closed', '2026-02-25'), ('c', 'Open', '2026-02-28'),"
        " ('d', 'Closed', '2026-02-01')")  # fmt: skip
    cases = KNOWN.modules["Cases"]
    trigger = Trigger(
        "event", parse('state = "Closed"', cases), "Cases", cases.figures["date_modified"],
        within_days=14,
    )  # fmt: skip
    assert occasions(mirror, trigger) == {"anna": "b", "bert": None}


def test_entering_is_told_only_against_what_was_seen_before(mirror):
    trigger = Trigger("enters", parse('segment = "new"', KNOWN))
    assert set(occasions(mirror, trigger).values()) == {None}
    one = programme(audience=parse('segment = "new"', KNOWN), trigger=trigger)
    mirror.programmes.start("hello", TODAY)
    inside = Audiences(mirror.connection, TODAY).inside(one)
    assert sorted(inside) == ["anna", "bert"]
    import pandas as pd

    nothing = pd.DataFrame(
        columns=["programme", "wave", "person", "decision", "reason", "arm", "due", "occasion",
                 "product", "new"]
    )  # fmt: skip
    mirror.programmes.accept(nothing, {}, {"hello": ["anna"]}, TODAY)
    assert occasions(mirror, trigger) == {"anna": None, "bert": "2026-03-01"}


@pytest.mark.parametrize(
    ("words", "held", "not_held"),
    [
        ("vip_c", ["1", "true"], ["0", "false", "", None, "perhaps"]),
        ("not vip_c", ["0", "", None], ["1"]),
        ("vip_c = false", ["0"], ["1", "", None]),
        ("size_c > 40", ["41", "40.5", "41.000000"], ["40", "9", "", None, "large"]),
        ('word_c = "Weekly"', ["weekly", "Weekly"], ["daily", "", None]),
        ('word_c contains "^a^"', ["^a^,^b^"], ["^b^", None]),
        ("word_c is empty", ["", None], ["x"]),
        ("seen_c before 30 days ago", ["2026-01-01", "2026-01-29 23:00:00"], ["2026-02-20", "x"]),
    ],
)
def test_a_column_that_is_asked_for_is_read_as_what_it_is_compared_with(
    mirror, words, held, not_held
):
    column = re.search(r"\w+_c", words)[0]
    mirror.connection.execute(f"ALTER TABLE contacts ADD COLUMN {column} VARCHAR")
    mirror.connection.execute("DELETE FROM contacts")
    for place, value in enumerate([*held, *not_held]):
        mirror.connection.execute(
            f"INSERT INTO contacts (id, {column}) VALUES (?, ?)", [str(place), value]
        )
        mirror.connection.execute(
            "INSERT INTO scores_contacts (customer_id) VALUES (?)", [str(place)]
        )
    one = programme(audience=parse(words, KNOWN))
    found = Audiences(mirror.connection, TODAY).of(one)
    assert sorted(map(int, found["person"])) == [*range(len(held))]


def reached(mirror, person):
    found = Audiences(mirror.connection, TODAY).reach("contacts").loc[person]
    return {name for name, holds in found.items() if holds and name != "owner"}


def test_what_stands_in_the_way_is_read_from_the_record(mirror):
    assert reached(mirror, "anna") == {"no_phone", "no_address", "no_owner"}
    mirror.connection.execute(
        "UPDATE contacts SET email1 = '', phone_mobile = '1', do_not_call = true,"
        " assigned_user_id = 'sally',"
        " primary_address_street = 's', primary_address_city = 'c',"
        " primary_address_postalcode = 'p', no_profiling_c = true,"
        " lawful_basis = '^consent^,^withdrawn^' WHERE id = 'anna'"
    )
    assert reached(mirror, "anna") == {
        "no_email", "opted_out", "invalid_email", "do_not_call", "withdrawn", "no_profiling",
    }  # fmt: skip


@pytest.mark.parametrize("column", ["email_opt_out", "invalid_email"])
def test_what_is_said_of_an_address_holds_for_everybody_who_has_it(mirror, column):
    mirror.connection.execute(
        f"INSERT INTO leads (id, email1, {column}) VALUES ('lea', ' Anna@Example.com', true)"
    )
    reason = {"email_opt_out": "opted_out", "invalid_email": "invalid_email"}[column]
    assert reason in reached(mirror, "anna")
    assert reason not in reached(mirror, "bert")


def test_what_was_never_read_of_an_address_counts_as_no(mirror):
    mirror.connection.execute("UPDATE contacts SET email_opt_out = NULL WHERE id = 'anna'")
    assert "opted_out" in reached(mirror, "anna")


def test_a_record_that_cannot_be_read_any_more_may_say_no_by_now(mirror):
    mirror.dead_letters.add("read", [DeadLetter("Contacts", "anna")], NOON)
    mirror.dead_letters.add("write", [DeadLetter("Contacts", "bert")], NOON)
    assert "unreadable" in reached(mirror, "anna")
    assert "unreadable" not in reached(mirror, "bert")


def test_who_opted_out_of_a_mail_has_opted_out_until_their_record_says_otherwise(mirror):
    mirror.connection.execute(
        "INSERT INTO campaign_log (id, activity_type, activity_date, target_type, target_id)"
        " VALUES ('1', 'removed', '2026-02-10', 'Contacts', 'anna'),"
        " ('2', 'removed', '2026-01-10', 'Contacts', 'bert')"
    )
    assert "opted_out" in reached(mirror, "anna")
    assert "opted_out" not in reached(mirror, "bert")


def test_a_serious_complaint_is_known_from_the_scores_and_without_them_feared(mirror):
    mirror.connection.execute(
        "UPDATE scores_contacts SET complaints = 'serious' WHERE customer_id = 'bert'"
    )
    assert "serious" not in reached(mirror, "anna")
    assert "serious" in reached(mirror, "bert")
    assert "serious" in reached(mirror, "cleo")


EVERYTHING = [
    "email1", "email_opt_out", "invalid_email", "do_not_call", "lawful_basis", "no_profiling_c",
]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "log", "closed"),
    [
        (EVERYTHING, True, set()),
        (EVERYTHING, False, {"mail"}),
        ([c for c in EVERYTHING if c != "do_not_call"], True, {"call"}),
        ([c for c in EVERYTHING if c != "email_opt_out"], True, {"mail"}),
        ([c for c in EVERYTHING if c != "lawful_basis"], True,
         {"mail", "call", "task", "letter", "webhook"}),
    ],
)  # fmt: skip
def test_a_channel_is_closed_where_what_must_be_asked_was_not_read(mirror, columns, log, closed):
    run = mirror.connection.execute
    run("INSERT INTO bookmarks VALUES ('Contacts', '2026-03-01', ?, 'fast')", [columns])
    if log:
        run("INSERT INTO bookmarks VALUES ('CampaignLog', '2026-03-01', ['id'], 'fast')")
    assert Audiences(mirror.connection, TODAY).unreadable("contacts") == closed


def test_every_channel_is_closed_while_people_cannot_be_read(mirror):
    run = mirror.connection.execute
    for module in ("Contacts", "CampaignLog"):
        run("INSERT INTO bookmarks VALUES (?, '2026-03-01', ?, 'fast')", [module, EVERYTHING])
    run("INSERT INTO sources (name, refused_since) VALUES ('Contacts', '2026-02-01')")
    assert len(Audiences(mirror.connection, TODAY).unreadable("contacts")) == 5
