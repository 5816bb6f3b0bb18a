"""Business time: when people work, as tables in which SQL looks a moment up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.days import to_date, to_day

DAY = 1440
EARLIEST = date(2000, 1, 1)
"""What is dated before is no complaint: SuiteCRM and its forebears are younger."""

Span = tuple[int, int]
_NINE_TO_SIX: tuple[tuple[Span, ...], ...] = (((540, 1080),),) * 5 + ((), ())


@dataclass(frozen=True)
class Calendar:
    """When people work, in the local time of `zone`.

    `week`: for each weekday, Monday first, spans in minutes since midnight, in order. `dates` and
    `yearly` (month, day): days on which nobody works. A minute is business time when the clock on
    the wall shows one of a span: where it is set forward in a span, the skipped hour is none,
    where it is set back, the repeated hour counts twice.
    """

    week: tuple[tuple[Span, ...], ...] = _NINE_TO_SIX
    dates: tuple[date, ...] = ()
    yearly: tuple[tuple[int, int], ...] = ()
    zone: ZoneInfo = ZoneInfo("UTC")

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return the spans of a day."""
        if day in self.dates or (day.month, day.day) in self.yearly:
            return ()
        return self.week[day.weekday()]

    def midnight(self, day: date) -> int:
        """Return the minute since 1970 (UTC) at which a local day begins."""
        local = datetime.combine(day, time(), self.zone)
        return int(local.astimezone(UTC).timestamp()) // 60


def business_time(calendar: Calendar, last: date, first: date = EARLIEST) -> pd.DataFrame:
    """Return the time from `first` to the end of `last` (local days), cut into pieces.

    Columns out: utc_day (epoch day), from_minute (inclusive), to_minute (exclusive; minutes since
    1970 in UTC, within the day), local_day, open (1 in business time, else 0), before (business
    minutes from the beginning of the table to from_minute). The pieces follow each other without
    a gap, so that a moment m lies in exactly one, and `before + open * (m - from_minute)` business
    minutes have passed by then.
    """
    return _business_time(calendar, last, first).copy()


@lru_cache(maxsize=2)
def _business_time(calendar: Calendar, last: date, first: date) -> pd.DataFrame:
    days = range(to_day(first), to_day(last) + 2)
    midnights = {day: calendar.midnight(to_date(day)) for day in days}
    cuts = [cut for day in days[:-1] for cut in _cuts(calendar, day, midnights)]
    cuts.append((midnights[days[-1]], 0, days[-1]))
    pieces = [
        (start, end, open_, day)
        for (at, open_, day), (until, _, _) in pairwise(cuts)
        for start, end in _within_days(at, until)
    ]
    frame = pd.DataFrame(pieces, columns=["from_minute", "to_minute", "open", "local_day"])
    frame = frame.astype("int64")
    minutes = (frame["to_minute"] - frame["from_minute"]) * frame["open"]
    return frame.assign(
        utc_day=frame["from_minute"] // DAY, before=minutes.cumsum().shift(fill_value=0)
    )


def business_minutes(pieces: pd.DataFrame) -> int:
    """Return the business minutes of a whole table of `business_time`."""
    return int(((pieces["to_minute"] - pieces["from_minute"]) * pieces["open"]).sum())


def calendar_days(last: date, first: date = EARLIEST) -> pd.DataFrame:
    """Return each day with the first of its month: day, month_day (epoch days)."""
    days = np.arange(to_day(first), to_day(last) + 1, dtype="int64")
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
    return pd.DataFrame({"day": days, "month_day": months.astype("int64")})


def _cuts(
    calendar: Calendar, day: int, midnights: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield (minute, open from then on, local day) for each turn of a local day."""
    start, end = midnights[day], midnights[day + 1]
    spans = calendar.spans(to_date(day))
    if end - start != DAY:
        yield from _cuts_by_clock(calendar, day, range(start, end), spans)
        return
    yield start, 0, day
    for opens, closes in spans:
        yield start + opens, 1, day
        yield start + closes, 0, day


def _cuts_by_clock(
    calendar: Calendar, day: int, minutes: range, spans: Sequence[Span]
) -> Iterator[tuple[int, int, int]]:
    """The same on a day on which the clock is changed: look at the clock every minute."""
    state = None
    for minute in minutes:
        shown = datetime.fromtimestamp(60 * minute, calendar.zone)
        clock = 60 * shown.hour + shown.minute
        open_ = int(any(opens <= clock < closes for opens, closes in spans))
        if open_ != state:
            yield minute, open_, day
            state = open_


def _within_days(start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = min(end, (start // DAY + 1) * DAY)
        yield start, stop
        start = stop
