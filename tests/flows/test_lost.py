"""What SuiteCRM has lost of the package's own fields is found and written again."""

from contextlib import contextmanager

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import SCORED_MODULES
from tests.flows.world import WRITES, fast_base, settled_base, world_of
from tests.places import paths, places

pytestmark = pytest.mark.usefixtures("standing_figures")

MODULE = "Contacts"
SINGLE = [
    ("rfm_segment_c", None),
    ("rfm_segment_c", ""),
    ("rfm_segment_c", "hibernating_elsewhere"),
    ("rfm_score_c", "999"),
    ("rfm_recency_c", None),
    ("rfm_recency_c", 0),
    ("purchase_count_c", 77),
    ("purchase_total_c", None),
    ("purchase_total_c", 0.01),
    ("rfm_reason_c", None),
    ("rfm_reason_c", "&lt;lost&gt; & gone"),
    ("last_purchase_c", None),
    ("last_purchase_c", "2001-02-03"),
    ("scored_at_c", None),
    ("value_reason_c", None),
    ("lifecycle_c", None),
]
"""What somebody makes of a field by SQL, without a trace in any date."""
DROPPED = [
    ("Contacts", "rfm_segment_c"),
    ("Contacts", "rfm_score_c"),
    ("Contacts", "rfm_monetary_c"),
    ("Contacts", "purchase_total_c"),
    ("Contacts", "first_purchase_c"),
    ("Contacts", "rfm_reason_c"),
    ("Contacts", "value_reason_c"),
    ("Contacts", "scored_at_c"),
    ("Contacts", "potential_score_c"),
    ("Accounts", "rfm_segment_c"),
    ("Accounts", "profit_c"),
    ("Cases", "customer_segment_c"),
]


@pytest.fixture(params=paths("fast"))
def world(request, bases, tmp_path):
    """A SuiteCRM that was synced over either path."""
    with opened(bases, tmp_path, fast=request.param) as one:
        yield one


@contextmanager
def opened(bases, tmp_path, *, fast):
    database, home = fast_base(bases) if fast else settled_base(bases)
    with world_of(tmp_path, database, home, routes=fast) as one:
        one.sync()
        one.forget()
        yield one


def figures(world):
    """What the bridge's own fields hold in the CRM."""
    return {
        (module, row["id"]): {f.name: row.get(f.name) or None for f in fields(module)}
        for module in SCORED_MODULES.values()
        for row in world.store.rows(module)
    }


def fields(module):
    return catalogue().fields_of(module, "bridge")


def others(world):
    """What people and SuiteCRM have beside them, the mark of a save left aside."""
    own = {f.name for module in SCORED_MODULES.values() for f in fields(module)}
    own |= {"date_modified", "modified_user_id"}
    return {
        module: [
            {name: row[name] for name in row if name not in own} for row in world.store.rows(module)
        ]
        for module in catalogue().modules
    }


def lose(world, module, id, **values):
    """Change a record as somebody with the database does."""
    named = ", ".join(f'"{name}" = ?' for name in values)
    table = catalogue().modules[module].table
    world.store.write(f"UPDATE {table} SET {named} WHERE id = ?", [[*values.values(), id]])


def next_day(world, **changes):
    world.clock.advance(hours=25)
    return world.sync(**changes)


@pytest.mark.story
def test_each_value_that_changed_without_a_trace_is_written_again(world):
    before, beside = figures(world), others(world)
    spare = iter([id for (module, id), held in before.items() if module == MODULE])
    for name, value in SINGLE:
        id = next(id for id in spare if before[MODULE, id][name])
        lose(world, MODULE, id, **{name: value})
    summary = next_day(world)
    after = figures(world)
    assert {key: held for key, held in after.items() if held != before[key]} == {}
    assert others(world) == beside
    assert summary.written == len(SINGLE)
    assert next_day(world).written == 0


@pytest.mark.story
def test_fields_that_were_dropped_and_made_again_are_filled_by_the_next_comparison(world):
    before, beside = figures(world), others(world)
    for module, name in DROPPED:
        assert any(held[name] for key, held in before.items() if key[0] == module), name
        world.sandbox.drop_fields(module, name)
        world.sandbox.add_fields(module, name)
        assert not any(held[name] for key, held in figures(world).items() if key[0] == module)
    next_day(world)
    after = figures(world)
    assert {key: held for key, held in after.items() if held != before[key]} == {}
    assert others(world) == beside


