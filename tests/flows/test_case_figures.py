"""What stands on cases and customers about complaints after a sync, over either path."""

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.flows.world import filled_base, world_of

OURS = [field.name for field in catalogue().fields_of("Cases", "bridge")]


@pytest.fixture(
    scope="module",
    params=[pytest.param(False, marks=pytest.mark.long), True],
    ids=["stock", "fast"],
)
def told(request, bases, tmp_path_factory):
    """A synced world and its cases; then one complaint was none any more, and synced again."""
    folder = tmp_path_factory.mktemp("figures")
    with world_of(folder, filled_base(bases), routes=request.param) as world:
        world.sync()
        before = {row["id"]: row for row in world.store.rows("Cases")}
        taken = next(id for id, row in before.items() if row["customer_segment_c"])
        world.clock.advance(minutes=20)
        world.store.update("Cases", taken, {"complaint_c": 0})
        runs = [world.sync(), world.sync()]
        yield world, before, taken, runs


@pytest.mark.story
def test_every_complaint_and_no_other_case_has_its_customers_segment(told):
    _, before, _, _ = told
    assert any(row["complaint_c"] for row in before.values())
    for row in before.values():
        assert bool(row["customer_segment_c"]) == bool(row["complaint_c"])


def test_a_closed_complaint_has_its_hours_and_an_open_one_none(told):
    _, before, _, _ = told
    for row in before.values():
        closed = row["state"] == "Closed" and row["complaint_c"]
        assert (row["resolution_hours_c"] is not None) == bool(closed)


def test_only_a_history_tells_how_long_closed_complaints_waited_for_the_customer(told):
    _, before, _, (first, _) = told
    closed = [row for row in before.values() if row["complaint_c"] and row["state"] == "Closed"]
    known = sum(row["waiting_hours_c"] is not None for row in closed)
    # Of the very first complaint the history does not tell how it stood before.
    assert known >= len(closed) - 1 if first.path == "fast" else known == 0


def test_a_complaint_that_waits_for_the_customer_has_its_hours_when_that_is_over(told):
    _, before, _, (first, _) = told
    waiting = [
        row["waiting_hours_c"]
        for row in before.values()
        if row["complaint_c"] and row["status"] == "Open_Pending Input"
    ]
    assert waiting
    assert first.path == "stock" or set(map(float, waiting)) == {0}


def test_the_customer_has_as_many_complaints_as_suitecrm(told):
    world, before, _, _ = told
    made = sum(bool(row["complaint_c"]) for row in before.values())
    with_one = [row for row in world.store.rows("Contacts") if row["complaint_count_c"]]
    assert sum(row["complaint_count_c"] for row in with_one) == made - 1
    assert all(row["last_complaint_c"] for row in with_one)
    assert {row["complaint_count_c"] for row in world.store.rows("Contacts")} >= {0, 1}


def test_a_case_that_is_no_complaint_any_more_loses_its_figures_once(told):
    world, _, taken, (first, second) = told
    row = world.store.row("Cases", taken)
    assert {row[name] for name in OURS} <= {None, "", 0}
    assert first.written > 0
    assert (second.planned, second.written) == (0, 0)


@pytest.mark.story
def test_a_case_whose_status_and_state_disagree_is_not_written_again_by_each_sync(synced):
    taken = next(
        row["id"]
        for row in synced.store.rows("Cases")
        if row["complaint_c"] and row["state"] == "Closed"
    )
    synced.clock.advance(hours=1)
    synced.store.update("Cases", taken, {"status": "Open_New"})
    written = []
    for _ in range(3):
        synced.clock.advance(hours=1)
        # Over the stock API each write gives the case a new date.
        written.append(synced.sync(as_of=synced.clock().date()).written)
    assert written[0] > 0
    assert written[-1] == 0
