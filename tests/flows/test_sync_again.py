"""What a sync does to a SuiteCRM that it knows already."""

from datetime import timedelta
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import SCORED_MODULES
from tests.flows.world import DAY, WRITES, crm_rows, log_left_alone, settled_base, world_of

STAMPS = {"date_modified", "modified_user_id"}
WRITTEN = {
    module: {field.name for field in catalogue().fields_of(module, "bridge")}
    for module in SCORED_MODULES.values()
}
NEW_INVOICE = "ffffffff-0000-4000-8000-000000000001"


def buyer(world):
    """A contact whose next purchase changes more than the record's own figures."""
    return world.mirrored(
        "SELECT customer_id, purchase_count, purchase_total FROM scores_contacts"
        " WHERE purchase_count = 1 ORDER BY customer_id LIMIT 1"
    )[0]


def sell(world, contact, amount):
    world.clock.advance(hours=1)
    world.store.load(
        "AOS_Invoices",
        [
            {
                "id": NEW_INVOICE,
                "name": "Facture",
                "status": "Paid",
                "currency_id": "-99",
                "invoice_date": str(DAY),
                "billing_contact_id": contact,
                "total_amount": amount,
                "total_amount_usdollar": amount,
            }
        ],
    )


def changed_by_the_bridge(before, after):
    """Ids of records in which a field of the bridge, the date of the figures apart, differs."""
    return {
        new["id"]
        for module, fields in WRITTEN.items()
        for old, new in zip(before[module], after[module], strict=True)
        if any(old[name] != new[name] for name in fields - {"scored_at_c"})
    }


def test_a_second_sync_reads_no_change_and_writes_nothing(synced):
    summary = synced.sync()
    assert set(summary.pulled) == set(catalogue().modules)
    assert set(summary.pulled.values()) == {0}
    assert (summary.planned, summary.written, summary.unchanged) == (0, 0, WRITES)
    assert synced.patches == []


@pytest.mark.story
def test_the_bridges_own_writes_do_not_count_as_changes_at_the_next_full_read(synced):
    synced.clock.advance(days=1)
    assert set(synced.sync(full=True).pulled.values()) == {0}
    assert synced.patches == []


def test_an_edit_by_a_person_arrives_at_the_next_sync_and_counts_alone(synced):
    contact = synced.store.rows("Contacts")[0]["id"]
    synced.clock.advance(hours=1)
    synced.store.update("Contacts", contact, {"first_name": "Renée"})
    summary = synced.sync()
    assert {module: count for module, count in summary.pulled.items() if count} == {"Contacts": 1}
    query = "SELECT first_name FROM contacts WHERE id = ?"
    assert synced.mirrored(query, contact) == [("Renée",)]
    assert synced.patches == []


@pytest.fixture(scope="module")
def sold(bases, tmp_path_factory):
    """A world that was synced after a sale, the buyer and what they had bought before, the
    summary, and every record as it was."""
    with log_left_alone(), world_of(tmp_path_factory.mktemp("sold"), *settled_base(bases)) as world:
        before, who = crm_rows(world), buyer(world)
        sell(world, who[0], 4999.5)
        yield world, who, world.sync(), before


@pytest.mark.story
def test_a_new_invoice_changes_its_customers_figures(sold):
    world, (contact, count, total), summary, _ = sold
    assert summary.pulled["AOS_Invoices"] == 1
    row = world.store.row("Contacts", contact)
    assert row["purchase_count_c"] == count + 1
    assert Decimal(str(row["purchase_total_c"])) == total + Decimal("4999.50")
    assert row["last_purchase_c"] == str(DAY)


def test_a_new_invoice_writes_only_the_records_that_it_changes(sold):
    world, _, summary, before = sold
    changed = changed_by_the_bridge(before, crm_rows(world))
    assert sorted(patch["id"] for patch in world.patches) == sorted(changed)
    assert 1 <= summary.written == len(changed) < WRITES
    assert world.push(dry_run=True).planned == 0


def test_a_write_holds_only_the_fields_that_differ(sold):
    world, _, _, rows_before = sold
    before = {row["id"]: row for rows in rows_before.values() for row in rows}
    after = {row["id"]: row for rows in crm_rows(world).values() for row in rows}
    assert world.patches
    for patch in world.patches:
        old, new = before[patch["id"]], after[patch["id"]]
        different = {name for name in WRITTEN[patch["type"]] if old[name] != new[name]}
        assert set(patch["attributes"]) == different


@pytest.mark.story
def test_another_day_alone_is_no_reason_to_write_a_record(synced):
    before = crm_rows(synced)
    synced.sync(as_of=DAY + timedelta(days=1))
    changed = changed_by_the_bridge(before, crm_rows(synced))
    assert sorted(patch["id"] for patch in synced.patches) == sorted(changed)
    assert len(changed) < WRITES


def test_a_score_that_somebody_changed_is_put_right(synced):
    contact, count, _ = buyer(synced)
    synced.clock.advance(hours=1)
    synced.store.update("Contacts", contact, {"purchase_count_c": 99})
    assert synced.sync().written == 1
    assert synced.store.row("Contacts", contact)["purchase_count_c"] == count


def test_writes_hold_only_fields_that_are_the_bridges_own(scored):
    scored.push()
    assert len(scored.patches) == WRITES
    for patch in scored.patches:
        assert set(patch) == {"type", "id", "attributes"}
        assert set(patch["attributes"]) <= WRITTEN[patch["type"]]


def test_what_people_fill_in_is_as_before(scored):
    for module in ("Contacts", "Accounts"):
        first = scored.store.rows(module)[0]["id"]
        scored.store.update(module, first, {"wallet_estimate_c": 12345.67})
    before = crm_rows(scored)
    scored.sync()
    after = crm_rows(scored)
    assert before["Contacts"] != after["Contacts"]
    for module, rows in before.items():
        own = WRITTEN.get(module, set()) | STAMPS
        for old, new in zip(rows, after[module], strict=True):
            assert {n: v for n, v in old.items() if n not in own} == {
                n: v for n, v in new.items() if n not in own
            }


def test_a_dry_run_writes_nothing_and_counts_what_the_next_run_does(scored):
    before = crm_rows(scored)
    dry = scored.sync(dry_run=True)
    assert (scored.patches, dry.written, dry.failed) == ([], 0, 0)
    assert crm_rows(scored) == before
    run = scored.sync()
    assert (run.planned, run.unchanged) == (dry.planned, dry.unchanged)
    assert run.written == dry.planned == len(scored.patches) == WRITES


def test_a_dry_run_after_a_change_counts_what_the_next_run_does(synced):
    sell(synced, buyer(synced)[0], 4999.5)
    dry = synced.sync(dry_run=True)
    assert synced.patches == []
    run = synced.sync()
    assert dry.planned == run.planned == run.written > 0
    assert dry.unchanged == run.unchanged
