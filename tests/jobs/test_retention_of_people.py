"""Who has done nothing for long, and what counts as doing something."""

from datetime import date

import pytest

from suitecrm_bridge.errors import Incomplete
from suitecrm_bridge.jobs import privacy

LONG_AGO, SINCE, LATER = "2001-01-01", date(2020, 1, 1), "2021-01-01"
SOMEONE = "somebody-who-sleeps"


@pytest.fixture
def mirror(synced):
    with synced.context() as context:
        connection = context.mirror.connection
        connection.execute(
            "INSERT INTO contacts (id, first_name, last_name, date_entered)"
            " VALUES (?, 'Ann', 'Sleeper', ?)",
            [SOMEONE, LONG_AGO],
        )
        yield context.mirror


def sleeps(mirror):
    return SOMEONE in {one.id for one in mirror.privacy.idle(SINCE)}


def test_who_never_did_anything_sleeps(mirror):
    assert sleeps(mirror)
    everybody = {one.id for one in mirror.privacy.idle(date(2100, 1, 1))}
    assert everybody > {one.id for one in mirror.privacy.idle(SINCE)}
    assert mirror.privacy.idle(date(1990, 1, 1)) == []


@pytest.mark.parametrize(
    ("act", "wakes"),
    [
        ("INSERT INTO invoices (id, billing_contact_id, invoice_date) VALUES ('x', $id, $day)", 1),
        ("UPDATE contacts SET date_entered = $day WHERE id = $id", 1),
        ("INSERT INTO survey_responses (id, contact_id, date_entered) VALUES ('x', $id, $day)", 1),
        (
            "INSERT INTO campaign_log (id, target_id, activity_type, activity_date)"
            " VALUES ('x', $id, 'link', $day)",
            1,
        ),
        (
            "INSERT INTO campaign_log (id, target_id, activity_type, activity_date)"
            " VALUES ('x', $id, 'viewed', $day)",
            0,
        ),
    ],
    ids=["invoice", "entered", "answer", "click", "opened"],
)
def test_what_somebody_did_counts_and_an_opened_mail_does_not(mirror, act, wakes):
    mirror.connection.execute(act, {"id": SOMEONE, "day": LATER})
    assert sleeps(mirror) == (not wakes)


def test_the_purchases_of_their_company_count(mirror):
    mirror.connection.execute("UPDATE contacts SET account_id = 'a' WHERE id = ?", [SOMEONE])
    mirror.connection.execute(
        "INSERT INTO invoices (id, billing_account_id, invoice_date) VALUES ('x', 'a', ?)", [LATER]
    )
    assert not sleeps(mirror)


def test_they_are_listed_and_only_erased_where_that_is_asked_for(synced):
    words = ("privacy", "retention", "--months", "1")
    before = synced.mirrored("SELECT count(*) FROM contacts")[0][0]
    listed = synced.command(*words)
    assert listed.exit_code == 0
    assert synced.mirrored("SELECT count(*) FROM contacts")[0][0] == before
    with synced.context() as context:
        some = privacy.idle(context, 1)
        gone = [one.id for one in some if one.module == "Contacts"][:25]
        privacy.erase_idle(context, [one for one in some if one.id in gone], local=True)
    assert len(gone) > 0
    assert synced.mirrored("SELECT count(*) FROM contacts")[0][0] == before - len(gone)


def test_nobody_sleeps_while_it_is_not_known_what_people_did(synced):
    with synced.context() as context:
        context.mirror.sources.refuse("AOS_Invoices", context.clock(), "no")
        with pytest.raises(Incomplete, match="AOS_Invoices"):
            privacy.idle(context, 24)
