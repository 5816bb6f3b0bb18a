"""Every job leaves its outcome in the history, whatever came in between."""

import duckdb
import pytest

from suitecrm_bridge.errors import AuthenticationError, NotFound, StoreError, WriteBackError
from suitecrm_bridge.jobs import sync as sync_job
from suitecrm_bridge.mirror import Mirror
from tests.flows.hooks import always, refusal
from tests.flows.test_kill_and_resume import Killer, run_and_kill
from tests.flows.world import NOON


def history(world):
    with Mirror.open(world.home) as mirror:
        return mirror.runs.history(100)


@pytest.mark.story
def test_a_sync_is_one_run_with_its_figures(fast):
    summary = fast.sync()
    (run,) = history(fast)
    assert (run.command, run.result, run.path, run.error) == ("sync", "done", "fast", None)
    assert (run.started_at, run.finished_at) == (NOON, NOON)
    assert run.figures == summary.as_dict()
    assert set(run.figures["seconds"]) == {"pull", "score", "push"}
    assert set(run.figures["module_seconds"]) == set(run.figures["pulled"])


def test_each_stage_by_itself_is_a_run(scored):
    scored.push()
    assert [run.command for run in history(scored)] == ["push", "score", "pull"]


def test_a_dry_run_leaves_no_trace_in_the_history(scored):
    before = history(scored)
    scored.push(dry_run=True)
    scored.sync(dry_run=True)
    assert history(scored) == before


@pytest.mark.story
def test_a_run_with_failed_writes_is_partial_and_stays_so_while_they_wait(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = lambda: refusal("no", 400)
    with pytest.raises(WriteBackError):
        scored.sync()
    scored.sync()
    waiting, failed = history(scored)[:2]
    assert (failed.result, failed.figures["failed"]) == ("partial", 1)
    assert (waiting.result, waiting.figures["deferred"]) == ("partial", 1)


def test_a_run_that_fails_says_why_without_a_secret(empty):
    with pytest.raises(AuthenticationError):
        empty.sync(SUITECRM_CLIENT_SECRET="wr0ng-s3cret")
    (run,) = history(empty)
    assert run.result == "failed"
    assert "SUITECRM_CLIENT_SECRET" in run.error
    assert "wr0ng-s3cret" not in run.error


def test_an_unexpected_error_is_recorded_by_its_name_with_the_secret_masked(synced, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError(f"cannot divide {synced.server.client_secret}")

    monkeypatch.setattr(sync_job, "score", broken)
    with pytest.raises(RuntimeError):
        synced.sync()
    assert history(synced)[0].error == "RuntimeError: cannot divide ********"


def test_what_was_done_before_the_failure_is_in_the_figures(filled, monkeypatch):
    def broken(*args, **options):
        raise NotFound("nothing there")

    monkeypatch.setattr(sync_job, "score", broken)
    with pytest.raises(NotFound):
        filled.sync()
    assert history(filled)[0].figures["pulled"]["Contacts"] == 60


def test_an_interrupted_run_is_stopped(synced, monkeypatch):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(sync_job, "score", interrupted)
    with pytest.raises(KeyboardInterrupt):
        synced.sync()
    assert history(synced)[0].result == "stopped"


@pytest.mark.long
def test_a_killed_run_was_cut_off(filled, tmp_path):
    run_and_kill(filled, Killer("GET", "/module/AOS_Products_Quotes", 2), tmp_path)
    filled.sync()
    assert sorted(run.result for run in history(filled)) == ["cut_off", "done"]


def test_suitecrm_is_told_of_a_sync_that_failed(fast, monkeypatch):
    def broken(*args, **options):
        raise NotFound("nothing there")

    monkeypatch.setattr(sync_job, "score", broken)
    with pytest.raises(NotFound):
        fast.sync()
    assert [run.result for run in fast.sandbox.runs] == ["failed"]


def test_a_suitecrm_that_lets_nobody_in_is_not_asked_again(fast):
    denied = always("GET", "/ping", lambda: refusal("no", 401))
    fast.server.before_request.append(denied)
    with pytest.raises(AuthenticationError):
        fast.sync()
    asked = fast.count("GET", "/ping")
    assert asked <= 2
    assert history(fast)[0].result == "failed"


def test_a_failing_database_ends_the_run_as_a_store_error(synced, monkeypatch):
    def broken(*args, **options):
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(sync_job, "score", broken)
    with pytest.raises(StoreError, match="disk of the mirror is full"):
        synced.sync()
    run = history(synced)[0]
    assert run.result == "failed"
    assert "is full" in run.error


@pytest.mark.parametrize("command", ["customers", "segments"])
def test_a_damaged_table_ends_a_reading_command_with_5(synced, command):
    with Mirror.open(synced.home) as mirror:
        mirror.connection.execute("ALTER TABLE scores_contacts DROP COLUMN purchase_total")
    done = synced.command(command)
    assert done.exit_code == 5
    assert "purchase_total" in done.stderr
