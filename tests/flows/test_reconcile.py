"""What was deleted or missed is found by comparing all ids, now and then."""

import pytest

from suitecrm_bridge.crm import FastRoutes, Module
from suitecrm_bridge.errors import CrmDown, TooManyVanished
from suitecrm_bridge.jobs.reconcile import HANDFUL
from tests.flows.hooks import dies
from tests.flows.world import synced_base, world_of
from tests.places import paths

LIE = "2024-05-01 08:00:00"
MODULE, TABLE = "Contacts", "contacts"


@pytest.fixture(params=paths("stock"))
def world(request, bases, tmp_path):
    """A SuiteCRM that was read by either path."""
    database, home, _ = synced_base(bases)
    with world_of(tmp_path, database, None if request.param else home, routes=request.param) as w:
        w.pull(MODULE)
        w.forget()
        yield w


def next_day(world, **changes):
    world.clock.advance(hours=25)
    return world.pull(MODULE, **changes)


def ids(world):
    return [row["id"] for row in world.store.rows(MODULE)]


def remove(world, *removed):
    """Take rows away without a trace, as somebody with the database does."""
    world.store.write(f"DELETE FROM {TABLE} WHERE id = ?", [[id] for id in removed])


def mirrored(world, column="id"):
    return [value for (value,) in world.mirrored(f"SELECT {column} FROM {TABLE} ORDER BY id")]


def test_a_record_that_was_deleted_leaves_the_mirror_with_its_links(world):
    gone = ids(world)[7]
    remove(world, gone)
    assert next_day(world).deleted == {MODULE: 1}
    assert mirrored(world) == ids(world)
    query = "SELECT count(*) FROM accounts_contacts WHERE contact_id = ?"
    assert world.mirrored(query, gone) == [(0,)]


def test_a_deletion_whose_clock_lies_arrives(world):
    gone = ids(world)[7]
    world.store.update(MODULE, gone, {"deleted": 1, "date_modified": LIE})
    assert next_day(world).deleted == {MODULE: 1}
    assert gone not in mirrored(world)


def test_a_change_whose_clock_lies_arrives(world):
    for id in (ids(world)[0], ids(world)[20], ids(world)[21], ids(world)[-1]):
        world.store.update(MODULE, id, {"title": "Gérante", "date_modified": LIE})
    assert next_day(world).pulled[MODULE] == 4
    assert mirrored(world, "title").count("Gérante") == 4


def test_a_record_that_was_imported_with_old_dates_arrives(world):
    row = {**world.store.rows(MODULE)[3], "date_modified": LIE, "date_entered": LIE}
    new = "00000000-aaaa-4000-8000-000000000001"
    world.store.load(MODULE, [{**row, "id": new}])
    assert next_day(world).pulled[MODULE] == 1
    assert mirrored(world) == ids(world)


def test_a_comparison_of_equals_reads_no_record_again_and_deletes_nothing(world):
    before = world.mirrored(f"SELECT * FROM {TABLE} ORDER BY id")
    summary = next_day(world)
    assert (summary.pulled, summary.deleted) == ({MODULE: 0}, {})
    assert world.mirrored(f"SELECT * FROM {TABLE} ORDER BY id") == before


def test_ids_are_not_compared_before_their_time(world):
    remove(world, ids(world)[7])
    world.clock.advance(hours=23)
    assert world.pull(MODULE).deleted == {}
    world.clock.advance(hours=2)
    assert world.pull(MODULE).deleted == {MODULE: 1}


def test_a_comparison_makes_the_next_one_wait_again(world):
    next_day(world)
    remove(world, ids(world)[7])
    world.clock.advance(hours=1)
    assert world.pull(MODULE).deleted == {}


def test_ids_are_compared_again_where_the_last_time_lies_in_the_future(world):
    world.clock.advance(days=-2)
    remove(world, ids(world)[7])
    assert world.pull(MODULE).deleted == {MODULE: 1}


def test_a_full_pull_compares_in_the_same_go(world):
    remove(world, ids(world)[7])
    assert world.pull(MODULE, full=True).deleted == {MODULE: 1}


def test_a_first_pull_needs_no_comparison(filled):
    filled.pull("Accounts")
    listed = filled.count("GET", "/module/Accounts")
    filled.pull("Accounts")
    assert filled.count("GET", "/module/Accounts") == listed + 1


def test_a_vanished_customer_base_is_not_believed(world):
    removed = ids(world)[: len(ids(world)) // 2]
    before = mirrored(world)
    remove(world, *removed)
    with pytest.raises(TooManyVanished, match=rf"{len(removed)} of {len(before)}.*=100"):
        next_day(world)
    assert mirrored(world) == before


def test_the_brake_holds_at_every_run_until_somebody_decides(world):
    remove(world, *ids(world)[::2])
    for _ in range(2):
        with pytest.raises(TooManyVanished):
            next_day(world)
    assert next_day(world, BRIDGE_MAX_VANISHED="100").deleted[MODULE] > HANDFUL
    assert mirrored(world) == ids(world)


@pytest.mark.story
def test_a_sync_that_was_stopped_by_the_brake_neither_scores_nor_writes(world):
    world.sync()
    scored = world.mirrored("SELECT count(*) FROM scores_contacts")
    remove(world, *ids(world)[::2])
    world.clock.advance(hours=25)
    world.forget()
    with pytest.raises(TooManyVanished):
        world.sync()
    assert world.mirrored("SELECT count(*) FROM scores_contacts") == scored
    assert world.patches == []
    assert not [path for method, path in world.requests if method == "POST" and "/scores/" in path]


def test_a_handful_may_vanish_from_a_small_module(world):
    remove(world, *ids(world)[:HANDFUL])
    assert next_day(world, BRIDGE_MAX_VANISHED="0").deleted == {MODULE: HANDFUL}


def test_one_more_than_a_handful_is_too_many_where_none_may_vanish(world):
    remove(world, *ids(world)[: HANDFUL + 1])
    with pytest.raises(TooManyVanished):
        next_day(world, BRIDGE_MAX_VANISHED="0")


def test_what_the_list_left_out_by_mistake_stays(world, monkeypatch):
    """A page with a gap is no proof that records are gone."""
    before = mirrored(world)
    left_out = set(before[::2])
    for kind in (Module, FastRoutes):
        monkeypatch.setattr(kind, "page", with_a_gap(kind.page, left_out))
    assert next_day(world).deleted == {}
    assert mirrored(world) == before


def with_a_gap(read, left_out):
    """Pages of more than one record lack some."""

    def page(*args, **options):
        found = read(*args, **options)
        if len(found.records) > 1:
            found.records[:] = [r for r in found.records if r["id"] not in left_out]
        return found

    return page


def test_a_comparison_that_was_cut_off_begins_anew_and_harms_nothing(world):
    before = mirrored(world)
    remove(world, ids(world)[7])
    fast = world.pull(MODULE).path == "fast"
    ending, nth = (f"/records/{MODULE}", 2) if fast else (f"/module/{MODULE}", 3)
    world.server.before_request.append(dies("GET", ending, nth))
    with pytest.raises(CrmDown):
        next_day(world, BRIDGE_PAGE_SIZE="10")
    assert mirrored(world) == before
    world.server.before_request.pop()
    assert world.pull(MODULE).deleted == {MODULE: 1}
