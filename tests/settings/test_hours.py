"""Opening hours, holidays and the time zone as settings."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import Holidays, Settings

NINE, NOON, TWO, SIX = 540, 720, 840, 1080


def read(tmp_path, **values):
    return Settings.read({}, {"BRIDGE_HOME": str(tmp_path), **values})


def test_people_work_from_nine_to_six_by_default(tmp_path):
    settings = read(tmp_path)
    assert settings.business_hours.week == (((NINE, SIX),),) * 5 + ((), ())
    assert settings.holidays == Holidays()
    assert settings.time_zone == ZoneInfo("UTC")


def test_every_day_may_have_hours_of_its_own(tmp_path):
    words = "Mon-Thu  14:00-18:00 09:00-12:00, fri 9:00-12:00"
    hours = read(tmp_path, BRIDGE_BUSINESS_HOURS=words).business_hours
    assert hours.week == (((NINE, NOON), (TWO, SIX)),) * 4 + (((NINE, NOON),), (), ())
    assert str(hours) == "mon-thu 14:00-18:00 09:00-12:00, fri 9:00-12:00"


def test_a_range_of_days_may_go_over_the_weekend(tmp_path):
    hours = read(tmp_path, BRIDGE_BUSINESS_HOURS="sat-mon 00:00-24:00").business_hours
    assert [bool(spans) for spans in hours.week] == [True, *[False] * 4, True, True]


@pytest.mark.parametrize(
    "words",
    [
        "mon",
        "09:00-18:00",
        "mon-fri 18:00-09:00",
        "mon 09:00-09:00",
        "mon 09:00-24:01",
        "mon 09:60-10:00",
        "lundi 09:00-18:00",
        "mon 09:00-12:00 11:00-13:00",
        "mon 9-18",
        "mon-fri 09:00-18:00,",
        "mon-tue 09:00-18:00, tue 10:00-11:00",
    ],
)
def test_hours_that_cannot_be_understood_are_refused(tmp_path, words):
    with pytest.raises(SettingError, match="days with hours that do not overlap"):
        read(tmp_path, BRIDGE_BUSINESS_HOURS=words)


def test_holidays_are_of_every_year_or_single(tmp_path):
    holidays = read(tmp_path, BRIDGE_HOLIDAYS="2026-04-06, 12-25,02-29").holidays
    assert holidays == Holidays((date(2026, 4, 6),), ((2, 29), (12, 25)))
    assert str(holidays) == "02-29, 12-25, 2026-04-06"


@pytest.mark.parametrize("words", ["Christmas", "25-12", "2026-02-30", "13-01"])
def test_holidays_that_are_no_days_are_refused(tmp_path, words):
    with pytest.raises(SettingError, match="days of every year"):
        read(tmp_path, BRIDGE_HOLIDAYS=words)


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../etc", "Europe"])
def test_only_a_time_zone_that_exists_is_taken(tmp_path, name):
    assert read(tmp_path, BRIDGE_TIME_ZONE=" Europe/Paris ").time_zone.key == "Europe/Paris"
    with pytest.raises(SettingError, match="name of a time zone"):
        read(tmp_path, BRIDGE_TIME_ZONE=name)
