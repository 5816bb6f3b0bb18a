"""Run a job at its times: one at a time, what was missed caught up once, until asked to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial

import schedule as library

from suitecrm_bridge.errors import BridgeError, LockedError, Stopped, SyncFailed
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.settings import Schedule

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
LONGEST_WAIT = 1.0
"""Seconds between two looks at the clock: a machine that slept wakes up hours later."""


class _Slot(library.Job):
    """A job of the library, due at moments and not at what the clock on the wall shows.

    The library reckons in local time without a zone, of which an hour is missing in spring and
    another comes twice in autumn.
    """

    next_run: datetime

    def __init__(
        self, scheduler: library.Scheduler, following: Callable[[datetime], datetime]
    ) -> None:
        super().__init__(1, scheduler)
        self._following = following

    @property
    def should_run(self) -> bool:
        """Return whether its moment has come."""
        return _now() >= self.next_run

    def _schedule_next_run(self) -> None:
        self.next_run = self._following(_now())


class Timetable:
    """The slots of a schedule: times of the day in the machine's local time, or an interval.

    A time of the day comes once a day: one that the change to summer time leaves out comes as
    much later as clocks go forward, one that the change back repeats comes the first time.

    Args:
        plan: times of the day, or minutes between two slots.
        last: when the last run began, aware; None when there was none. A slot missed since
            then is due at once.
    """

    def __init__(self, plan: Schedule, last: datetime | None = None) -> None:
        self._scheduler = library.Scheduler()
        self._slots: list[_Slot] = []
        self._due = False
        self._interval = timedelta(minutes=plan.every) if plan.every else None
        now = _now()
        if self._interval:
            interval = self._interval
            slot = self._add(lambda moment: moment + interval)
            # Never later than that, though a clock that was put back says so.
            slot.next_run = min(slot.next_run, last.astimezone(UTC) + interval) if last else now
        for at in plan.times:
            slot = self._add(partial(_at, at=at))
            before = _last_at(now, at)
            # After the next slot: a clock was wrong then, and something may have been missed.
            if last is not None and not before <= last <= slot.next_run:
                slot.next_run = before

    def _add(self, following: Callable[[datetime], datetime]) -> _Slot:
        slot = _Slot(self._scheduler, following)
        slot.do(self._mark)
        self._slots.append(slot)
        return slot

    def _mark(self) -> None:
        self._due = True

    def take(self) -> bool:
        """Return whether a slot came since the last call; several slots are one."""
        if self._interval:
            latest = _now() + self._interval
            for slot in self._slots:
                slot.next_run = min(slot.next_run, latest)
        self._scheduler.run_pending()
        due, self._due = self._due, False
        return due

    def next(self) -> datetime:
        """Return the next slot, aware, in local time; one that was missed lies in the past."""
        slot: datetime = self._scheduler.next_run
        return slot.astimezone()


def serve(timetable: Timetable, job: Callable[[], None], wait: Callable[[float], bool]) -> None:
    """Run `job` at each slot until `wait` or the job says to stop.

    Args:
        timetable: the slots.
        job: what to run. Whatever it raises is logged, and the next slot goes on; Stopped ends.
        wait: waits that many seconds; true when asked to stop.
    """
    while True:
        if timetable.take():
            if not _survived(job):
                return
            logger.info("%s", text("schedule.next_slot", time=shown(timetable.next())))
        if wait(LONGEST_WAIT):
            return


def shown(moment: datetime) -> str:
    """Return a moment as people of this machine read it."""
    local = moment.astimezone()
    return f"{day(local.date())} {local:%H:%M}"


def _survived(job: Callable[[], None]) -> bool:
    try:
        job()
    except Stopped:
        return False
    except LockedError as error:
        logger.warning("%s", text("schedule.skipped", error=error))
    except SyncFailed as error:
        # Where it came from stands in what that process said.
        logger.error("%s", text("schedule.failed", error=error))
    except BridgeError as error:
        logger.exception("%s", text("schedule.failed", error=error))
    except Exception as error:
        logger.exception("%s", text("schedule.unexpected", kind=type(error).__name__))
    return True


def _now() -> datetime:
    """Return the moment that it is by the library's clock."""
    now: datetime = library.datetime.datetime.now()  # type: ignore[attr-defined]
    return now.astimezone(UTC)


def _at(moment: datetime, at: time) -> datetime:
    """Return the first moment after another at which it is a time of the day."""
    return next(one for one in _around(moment, at) if one > moment)


def _last_at(moment: datetime, at: time) -> datetime:
    """Return the last moment, up to another, at which it was a time of the day."""
    return max(one for one in _around(moment, at) if one <= moment)


def _around(moment: datetime, at: time) -> list[datetime]:
    """Return when it is a time of the day: two days before a moment to two days after."""
    day = moment.astimezone().date()
    days = [day + number * DAY for number in range(-2, 3)]
    return [_moment(datetime.combine(one, at)) for one in days]


def _moment(wall: datetime) -> datetime:
    """Return when clocks show a time without a zone: first, and where they skip it, past that."""
    first = wall.astimezone(UTC)
    if first.astimezone().replace(tzinfo=None) == wall:
        return first
    return max(first, wall.replace(fold=1).astimezone(UTC))
