"""Modules that have not changed are passed over, and none that has."""

import pytest

from suitecrm_bridge.jobs.bookmarks import changed_since, noted_columns
from suitecrm_bridge.jobs.fetching import changes
from tests.flows.world import scored_base, world, world_of
from tests.places import paths


@pytest.fixture(params=paths("fast"))
def pulled(bases, tmp_path, request):
    """A SuiteCRM that was read an hour ago and has not changed since, over either path."""
    database, _ = scored_base(bases)
    with world_of(tmp_path, database, routes=request.param) as opened:
        opened.pull()
        opened.clock.advance(hours=1)
        opened.fast = request.param
        yield opened


def bookmarks(world):
    return dict(world.mirrored("SELECT module, through FROM bookmarks"))


def test_the_bookmarks_of_unchanged_modules_move_on(pulled):
    before = bookmarks(pulled)
    pulled.pull()
    assert all(moment > before[module] for module, moment in bookmarks(pulled).items())


def test_a_changed_record_is_read_and_the_other_modules_are_passed_over(pulled):
    contact = pulled.store.rows("Contacts")[0]["id"]
    pulled.store.update("Contacts", contact, {"last_name": "Zéphyr"})
    assert {m: n for m, n in pulled.pull().pulled.items() if n} == {"Contacts": 1}
    assert pulled.mirrored("SELECT id FROM contacts WHERE last_name = 'Zéphyr'") == [(contact,)]


def test_a_link_alone_that_ended_is_noticed_over_the_fast_path(pulled):
    if not pulled.fast:
        pytest.skip("over the stock API a link shows only in its record")
    case, contact = pulled.mirrored("SELECT case_id, contact_id FROM contacts_cases LIMIT 1")[0]
    pulled.store.write(
        "UPDATE contacts_cases SET deleted = 1, date_modified = ?"
        " WHERE case_id = ? AND contact_id = ?",
        [(pulled.store.now(), case, contact)],
    )
    pulled.pull()
    assert (case, contact) not in pulled.mirrored("SELECT case_id, contact_id FROM contacts_cases")


def test_a_module_with_a_record_to_read_again_is_not_passed_over(pulled):
    invoice = pulled.store.rows("AOS_Invoices")[0]["id"]
    pulled.store.update("AOS_Invoices", invoice, {"invoice_date": "2026-02-00"})
    assert pulled.pull().rejected == {"AOS_Invoices": 1}
    pulled.clock.advance(hours=2)
    assert pulled.pull().rejected == {"AOS_Invoices": 1}, "it was tried again"


def test_a_module_whose_reading_was_cut_off_is_read_to_its_end(pulled):
    pulled.pull()
    with pulled.context() as context:
        records = context.mirror.records
        records.begin([_cut_off(context)])
    pulled.pull()
    assert pulled.mirrored("SELECT count(*) FROM scans") == [(0,)]


def _cut_off(context):
    bookmark = context.mirror.records.bookmark("Accounts")
    columns = noted_columns(context, "Accounts", bookmark)
    return changes(context, "Accounts", columns, changed_since(context, bookmark))


@pytest.mark.long
def test_an_empty_suitecrm_is_met_and_left(tmp_path):
    with world(tmp_path / "home", routes=True) as opened:
        opened.sync()
        assert opened.sandbox.marks["bridge"]
        opened.sync()
