"""What cases were before: SuiteCRM's own history over the fast path, looks over the stock one."""

import pytest

from suitecrm_bridge.errors import CrmDown
from tests.flows.hooks import dies


def statuses(world):
    return world.mirrored(
        "SELECT before, after FROM history WHERE module = 'Cases' AND field = 'status'"
        " AND record_id = ? ORDER BY changed_at, id",
        a_case(world),
    )


def looks(world):
    return world.mirrored(
        "SELECT status FROM observed_statuses WHERE case_id = ? ORDER BY number", a_case(world)
    )


def a_case(world):
    return min(row["id"] for row in world.store.rows("Cases"))


def change(world, status):
    state = status.partition("_")[0]
    world.store.update("Cases", a_case(world), {"status": status, "state": state})


def changed_twice(world):
    change(world, "Open_New")
    world.pull("Cases")
    world.clock.advance(hours=2)
    change(world, "Open_Assigned")
    world.clock.advance(minutes=1)
    change(world, "Closed_Closed")
    world.pull("Cases")


def test_over_the_fast_path_every_change_arrives(fast):
    changed_twice(fast)
    assert statuses(fast)[-2:] == [
        ("Open_New", "Open_Assigned"),
        ("Open_Assigned", "Closed_Closed"),
    ]


def test_over_the_stock_path_the_bridge_notes_what_it_sees(filled):
    changed_twice(filled)
    assert statuses(filled) == []
    assert looks(filled) == [("Open_New",), ("Closed_Closed",)]


def test_a_module_that_has_not_changed_is_not_asked_for_its_history(fast):
    changed_twice(fast)
    fast.clock.advance(days=1)
    fast.pull("Cases")
    fast.clock.advance(days=1)
    fast.forget()
    fast.pull("Cases")
    assert fast.count("GET", "/history/Cases") == 0


def test_a_history_whose_reading_failed_is_read_by_the_next_pull(fast):
    change(fast, "Open_New")
    fast.server.before_request.append(dead := dies("GET", "/history/Cases"))
    with pytest.raises(CrmDown):
        fast.pull("Cases")
    fast.server.before_request.remove(dead)
    fast.clock.advance(days=3)
    fast.pull("Cases")
    assert fast.mirrored("SELECT through IS NOT NULL FROM history_scans") == [(True,)]
