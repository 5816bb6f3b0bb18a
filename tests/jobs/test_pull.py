import logging
from bisect import bisect_left
from itertools import pairwise

import pytest

from suitecrm_bridge.errors import AccessDenied, CrmDown, Incomplete, NotFound
from suitecrm_bridge.jobs.fetching import ranges
from tests.flows.hooks import always, dies, once, refusal
from tests.flows.world import NO_ACCESS, mirror_rows
from tests.places import places


def refuse(opened, module):
    hook = always("GET", f"/module/{module}", lambda: refusal(NO_ACCESS))
    opened.server.before_request.append(hook)


@pytest.mark.parametrize(
    "module", places(["Cases", "AOS_Invoices", "AOS_Products", "Opportunities"])
)
def test_a_module_that_the_user_may_not_read_is_left_out_with_a_warning(empty, caplog, module):
    refuse(empty, module)
    with caplog.at_level(logging.WARNING, "suitecrm_bridge"):
        summary = empty.pull()
    assert summary.unreadable == [module]
    assert module not in summary.pulled
    assert f"{module} was left out" in caplog.text


@pytest.mark.parametrize("module", ["Contacts", "Accounts"])
def test_a_module_that_the_scores_need_must_be_readable(empty, module):
    refuse(empty, module)
    with pytest.raises(AccessDenied, match=module):
        empty.pull()


def test_a_module_that_became_readable_is_read_completely(synced):
    before = mirror_rows(synced.home)["cases"]
    synced.mirrored("DELETE FROM cases")
    synced.mirrored("DELETE FROM bookmarks WHERE module = 'Cases'")
    refuse(synced, "Cases")
    with pytest.raises(Incomplete, match="Cases"):
        synced.pull()
    synced.server.before_request.pop()
    assert synced.pull().pulled["Cases"] == len(before)
    assert mirror_rows(synced.home)["cases"] == before


def test_a_module_that_the_bridge_does_not_mirror_is_refused_with_those_it_does(empty):
    with pytest.raises(NotFound, match=r"Calendar.*Contacts, Accounts"):
        empty.pull("Calendar")
    assert empty.requests == []


def test_only_the_modules_named_are_read(empty):
    assert set(empty.pull("Accounts", "Cases").pulled) == {"Accounts", "Cases"}


def test_a_record_that_cannot_be_understood_is_counted_and_the_others_are_read(synced):
    synced.clock.advance(hours=1)
    broken, sound = (row["id"] for row in synced.store.rows("AOS_Invoices")[:2])
    synced.store.update("AOS_Invoices", broken, {"invoice_date": "soon"})
    synced.store.update("AOS_Invoices", sound, {"name": "Avoir"})
    summary = synced.pull("AOS_Invoices")
    assert summary.rejected == {"AOS_Invoices": 1}
    assert summary.pulled == {"AOS_Invoices": 1}
    assert synced.mirrored("SELECT name FROM invoices WHERE id = ?", sound) == [("Avoir",)]


def test_a_full_pull_reads_what_an_incremental_one_passes_over(synced):
    old = {"first_name": "Renée", "date_modified": "2025-01-01 00:00:00"}
    synced.store.update("Contacts", synced.store.rows("Contacts")[0]["id"], old)
    assert synced.pull("Contacts").pulled == {"Contacts": 0}
    assert synced.pull("Contacts", full=True).pulled == {"Contacts": 1}


def test_a_change_saved_just_before_the_last_pull_is_not_missed(synced):
    """It may have been committed only after the page was read."""
    synced.clock.advance(minutes=-9)
    synced.store.update("Contacts", synced.store.rows("Contacts")[0]["id"], {"title": "CEO"})
    assert synced.pull("Contacts", BRIDGE_LAG_MINUTES="10").pulled == {"Contacts": 1}


def interfere(opened, act):
    """Do something when the third page of the invoices is asked for."""
    invoices = once("GET", "/module/AOS_Invoices", act, 3)
    opened.server.before_request.append(invoices)


def edit_the_first_invoice(opened):
    opened.clock.advance(hours=1)
    first = opened.store.rows("AOS_Invoices")[0]["id"]
    opened.store.update("AOS_Invoices", first, {"name": "Avoir"})
    opened.clock.advance(hours=1)


def invoices_read(opened):
    """Read them page by page, in the order of ids."""
    small = {"BRIDGE_PAGE_SIZE": "50", "BRIDGE_PARALLEL": "1"}
    return opened.pull("AOS_Invoices", **small).pulled["AOS_Invoices"]


def test_a_change_made_while_its_module_is_read_arrives_at_the_next_pull(filled):
    interfere(filled, lambda: edit_the_first_invoice(filled))
    assert invoices_read(filled) > 100
    assert filled.mirrored("SELECT count(*) FROM invoices WHERE name = 'Avoir'") == [(0,)]
    assert invoices_read(filled) == 1
    assert filled.mirrored("SELECT count(*) FROM invoices WHERE name = 'Avoir'") == [(1,)]


def test_a_change_made_after_a_pull_was_cut_off_arrives_in_the_end(filled):
    filled.server.before_request.append(dies("GET", "/module/AOS_Invoices", 3))
    with pytest.raises(CrmDown):
        invoices_read(filled)
    filled.server.before_request.pop()
    edit_the_first_invoice(filled)
    invoices_read(filled)
    assert filled.mirrored("SELECT count(*) FROM invoices WHERE name = 'Avoir'") == [(1,)]
    assert invoices_read(filled) == 0


def test_a_contact_that_moves_to_another_account_moves_in_the_mirror(synced):
    contact = synced.store.rows("Contacts")[0]
    other = next(r["id"] for r in synced.store.rows("Accounts") if r["id"] != contact["account_id"])
    synced.clock.advance(hours=1)
    synced.store.update("Contacts", contact["id"], {"account_id": other})
    synced.pull("Contacts")
    query = "SELECT account_id FROM accounts_contacts WHERE contact_id = ?"
    assert synced.mirrored(query, contact["id"]) == [(other,)]


@pytest.mark.parametrize("size", places(["7", "1", "10000"]))
def test_any_page_size_reads_the_same(synced, size):
    before = mirror_rows(synced.home)["accounts"]
    synced.mirrored("DELETE FROM accounts")
    synced.pull("Accounts", full=True, BRIDGE_PAGE_SIZE=size)
    assert mirror_rows(synced.home)["accounts"] == before


@pytest.mark.parametrize("parts", [1, 2, 3, 16])
def test_a_module_is_read_in_ranges_of_like_size_however_its_ids_crowd(filled, parts):
    ids = sorted(row["id"] for row in filled.store.rows("AOS_Invoices"))
    with filled.context(BRIDGE_PAGE_SIZE="10", BRIDGE_PARALLEL=str(parts)) as context:
        found = ranges(context, "AOS_Invoices", ["id"], len(ids))
    assert [found[0].lower_id, found[-1].upper_id] == [None, None]
    assert all(one.upper_id == next.lower_id for one, next in pairwise(found))
    bounds = [bisect_left(ids, scan.lower_id or "") for scan in found]
    sizes = [after - before for before, after in pairwise([*bounds, len(ids)])]
    assert len(sizes) == parts
    assert max(sizes) - min(sizes) <= 1


def test_a_module_of_one_page_is_read_in_one_range(filled):
    with filled.context(BRIDGE_PAGE_SIZE="1000", BRIDGE_PARALLEL="4") as context:
        assert len(ranges(context, "AOS_Invoices", ["id"], 1000)) == 1
