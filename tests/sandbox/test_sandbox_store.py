from concurrent.futures import ThreadPoolExecutor

import pytest

from suitecrm_bridge.errors import NotFound, StoreError
from suitecrm_bridge.sandbox import Sandbox
from tests.sandbox.conftest import uuid


def test_rows_come_in_id_order(crm):
    crm.store.load("Accounts", [{"id": uuid(2), "name": "B"}, {"id": uuid(1), "name": "A"}])
    assert [row["name"] for row in crm.store.rows("Accounts")] == ["A", "B"]


def test_a_row_without_id_or_dates_gets_them(crm):
    crm.store.load("Accounts", [{"name": "A"}])
    (row,) = crm.store.rows("Accounts")
    assert len(row["id"]) == 36
    assert row["date_modified"] == "2026-03-09 12:00:00"


def test_load_returns_how_many_rows_it_took(crm):
    assert (
        crm.store.load("Accounts", ({"name": f"A{number}"} for number in range(12_000))) == 12_000
    )
    assert crm.store.count("Accounts") == 12_000


def test_deleted_rows_do_not_count(crm):
    crm.store.load("Accounts", [{"name": "A"}, {"name": "B", "deleted": 1}])
    assert (crm.store.count("Accounts"), len(crm.store.rows("Accounts"))) == (1, 2)


def test_loading_contacts_with_an_account_fills_the_link_table(crm):
    crm.store.load("Contacts", [{"id": uuid(1), "account_id": uuid(2)}, {"id": uuid(3)}])
    assert [row["contact_id"] for row in crm.store.link_rows("accounts_contacts")] == [uuid(1)]


def test_loading_the_link_table_fills_the_contacts_account(crm):
    crm.store.load("Contacts", [{"id": uuid(1)}])
    crm.store.load_link("accounts_contacts", [{"contact_id": uuid(1), "account_id": uuid(2)}])
    assert crm.store.row("Contacts", uuid(1))["account_id"] == uuid(2)


def test_loading_both_makes_one_link(crm):
    crm.store.load("Contacts", [{"id": uuid(1), "account_id": uuid(2)}])
    crm.store.load_link("accounts_contacts", [{"contact_id": uuid(1), "account_id": uuid(2)}])
    assert len(crm.store.link_rows("accounts_contacts")) == 1


def test_a_deleted_link_gives_no_account(crm):
    crm.store.load("Contacts", [{"id": uuid(1)}])
    link = {"contact_id": uuid(1), "account_id": uuid(2), "deleted": 1}
    crm.store.load_link("accounts_contacts", [link])
    assert crm.store.row("Contacts", uuid(1))["account_id"] is None


def test_an_update_moves_the_date_of_change(people):
    people.clock.advance(hours=1)
    people.store.update("Contacts", uuid(1), {"last_name": "Married"})
    row = people.store.row("Contacts", uuid(1))
    assert (row["last_name"], row["date_modified"]) == ("Married", "2026-03-09 13:00:00")


def test_an_update_may_say_when_it_happened(people):
    people.store.update("Contacts", uuid(1), {"date_modified": "2020-01-01 00:00:00"})
    assert people.store.row("Contacts", uuid(1))["date_modified"] == "2020-01-01 00:00:00"


def test_an_unknown_module_is_named(crm):
    with pytest.raises(NotFound, match="no module “Nope”"):
        crm.store.rows("Nope")


def test_an_unknown_link_table_is_named(crm):
    with pytest.raises(NotFound, match="no link table “nope”"):
        crm.store.load_link("nope", [])


def test_an_unknown_column_is_named(crm):
    with pytest.raises(StoreError, match="no column bogus"):
        crm.store.load("Contacts", [{"bogus": 1}])


def test_an_unknown_record_is_named(crm):
    with pytest.raises(NotFound, match=uuid(1)):
        crm.store.update("Contacts", uuid(1), {"title": "x"})


def test_an_id_twice_is_refused_and_nothing_is_loaded(crm):
    with pytest.raises(StoreError, match="already there"):
        crm.store.load("Contacts", [{"id": uuid(1)}, {"id": uuid(1)}])
    assert crm.store.count("Contacts") == 0


def test_a_file_keeps_its_rows(tmp_path):
    with Sandbox(path=tmp_path / "crm.sqlite") as first:
        first.store.load("Accounts", [{"name": "Kept"}])
    with Sandbox(path=tmp_path / "crm.sqlite") as second:
        assert [row["name"] for row in second.store.rows("Accounts")] == ["Kept"]


def test_threads_may_write_at_once(crm):
    def add(number):
        return crm.store.load("Accounts", [{"name": f"A{number}"}])

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(100))) == 100
    assert crm.store.count("Accounts") == 100
