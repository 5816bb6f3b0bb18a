"""Scores of another day than today: the future is refused, the past is kept only when asked for."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from suitecrm_bridge.errors import NotFound, WrongDay
from tests.flows.world import DAY, mirror_rows

TODAY = DAY + timedelta(days=1)
PAST = date(2025, 6, 30)


def scores(opened):
    rows = mirror_rows(opened.home)
    return rows["scores_contacts"], rows["scores_accounts"]


def snapshot_days(opened):
    return [day for (day,) in opened.mirrored("SELECT DISTINCT as_of FROM snapshots ORDER BY 1")]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2027, 1, 1), date(9999, 12, 31)])
def test_a_day_in_the_future_is_refused(synced, day):
    before = scores(synced)
    synced.forget()
    for job in (synced.sync, synced.score):
        with pytest.raises(WrongDay, match="is still to come"):
            job(as_of=day, past=True)
    assert scores(synced) == before
    assert snapshot_days(synced) == [DAY]
    assert synced.count("GET", "/module/Contacts") == 0


def test_the_command_refuses_the_future_in_both_languages(scored):
    done = scored.command("score", "--as-of", "2199-01-01")
    assert (done.exit_code, "is still to come" in done.stderr) == (6, True)
    assert (
        "pas encore venu" in scored.command("--lang", "fr", "score", "--as-of", "2199-01-01").stderr
    )


@pytest.mark.story
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2000, 2, 29), date(1, 1, 1)])
@pytest.mark.parametrize("past", [True, False])
def test_a_day_before_the_first_purchase_is_refused(synced, day, past):
    before = scores(synced)
    with pytest.raises(WrongDay, match="nobody had bought anything"):
        synced.score(day, past=past)
    assert scores(synced) == before
    assert snapshot_days(synced) == [DAY]


def test_a_past_day_is_computed_and_everything_stays_as_it_was(synced):
    before = mirror_rows(synced.home)
    assert synced.score(PAST, past=False).scored == {"contacts": 60, "accounts": 12}
    assert mirror_rows(synced.home) == before
    assert snapshot_days(synced) == [DAY]
    assert synced.push(past=False).written == 0


def test_a_sync_of_a_past_day_asks_to_be_told_so_before_it_reads(synced):
    synced.forget()
    with pytest.raises(WrongDay, match="--past"):
        synced.sync(as_of=PAST, past=False)
    assert synced.count("GET", "/module/Contacts") == 0
    assert synced.patches == []


def test_scores_of_a_past_day_that_were_kept_are_not_pushed_silently(synced):
    synced.score(PAST, past=True)
    with pytest.raises(WrongDay, match="push --past"):
        synced.push(past=False)
    with pytest.raises(WrongDay):
        synced.push(past=False, dry_run=True)
    assert synced.patches == []
    assert snapshot_days(synced) == [PAST, DAY]


@pytest.mark.story
def test_they_are_pushed_when_it_is_said(synced):
    synced.score(PAST, past=True)
    assert synced.push(past=True, accept=True).written > 20


@pytest.mark.story
def test_todays_scores_take_their_place(synced):
    synced.score(PAST, past=True)
    synced.score(TODAY)
    synced.push(past=False)


def test_a_run_over_midnight_is_not_of_the_past(scored):
    assert scored.score(DAY, past=False).scored["contacts"] == 60
    assert scored.push(past=False).written > 0


def test_a_snapshot_is_listed_and_dropped(synced):
    synced.score(PAST, past=True)
    listed = json.loads(synced.command("snapshots", "list", "--format", "json").stdout)
    assert [(row["as_of"], row["entity"], row["customers"]) for row in listed] == [
        ("2025-06-30", "contacts", 60),
        ("2025-06-30", "accounts", 12),
        ("2026-03-08", "contacts", 60),
        ("2026-03-08", "accounts", 12),
    ]
    done = synced.command("snapshots", "drop", "2025-06-30", "--yes")
    assert done.exit_code == 0, done.output
    assert "2 snapshots were dropped" in done.stderr
    assert snapshot_days(synced) == [DAY]
    assert synced.mirrored("SELECT DISTINCT as_of FROM snapshot_cuts") == [(DAY,)]


def test_a_snapshot_is_shown_and_stays_unless_somebody_says_yes(synced):
    done = synced.command("snapshots", "drop", str(DAY))
    assert "contacts" in done.stdout
    assert snapshot_days(synced) == [DAY]


def test_a_day_without_snapshot_cannot_be_dropped(synced):
    done = synced.command("snapshots", "drop", "2020-01-01", "--yes")
    assert done.exit_code == NotFound.exit_code
    assert "2026-03-08" in done.stderr
    french = synced.command("--lang", "fr", "snapshots", "drop", "2020-01-01", "--yes")
    assert "instantané" in french.stderr


def test_a_wrong_day_of_an_older_version_spoils_no_migration_once_it_is_dropped(synced):
    synced.mirrored("UPDATE snapshots SET as_of = DATE '2026-03-01'")
    synced.mirrored(
        "INSERT INTO snapshots SELECT * REPLACE (DATE '2199-01-01' AS as_of) FROM snapshots"
    )
    synced.score(TODAY)
    synced.command("snapshots", "drop", "2199-01-01", "--yes")
    found = json.loads(synced.command("migration", "--format", "json").stdout)
    assert (found["from"], found["to"]) == ("2026-03-01", str(TODAY))
