from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.mirror import Mirror, Run, runs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def history():
    with Mirror.in_memory() as mirror:
        yield mirror.runs


def test_a_run_that_began_is_running(history):
    run_id = history.begin("sync", NOW)
    assert history.last() == Run(run_id, "sync", NOW, None, "running", None, {}, None)


def test_a_run_that_ended_has_its_result_its_time_and_its_figures(history):
    run_id = history.begin("sync", NOW)
    figures = {"path": "fast", "written": 3, "seconds": {"pull": 1.5}, "unreadable": ["Été"]}
    history.finish(run_id, LATER, "failed", figures, "no disk")
    assert history.last() == Run(run_id, "sync", NOW, LATER, "failed", "fast", figures, "no disk")


def test_every_run_has_an_id_of_its_own(history):
    assert history.begin("sync", NOW) != history.begin("sync", NOW)


def test_a_run_that_never_ended_was_cut_off_when_the_next_begins(history):
    history.begin("sync", NOW)
    history.begin("pull", LATER)
    assert [run.result for run in history.history(10)] == ["running", "cut_off"]


def test_a_run_that_ended_stays_as_it_ended(history):
    history.finish(history.begin("sync", NOW), LATER, "partial", {})
    history.begin("sync", LATER)
    assert history.history(10)[1].result == "partial"


def test_the_last_run_is_asked_for_by_command(history):
    for command in ("sync", "pull", "push"):
        history.begin(command, NOW)
    assert history.last(["sync", "pull"]).command == "pull"
    assert history.last(["score"]) is None
    assert history.last().command == "push"


@pytest.mark.parametrize("result", ["done", "partial"])
def test_a_run_that_got_to_its_end_is_complete(history, result):
    history.finish(history.begin("sync", NOW), LATER, result, {})
    assert history.completed(["push", "sync"])
    assert not history.completed(["push"])


@pytest.mark.parametrize("result", ["failed", "stopped", "cut_off"])
def test_a_run_that_did_not_get_to_its_end_is_not_complete(history, result):
    history.finish(history.begin("sync", NOW), LATER, result, {})
    history.begin("sync", LATER)
    assert not history.completed(["sync"])


def test_no_more_runs_are_listed_than_asked_for_the_newest_first(history):
    for minute in range(5):
        history.begin(f"number {minute}", NOW + timedelta(minutes=minute))
    assert [run.command for run in history.history(2)] == ["number 4", "number 3"]


def test_old_runs_are_forgotten(history, monkeypatch):
    monkeypatch.setattr(runs, "KEPT", 3)
    for minute in range(5):
        history.begin(f"number {minute}", NOW + timedelta(minutes=minute))
    assert [run.command for run in history.history(10)] == ["number 4", "number 3", "number 2"]


def test_without_a_run_there_is_no_last_one(history):
    assert history.last() is None
    assert history.history(10) == []
