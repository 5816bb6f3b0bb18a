import json
import re
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from suitecrm_bridge.cli import main
from suitecrm_bridge.cli.schedule import LastSync
from suitecrm_bridge.jobs import installing, one_sync
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.mirror import Mirror
from tests.flows.processes import child
from tests.flows.test_exit_codes import holding
from tests.flows.world import NOON, Clock

SYNC = ("sync", "--past", "--as-of", "2026-03-08")


def shown(world, **settings):
    done = world.command("schedule", "show", "--format", "json", **settings)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def runs(home):
    with Mirror.open(home) as mirror:
        return [run.result for run in mirror.runs.history(10)]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The schedule looks at the clock by which the syncs run."""
    now = Clock()
    monkeypatch.setattr("suitecrm_bridge.cli.schedule.utc_now", now)
    monkeypatch.setattr("suitecrm_bridge.jobs.schedule._now", now)
    return now


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """What the schedule runs begins at the time at which a world does."""
    monkeypatch.setattr(one_sync, "MODULE", ["tests.flows.at_noon"])
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture
def overdue(synced, clock):
    """The last sync lies two hours back."""
    clock.advance(hours=2)
    synced.clock.advance(hours=2)


@pytest.fixture
def one_look(monkeypatch):
    """Ask to stop as soon as the schedule waits."""
    monkeypatch.setattr(Stop, "wait", lambda self, seconds: True)


@pytest.fixture
def settings_file(synced, tmp_path):
    """The settings of the world in a file, whose folder has a space."""
    file = tmp_path / "my settings" / "config.env"
    file.parent.mkdir()
    lines = [f"{name}='{value}'" for name, value in synced.environment().items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_show_tells_the_plan_and_what_the_last_sync_did(synced):
    assert synced.command(*SYNC).exit_code == 0
    told = shown(synced, BRIDGE_SCHEDULE="13:00, 02:15")
    assert told["schedule"] == "02:15, 13:00"
    assert told["busy"] is None
    assert told["last"]["result"] == "done"
    assert told["last"]["figures"]["pulled"]["Contacts"] == 0
    following = datetime.fromisoformat(told["next"]).astimezone()
    assert following.strftime("%H:%M") in ("02:15", "13:00")


def test_show_speaks_to_people_by_module(synced):
    synced.clock.advance(minutes=30)
    synced.store.update("Contacts", synced.store.rows("Contacts")[0]["id"], {"phone_work": "1"})
    synced.command(*SYNC)
    english = synced.command("schedule", "show").stdout
    assert re.search(r"^Last sync +done, began \d{4}-\d\d-\d\d \d\d:\d\d, took", english, re.M)
    assert re.search(r"^Contacts +1 +\d+\.\d$", english, re.M)
    assert "Accounts" not in english
    assert "Dernière synchronisation" in synced.command("--lang", "fr", "schedule", "show").stdout


def test_show_tells_why_the_last_sync_failed(synced):
    synced.command("sync", SUITECRM_URL="http://127.0.0.1:9")
    done = synced.command("schedule", "show")
    assert "failed" in done.stdout
    assert "http://127.0.0.1:9" in done.stdout


def test_show_says_that_nothing_ever_ran(empty):
    assert shown(empty)["last"] is None
    assert "never" in empty.command("schedule", "show").stdout


def test_show_counts_an_interval_from_the_last_sync(synced):
    synced.command(*SYNC)
    told = shown(synced, BRIDGE_SCHEDULE="every 600")
    began = datetime.fromisoformat(told["last"]["started_at"])
    following = datetime.fromisoformat(told["next"])
    assert abs(following - began - timedelta(minutes=600)) < timedelta(seconds=2)


def test_show_says_who_holds_the_mirror_while_a_sync_runs(synced, tmp_path):
    with holding(synced, tmp_path) as other:
        told = shown(synced)
        words = synced.command("schedule", "show").stdout
    assert told["last"] is None
    assert str(other.pid) in told["busy"]
    assert str(other.pid) in words


def test_run_syncs_what_is_overdue_and_stops_when_asked(synced, one_look, overdue):
    before = runs(synced.home)
    done = synced.command("schedule", "run", BRIDGE_SCHEDULE="every 60")
    assert done.exit_code == 0
    assert runs(synced.home) == ["done", *before]
    assert "every 60" in done.stderr
    assert "next sync: " in done.stderr


def test_run_waits_for_a_slot_that_was_not_missed(synced, one_look):
    synced.command(*SYNC)
    before = runs(synced.home)
    assert synced.command("schedule", "run", BRIDGE_SCHEDULE="every 60").exit_code == 0
    assert runs(synced.home) == before


def test_run_survives_a_sync_that_fails(synced, one_look, overdue, capfd):
    settings = {"SUITECRM_URL": "http://127.0.0.1:9", "BRIDGE_SCHEDULE": "every 60"}
    done = synced.command("--log-format", "json", "schedule", "run", **settings)
    assert done.exit_code == 0
    assert runs(synced.home)[0] == "failed"
    entries = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    (failure,) = [entry for entry in entries if entry["level"] == "ERROR"]
    assert "Exit code 4" in failure["message"]
    assert "http://127.0.0.1:9" in capfd.readouterr().err


def test_run_skips_a_slot_while_another_run_holds_the_mirror(
    synced, tmp_path, one_look, monkeypatch, overdue
):
    monkeypatch.setattr(LastSync, "began", lambda self: NOON)
    with holding(synced, tmp_path):
        done = synced.command("schedule", "run", BRIDGE_SCHEDULE="every 60")
    assert done.exit_code == 0
    assert "This sync is skipped" in done.stderr


def test_run_counts_a_sync_at_work_as_the_last_one(synced, tmp_path, one_look):
    with holding(synced, tmp_path):
        done = synced.command("schedule", "run", BRIDGE_SCHEDULE="every 60")
    assert done.exit_code == 0
    assert "skipped" not in done.stderr


def test_run_needs_settings_that_can_reach_suitecrm(empty):
    done = empty.command("schedule", "run", SUITECRM_URL="")
    assert done.exit_code == 2
    assert "SUITECRM_URL" in done.stderr


@pytest.mark.story
@pytest.mark.skipif(sys.platform == "win32", reason="there, SIGTERM ends a process at once")
def test_a_term_signal_ends_the_waiting_with_0(synced, tmp_path):
    environment = synced.environment(BRIDGE_SCHEDULE="every 1440")
    arguments = ("-m", "tests.flows.at_noon", "schedule", "run")
    process = child(*arguments, environment=environment, folder=tmp_path)
    for line in process.stderr:
        if "next sync: " in line and "Syncing" not in line:
            break
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 0
    assert runs(synced.home)[0] == "done"


def test_install_prints_for_this_installation(synced, settings_file):
    arguments = ("--env-file", str(settings_file), "schedule", "install", "--for", "systemd")
    done = synced.command("--lang", "fr", *arguments)
    assert done.exit_code == 0
    assert sys.executable in done.stdout.replace("\\\\", "\\")
    assert str(settings_file) in done.stdout.replace("\\\\", "\\")
    assert str(synced.home) in done.stdout.replace("\\\\", "\\")
    assert done.stderr == ""


def test_install_names_what_only_the_environment_says(synced, settings_file):
    arguments = ("--env-file", str(settings_file), "schedule", "install", "--for", "windows")
    done = synced.command(*arguments, BRIDGE_RETRIES="3", SUITECRM_CLIENT_SECRET="an0ther")
    assert done.exit_code == 0
    assert "BRIDGE_RETRIES" in done.stderr
    assert "SUITECRM_CLIENT_SECRET" in done.stderr
    assert "BRIDGE_PARALLEL" not in done.stderr
    assert "an0ther" not in done.output


def test_install_needs_a_settings_file(synced):
    done = synced.command("schedule", "install")
    assert done.exit_code == 2
    assert "config.env" in done.stderr


def test_install_refuses_what_cron_cannot_keep(synced, settings_file):
    arguments = ("--env-file", str(settings_file), "schedule", "install", "--for", "cron")
    done = synced.command(*arguments, BRIDGE_SCHEDULE="every 45")
    assert done.exit_code == 2
    assert "every 45" in done.stderr


def test_the_option_for_the_log_beats_the_environment(synced):
    done = synced.command("-vv", "--log-format", "json", *SYNC, BRIDGE_LOG_FORMAT="text")
    entries = [json.loads(line) for line in done.stderr.splitlines()]
    assert len({entry["run_id"] for entry in entries if entry["run_id"]}) == 1
    moments = [datetime.fromisoformat(entry["time"]) for entry in entries]
    assert all(moment.tzinfo == UTC for moment in moments)
    text = synced.command("-vv", "--log-format", "text", *SYNC, BRIDGE_LOG_FORMAT="json")
    assert "{" not in text.stderr[:1]


@pytest.fixture
def carried_out(monkeypatch):
    """The steps that are done, none of which is."""
    steps = []
    monkeypatch.setattr(installing, "carry_out", steps.append)
    monkeypatch.setattr(installing, "is_for_all", lambda: False)
    return steps


def test_install_shows_each_step_and_does_it_once_that_is_wanted(
    synced, settings_file, carried_out
):
    words = ("--env-file", str(settings_file), "schedule", "install", "--for", "systemd", "--do")
    refused = CliRunner().invoke(main, words, input="n\n")
    assert carried_out == []
    assert "OnCalendar" in refused.stderr
    assert "enable --now suitecrm-bridge.timer" in refused.stderr
    done = CliRunner().invoke(main, words, input="y\n")
    assert done.exit_code == 0
    assert len(carried_out) == 5
    assert "schedule remove" in done.stdout


def test_remove_asks_nothing_where_that_was_said(synced, carried_out):
    done = synced.command("schedule", "remove", "--for", "windows", "--name", "one", "--yes")
    assert done.exit_code == 0
    assert [type(step).__name__ for step in carried_out] == ["Run", "Delete"]
    assert "one" in done.stdout


def test_install_without_a_terminal_and_without_yes_changes_nothing(
    synced, settings_file, carried_out
):
    words = ("--env-file", str(settings_file), "schedule", "install", "--for", "systemd", "--do")
    assert CliRunner().invoke(main, words).exit_code != 0
    assert carried_out == []
