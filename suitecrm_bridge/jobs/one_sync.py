"""One sync of the schedule, in a process of its own: one that hangs or falls harms no other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from suitecrm_bridge.errors import BridgeError, LockedError, Stopped, SyncFailed
from suitecrm_bridge.i18n import decimal, text
from suitecrm_bridge.jobs import children, notices
from suitecrm_bridge.jobs.children import Child
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.now import utc_now
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.mirror import Run

MODULE = ["suitecrm_bridge"]
"""What Python runs."""
_ITS_OWN = range(1, 128)
"""Exit codes of a program that came to its end by itself: it has told people already."""


@dataclass(frozen=True)
class OneSync:
    """What runs at each slot.

    Args:
        options: global options of the command line.
        minutes: that a sync may take.
        stop: asks it to end.
        opened: gives a context, to tell people of a sync that could not do so itself.
    """

    options: Sequence[str]
    minutes: float
    stop: Stop
    opened: Callable[[], Context]

    def __call__(self) -> None:
        """Sync once.

        Raises:
            Stopped: it was asked to stop.
            LockedError: another run holds the mirror.
            SyncFailed: anything else than a sync that went well.
        """
        command = (sys.executable, "-m", *MODULE, *self.options, "sync")
        child = children.run(
            command,
            seconds=self.minutes * 60,
            stop=self.stop,
            heard=False,
        )
        if child.ended == "stopped" or child.exit_code == Stopped.exit_code:
            raise Stopped(text("jobs.stopped"))
        if child.ended == "busy":
            raise LockedError(text("schedule.busy_child"))
        if child.ended != "done":
            raise self._failed(child)

    def _failed(self, child: Child) -> BridgeError:
        if child.ended == "timeout":
            reason = text("schedule.too_long", minutes=decimal(self.minutes, 0))
        elif child.exit_code is None:
            reason = text("schedule.not_begun", reason=child.said)
        else:
            reason = text("schedule.exit_code", code=child.exit_code)
        if child.ended == "timeout" or child.exit_code not in _ITS_OWN:
            self._tell(reason)
        return SyncFailed(reason)

    def _tell(self, reason: str) -> None:
        now = utc_now()
        run = Run(uuid4().hex, notices.MAIN, now, now, "failed", None, {}, reason)
        with self.opened() as context:
            notices.tell(context, run)
