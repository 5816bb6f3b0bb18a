"""A list of all ids against what is mirrored."""

from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.mirror import Absent, Mirror

MODULE = "AOS_Products"
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        hold(opened, "abcdef")
        opened.reconciliation.begin()
        yield opened


def hold(mirror, ids):
    for id in ids:
        mirror.connection.execute(
            "INSERT INTO products (id, date_modified) VALUES (?, ?)",
            [id, NOON.replace(tzinfo=None)],
        )


def listed(mirror, ids, *, number=0, offset=0, changed=NOON, deleted=()):
    mirror.reconciliation.add(number, offset, [(id, changed) for id in ids], list(deleted))


def missed(mirror, before=LATER):
    return [one.id for batch in mirror.reconciliation.missed(MODULE, before) for one in batch]


def test_a_list_of_what_is_mirrored_finds_nothing(mirror):
    listed(mirror, "abcdef")
    assert mirror.reconciliation.absent(MODULE) == []
    assert mirror.reconciliation.deleted(MODULE) == []
    assert missed(mirror) == []


def test_what_the_list_lacks_is_absent_with_the_id_before_its_place(mirror):
    listed(mirror, "bde")
    absent = sorted(mirror.reconciliation.absent(MODULE), key=lambda one: one.id)
    assert absent == [Absent("a", None), Absent("c", "b"), Absent("f", "e")]


def test_ids_are_sorted_as_the_database_of_suitecrm_sorts_them(mirror):
    hold(mirror, ["x1", "x_1", "xy"])
    listed(mirror, [*"abcdef", "x1", "xy"])
    assert mirror.reconciliation.absent(MODULE) == [Absent("x_1", "xy")]


def test_what_is_said_to_be_deleted_is_not_absent(mirror):
    listed(mirror, "abcde", deleted=["f", "unknown"])
    assert mirror.reconciliation.absent(MODULE) == []
    assert mirror.reconciliation.deleted(MODULE) == ["f"]


def test_what_is_not_mirrored_or_changed_at_another_minute_was_missed_in_the_lists_order(mirror):
    listed(mirror, "xab")
    listed(mirror, "yc", number=1)
    listed(mirror, "d", number=1, offset=2, changed=NOON - timedelta(days=400))
    assert missed(mirror) == ["x", "y", "d"]


@pytest.mark.parametrize("seconds", [1, 59])
def test_seconds_make_no_difference(mirror, seconds):
    listed(mirror, "abc", changed=NOON + timedelta(seconds=seconds))
    assert missed(mirror) == []


def test_what_comes_with_the_next_pull_was_not_missed(mirror):
    listed(mirror, "ax", changed=LATER)
    assert missed(mirror, before=LATER) == []


def test_a_record_whose_time_cannot_be_read_was_missed_only_where_it_is_not_mirrored(mirror):
    listed(mirror, "ax", changed=None)
    assert missed(mirror) == ["x"]


def test_a_record_that_failed_before_has_its_own_time(mirror):
    listed(mirror, "xy")
    mirror.dead_letters.failed("read", MODULE, "x", "broken", {}, NOON)
    assert missed(mirror) == ["y"]


def test_more_than_one_batch_is_missed_completely(mirror):
    many = [f"{number:05}" for number in range(2_500)]
    listed(mirror, many)
    assert missed(mirror) == many


def test_the_id_before_a_position_may_lie_in_another_range(mirror):
    listed(mirror, "ab")
    listed(mirror, "x", number=3)
    (one,) = next(mirror.reconciliation.missed(MODULE, LATER))
    assert mirror.reconciliation.preceding(one.position) == "b"
    assert mirror.reconciliation.preceding(0) is None


def test_a_list_begins_empty(mirror):
    listed(mirror, "x", deleted=["a"])
    mirror.reconciliation.begin()
    assert (missed(mirror), mirror.reconciliation.deleted(MODULE)) == ([], [])


def test_when_a_module_was_compared_is_remembered(mirror):
    assert mirror.reconciliation.last(MODULE) is None
    for moment in (NOON, LATER):
        mirror.reconciliation.finish(MODULE, moment)
    assert mirror.reconciliation.last(MODULE) == LATER
