from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import LockedError, StoreError, UpgradeError
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror, Scan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def scan(module="AOS_Invoices", number=0, **values):
    columns = tuple(catalogue().modules[module].columns)
    given = {"lower_id": None, "upper_id": None, "after_id": None, "modified_from": None} | values
    return Scan(module, number, finished=False, started_at=NOW, columns=columns, **given)


def record(id, module="AOS_Invoices", **values):
    empty = dict.fromkeys(catalogue().modules[module].columns)
    return empty | {"id": id, "date_modified": NOW} | values


def store(mirror, records, module="AOS_Invoices", links=None, last=False):
    begun = scan(module)
    mirror.records.begin([begun])
    return mirror.records.store_page(
        begun, records, links or {}, after_id=records[-1]["id"], last=last
    )


def test_a_stored_amount_is_exact(mirror):
    store(mirror, [record("a", total_amount=Decimal("0.10"))])
    rows = mirror.connection.execute("SELECT total_amount FROM invoices").fetchall()
    assert rows == [(Decimal("0.100000"),)]


def test_a_time_is_kept_in_utc(mirror):
    store(mirror, [record("a", date_entered=NOW)])
    rows = mirror.connection.execute("SELECT date_entered::VARCHAR FROM invoices").fetchall()
    assert rows == [("2026-03-01 12:00:00",)]


def test_a_new_record_counts_as_changed(mirror):
    assert store(mirror, [record("a"), record("b")]).changed == 2


def test_a_record_read_again_unchanged_does_not_count(mirror):
    store(mirror, [record("a", name="Facture")])
    assert store(mirror, [record("a", name="Facture")]).changed == 0


def test_a_record_whose_modification_time_alone_moved_does_not_count(mirror):
    store(mirror, [record("a", name="Facture")])
    later = record("a", name="Facture", date_modified=NOW + timedelta(hours=1))
    assert store(mirror, [later]).changed == 0


def test_the_modification_time_is_kept_even_so(mirror):
    store(mirror, [record("a")])
    store(mirror, [record("a", date_modified=NOW + timedelta(hours=1))])
    rows = mirror.connection.execute("SELECT date_modified::VARCHAR FROM invoices").fetchall()
    assert rows == [("2026-03-01 13:00:00",)]


def test_a_changed_value_counts_and_replaces_the_old_one(mirror):
    store(mirror, [record("a", status="Unpaid")])
    assert store(mirror, [record("a", status="Paid")]).changed == 1
    assert mirror.connection.execute("SELECT status FROM invoices").fetchall() == [("Paid",)]


def test_a_record_that_a_page_repeats_is_stored_once(mirror):
    store(mirror, [record("a", status="Unpaid"), record("a", status="Paid")])
    assert mirror.connection.execute("SELECT status FROM invoices").fetchall() == [("Paid",)]


def test_a_column_that_was_not_read_keeps_its_value(mirror):
    store(mirror, [record("a", status="Paid", name="Facture")])
    begun = Scan("AOS_Invoices", 0, None, None, None, False, None, NOW, ("date_modified", "name"))
    mirror.records.begin([begun])
    page = [{"id": "a", "date_modified": NOW, "name": "Avoir"}]
    mirror.records.store_page(begun, page, {}, after_id="a", last=True)
    rows = mirror.connection.execute("SELECT name, status FROM invoices").fetchall()
    assert rows == [("Avoir", "Paid")]


def test_a_scan_that_was_cut_off_is_found_where_it_stopped(mirror):
    store(mirror, [record("a"), record("b")])
    (found,) = mirror.records.scans("AOS_Invoices")
    assert (found.after_id, found.finished, found.started_at) == ("b", False, NOW)


def test_a_finished_scan_becomes_the_bookmark(mirror):
    store(mirror, [record("a")], last=True)
    mirror.records.finish("AOS_Invoices")
    assert mirror.records.bookmark("AOS_Invoices").through == NOW
    assert mirror.records.scans("AOS_Invoices") == []


def test_a_page_that_cannot_be_stored_leaves_nothing_behind(mirror):
    begun = scan()
    mirror.records.begin([begun])
    broken = record("b", total_amount=1.5)
    with pytest.raises(TypeError):
        mirror.records.store_page(begun, [record("a"), broken], {}, after_id="b", last=True)
    assert mirror.records.count("AOS_Invoices") == 0
    assert mirror.records.scans("AOS_Invoices")[0].after_id is None


def test_a_link_carried_by_a_column_is_mirrored(mirror):
    store(mirror, [record("c1", "Contacts", account_id="a1"), record("c2", "Contacts")], "Contacts")
    rows = mirror.connection.execute("SELECT contact_id, account_id FROM accounts_contacts")
    assert rows.fetchall() == [("c1", "a1")]


def test_a_link_that_is_gone_leaves_the_mirror(mirror):
    store(mirror, [record("k", "Cases")], "Cases", {"contacts_cases": {"k": ["c1", "c2"]}})
    store(mirror, [record("k", "Cases")], "Cases", {"contacts_cases": {"k": ["c2"]}})
    rows = mirror.connection.execute("SELECT case_id, contact_id FROM contacts_cases").fetchall()
    assert rows == [("k", "c2")]


def test_a_mirror_that_another_process_has_open_says_who(tmp_path, monkeypatch):
    import duckdb

    def taken(*args, **options):
        raise duckdb.IOException("Could not set lock on file: Conflicting lock is held (PID 4711)")

    monkeypatch.setattr("suitecrm_bridge.mirror.store.duckdb.connect", taken)
    with pytest.raises(LockedError, match="4711"):
        Mirror.open(tmp_path)


def test_a_file_that_is_no_mirror_is_refused_with_its_path(tmp_path):
    (tmp_path / MIRROR_FILE).write_bytes(b"x" * 8192)
    with pytest.raises(StoreError, match=MIRROR_FILE):
        Mirror.open(tmp_path)


def test_a_mirror_of_a_newer_version_is_refused(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.connection.execute("INSERT INTO schema_migrations VALUES ('9999_later')")
    with pytest.raises(UpgradeError, match="9999_later"):
        Mirror.open(tmp_path)


def test_what_was_stored_is_there_after_opening_again(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        store(mirror, [record("a", invoice_date=date(2026, 2, 28))])
    with Mirror.open(tmp_path) as mirror:
        assert mirror.records.count("AOS_Invoices") == 1


def test_a_column_that_the_catalogue_gained_is_added(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.connection.execute("ALTER TABLE contacts DROP COLUMN rfm_segment_c")
        mirror.connection.execute("DELETE FROM schema_migrations WHERE name LIKE 'columns-%'")
    with Mirror.open(tmp_path) as mirror:
        assert mirror.connection.execute("SELECT rfm_segment_c FROM contacts").fetchall() == []


def test_after_a_write_each_record_keeps_the_columns_that_are_not_known(mirror):
    store(mirror, [record("a", status="Paid", name="A"), record("b", status="Paid", name="B")])
    mirror.records.update(
        "AOS_Invoices", [{"id": "a", "status": "Unpaid"}, {"id": "b", "name": "C"}]
    )
    rows = mirror.connection.execute("SELECT id, status, name FROM invoices ORDER BY id").fetchall()
    assert rows == [("a", "Unpaid", "A"), ("b", "Paid", "C")]
