"""Run a job at its times: one at a time, what was missed caught up once, until asked to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import schedule as library

from suitecrm_bridge.errors import BridgeError, LockedError, Stopped
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import Schedule

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
LONGEST_WAIT = 1.0
"""Seconds between two looks at the clock: a machine that slept wakes up hours later."""


class Timetable:
    """The slots of a schedule, kept by the schedule library in the machine's local time.

    Args:
        plan: times of the day, or minutes between two slots.
        last: when the last run began, aware; None when there was none. A slot missed since
            then is due at once.
    """

    def __init__(self, plan: Schedule, last: datetime | None = None) -> None:
        self._scheduler = library.Scheduler()
        self._due = False
        if plan.every:
            interval = timedelta(minutes=plan.every)
            job = self._scheduler.every(plan.every).minutes.do(self._mark)
            # Never later than that, though a clock that was put back says so.
            latest = job.next_run
            job.next_run = min(latest, _local(last) + interval) if last else latest - interval
        for at in plan.times:
            job = self._scheduler.every().day.at(f"{at:%H:%M}").do(self._mark)
            before = job.next_run - DAY
            # After the next slot: a clock was wrong then, and something may have been missed.
            if last is not None and not before <= _local(last) <= job.next_run:
                job.next_run = before

    def _mark(self) -> None:
        self._due = True

    def take(self) -> bool:
        """Return whether a slot came since the last call; several slots are one."""
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
        wait: waits so many seconds; true when asked to stop.
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
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _survived(job: Callable[[], None]) -> bool:
    try:
        job()
    except Stopped:
        return False
    except LockedError as error:
        logger.warning("%s", text("schedule.skipped", error=error))
    except BridgeError as error:
        logger.exception("%s", text("schedule.failed", error=error))
    except Exception as error:
        logger.exception("%s", text("schedule.unexpected", kind=type(error).__name__))
    return True


def _local(moment: datetime) -> datetime:
    """Return a moment as the schedule library counts: local, without a zone."""
    return moment.astimezone().replace(tzinfo=None)
