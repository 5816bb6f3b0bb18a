from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from suitecrm_bridge.mirror import DeadLetter, Mirror, as_json
from suitecrm_bridge.mirror.upgrades import UPGRADES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
VALUES = {"rfm_score_c": "555"}


@pytest.fixture
def letters():
    connection = duckdb.connect(":memory:")
    with Mirror(connection, max_attempts=4) as opened:
        yield opened.dead_letters


def fail(letters, id="a", now=NOW, values=VALUES, direction="write", reason="refused"):
    letters.failed(direction, "Contacts", id, reason, values, now)


def rows(letters, *names):
    return [tuple(row) for row in letters.frame()[list(names)].astype(object).values.tolist()]


def test_a_failure_is_noted_with_its_reason_and_times(letters):
    fail(letters, reason="no such record")
    ((reason, attempts, given_up, first, last, then),) = rows(
        letters, "reason", "attempts", "given_up", "first_failed_at", "last_tried_at", "next_try_at"
    )
    assert (reason, attempts, given_up) == ("no such record", 1, False)
    now = NOW.replace(tzinfo=None)
    assert (first, last, then) == (now, now, now + HOUR)


def test_the_pause_doubles_with_each_failure(letters):
    pauses = []
    for _ in range(3):
        fail(letters)
        ((last, then),) = rows(letters, "last_tried_at", "next_try_at")
        pauses.append(then - last)
    assert pauses == [HOUR, 2 * HOUR, 4 * HOUR]


def test_no_pause_is_longer_than_a_week():
    with Mirror(duckdb.connect(":memory:"), max_attempts=100) as mirror:
        for _ in range(70):
            fail(mirror.dead_letters)
        ((last, then),) = rows(mirror.dead_letters, "last_tried_at", "next_try_at")
    assert then - last == timedelta(days=7)


def test_the_first_failure_is_remembered(letters):
    fail(letters)
    fail(letters, now=NOW + HOUR)
    ((first,),) = rows(letters, "first_failed_at")
    assert first == NOW.replace(tzinfo=None)


def test_a_letter_is_due_when_its_pause_is_over(letters):
    fail(letters)
    assert letters.due("write", NOW + HOUR - timedelta(seconds=1)) == []
    assert letters.due("write", NOW + HOUR) == [("Contacts", "a")]


def test_a_letter_waits_until_it_is_due(letters):
    fail(letters)
    assert letters.waiting("write", NOW) == {("Contacts", "a"): as_json(VALUES)}
    assert letters.waiting("write", NOW + HOUR) == {}


def test_a_letter_tried_often_enough_is_given_up(letters):
    for _ in range(4):
        fail(letters)
    late = NOW + timedelta(days=999)
    assert letters.due("write", late) == []
    assert list(letters.waiting("write", late)) == [("Contacts", "a")]
    assert rows(letters, "given_up") == [(True,)]
    assert letters.frame()["next_try_at"].isna().all()


def test_other_values_are_counted_anew(letters):
    for _ in range(3):
        fail(letters)
    fail(letters, values={"rfm_score_c": "111"})
    assert rows(letters, "attempts") == [(1,)]


def test_reading_and_writing_the_same_record_are_apart(letters):
    fail(letters)
    fail(letters, direction="read", values={})
    letters.settle("write", [("Contacts", "a")])
    assert rows(letters, "direction") == [("read",)]


def test_a_letter_settled_is_gone_and_no_other(letters):
    for id in ("a", "b"):
        fail(letters, id)
    letters.add("write", [DeadLetter("Accounts", "a", VALUES, "refused")], NOW)
    letters.settle("write", [("Contacts", "a")])
    assert rows(letters, "module", "record_id") == [("Accounts", "a"), ("Contacts", "b")]


def test_a_letter_that_nobody_wants_any_more_is_settled(letters):
    for id in ("a", "b"):
        fail(letters, id)
    fail(letters, direction="read")
    letters.settle_but("write", [("Contacts", "b"), ("Contacts", "c")])
    assert rows(letters, "direction", "record_id") == [("read", "a"), ("write", "b")]


@pytest.mark.parametrize(("ids", "due"), [(["a"], ["a"]), (None, ["a", "b"]), (["c"], [])])
def test_a_letter_retried_by_hand_is_due_at_once_with_its_attempts_anew(letters, ids, due):
    for _ in range(4):
        for id in ("a", "b"):
            fail(letters, id)
    assert letters.retry(NOW, ids) == len(due)
    assert letters.due("write", NOW) == [("Contacts", id) for id in due]
    fail(letters)
    assert rows(letters, "attempts")[0] == (1 if "a" in due else 5,)


def test_the_dead_letters_of_an_older_mirror_are_kept_and_due():
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE schema_migrations (name VARCHAR PRIMARY KEY)")
    for name in ("0001_reading", "0002_writing", "0003_paths"):
        connection.execute(UPGRADES[name])
        connection.execute("INSERT INTO schema_migrations VALUES (?)", [name])
    connection.execute(
        "INSERT INTO dead_letters VALUES ('Contacts', 'a', 'refused', '{}', 2, ?)",
        [NOW.replace(tzinfo=None)],
    )
    with Mirror(connection) as mirror:
        assert rows(mirror.dead_letters, "direction", "attempts") == [("write", 2)]
        assert mirror.dead_letters.due("write", NOW) == [("Contacts", "a")]
