from datetime import UTC, date, datetime

import pytest

from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings import Settings


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 8), ("Asia/Tokyo", 9), ("America/New_York", 8), ("", 8)]
)
def test_today_is_the_day_where_people_work_whatever_the_machine_is_set_to(zone, day):
    settings = Settings.read({}, {"BRIDGE_TIME_ZONE": zone})
    clock = lambda: datetime(2026, 3, 8, 20, tzinfo=UTC)  # noqa: E731
    assert Context(settings, clock=clock).today() == date(2026, 3, day)