@pytest.mark.parametrize("name", places(["rfm_segment_c", "value_reason_c", "scored_at_c"]))
def test_one_field_that_was_lost_is_filled_by_itself(world, name):
    before = figures(world)
    lost = [key for key, held in before.items() if key[0] == MODULE and held[name]]
    world.sandbox.drop_fields(MODULE, name)
    world.sandbox.add_fields(MODULE, name)
    assert next_day(world).written == len(lost)
    assert figures(world) == before


def test_a_field_that_is_missing_stops_the_sync_and_is_filled_when_it_is_there_again(world):
    before = figures(world)
    world.sandbox.drop_fields(MODULE, "rfm_score_c", "clv_c")
    done = world.command("sync", "--past", "--as-of", "2026-03-08")
    assert done.exit_code == 6
    assert "rfm_score_c" in done.stderr
    world.sandbox.add_fields(MODULE, "rfm_score_c", "clv_c")
    world.sync()
    assert figures(world) == before


@pytest.mark.story
def test_what_people_filled_in_and_lost_is_no_longer_believed(world):
    id = world.store.rows(MODULE)[0]["id"]
    world.clock.advance(hours=1)
    world.store.update(MODULE, id, {"wallet_estimate_c": 1234.5})
    world.sync()
    lose(world, MODULE, id, wallet_estimate_c=None)
    next_day(world)
    query = "SELECT wallet_estimate_c FROM contacts WHERE id = ?"
    assert world.mirrored(query, id) == [(None,)]


def test_equals_are_neither_read_again_nor_written(world):
    before = figures(world)
    summary = next_day(world)
    assert set(summary.pulled.values()) == {0}
    assert (summary.written, summary.unchanged) == (0, WRITES)
    assert figures(world) == before


@pytest.mark.long
def test_many_that_lost_everything_are_found_together(world):
    before = figures(world)
    empty = {f.name: None for f in fields(MODULE)}
    lost = [row["id"] for row in world.store.rows(MODULE)][::2]
    for id in lost:
        lose(world, MODULE, id, **empty)
    assert next_day(world).written == len(lost)
    assert figures(world) == before


@pytest.mark.long
def test_a_comparison_that_was_forced_finds_it_without_waiting(world):
    before = figures(world)
    lose(world, MODULE, world.store.rows(MODULE)[3]["id"], rfm_segment_c=None, clv_c=None)
    assert world.sync(full=True).written == 1
    assert figures(world) == before


@pytest.mark.long
def test_a_dry_run_counts_what_was_lost(world):
    lose(world, MODULE, world.store.rows(MODULE)[3]["id"], rfm_segment_c=None)
    assert next_day(world, dry_run=True).planned == 1
    assert world.sync().written == 1


def test_over_the_fast_routes_one_number_a_module_is_asked_where_all_is_well(bases, tmp_path):
    with opened(bases, tmp_path, fast=True) as world:
        world.clock.advance(hours=25)
        seen = []
        answer = world.sandbox.app.answer
        world.sandbox.app.answer = lambda request: (seen.append(request), answer(request))[1]
        world.pull()
        digests = [r.path.rpartition("/")[2] for r in seen if "/digests/" in r.path]
        assert sorted(digests) == ["Accounts", "Cases", "Contacts", "Leads", "Opportunities"]
        listed = [r.args["columns"] for r in seen if r.path.endswith("/records/Contacts")]
        assert [columns for columns in listed[1:] if "_c" in columns] == []


@pytest.mark.parametrize("status", places([404, 500]))
def test_a_package_that_makes_no_digest_is_compared_within_its_pages(bases, tmp_path, status):
    def refuses(method, path):
        if "/digests/" in path or path.endswith("/claims"):
            return Response('{"message":"Not found"}', status, content_type="application/json")
        return None

    with opened(bases, tmp_path, fast=True) as world:
        before = figures(world)
        lose(world, MODULE, world.store.rows(MODULE)[3]["id"], rfm_segment_c=None)
        world.server.before_request.append(refuses)
        summary = next_day(world)
        assert (summary.written, summary.path) == (1, "fast")
        assert figures(world) == before
