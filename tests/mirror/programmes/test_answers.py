"""What the campaign log says of the mails of programmes."""

import duckdb
import pytest

from suitecrm_bridge.mirror.programmes.answers import answers
from suitecrm_bridge.mirror.programmes.tables import TABLES


@pytest.fixture
def base():
    connection = duckdb.connect()
    connection.execute(TABLES)
    connection.execute(
        "CREATE TABLE campaign_log (list_id VARCHAR, marketing_id VARCHAR, target_type VARCHAR,"
        " target_id VARCHAR, activity_type VARCHAR)"
    )
    for list_id, programme, arm in (
        ("treated", "hello", "treated"),
        ("control", "hello", "control"),
        ("loyal", "segments/contacts", "treated"),
    ):
        connection.execute(
            "INSERT INTO programme_lists VALUES (?, ?, 'first', ?, 'Contacts')",
            [list_id, programme, arm],
        )
    yield connection
    connection.close()


def log(base, *rows, list_id="treated"):
    for message, person, activity in rows:
        base.execute(
            "INSERT INTO campaign_log VALUES (?, ?, 'Contacts', ?, ?)",
            [list_id, message, person, activity],
        )


def counted(base):
    """Return sent, opened, clicked, bounced, opted out, blocked."""
    return [row[2:] for row in answers(base).itertuples(index=False, name=None)]


def test_a_mail_counts_once_however_often_it_was_opened_and_clicked(base):
    log(base, ("m", "anna", "targeted"), *[("m", "anna", "viewed"), ("m", "anna", "link")] * 3)
    assert counted(base) == [(1, 1, 1, 0, 0, 0)]


def test_a_mail_that_was_clicked_was_opened_where_images_are_off(base):
    log(base, ("m", "anna", "targeted"), ("m", "anna", "link"))
    assert counted(base) == [(1, 1, 1, 0, 0, 0)]


@pytest.mark.parametrize("bounce", ["invalid email", "send error"])
def test_what_came_back_counts_as_sent_and_bounced(base, bounce):
    log(base, ("m", "anna", "targeted"), ("m", "anna", bounce))
    assert counted(base) == [(1, 0, 0, 1, 0, 0)]


def test_who_opts_out_by_a_mail_counts_there(base):
    log(base, ("m", "anna", "targeted"), ("m", "anna", "removed"))
    assert counted(base) == [(1, 0, 0, 0, 1, 0)]


@pytest.mark.parametrize("activity", ["blocked", "blocked-programme-cap", "blocked-opted-out"])
def test_what_was_never_sent_is_blocked(base, activity):
    log(base, ("m", "anna", activity))
    assert counted(base) == [(0, 0, 0, 0, 0, 1)]


def test_who_had_the_message_before_is_not_blocked_by_version_7_looking_once_more(base):
    log(base, ("m", "anna", "targeted"), *[("m", "anna", "blocked")] * 2)
    assert counted(base) == [(1, 0, 0, 0, 0, 0)]


def test_two_messages_to_one_person_are_two_mails(base):
    log(base, ("m", "anna", "targeted"), ("n", "anna", "targeted"), ("n", "bob", "targeted"))
    assert counted(base) == [(3, 0, 0, 0, 0, 0)]


@pytest.mark.parametrize("list_id", ["control", "loyal", "a person's own"])
def test_other_lists_are_no_programmes_mails(base, list_id):
    log(base, ("m", "anna", "targeted"), list_id=list_id)
    assert counted(base) == []
