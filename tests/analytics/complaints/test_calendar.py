from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics.complaints.calendar import (
    DAY,
    Calendar,
    business_minutes,
    business_time,
    calendar_days,
)
from suitecrm_bridge.analytics.days import to_day
from tests.places import examples

ZONES = [
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Africa/Casablanca",
]


def minute(*parts, zone="UTC", fold=0):
    moment = datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold)
    return int(moment.timestamp()) // 60


def passed(pieces, moment):
    """Business minutes from the beginning of the table to a moment."""
    found = pieces[(pieces.from_minute <= moment) & (moment < pieces.to_minute)]
    assert len(found) == 1
    piece = found.iloc[0]
    assert piece.utc_day == moment // DAY
    return piece.before + piece.open * (moment - piece.from_minute)


def between(calendar, start, end, first, last):
    pieces = business_time(calendar, last, first)
    return passed(pieces, end) - passed(pieces, start)


def looked_at(calendar, start, end):
    """The same by looking at the clock on the wall in every minute."""
    count = 0
    for now in range(start, end):
        local = datetime.fromtimestamp(60 * now, calendar.zone)
        clock = 60 * local.hour + local.minute
        count += any(a <= clock < b for a, b in calendar.spans(local.date()))
    return count


def test_a_night_between_two_working_days_does_not_count():
    first = date(2026, 3, 9)
    found = between(
        Calendar(), minute(2026, 3, 9, 17), minute(2026, 3, 10, 10), first, date(2026, 3, 10)
    )
    assert found == 120


def test_neither_weekends_nor_holidays_count():
    calendar = Calendar(dates=(date(2026, 3, 16),), yearly=((3, 17),))
    found = between(
        calendar,
        minute(2026, 3, 13, 17),
        minute(2026, 3, 18, 9, 30),
        date(2026, 3, 13),
        date(2026, 3, 18),
    )
    assert found == 60 + 30


def test_the_hour_that_is_skipped_in_spring_does_not_count():
    always = Calendar(week=(((0, DAY),),) * 7, zone=ZoneInfo("Europe/Paris"))
    pieces = business_time(always, date(2026, 3, 29), date(2026, 3, 29))
    assert business_minutes(pieces) == 23 * 60


def test_the_hour_that_is_repeated_in_autumn_counts_twice():
    night = Calendar(week=(((120, 180),),) * 7, zone=ZoneInfo("Europe/Paris"))
    pieces = business_time(night, date(2026, 10, 25), date(2026, 10, 25))
    assert business_minutes(pieces) == 120


def test_a_day_that_an_island_skipped_has_no_minutes():
    always = Calendar(week=(((0, DAY),),) * 7, zone=ZoneInfo("Pacific/Apia"))
    pieces = business_time(always, date(2011, 12, 31), date(2011, 12, 29))
    assert business_minutes(pieces) == 2 * DAY


def test_the_month_of_a_day_is_its_first():
    days = calendar_days(date(2026, 3, 1), date(2026, 2, 28)).to_numpy().tolist()
    february, march = to_day(date(2026, 2, 1)), to_day(date(2026, 3, 1))
    assert days == [[march - 1, february], [march, march]]


SPANS = st.sampled_from(
    [(), ((540, 1080),), ((0, DAY),), ((540, 720), (840, 1080)), ((90, 150), (170, 175))]
)


@settings(max_examples=examples(40))
@given(
    week=st.tuples(*[SPANS] * 7),
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2009, 1, 1), date(2027, 12, 1)),
    holiday=st.integers(0, 4),
    start=st.integers(0, 4 * DAY),
    length=st.integers(0, 4 * DAY),
)
def test_the_table_agrees_with_the_clock_on_the_wall(week, zone, day, holiday, start, length):
    calendar = Calendar(week, (day + timedelta(days=holiday),), (), ZoneInfo(zone))
    origin = calendar.midnight(day)
    end = min(start + length, calendar.midnight(day + timedelta(days=8)) - origin - 1)
    found = between(calendar, origin + start, origin + end, day, day + timedelta(days=7))
    assert found == looked_at(calendar, origin + start, origin + end)


@settings(max_examples=examples(20))
@given(zone=st.sampled_from(ZONES), day=st.dates(date(2009, 1, 1), date(2027, 12, 1)))
def test_every_minute_has_its_local_day(zone, day):
    pieces = business_time(Calendar(zone=ZoneInfo(zone)), day + timedelta(days=2), day)
    assert (pieces.to_minute[:-1].to_numpy() == pieces.from_minute[1:].to_numpy()).all()
    for piece in pieces.itertuples():
        for moment in (piece.from_minute, piece.to_minute - 1):
            local = datetime.fromtimestamp(60 * moment, UTC).astimezone(ZoneInfo(zone))
            assert to_day(local.date()) == piece.local_day


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris"])
def test_a_quarter_of_a_century_fits_into_a_small_table(zone):
    pieces = business_time(Calendar(zone=ZoneInfo(zone)), date(2026, 3, 9))
    assert len(pieces) < 60_000
