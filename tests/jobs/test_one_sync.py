"""A sync of the schedule runs in a process of its own, so that it never ends the schedule."""

import logging
import sys
from datetime import timedelta

import pytest

from suitecrm_bridge.errors import LockedError, Stopped, SyncFailed
from suitecrm_bridge.jobs import children, notices
from suitecrm_bridge.jobs.children import Child
from suitecrm_bridge.jobs.one_sync import OneSync
from suitecrm_bridge.jobs.schedule import Timetable, serve
from suitecrm_bridge.jobs.stop import Stop
from tests.jobs.test_schedule import HOURLY, START, clock

__all__ = ["clock"]


@pytest.fixture
def told(monkeypatch):
    """The runs that people are told of."""
    runs = []
    monkeypatch.setattr("suitecrm_bridge.jobs.notices.tell", lambda context, run: runs.append(run))
    return runs


class Nobody:
    """A context that nothing is asked of."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def played(monkeypatch, *ends):
    """Let syncs end like this, one after the other; return what each was given."""
    asked, ends = [], list(ends)

    def run(command, **given):
        asked.append((command, given))
        return ends.pop(0)

    monkeypatch.setattr(children, "run", run)
    return asked


def once(**changes):
    given = {"options": ["-v"], "minutes": 30.0, "stop": Stop(), "opened": Nobody}
    return OneSync(**{**given, **changes})


def test_it_syncs_with_the_same_options_and_no_longer_than_was_said(monkeypatch, told):
    asked = played(monkeypatch, Child("done", 0))
    once()()
    command, given = asked[0]
    assert command == (sys.executable, "-m", "suitecrm_bridge", "-v", "sync")
    assert given["seconds"] == 1800
    assert told == []


@pytest.mark.parametrize(
    ("end", "error"),
    [
        (Child("stopped", 130), Stopped),
        (Child("failed", 130), Stopped),
        (Child("busy", 8), LockedError),
        (Child("failed", 5), SyncFailed),
        (Child("timeout", -15), SyncFailed),
        (Child("failed", None, said="no space left"), SyncFailed),
    ],
)
def test_how_it_ended_is_known(monkeypatch, told, end, error):
    played(monkeypatch, end)
    with pytest.raises(error):
        once()()


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (Child("timeout", -15), "30 minutes"),
        (Child("failed", -9), "-9"),
        (Child("failed", 3221225477), "3221225477"),
        (Child("failed", None, said="no space left"), "no space left"),
    ],
)
def test_people_are_told_of_a_sync_that_could_not_tell_them_itself(monkeypatch, told, end, words):
    played(monkeypatch, end)
    with pytest.raises(SyncFailed, match=words):
        once()()
    (run,) = told
    assert (run.command, run.result) == ("sync", "failed")
    assert words in run.error


def test_people_are_not_told_twice_of_a_sync_that_told_them(monkeypatch, told):
    played(monkeypatch, Child("failed", 5))
    with pytest.raises(SyncFailed):
        once()()
    assert told == []


def test_after_one_that_hangs_and_one_on_a_full_disk_the_next_runs_at_its_time(
    monkeypatch, clock, told, caplog
):
    asked = played(monkeypatch, Child("timeout", -9), Child("failed", 5), Child("done", 0))
    moments = []

    def job():
        moments.append(f"{clock.now:%H:%M}")
        once()()

    clock.until = START + timedelta(hours=3, minutes=5)
    serve(Timetable(HOURLY, START.astimezone()), job, clock.wait)
    assert moments == ["13:00", "14:00", "15:00"]
    assert len(asked) == 3
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert ["30 minutes" in one.getMessage() for one in errors] == [True, False]
    assert all(record.exc_info is None for record in errors)


def test_after_a_sleep_of_three_days_one_sync_runs_and_not_three(monkeypatch, clock, told):
    asked = played(monkeypatch, Child("done", 0))
    clock.naps[START + timedelta(minutes=30)] = timedelta(days=3)
    clock.until = START + timedelta(days=3, minutes=35)
    serve(Timetable(HOURLY, START.astimezone()), once(), clock.wait)
    assert len(asked) == 1


def test_a_process_that_hangs_is_ended_and_its_words_are_heard(monkeypatch):
    monkeypatch.setattr(children, "TO_END", 1.0)
    hangs = "import time; print('begun', flush=True); time.sleep(600)"
    child = children.run([sys.executable, "-S", "-c", hangs], seconds=1.0, stop=Stop())
    assert (child.ended, child.printed.strip()) == ("timeout", "begun")


def test_a_process_that_cannot_begin_has_no_exit_code():
    child = children.run(["no such program"], seconds=1.0, stop=Stop())
    assert (child.ended, child.exit_code) == ("failed", None)
    assert child.said


def test_whoever_cannot_write_what_was_told_goes_on(monkeypatch, tmp_path, caplog):
    def full(*asked, **given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(notices, "write_whole", full)
    notices._write(tmp_path / "told.json", notices.SyncState())
    assert [record.levelname for record in caplog.records] == ["WARNING"]
