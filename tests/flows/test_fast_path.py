"""The sync over the package's routes: the same result as over the stock API, in few requests."""

from dataclasses import replace

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import WriteBackError
from suitecrm_bridge.jobs import context as context_room
from suitecrm_bridge.mirror import SCORED_MODULES, Mirror
from suitecrm_bridge.sandbox.bridge import Rights
from tests.flows.test_kill_and_resume import Killer, run_and_kill
from tests.flows.world import WRITES, crm_rows, fast_base, filled_base, mirror_rows, world_of

pytestmark = pytest.mark.usefixtures("standing_figures")

# Only SuiteCRM's history, which the fast routes read, tells how long complaints waited.
OWN = {"date_modified", "modified_user_id", "waiting_hours_c"}


def figures(rows):
    """What the bridge writes to, as it stands in the CRM."""
    return {
        module: [{name: row[name] for name in row if name not in OWN} for row in rows[module]]
        for module in SCORED_MODULES.values()
    }


def asked(world, ending):
    return [path for _, path in world.requests if path.endswith(ending)]


@pytest.fixture(scope="module")
def first(bases, tmp_path_factory):
    """A SuiteCRM after its first sync, whose summary and announcements come with it."""
    with world_of(tmp_path_factory.mktemp("first"), filled_base(bases), routes=True) as world:
        with world.announced() as announced:
            summary = world.sync()
        yield world, summary, announced


def test_the_crm_ends_as_over_the_stock_api(first, undisturbed):
    world, summary, _ = first
    assert (summary.path, summary.written) == ("fast", WRITES)
    assert figures(crm_rows(world)) == figures(undisturbed[1])


def test_the_scores_are_those_of_the_stock_api(bases, undisturbed):
    rows = mirror_rows(fast_base(bases)[1])
    for table in ("scores_contacts", "scores_accounts", *catalogue().links):
        assert rows[table] == undisturbed[0][table]


@pytest.mark.parametrize("module", catalogue().modules)
def test_the_mirror_holds_the_same_values_seconds_apart(bases, undisturbed, module):
    table = catalogue().modules[module].table
    kinds = catalogue().columns_of(module).items()
    names = [name for name, kind in kinds if kind != "datetime" and name not in OWN]
    columns = ", ".join(f'"{name}"' for name in names)
    with Mirror.open(fast_base(bases)[1]) as mirror:
        over_fast = mirror.connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    with_times = list(catalogue().columns_of(module))
    kept = [with_times.index(name) for name in names]
    over_stock = [tuple(row[i] for i in kept) for row in undisturbed[0][table]]
    assert sorted(over_fast, key=str) == sorted(over_stock, key=str)


def test_no_record_is_read_or_written_one_by_one(first):
    world, _, _ = first
    assert asked(world, "/records/AOS_Invoices")
    assert world.patches == []
    assert asked(world, "/relationships/contacts") == []
    assert asked(world, "/module/AOS_Invoices") == []


def test_a_new_mirror_compares_nothing_that_it_has_just_read(first):
    assert first[0].count("GET", "/digests/Contacts") == 0


def test_a_second_sync_reads_no_change_and_writes_nothing(fast_synced):
    fast_synced.forget()
    summary = fast_synced.sync()
    assert set(summary.pulled.values()) == {0}
    assert (summary.planned, summary.unchanged) == (0, WRITES)
    assert asked(fast_synced, "/scores/Contacts") == []


def test_a_deleted_customer_leaves_the_mirror(fast_synced):
    contact = fast_synced.store.rows("Contacts")[7]["id"]
    fast_synced.clock.advance(hours=1)
    fast_synced.store.update("Contacts", contact, {"deleted": 1})
    assert fast_synced.sync().deleted == {"Contacts": 1}
    assert fast_synced.mirrored("SELECT count(*) FROM contacts WHERE id = ?", contact) == [(0,)]


@pytest.mark.story
def test_a_deleted_invoice_no_longer_counts(fast_synced):
    ((before,),) = fast_synced.mirrored("SELECT sum(purchase_total) FROM scores_contacts")
    invoice = next(r for r in fast_synced.store.rows("AOS_Invoices") if r["status"] == "Paid")
    fast_synced.clock.advance(hours=1)
    fast_synced.store.update("AOS_Invoices", invoice["id"], {"deleted": 1})
    assert fast_synced.sync().deleted == {"AOS_Invoices": 1}
    ((after,),) = fast_synced.mirrored("SELECT sum(purchase_total) FROM scores_contacts")
    assert before != after


