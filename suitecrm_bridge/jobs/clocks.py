"""Refuse to work by a clock that is wrong: scores are about days, and so is what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from suitecrm_bridge.errors import WrongClock
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context

A_DAY = timedelta(days=1)
"""So far apart, two clocks are no longer both right; time zones and summer time are less."""


def require_right_clock(context: Context) -> None:
    """Compare this machine's clock with SuiteCRM's, where its last answer told it.

    Raises:
        WrongClock: they are a day or more apart, also when asked once more.
    """
    for last in (False, True):
        there = context.crm.server_time
        if there is None or abs(context.clock() - there) < A_DAY:
            return
        if last:
            raise WrongClock(
                text("jobs.wrong_clock", here=_shown(context.clock()), there=_shown(there))
            )
        # One answer may come out of a cache on the way.
        context.crm.current_user()


def require_clock_not_behind(context: Context) -> None:
    """Compare this machine's clock with the last reading of SuiteCRM, which may be long ago.

    Raises:
        WrongClock: it was read a day or more from now.
    """
    mirror = context.mirror
    refused = mirror.sources.refused()
    moments = [b.through for m, b in mirror.records.bookmarks().items() if m not in refused]
    latest = max(moments, default=None)
    if latest is not None and latest - context.clock() >= A_DAY:
        raise WrongClock(
            text("jobs.clock_behind", here=_shown(context.clock()), there=_shown(latest))
        )


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
