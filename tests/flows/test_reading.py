"""Every change arrives, none twice; what cannot be read is read later; no change costs nothing."""

import json
from collections import Counter

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.catalogue import catalogue
from tests.flows.hooks import always, once, refusal
from tests.flows.world import scored_base, synced_base, world_of
from tests.places import paths

INVOICES, SMALL = "AOS_Invoices", {"BRIDGE_PAGE_SIZE": "50", "BRIDGE_PARALLEL": "1"}


@pytest.fixture(params=paths("stock", other=pytest.mark.story))
def fresh(request, bases, tmp_path):
    """A SuiteCRM with demo data that the bridge has not met yet, for either path."""
    database, _ = scored_base(bases)
    with world_of(tmp_path, database, routes=request.param) as opened:
        opened.ending = f"/records/{INVOICES}" if request.param else f"/module/{INVOICES}"
        yield opened


def ids(world, module=INVOICES):
    return [row["id"] for row in world.store.rows(module)]


def names(world):
    return Counter(name for (name,) in world.mirrored("SELECT name FROM invoices"))


def letters(world):
    return world.mirrored("SELECT module, record_id, attempts FROM dead_letters ORDER BY ALL")


@pytest.mark.parametrize("page", [1, 3])
def test_what_changes_during_a_pull_arrives_and_nothing_comes_twice(fresh, page):
    first, *_, last = ids(fresh)
    new = "ffffffff-ffff-4fff-8fff-fffffffffff0"

    def edit():
        for id in (first, last):
            fresh.store.update(INVOICES, id, {"name": "Avoir"})
        fresh.store.load(INVOICES, [{**fresh.store.row(INVOICES, last), "id": new}])

    page = 1 if "records" in fresh.ending else page
    fresh.server.before_request.append(once("GET", fresh.ending, edit, page))
    fresh.clock.advance(minutes=1)
    fresh.pull(INVOICES, **SMALL)
    fresh.pull(INVOICES, **SMALL)
    assert names(fresh)["Avoir"] == 3
    mirrored = [id for (id,) in fresh.mirrored("SELECT id FROM invoices ORDER BY id")]
    assert mirrored == sorted(ids(fresh))


