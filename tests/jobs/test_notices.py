import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.jobs import metrics, notices
from suitecrm_bridge.jobs.after_run import after_run
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.notify import webhook
from suitecrm_bridge.settings import Settings

START = datetime(2026, 3, 9, 2, 15, tzinfo=UTC)
SYNC = Run("r0", "sync", START, START + timedelta(minutes=3), "done", "fast", {"written": 3}, None)


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(webhook, "WEBHOOK_PAUSES", ())


@pytest.fixture
def ended(tmp_path, listener):
    """Let one run after the other end, an hour apart, and return what the webhook was told."""

    def tell(*results, command="sync", error=None, **settings):
        told = []
        for number, result in enumerate(results):
            environment = {"BRIDGE_HOME": str(tmp_path), "SUITECRM_URL": "https://crm.example.com"}
            environment |= {"BRIDGE_WEBHOOK": listener.url, **settings}
            run = replace(
                SYNC,
                run_id=f"r{number}",
                command=command,
                result=result,
                error=error,
                started_at=START + timedelta(hours=number),
            )
            with Context(Settings.read(environment=environment)) as context:
                after_run(context, run)
            told.append([body["state"] for _, body in listener.heard])
            listener.heard.clear()
        return told

    return tell


def test_only_a_change_of_state_is_told(ended):
    results = ("done", "failed", "failed", "done", "done", "failed")
    assert ended(*results) == [[], ["failed"], [], ["done"], [], ["failed"]]


def test_a_first_run_that_fails_is_told(ended):
    assert ended("failed", "failed") == [["failed"], []]


def test_a_partial_run_is_a_state_of_its_own(ended):
    results = ("partial", "partial", "failed", "partial", "done")
    assert ended(*results) == [["partial"], [], ["failed"], ["partial"], ["done"]]


def test_a_run_that_was_stopped_says_nothing_about_the_state(ended):
    results = ("failed", "stopped", "failed", "done", "stopped")
    assert ended(*results) == [["failed"], [], [], ["done"], []]


def test_a_stage_run_by_hand_is_not_told(ended):
    assert ended("failed", command="pull") == [[]]


def test_what_could_not_be_told_is_told_after_the_next_run(ended, listener):
    listener.answers.append(500)
    assert ended("failed", "failed", "failed") == [["failed"], ["failed"], []]


def test_a_failure_that_nobody_heard_of_needs_no_recovery(ended, listener):
    listener.answers.append(500)
    assert ended("failed", "done") == [["failed"], []]


def test_since_is_the_start_of_the_first_run_in_the_state(tmp_path, ended, listener):
    listener.answers.append(500)
    ended("done", "failed", "failed", "failed")
    told = json.loads((tmp_path / notices.STATE_FILE).read_text(encoding="utf-8"))
    assert told == {
        "state": "failed",
        "since": (START + timedelta(hours=1)).isoformat(),
        "channels": {"webhook": "failed"},
    }


def test_the_notification_holds_the_error_and_the_figures(tmp_path, listener):
    settings = {"BRIDGE_HOME": str(tmp_path), "BRIDGE_WEBHOOK": listener.url, "BRIDGE_LANG": "fr"}
    with Context(Settings.read(environment=settings)) as context:
        notices.tell(context, replace(SYNC, result="failed", error="SuiteCRM ne répond pas."))
    ((_, body),) = listener.heard
    assert body["error"] == "SuiteCRM ne répond pas."
    assert body["figures"] == {"written": 3}
    assert body["run_id"] == "r0"
    assert "échoue" in body["text"]


def test_each_channel_is_told_by_itself(ended, listener, mail_server):
    mail = {"BRIDGE_MAIL_TO": "ada@example.com, zoe@example.com"}
    mail |= {"BRIDGE_SMTP": f"smtp://{mail_server.host}"}
    listener.answers.append(500)
    assert ended("failed", "failed", **mail) == [["failed"], ["failed"]]
    (envelope,) = mail_server.messages
    assert envelope.rcpt_tos == ["ada@example.com", "zoe@example.com"]


def test_a_channel_set_up_while_syncs_fail_is_told_so(ended, listener):
    assert ended("failed", BRIDGE_WEBHOOK="") == [[]]
    assert ended("failed") == [["failed"]]


def test_what_goes_wrong_with_a_notification_is_a_warning_without_secrets(ended, listener, caplog):
    listener.answers.append(404)
    ended("failed", BRIDGE_MAIL_TO="ada@example.com", BRIDGE_SMTP="mail:s3cret")
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 2
    assert "404" in warnings[0]
    assert "BRIDGE_SMTP" in warnings[1]
    assert not any(secret in caplog.text for secret in ("s3cret", "t0ken"))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"when": 1}'])
def test_a_damaged_memory_of_what_was_told_begins_anew(tmp_path, ended, content, caplog):
    (tmp_path / notices.STATE_FILE).write_text(content, encoding="utf-8")
    assert ended("failed", "failed") == [["failed"], []]
    assert notices.STATE_FILE in caplog.text


@pytest.mark.parametrize("step", [metrics, notices], ids=["metrics", "notices"])
def test_an_unexpected_error_after_a_run_is_logged_and_stops_nothing(
    tmp_path, step, monkeypatch, caplog
):
    done = []
    for room, name in ((metrics, "write"), (notices, "tell")):
        fails = room is step
        monkeypatch.setattr(room, name, lambda *_, fails=fails: done.append(1 / (not fails)))
    after_run(Context(Settings.read(environment={"BRIDGE_HOME": str(tmp_path)})), SYNC)
    assert done == [1.0]
    assert "ZeroDivisionError" in caplog.text
