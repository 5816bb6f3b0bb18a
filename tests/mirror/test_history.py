from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.mirror import Mirror

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def change(id, **values):
    given = {"record_id": "c1", "changed_at": NOON, "field": "status", "before": "a", "after": "b"}
    return {"id": id, **given, **values}


def stored(mirror):
    return mirror.connection.execute('SELECT id, "after" FROM history ORDER BY 1').fetchall()


def case(mirror, status, hour=0, state="Open", id="c1"):
    mirror.connection.execute(
        "INSERT OR REPLACE INTO cases (id, status, state, date_modified) VALUES (?, ?, ?, ?)",
        [id, status, state, (NOON + hour * HOUR).replace(tzinfo=None)],
    )


def observed(mirror):
    return mirror.connection.execute(
        "SELECT case_id, number, status, hour(changed_at), hour(seen_at)"
        " FROM observed_statuses ORDER BY 1, 2"
    ).fetchall()


def test_a_history_that_was_never_read_has_nothing(mirror):
    known = mirror.history.scan("Cases")
    assert (known.through, known.started_at, known.after_id) == (None, None, None)


def test_a_reading_that_was_cut_off_tells_where_to_go_on(mirror):
    mirror.history.begin("Cases", NOON)
    mirror.history.store("Cases", [change("1"), change("2")], "2", last=False)
    known = mirror.history.scan("Cases")
    assert (known.through, known.started_at, known.after_id) == (None, NOON, "2")


def test_what_was_read_to_the_end_counts_from_its_beginning(mirror):
    mirror.history.begin("Cases", NOON)
    mirror.history.store("Cases", [], None, last=True)
    known = mirror.history.scan("Cases")
    assert (known.through, known.started_at, known.after_id) == (NOON, None, None)


def test_a_new_reading_keeps_what_is_known_until_it_ends(mirror):
    mirror.history.begin("Cases", NOON)
    mirror.history.store("Cases", [change("1")], "1", last=True)
    mirror.history.begin("Cases", NOON + HOUR)
    known = mirror.history.scan("Cases")
    assert (known.through, known.started_at, known.after_id) == (NOON, NOON + HOUR, None)


def test_a_change_that_is_read_twice_stands_once(mirror):
    mirror.history.begin("Cases", NOON)
    mirror.history.store("Cases", [change("1")], "1", last=False)
    mirror.history.store("Cases", [change("1"), change("2", after=None)], "2", last=True)
    assert stored(mirror) == [("1", "b"), ("2", None)]


def test_histories_of_two_modules_are_apart(mirror):
    mirror.history.begin("Cases", NOON)
    mirror.history.store("Cases", [change("1")], "1", last=True)
    assert mirror.history.scan("Opportunities").through is None


def test_a_status_is_noted_when_it_differs_from_the_last_look(mirror):
    case(mirror, "Open_New")
    assert mirror.history.observe(NOON + HOUR) == 1
    assert mirror.history.observe(NOON + 2 * HOUR) == 0
    case(mirror, "Closed_Closed", hour=2, state="Closed")
    assert mirror.history.observe(NOON + 3 * HOUR) == 1
    assert observed(mirror) == [("c1", 1, "Open_New", 12, 13), ("c1", 2, "Closed_Closed", 14, 15)]


def test_a_status_that_comes_back_is_noted_again(mirror):
    for status in ("Open_New", "Closed_Closed", "Open_New"):
        case(mirror, status)
        mirror.history.observe(NOON)
    assert [row[1:3] for row in observed(mirror)] == [
        (1, "Open_New"),
        (2, "Closed_Closed"),
        (3, "Open_New"),
    ]


def test_a_status_that_vanishes_is_a_change_too(mirror):
    case(mirror, "Open_New")
    mirror.history.observe(NOON)
    case(mirror, None)
    assert mirror.history.observe(NOON) == 1
    assert mirror.history.observe(NOON) == 0


def test_a_change_is_never_later_than_the_look_that_saw_it(mirror):
    case(mirror, "Open_New", hour=9)
    mirror.history.observe(NOON)
    assert observed(mirror) == [("c1", 1, "Open_New", 12, 12)]