@pytest.mark.story
def test_a_link_that_ended_leaves_the_mirror(fast_synced):
    case = fast_synced.mirrored(
        "SELECT case_id, contact_id FROM contacts_cases ORDER BY ALL LIMIT 1"
    )[0]
    with fast_synced.context() as context:
        context.crm.module("Cases").unrelate(case[0], "contacts", case[1])
    fast_synced.sync()
    left = fast_synced.mirrored("SELECT * FROM contacts_cases WHERE case_id = ?", case[0])
    assert case not in left


def test_a_first_load_announces_nobody(first):
    _, summary, announced = first
    assert summary.written == WRITES
    assert announced == []


@pytest.mark.story
def test_later_only_a_customer_whose_segment_changed_is_announced(fast_synced):
    contact = fast_synced.store.rows("Contacts")[7]
    other = next(k for k in catalogue().segments if k != contact["rfm_segment_c"])
    fast_synced.clock.advance(hours=1)
    fast_synced.store.update("Contacts", contact["id"], {"rfm_segment_c": other})
    fast_synced.clock.advance(hours=1)
    with fast_synced.announced() as announced:
        assert fast_synced.sync().written == 1
    assert announced == [contact["id"]]


@pytest.mark.story
def test_a_module_that_was_read_by_the_other_path_is_read_anew(fast_synced):
    with fast_synced.context() as context:
        context.mirror.connection.execute("UPDATE bookmarks SET path = 'stock'")
        context.mirror.connection.execute("DELETE FROM products")
    fast_synced.sync()
    assert fast_synced.mirrored("SELECT count(*) FROM products") == [
        (fast_synced.store.count("AOS_Products"),)
    ]


def test_a_package_with_other_fields_is_not_used(fast, monkeypatch, caplog):
    other = replace(catalogue(), fields={})
    monkeypatch.setattr(context_room, "catalogue", lambda: other)
    assert fast.pull("AOS_Products").path == "stock"
    assert "other fields" in caplog.text


@pytest.mark.long
def test_a_record_with_a_date_that_is_none_is_set_apart_and_the_others_are_read(fast, caplog):
    broken, empty = fast.store.rows("AOS_Invoices")[:2]
    fast.store.update("AOS_Invoices", broken["id"], {"invoice_date": "2026-02-00"})
    fast.store.update("AOS_Invoices", empty["id"], {"invoice_date": "0000-00-00"})
    summary = fast.sync()
    assert summary.rejected == {"AOS_Invoices": 1}
    assert summary.pulled["AOS_Invoices"] == fast.store.count("AOS_Invoices") - 1
    assert "2026-02-00" in caplog.text
    assert fast.mirrored("SELECT invoice_date FROM invoices WHERE id = ?", empty["id"]) == [(None,)]


@pytest.mark.story
def test_a_customer_that_the_user_may_not_edit_stays_in_the_mirror(fast):
    _, client = fast.sandbox.add_user("reader", {"Contacts": Rights(write="own")})
    with pytest.raises(WriteBackError):
        fast.sync(SUITECRM_CLIENT_ID=client)
    contacts = fast.store.count("Contacts")
    assert fast.mirrored("SELECT count(*) FROM contacts") == [(contacts,)]
    assert len(fast.dead_letters()) == contacts


@pytest.mark.story
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(("GET", "/records/Contacts", 1), marks=pytest.mark.long),
        pytest.param(("GET", "/records/AOS_Invoices", 1), marks=pytest.mark.long),
        pytest.param(("GET", "/links/contacts_cases", 1), marks=pytest.mark.long),
        ("POST", "/scores/Contacts", 1),
        pytest.param(("POST", "/scores/Accounts", 1), marks=pytest.mark.long),
    ],
    ids=lambda moment: moment[1],
)
def test_a_killed_sync_ends_right_when_run_again(fast, undisturbed, tmp_path, moment):
    run_and_kill(fast, Killer(*moment), tmp_path)
    fast.sync()
    assert figures(crm_rows(fast)) == figures(undisturbed[1])
    rows = mirror_rows(fast.home)
    for table in ("scores_contacts", "scores_accounts", *catalogue().links):
        assert rows[table] == undisturbed[0][table]
