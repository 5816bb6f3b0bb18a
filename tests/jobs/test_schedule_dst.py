"""Slots on the days on which clocks change, on machines in Paris and in New York."""

import sys
import time as clocks
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
import schedule

from suitecrm_bridge.jobs.schedule import Timetable, serve
from suitecrm_bridge.settings import Schedule

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has one zone a machine")

PARIS, NEW_YORK = "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0"
SPRING = {
    PARIS: datetime(2026, 3, 29, 1, tzinfo=UTC),
    NEW_YORK: datetime(2026, 3, 8, 7, tzinfo=UTC),
}
AUTUMN = {
    PARIS: datetime(2026, 10, 25, 1, tzinfo=UTC),
    NEW_YORK: datetime(2026, 11, 1, 6, tzinfo=UTC),
}
CHANGES = [(zone, changes[zone]) for changes in (SPRING, AUTUMN) for zone in (PARIS, NEW_YORK)]
"""Where, and the moment at which clocks change there."""


class Clock:
    """The machine's clock, which waiting moves by a minute."""

    def __init__(self):
        self.now = self.until = datetime(2026, 1, 1, tzinfo=UTC)

    def wait(self, seconds):
        self.now += timedelta(minutes=1)
        return self.now >= self.until


@pytest.fixture
def clock(monkeypatch):
    moved = Clock()

    class Now(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(moved.now.timestamp(), tz)

    monkeypatch.setattr(
        schedule, "datetime", SimpleNamespace(**{**vars(schedule.datetime), "datetime": Now})
    )
    yield moved
    monkeypatch.undo()
    clocks.tzset()


def served(clock, monkeypatch, zone, plan, since, days, last=None):
    """The moments at which a schedule ran, on a machine in this zone."""
    monkeypatch.setenv("TZ", zone)
    clocks.tzset()
    clock.now, clock.until = since, since + timedelta(days=days)
    ran = []
    serve(Timetable(plan, last or since), lambda: ran.append(clock.now), clock.wait)
    return ran


def local(moments):
    return [f"{moment.astimezone():%d %H:%M}" for moment in moments]


@pytest.mark.parametrize("minutes", [15, 30, 45, 60, 90, 120, 240, 720, 1440])
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_an_interval_is_as_long_as_ever(clock, monkeypatch, zone, change, minutes):
    since = change - timedelta(days=1, minutes=7)
    ran = served(clock, monkeypatch, zone, Schedule(every=minutes), since, 2.5)
    gaps = {later - earlier for earlier, later in pairwise([since, *ran])}
    assert gaps == {timedelta(minutes=minutes)}


@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(4), time(12), time(23, 59)])
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_a_time_that_comes_once_comes_once_a_day(clock, monkeypatch, zone, change, at):
    since = (change - timedelta(days=2)).replace(hour=15)
    ran = served(clock, monkeypatch, zone, Schedule(times=(at,)), since, 4)
    assert [shown.split()[1] for shown in local(ran)] == [f"{at:%H:%M}"] * 4
    assert len({shown.split()[0] for shown in local(ran)}) == 4


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (PARIS, datetime(2026, 3, 28, 12, tzinfo=UTC)),
        (NEW_YORK, datetime(2026, 3, 7, 12, tzinfo=UTC)),
    ],
)
def test_a_time_that_is_left_out_in_spring_comes_an_hour_later(clock, monkeypatch, zone, day):
    ran = served(clock, monkeypatch, zone, Schedule(times=(time(2, 15),)), day, 2)
    first, second = local(ran)
    assert first.endswith("03:15")
    assert second.endswith("02:15")


def test_a_time_that_coincides_with_one_left_out_is_one_run(clock, monkeypatch):
    plan = Schedule(times=(time(2, 15), time(3, 15)))
    day = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert local(served(clock, monkeypatch, PARIS, plan, day, 1)) == ["29 03:15"]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        (PARIS, time(2, 15), datetime(2026, 10, 24, 12, tzinfo=UTC)),
        (PARIS, time(2, 59), datetime(2026, 10, 24, 12, tzinfo=UTC)),
        (NEW_YORK, time(1, 15), datetime(2026, 10, 31, 12, tzinfo=UTC)),
        (NEW_YORK, time(1, 0), datetime(2026, 10, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_time_that_comes_twice_in_autumn_is_one_run(clock, monkeypatch, zone, at, day):
    ran = served(clock, monkeypatch, zone, Schedule(times=(at,)), day, 2)
    assert [shown.split()[1] for shown in local(ran)] == [f"{at:%H:%M}"] * 2
    assert ran[1] - ran[0] == timedelta(hours=25)


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_a_slot_missed_in_the_night_of_the_change_is_caught_up_once(
    clock, monkeypatch, zone, change
):
    plan = Schedule(times=(time(2, 15),))
    morning, evening = change + timedelta(hours=9), change - timedelta(hours=9)
    ran = served(clock, monkeypatch, zone, plan, morning, 0.5, last=evening)
    assert ran == [morning]


def test_the_next_slot_is_told_in_the_time_that_will_hold(clock, monkeypatch):
    served(clock, monkeypatch, PARIS, Schedule(every=60), datetime(2026, 10, 24, 23, tzinfo=UTC), 0)
    clock.now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert f"{Timetable(Schedule(every=60), clock.now).next():%H:%M %z}" == "02:30 +0100"


def test_a_clock_put_back_while_it_waits_delays_no_run_beyond_its_interval(clock, monkeypatch):
    monkeypatch.setenv("TZ", PARIS)
    clocks.tzset()
    clock.now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    timetable = Timetable(Schedule(every=60), clock.now)
    clock.now -= timedelta(days=3)
    assert not timetable.take()
    clock.now += timedelta(minutes=60)
    assert timetable.take()
