"""Opening hours, holidays and time zone: from their words to values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suitecrm_bridge.i18n import text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 1440
_LEAP_YEAR = 2000

Span = tuple[int, int]


@dataclass(frozen=True)
class Hours:
    """When people work: for each weekday, Monday first, spans in minutes since midnight."""

    week: tuple[tuple[Span, ...], ...]
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Holidays:
    """Days on which nobody works: single dates, and (month, day) for every year."""

    dates: tuple[date, ...] = ()
    yearly: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        yearly = (f"{month:02}-{day:02}" for month, day in self.yearly)
        return ", ".join([*yearly, *map(str, self.dates)])


def hours(value: str) -> Hours:
    """Return the hours of "mon-thu 09:00-12:00 14:00-18:00, fri 09:00-12:00"."""
    week: list[list[Span]] = [[] for _ in DAYS]
    try:
        for group in value.lower().split(","):
            days, *spans = group.split()
            if not spans:
                raise ValueError(group)
            for day in _days(days):
                week[day] += [_span(span) for span in spans]
        for day_spans in week:
            day_spans.sort()
            if any(before[1] > after[0] for before, after in pairwise(day_spans)):
                raise ValueError(value)
    except ValueError:
        raise ValueError(text("settings.not_hours")) from None
    return Hours(tuple(tuple(spans) for spans in week), " ".join(value.lower().split()))


def holidays(value: str) -> Holidays:
    """Return the days of "12-25, 2026-04-06": every year's Christmas, one Easter Monday."""
    dates, yearly = set(), set()
    try:
        for word in filter(None, (part.strip() for part in value.split(","))):
            if re.fullmatch(r"\d\d-\d\d", word, re.ASCII):
                known = date.fromisoformat(f"{_LEAP_YEAR}-{word}")
                yearly.add((known.month, known.day))
            else:
                dates.add(date.fromisoformat(word))
    except ValueError:
        raise ValueError(text("settings.not_holidays")) from None
    return Holidays(tuple(sorted(dates)), tuple(sorted(yearly)))


def time_zone(value: str) -> ZoneInfo:
    """Return the zone of a name such as Europe/Paris."""
    try:
        return ZoneInfo(value.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(text("settings.not_a_time_zone")) from None


def _days(words: str) -> Iterator[int]:
    first, _, last = words.partition("-")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return (day % len(DAYS) for day in range(start, (end if start <= end else end + 7) + 1))


def _span(words: str) -> Span:
    found = re.fullmatch(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)", words, re.ASCII)
    if not found:
        raise ValueError(words)
    numbers = [int(number) for number in found.groups()]
    start, end = 60 * numbers[0] + numbers[1], 60 * numbers[2] + numbers[3]
    if not start < end <= MIDNIGHT or max(numbers[1], numbers[3]) > 59:
        raise ValueError(words)
    return start, end
