"""A night in which something could not be read: what needs it is left alone, the rest is done."""

import pytest

from suitecrm_bridge.errors import Incomplete
from tests.flows.conftest import synced_over
from tests.flows.nights import changed, complain, figures, last_run, night
from tests.places import paths, places


@pytest.fixture(name="world", params=paths("fast"))
def over_either_path(request, bases, tmp_path):
    """A SuiteCRM after one sync, over either path."""
    with synced_over(bases, tmp_path, fast=request.param) as opened:
        yield opened


@pytest.mark.story
def test_200_nights_without_the_purchases_write_no_figure_made_from_them(world):
    before = figures(world)
    world.sight.refuse("AOS_Invoices", "Opportunities")
    for days in (1, 1, 198):
        summary, error = night(world, days)
        assert isinstance(error, Incomplete)
        assert error.exit_code == 9
        assert {"AOS_Invoices", "Opportunities"} <= set(summary.stale)
    assert changed(before, figures(world)) == set()
    assert last_run(world)[0] == "incomplete"


@pytest.mark.story
def test_figures_that_need_nothing_unreadable_are_written(world):
    contact, before = complain(world), figures(world)
    world.sight.refuse("AOS_Invoices")
    summary, error = night(world, 200)
    assert error
    assert summary.written > 0
    after = figures(world)
    assert after[contact]["complaint_count_c"] == before[contact]["complaint_count_c"] + 1
    assert "rfm_segment_c" in summary.withheld["Contacts"]
    assert not {"rfm_segment_c", "lifecycle_c", "clv_c", "profit_c"} & changed(before, after)


@pytest.mark.story
def test_the_day_of_the_figures_is_not_moved_on_where_some_of_them_are_old(world):
    complain(world)
    before = {id: row["scored_at_c"] for id, row in figures(world).items()}
    world.sight.refuse("AOS_Invoices")
    assert night(world)[0].written > 0
    assert {id: row["scored_at_c"] for id, row in figures(world).items()} == before


@pytest.mark.long
def test_everything_is_as_usual_once_the_right_is_back(world):
    world.sight.refuse("AOS_Invoices", "Cases")
    night(world)
    world.sight.restore()
    summary, error = night(world)
    assert (error, summary.stale, summary.withheld) == (None, {}, {})
    assert last_run(world) == ("done", None)


@pytest.mark.story
def test_what_changed_meanwhile_arrives_with_the_right(world):
    world.sight.refuse("AOS_Invoices")
    invoice = world.store.rows("AOS_Invoices")[0]["id"]
    world.store.update("AOS_Invoices", invoice, {"name": "Avoir"})
    night(world, 3)
    world.sight.restore()
    night(world)
    assert world.mirrored("SELECT name FROM invoices WHERE id = ?", invoice) == [("Avoir",)]


@pytest.mark.story
@pytest.mark.parametrize(
    ("module", "table", "days"),
    places(
        [
            ("AOS_Invoices", "invoices", 9),
            ("Cases", "cases", 1),
            ("AOS_Invoices", "invoices", 1),
            ("Cases", "cases", 9),
        ]
    ),
)
def test_the_first_night_with_the_right_is_done_however_long_it_was_gone(
    world, module, table, days
):
    world.sight.refuse(module)
    night(world)
    world.sight.restore()
    changed = world.store.rows(module)[0]["id"]
    world.clock.advance(days=days)
    world.store.update(module, changed, {"name": "Avoir"})
    summary, error = night(world)
    assert (error, summary.stale, summary.withheld) == (None, {}, {})
    assert world.mirrored(f"SELECT name FROM {table} WHERE id = ?", changed) == [("Avoir",)]


@pytest.mark.story
def test_a_stale_day_leaves_no_snapshot(world):
    days = world.mirrored("SELECT DISTINCT as_of FROM snapshots")
    world.sight.refuse("AOS_Invoices")
    night(world)
    assert world.mirrored("SELECT DISTINCT as_of FROM snapshots") == days


@pytest.mark.long
def test_a_snapshot_is_made_on_the_day_on_which_the_right_came_back(world):
    world.sight.refuse("AOS_Invoices")
    night(world)
    world.sight.restore()
    night(world, 0)
    (count,) = world.mirrored("SELECT count(DISTINCT as_of) FROM snapshots")
    assert count == (2,)


@pytest.mark.long
def test_a_snapshot_is_made_where_the_purchases_could_be_read(world):
    world.sight.refuse("Cases")
    night(world)
    assert world.mirrored("SELECT count(DISTINCT as_of) FROM snapshots") == [(2,)]


@pytest.mark.story
def test_scores_made_while_a_source_was_stale_are_not_pushed_once_it_is_back(world):
    before = figures(world)
    world.clock.advance(days=200)
    today = world.clock().date()
    world.sight.refuse("AOS_Invoices")
    for stage in (world.pull, lambda: world.score(today)):
        with pytest.raises(Incomplete):
            stage()
    world.sight.restore()
    world.pull()
    with pytest.raises(Incomplete):
        world.push()
    assert "lifecycle_c" not in changed(before, figures(world))
    world.score(today)
    assert world.push().withheld == {}
    assert "lifecycle_c" in changed(before, figures(world))


@pytest.mark.long
def test_scores_are_not_pushed_once_their_source_cannot_be_read(world):
    before = figures(world)
    world.clock.advance(days=200)
    world.pull()
    world.score(world.clock().date())
    world.sight.refuse("AOS_Invoices")
    with pytest.raises(Incomplete):
        world.pull("AOS_Invoices")
    with pytest.raises(Incomplete):
        world.push()
    assert "lifecycle_c" not in changed(before, figures(world))


def test_tasks_are_not_opened_from_complaints_that_could_not_be_read(world):
    moment = "2026-03-09 11:00:00"
    world.mirrored(
        "INSERT INTO wanted_reactions VALUES"
        ' (\'k\', \'no_answer\', \'s\', 1, $m, $m, 60, \'{"name": "n", "parent_type": "Cases",'
        ' "parent_id": "p"}\')'.replace("$m", f"'{moment}'")
    )
    tasks = len(world.store.rows("Tasks"))
    world.sight.refuse("Cases")
    with pytest.raises(Incomplete):
        world.pull("Cases")
    with pytest.raises(Incomplete):
        world.push()
    assert len(world.store.rows("Tasks")) == tasks
    world.sight.restore()
    world.pull("Cases")
    assert world.push().reactions == 1
