"""The fast route `links`: what `docs/fast-routes.md` promises of it."""

from __future__ import annotations

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.contract.fastroutes import answered, declined


def links_of(crm, table, column, id_, since, **parameters):
    rows = crm.rows(f"links/{table}", modified_from=since, **parameters)
    return [row for row in rows if row[column] == id_]


@pytest.mark.parametrize("table", catalogue().links)
def test_a_link_table_has_the_ids_of_both_sides(crm, table):
    link = catalogue().links[table]
    answer = answered(crm.get(f"links/{table}", limit=3))
    assert answer["columns"][:3] == ["id", "deleted", "date_modified"]
    assert set(answer["columns"][3:]) == {link.own_id, link.other_id}
    assert all(row[1] == 0 and row[3] and row[4] for row in answer["rows"])


def test_a_link_leads_from_one_record_to_the_other(crm):
    since = answered(crm.get("ping"))["server_time"]
    account = crm.create("Accounts", name="Fils")
    contact = crm.create("Contacts", last_name="Moreau", account_id=account)
    [link] = links_of(crm, "accounts_contacts", "contact_id", contact, since)
    assert (link["account_id"], link["deleted"]) == (account, 0)


def test_a_link_that_has_ended_comes_only_when_asked_for_and_then_empty(crm):
    since = answered(crm.get("ping"))["server_time"]
    case = crm.create("Cases", name="Late")
    contact = crm.create("Contacts", last_name="Moreau")
    crm.crm.module("Cases").relate(case, "contacts", "Contacts", contact)
    [link] = links_of(crm, "contacts_cases", "case_id", case, since)
    crm.crm.module("Cases").unrelate(case, "contacts", contact)
    assert links_of(crm, "contacts_cases", "case_id", case, since) == []
    rows = {
        row["id"]: row for row in crm.rows("links/contacts_cases", deleted=1, modified_from=since)
    }
    assert rows[link["id"]]["deleted"] == 1
    assert rows[link["id"]]["contact_id"] is rows[link["id"]]["case_id"] is None


def test_links_are_paged_in_the_order_of_their_ids(crm):
    account = crm.create("Accounts", name="Fils")
    for name in ("a", "b", "c"):
        crm.create("Contacts", last_name=name, account_id=account)
    whole = [row["id"] for row in crm.rows("links/accounts_contacts", limit=9)]
    first = answered(crm.get("links/accounts_contacts", limit=1))
    assert first["complete"] is False
    rest = crm.rows("links/accounts_contacts", limit=8, after=first["rows"][0][0])
    assert [first["rows"][0][0], *[row["id"] for row in rest]] == whole
    assert len(set(whole)) == len(whole) >= 3


@pytest.mark.parametrize("table", ["users", "contacts_users", "no_such_link", "contacts"])
def test_a_link_outside_the_catalogue_is_unknown(crm, table):
    declined(crm.get(f"links/{table}"), 404, "unknown_link")
