import duckdb
import pytest

from suitecrm_bridge import patience, settings
from suitecrm_bridge.mirror import Mirror


@pytest.mark.parametrize(("failures", "shortest"), [(0, 0.5), (1, 1), (3, 4), (9, 30), (20, 30)])
def test_the_pause_before_a_request_doubles_up_to_a_minute_and_half_of_it_is_chance(
    failures, shortest
):
    assert patience.request_pause(failures, 0.0) == shortest
    assert patience.request_pause(failures, 1.0) == 2 * shortest


@pytest.mark.parametrize(("attempts", "hours"), [(1, 1), (2, 2), (8, 128), (9, 168), (10_000, 168)])
def test_a_record_waits_an_hour_then_twice_as_long_and_at_most_a_week(attempts, hours):
    found = duckdb.sql(f"SELECT epoch({patience.record_pause(str(attempts))}) / 3600").fetchall()
    assert found == [(hours,)]


def test_settings_and_mirror_begin_with_the_same_numbers():
    defaults = {row.name: row.metadata["default"] for row in settings.table()}
    assert defaults["retries"] == str(patience.REQUESTS_AGAIN)
    assert defaults["max_attempts"] == str(patience.RECORDS_AGAIN)
    assert Mirror.open.__kwdefaults__["max_attempts"] == patience.RECORDS_AGAIN
