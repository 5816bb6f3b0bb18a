import logging
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest
import schedule

from suitecrm_bridge.errors import CrmUnreachable, LockedError, Stopped
from suitecrm_bridge.jobs.schedule import Timetable, serve
from suitecrm_bridge.settings import Schedule

START = datetime(2026, 3, 9, 12)  # noqa: DTZ001 — local, as the library counts
NIGHTLY = Schedule(times=(time(2, 15), time(13)))
HOURLY = Schedule(every=60)


class Clock:
    """The machine's clock, moved by waiting; `naps` are jumps, as of a machine that slept."""

    def __init__(self):
        self.now = START
        self.until = START
        self.naps = {}

    def wait(self, seconds):
        if self.now in self.naps:
            self.now += self.naps.pop(self.now)
        else:
            self.now += timedelta(minutes=1)
        return self.now >= self.until


@pytest.fixture
def clock(monkeypatch):
    moved = Clock()

    class Now(datetime):
        @classmethod
        def now(cls, tz=None):
            return moved.now

    monkeypatch.setattr(
        schedule, "datetime", SimpleNamespace(**{**vars(schedule.datetime), "datetime": Now})
    )
    return moved


class Job:
    """Notes when it ran; `raises` are the errors of its first runs, `lasts` how long it takes."""

    def __init__(self, clock, raises=(), lasts=timedelta()):
        self.clock, self.raises, self.lasts = clock, list(raises), lasts
        self.ran = []

    def __call__(self):
        self.ran.append(self.clock.now)
        self.clock.now += self.lasts
        if self.raises:
            raise self.raises.pop(0)


def served(clock, plan, *, days=0, hours=0, last=START, **behaviour):
    job = Job(clock, **behaviour)
    clock.until = START + timedelta(days=days, hours=hours)
    timetable = Timetable(plan, None if last is None else last.astimezone(UTC))
    serve(timetable, job, clock.wait)
    return [f"{moment:%d %H:%M}" for moment in job.ran]


def test_times_of_the_day_come_every_day(clock):
    assert served(clock, NIGHTLY, days=2) == ["09 13:00", "10 02:15", "10 13:00", "11 02:15"]


def test_an_interval_counts_from_the_last_run(clock):
    last = START - timedelta(minutes=50)
    assert served(clock, HOURLY, hours=3, last=last) == ["09 12:10", "09 13:10", "09 14:10"]


def test_an_interval_begins_at_once_where_nothing_ever_ran(clock):
    assert served(clock, HOURLY, hours=2, last=None) == ["09 12:00", "09 13:00"]


def test_times_of_the_day_wait_for_their_slot_where_nothing_ever_ran(clock):
    assert served(clock, NIGHTLY, hours=2, last=None) == ["09 13:00"]


def test_a_clock_put_back_delays_no_run_beyond_its_interval(clock):
    last = START + timedelta(days=40)
    assert served(clock, HOURLY, hours=2, last=last) == ["09 13:00"]


@pytest.mark.parametrize("plan", [NIGHTLY, HOURLY])
def test_slots_missed_before_the_start_are_caught_up_once(clock, plan):
    ran = served(clock, plan, hours=1, last=START - timedelta(days=5))
    assert ran == ["09 12:00"]


@pytest.mark.parametrize("days", [2, 27 * 365])
def test_a_run_of_the_future_does_not_keep_what_was_missed_from_being_caught_up(clock, days):
    ran = served(clock, NIGHTLY, hours=1, last=START + timedelta(days=days))
    assert ran == ["09 12:00"]


def test_slots_missed_in_sleep_are_caught_up_once(clock):
    clock.naps[START + timedelta(minutes=30)] = timedelta(days=3)
    assert served(clock, NIGHTLY, days=4) == ["12 12:30", "12 13:00", "13 02:15"]


def test_slots_missed_during_a_long_run_are_caught_up_once(clock):
    ran = served(clock, HOURLY, hours=7, lasts=timedelta(hours=2, minutes=30))
    assert ran == ["09 13:00", "09 15:31", "09 18:02"]


@pytest.mark.parametrize(
    "error", [CrmUnreachable("no answer"), LockedError("held"), ZeroDivisionError("by 0")]
)
def test_a_run_that_fails_does_not_end_the_schedule(clock, error):
    assert served(clock, HOURLY, hours=3, raises=[error]) == ["09 13:00", "09 14:00"]


def test_a_run_that_fails_is_logged_with_its_traceback(clock, caplog):
    served(clock, HOURLY, hours=2, raises=[ZeroDivisionError("by 0")])
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "ZeroDivisionError" in record.getMessage()
    assert record.exc_info[0] is ZeroDivisionError


def test_a_mirror_that_another_run_holds_is_a_skipped_slot_and_no_error(clock, caplog):
    served(clock, HOURLY, hours=2, raises=[LockedError("process 7 holds it")])
    assert [r.levelname for r in caplog.records if "process 7" in r.getMessage()] == ["WARNING"]


def test_a_run_that_was_asked_to_stop_ends_the_schedule(clock):
    assert served(clock, HOURLY, hours=9, raises=[Stopped("asked")]) == ["09 13:00"]


def test_being_asked_to_stop_while_waiting_ends_the_schedule(clock):
    job = Job(clock)
    serve(Timetable(HOURLY, START.astimezone(UTC)), job, lambda seconds: True)
    assert job.ran == []


def test_an_interrupt_is_not_survived(clock):
    with pytest.raises(KeyboardInterrupt):
        served(clock, HOURLY, hours=9, raises=[KeyboardInterrupt()])


def test_the_next_slot_is_told_in_local_time(clock):
    assert Timetable(NIGHTLY).next() == datetime(2026, 3, 9, 13).astimezone()
    assert Timetable(NIGHTLY).next().tzinfo is not None
