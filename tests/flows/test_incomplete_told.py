"""Who is told that something could not be read, and how."""

import json

import pytest

from tests.flows.conftest import synced_over
from tests.flows.hooks import always, refusal
from tests.flows.nights import complain, last_run, night
from tests.places import paths


@pytest.fixture(name="world", params=paths("fast"))
def over_either_path(request, bases, tmp_path):
    """A SuiteCRM after one sync, over either path."""
    with synced_over(bases, tmp_path, fast=request.param) as opened:
        yield opened


@pytest.mark.story
def test_a_dry_run_says_so_and_counts_what_the_run_does(world):
    complain(world)
    world.sight.refuse("AOS_Invoices")
    dry, said = night(world, dry_run=True)
    done, error = night(world, 0)
    assert str(said) == str(error)
    assert (dry.planned, dry.withheld) == (done.written, done.withheld)


def test_the_exit_code_is_9_and_the_message_names_source_day_and_remedy(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    done = world.command("sync", "--format", "json")
    assert done.exit_code == 9
    assert "AOS_Invoices (last read completely: 2026-03-09)" in done.stderr
    assert "pull --forget AOS_Invoices" in done.stderr
    assert json.loads(done.stdout)["stale"]["AOS_Invoices"] == "2026-03-09"


@pytest.mark.long
def test_the_message_is_french_where_the_settings_are(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    done = world.command("sync", BRIDGE_LANG="fr")
    assert "AOS_Invoices (dernière lecture complète\u00a0: 09/03/2026)" in done.stderr


@pytest.mark.story
def test_the_administration_page_is_told_what_could_not_be_read(fast_synced):
    fast_synced.sandbox.sight.refuse("AOS_Invoices")
    night(fast_synced)
    run = fast_synced.sandbox.runs[-1]
    assert run.result == "incomplete"
    assert run.figures["stale"]["AOS_Invoices"] == "2026-03-09"


@pytest.mark.story
def test_failed_writes_do_not_hide_that_something_could_not_be_read(fast_synced):
    complain(fast_synced)
    fast_synced.sandbox.sight.refuse("AOS_Invoices")
    no = always("POST", "/scores/Contacts", lambda: refusal("no"))
    fast_synced.server.before_request.append(no)
    summary, error = night(fast_synced)
    assert summary.failed > 0
    assert "could not be written" in str(error)
    assert last_run(fast_synced)[0] == "incomplete"
