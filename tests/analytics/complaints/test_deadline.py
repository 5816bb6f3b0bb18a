from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.analytics.complaints.calendar import Calendar, business_minutes, business_time
from suitecrm_bridge.analytics.complaints.deadline import deadline
from suitecrm_bridge.errors import SettingError

CALENDAR = Calendar(dates=(date(2026, 3, 10),))
"""Monday to Friday from 9 to 18, in UTC, but for Tuesday 10 March 2026."""


def at(day, hour, minute=0, zone=UTC):
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (at(9, 10), 60, at(9, 11)),
        (at(9, 17), 60, at(9, 18)),
        (at(9, 17), 61, at(11, 9, 1)),
        (at(9, 6), 30, at(9, 9, 30)),
        (at(7, 12), 60, at(9, 10)),
        (at(13, 17, 30), 540 * 5, at(20, 17, 30)),
    ],
)
def test_a_deadline_passes_over_nights_weekends_and_holidays(start, minutes, end):
    assert deadline(CALENDAR, start, minutes) == end


def test_hours_are_those_of_the_time_zone():
    paris = ZoneInfo("Europe/Paris")
    assert deadline(Calendar(zone=paris), at(9, 7, 30), 60) == at(9, 10, 0, paris)


@given(st.integers(0, 10_000), st.integers(1, 20_000))
def test_between_start_and_deadline_lie_just_so_many_business_minutes(after, minutes):
    start = datetime.fromtimestamp(at(1, 0).timestamp() + 60 * after, UTC)
    end = deadline(CALENDAR, start, minutes)
    pieces = business_time(CALENDAR, end.date(), start.date())
    first, last = (int(moment.timestamp()) // 60 for moment in (start, end))
    pieces["from_minute"] = pieces["from_minute"].clip(first, last)
    pieces["to_minute"] = pieces["to_minute"].clip(first, last)
    assert business_minutes(pieces) == minutes


def test_where_nobody_ever_works_the_setting_to_mend_is_named():
    with pytest.raises(SettingError, match="BRIDGE_BUSINESS_HOURS"):
        deadline(Calendar(week=((),) * 7), at(9, 10), 60)