def test_a_change_in_the_second_in_which_the_last_pull_began_arrives(fresh):
    fresh.pull(INVOICES, **SMALL)
    fresh.store.update(INVOICES, ids(fresh)[0], {"name": "Avoir"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}
    fresh.store.update(INVOICES, ids(fresh)[1], {"name": "Avoir"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}


def test_records_that_share_a_second_arrive_across_pages(fresh):
    fresh.pull(INVOICES, **SMALL)
    fresh.clock.advance(hours=1)
    for id in ids(fresh)[:120]:
        fresh.store.update(INVOICES, id, {"name": "Avoir"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 120}
    assert names(fresh)["Avoir"] == 120


def test_a_record_dated_in_the_future_arrives_and_so_does_what_follows(fresh):
    fresh.pull(INVOICES, **SMALL)
    fresh.clock.advance(hours=1)
    future, later = ids(fresh)[:2]
    fresh.store.update(INVOICES, future, {"name": "Avoir", "date_modified": "2031-01-01 00:00:00"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}
    fresh.clock.advance(hours=1)
    fresh.store.update(INVOICES, later, {"name": "Avoir"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}
    assert names(fresh)["Avoir"] == 2


def test_a_change_after_the_clock_was_set_back_arrives(fresh):
    fresh.pull(INVOICES, **SMALL)
    fresh.clock.advance(hours=-2)
    fresh.store.update(INVOICES, ids(fresh)[0], {"name": "Avoir"})
    assert fresh.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}


def asked(world):
    """Return what was asked for, without the version's prefix."""
    return Counter(path.partition("/V8/")[2] or path for _, path in world.requests)


def test_an_unchanged_crm_costs_one_small_read_a_module_over_stock(synced):
    synced.clock.advance(hours=1)
    synced.pull()
    synced.forget()
    synced.clock.advance(hours=1)
    assert set(synced.pull().pulled.values()) == {0}
    costs = asked(synced)
    modules = {f"module/{module}": 1 for module in catalogue().modules}
    assert {path: costs[path] for path in modules} == modules
    others = {path for path in costs if path not in modules}
    assert others == {
        "meta/modules",
        "/Api/access_token",
        "custom/bridge/v1/ping",
        "logout",
    }
    assert sum(costs.values()) == len(modules) + len(others)


def test_an_unchanged_crm_costs_one_small_read_a_module_over_the_fast_path(fast):
    fast.pull()
    fast.clock.advance(hours=1)
    fast.forget()
    assert set(fast.pull().pulled.values()) == {0}
    costs = asked(fast)
    for module in catalogue().modules:
        assert costs[f"custom/bridge/v1/records/{module}"] == 1
    assert not [path for path in costs if path.startswith(("module/", "meta/fields"))]


def test_a_field_that_was_taken_away_is_noticed_and_the_rest_is_read(synced):
    synced.pull("Accounts")
    fields = synced.fields("Accounts")
    del fields["wallet_estimate_c"]
    synced.pretend("Accounts", fields)
    answer = synced.sandbox.app.answer

    def refuse(request):
        if request.method == "GET" and "wallet_estimate_c" in request.url:
            return refusal("The following field in Account module is not found: wallet_estimate_c")
        return answer(request)

    synced.sandbox.app.answer = refuse
    synced.clock.advance(hours=1)
    synced.store.update("Accounts", ids(synced, "Accounts")[0], {"name": "Zéphyr"})
    assert synced.pull("Accounts").pulled == {"Accounts": 1}


def spoil(world, value="soon"):
    world.clock.advance(hours=1)
    id = ids(world)[3]
    world.store.update(INVOICES, id, {"invoice_date": value})
    return id


def test_a_record_that_cannot_be_read_is_listed_with_the_reason(fresh):
    id = spoil(fresh)
    fresh.pull(INVOICES)
    assert letters(fresh) == [(INVOICES, id, 1)]
    ((reason,),) = fresh.mirrored("SELECT reason FROM dead_letters")
    assert "invoice_date" in reason


def test_a_record_that_could_not_be_read_is_read_by_a_later_run(fresh):
    """Although its date_modified lies before the bookmark by then."""
    id = spoil(fresh)
    fresh.pull(INVOICES)
    stamp = fresh.store.row(INVOICES, id)["date_modified"]
    fresh.store.update(INVOICES, id, {"invoice_date": "2026-01-05", "date_modified": stamp})
    fresh.clock.advance(hours=2)
    assert fresh.pull(INVOICES).pulled == {INVOICES: 1}
    assert letters(fresh) == []
    assert fresh.mirrored("SELECT count(*) FROM invoices WHERE id = ?", id) == [(1,)]


@pytest.mark.story
def test_a_record_that_fails_again_waits_longer_each_time_until_its_cap(fresh):
    id = spoil(fresh)
    fresh.pull(INVOICES)
    attempts = []
    for _ in range(12):
        fresh.clock.advance(hours=1, minutes=1)
        fresh.pull(INVOICES, BRIDGE_MAX_ATTEMPTS="3")
        ((module, letter, tried),) = letters(fresh)
        assert (module, letter) == (INVOICES, id)
        attempts.append(tried)
    assert attempts == [2, 2, *[3] * 10]


def test_a_record_that_was_mended_settles_its_letter_at_once(fresh):
    id = spoil(fresh)
    fresh.pull(INVOICES)
    fresh.clock.advance(minutes=1)
    fresh.store.update(INVOICES, id, {"invoice_date": "2026-01-05"})
    assert fresh.pull(INVOICES).pulled == {INVOICES: 1}
    assert letters(fresh) == []


def test_a_record_that_failed_and_was_deleted_settles_its_letter(fresh):
    id = spoil(fresh)
    fresh.pull(INVOICES)
    fresh.store.update(INVOICES, id, {"deleted": 1, "date_modified": "2024-01-01 00:00:00"})
    fresh.clock.advance(hours=2)
    fresh.pull(INVOICES)
    assert letters(fresh) == []


def test_a_comparison_leaves_a_record_that_failed_to_its_own_time(fresh):
    spoil(fresh)
    fresh.clock.advance(minutes=30)
    fresh.pull(INVOICES)
    fresh.pull(INVOICES, full=True)
    fresh.clock.advance(minutes=61)
    lie = {"name": "Avoir", "date_modified": "2024-01-01 00:00:00"}
    fresh.store.update(INVOICES, ids(fresh)[9], lie)
    assert fresh.pull(INVOICES, BRIDGE_RECONCILE_HOURS="1").pulled == {INVOICES: 1}
    assert [attempts for _, _, attempts in letters(fresh)] == [2]


def poison(world, id):
    """Let every page that holds this record fail, unless it is asked for ids alone."""
    answer = world.sandbox.app.answer

    def stumble(request):
        response = answer(request)
        fields = request.args.get(f"fields[{INVOICES}]")
        if not request.path.endswith(f"/module/{INVOICES}") or fields == "id":
            return response
        found = json.loads(response.get_data())["data"]
        return Response("", 500) if id in [one["id"] for one in found] else response

    world.sandbox.app.answer = stumble
    return answer


def test_a_record_that_breaks_its_page_is_set_apart_and_read_when_it_no_longer_does(filled):
    id = ids(filled)[77]
    answer = poison(filled, id)
    summary = filled.pull(INVOICES, **SMALL)
    assert summary.rejected == {INVOICES: 1}
    assert summary.pulled == {INVOICES: len(ids(filled)) - 1}
    assert letters(filled) == [(INVOICES, id, 1)]
    filled.sandbox.app.answer = answer
    filled.clock.advance(hours=2)
    assert filled.pull(INVOICES, **SMALL).pulled == {INVOICES: 1}
    assert letters(filled) == []


def test_a_record_whose_links_cannot_be_read_does_not_stop_the_others(filled):
    id = ids(filled, "Cases")[0]
    ending = f"/{id}/relationships/contacts"
    filled.server.before_request.append(always("GET", ending, lambda: Response("", 500)))
    summary = filled.pull("Cases")
    assert summary.rejected == {"Cases": 1}
    assert summary.pulled == {"Cases": len(ids(filled, "Cases")) - 1}
    filled.server.before_request.pop()
    filled.clock.advance(hours=2)
    assert filled.pull("Cases").pulled == {"Cases": 1}
    links = "SELECT count(*) FROM contacts_cases WHERE case_id = ?"
    assert filled.mirrored(links, id) == [(1,)]


def test_a_record_deleted_between_its_page_and_its_links_is_no_failure(filled):
    id = ids(filled, "Cases")[0]

    def delete():
        filled.store.update("Cases", id, {"deleted": 1})

    filled.server.before_request.append(once("GET", f"/{id}/relationships/contacts", delete))
    summary = filled.pull("Cases")
    assert summary.pulled == {"Cases": len(ids(filled, "Cases")) - 1}
    assert (summary.rejected, letters(filled)) == ({}, [])


def test_a_page_that_is_too_much_for_the_server_is_read_in_smaller_ones(filled):
    answer = filled.sandbox.app.answer
    sizes = []

    def overloaded(request):
        size = int(request.args.get("page[size]", 0))
        if f"/module/{INVOICES}" in request.path:
            sizes.append(size)
            if size > 20:
                return Response(json.dumps({}), 504)
        return answer(request)

    filled.sandbox.app.answer = overloaded
    filled.pull(INVOICES, **SMALL)
    assert sizes[:3] == [1, 50, 25]
    assert [id for (id,) in filled.mirrored("SELECT id FROM invoices ORDER BY id")] == ids(filled)


def test_a_mirror_from_before_the_comparisons_is_compared_at_the_next_pull(bases, tmp_path):
    database, home, _ = synced_base(bases)
    with world_of(tmp_path, database, home) as opened:
        opened.mirrored("DELETE FROM reconciliations")
        opened.store.write("DELETE FROM contacts WHERE id = ?", [[ids(opened, "Contacts")[0]]])
        assert opened.pull("Contacts").deleted == {"Contacts": 1}
