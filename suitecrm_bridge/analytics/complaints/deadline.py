"""When a number of business minutes is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from suitecrm_bridge.analytics.complaints.calendar import Calendar, business_time
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text

LONGEST_PAUSE = 400
"""Days; whoever works on none of these does not work at all."""
_AT_ONCE = 31


def deadline(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """Return when `minutes` of business time have passed since `start`; both are aware.

    Raises:
        SettingError: nobody works within `LONGEST_PAUSE` days.
    """
    moment = int(start.timestamp()) // 60
    first, left, pause = start.astimezone(calendar.zone).date(), minutes, 0
    while pause < LONGEST_PAUSE:
        last = first + timedelta(days=_AT_ONCE - 1)
        pieces = business_time(calendar, last, first)
        for opens, closes in pieces.loc[
            pieces["open"] == 1, ["from_minute", "to_minute"]
        ].to_numpy():
            usable = int(closes) - max(int(opens), moment)
            if usable >= left:
                return datetime.fromtimestamp(60 * (int(closes) - usable + left), UTC)
            if usable > 0:
                left, pause = left - usable, 0
        first, pause = last + timedelta(days=1), pause + _AT_ONCE
    raise SettingError(text("reactions.nobody_works", days=LONGEST_PAUSE))
