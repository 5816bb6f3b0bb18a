"""A SuiteCRM that does not have the bridge's fields yet."""

import json
from datetime import date

import pytest

from suitecrm_bridge.errors import UnknownField
from suitecrm_bridge.jobs.demo import fill
from tests.flows.world import DAY, log_left_alone, world, world_of

pytestmark = pytest.mark.usefixtures("standing_figures")

SOME_CUSTOMERS = 12


@pytest.fixture(scope="module")
def bare_base(tmp_path_factory):
    """Database and home of a SuiteCRM without the fields, read and scored."""
    folder = tmp_path_factory.mktemp("bare")
    database, home = folder / "crm.sqlite", folder / "home"
    with log_left_alone(), world(home, database=database, package=False) as opened:
        fill(opened.store, SOME_CUSTOMERS, 1, DAY, package=False)
        opened.pull()
        opened.score()
    return database, home


@pytest.fixture
def bare(bare_base, tmp_path):
    """A SuiteCRM without the fields, read and scored."""
    with world_of(tmp_path, *bare_base, package=False) as opened:
        yield opened


def test_nothing_is_written_where_fields_are_missing_and_they_are_named(bare):
    done = bare.command("push")
    assert done.exit_code == 6
    assert "rfm_segment_c" in done.stderr
    assert "package build" in done.stderr
    assert bare.patches == []


def test_a_dry_run_counts_what_it_would_write_and_how_many_fields_are_missing(bare):
    done = bare.command("push", "--dry-run")
    assert done.exit_code == 0
    lines = [line for line in done.stdout.splitlines() if line.startswith("Missing")]
    assert [line.split("  ")[0] for line in lines] == [
        "Missing in SuiteCRM, Contacts",
        "Missing in SuiteCRM, Accounts",
        "Missing in SuiteCRM, Cases",
        "Missing in SuiteCRM, Leads",
    ]
    assert all("package build" in line for line in lines)
    assert "_c" not in done.stdout
    told = json.loads(bare.command("push", "--dry-run", "--format", "json").stdout)
    assert told["planned"] > SOME_CUSTOMERS
    assert "rfm_segment_c" in told["missing"]["Contacts"]
    with world(bare.home) as completed:
        fill(completed.store, SOME_CUSTOMERS, 1, DAY)
        assert completed.sync().written == told["planned"]


@pytest.mark.story
def test_a_few_missing_fields_are_named(synced):
    fields = synced.fields("Accounts")
    del fields["rfm_score_c"]
    synced.pretend("Accounts", fields)
    done = synced.command("push", "--dry-run")
    assert "rfm_score_c" in done.stdout


@pytest.mark.story
def test_one_missing_field_is_enough_to_write_nothing(synced):
    fields = synced.fields("Accounts")
    del fields["rfm_score_c"]
    synced.pretend("Accounts", fields)
    with pytest.raises(UnknownField, match="Accounts: rfm_score_c"):
        synced.sync(as_of=date(2026, 3, 9))
    assert synced.patches == []


def test_fields_that_appear_later_are_read_for_every_record(bare, tmp_path):
    with world(bare.home) as completed:
        fill(completed.store, SOME_CUSTOMERS, 1, DAY)
        old = {"rfm_segment_c": "champions", "date_modified": "2025-01-01 00:00:00"}
        for row in completed.store.rows("Contacts"):
            completed.store.update("Contacts", row["id"], old)
        completed.pull("Contacts")
        query = "SELECT count(*) FROM contacts WHERE rfm_segment_c = 'champions'"
        assert completed.mirrored(query) == [(SOME_CUSTOMERS,)]


def test_a_sync_after_the_fields_were_made_writes_every_record(bare):
    with world(bare.home) as completed:
        fill(completed.store, SOME_CUSTOMERS, 1, DAY)
        summary = completed.sync()
        assert summary.written == len(completed.patches) == summary.planned > SOME_CUSTOMERS
        assert all(row["rfm_segment_c"] for row in completed.store.rows("Contacts"))
