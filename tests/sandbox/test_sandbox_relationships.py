import pytest

from tests.sandbox.conftest import uuid


@pytest.fixture
def account(people):
    return people.create("Accounts", name="Café")["id"]


@pytest.fixture
def target_list(people):
    return people.create("ProspectLists", name="Champions")["id"]


def contact(number):
    return {"data": {"type": "Contacts", "id": uuid(number)}}


def members(crm, path):
    return [record["id"] for record in crm.get(path)["data"]]


SPELLINGS = [str.upper, lambda id_: f"{id_} ", lambda id_: f"{id_.upper()}   "]


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_link_is_found_however_its_rows_spell_the_ids(people, spell):
    """As in MySQL, which looks at neither case nor blanks at the end."""
    case, contact_id = (
        "cccccccc-0000-4000-8000-00000000abcd",
        "aaaaaaaa-0000-4000-8000-00000000abcd",
    )
    people.store.load("Cases", [{"id": case, "name": "Broken"}])
    people.store.load("Contacts", [{"id": contact_id, "last_name": "Ada"}])
    row = {"contact_id": spell(contact_id), "case_id": spell(case)}
    people.store.load_link("contacts_cases", [row])
    assert members(people, f"V8/module/Cases/{case}/relationships/contacts") == [contact_id]
    path = f"V8/module/Contacts/{contact_id}/relationships/cases"
    assert members(people, path) == [case]
    assert people.send("DELETE", f"{path}/{case}").status_code == 200
    assert members(people, path) == []


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_column_leads_to_its_record_however_it_spells_the_id(people, spell):
    account_id = "aaaaaaaa-0000-4000-8000-00000000abcd"
    people.store.load("Accounts", [{"id": account_id, "name": "Acme"}])
    (invoice,) = [{"id": uuid(9), "name": "May", "billing_account_id": spell(account_id)}]
    people.store.load("AOS_Invoices", [invoice])
    assert members(people, f"V8/module/Accounts/{account_id}/relationships/aos_invoices") == [
        uuid(9)
    ]
    shown = people.get(f"V8/module/AOS_Invoices/{uuid(9)}")["data"]["attributes"]
    assert shown["billing_account_id"] == spell(account_id).rstrip()
    assert shown["billing_account"] == "Acme"


def test_a_filter_looks_at_no_blanks_at_the_end(people):
    people.store.load("Accounts", [{"id": uuid(8), "name": "Acme "}])
    for asked in ("acme", "Acme", "Acme%20%20"):
        assert members(people, f"V8/module/Accounts?filter[name][eq]={asked}") == [uuid(8)]


def test_a_contact_joins_an_account_by_link(people, account):
    path = f"V8/module/Accounts/{account}/relationships/contacts"
    answer = people.send("POST", path, contact(1))
    assert answer.status_code == 201
    assert answer.get_json(force=True)["meta"]["relationshipLink"] == "contacts"
    assert members(people, path) == [uuid(1)]


def test_a_contact_joins_an_account_by_type(people, account):
    path = f"V8/module/Accounts/{account}/relationships"
    answer = people.send("POST", path, contact(1)).get_json(force=True)
    assert answer["meta"]["message"] == (
        f"Contact with id {uuid(1)} has been added to Account with id {account}"
    )
    assert members(people, f"{path}/contacts") == [uuid(1)]


def test_joining_an_account_fills_the_contacts_account_id(people, account):
    people.send("POST", f"V8/module/Accounts/{account}/relationships/contacts", contact(1))
    record = people.get(f"V8/module/Contacts/{uuid(1)}")["data"]["attributes"]
    assert (record["account_id"], record["account_name"]) == (account, "Café")


def test_setting_account_id_fills_the_link_table(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    (link,) = people.store.link_rows("accounts_contacts")
    assert (link["contact_id"], link["account_id"]) == (uuid(1), account)


def test_a_new_account_replaces_the_old_one(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    other = people.create("Accounts", name="Other")["id"]
    people.change("Contacts", uuid(1), account_id=other)
    links = people.store.link_rows("accounts_contacts")
    assert [link["account_id"] for link in links] == [other]


def test_leaving_an_account_clears_account_id(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    people.send("DELETE", f"V8/module/Accounts/{account}/relationships/contacts/{uuid(1)}")
    assert people.store.row("Contacts", uuid(1))["account_id"] is None


def test_deleting_an_account_lets_its_contacts_go(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    people.send("DELETE", f"V8/module/Accounts/{account}")
    assert people.store.link_rows("accounts_contacts") == []
    assert people.get(f"V8/module/Contacts/{uuid(1)}")["data"]["attributes"]["account_id"] == ""


def test_the_account_of_a_case_is_a_field_of_the_case(people, account):
    case = people.create("Cases", name="Broken", account_id=account)
    assert case["attributes"]["account_id"] == account
    assert members(people, f"V8/module/Accounts/{account}/relationships/cases") == [case["id"]]


def test_a_case_joins_an_account_by_link(people, account):
    case = people.create("Cases", name="Broken")["id"]
    body = {"data": {"type": "Cases", "id": case}}
    people.send("POST", f"V8/module/Accounts/{account}/relationships/cases", body)
    assert people.store.row("Cases", case)["account_id"] == account


def test_the_account_of_an_opportunity_is_answered_as_its_field(people, account):
    deal = people.create("Opportunities", name="Deal", account_id=account)
    assert deal["attributes"]["account_name"] == "Café"
    path = f"V8/module/Accounts/{account}/relationships/opportunities"
    assert members(people, path) == [deal["id"]]


@pytest.mark.parametrize(
    ("module", "table"),
    [("Cases", "contacts_cases"), ("Opportunities", "opportunities_contacts")],
)
def test_contacts_are_linked_many_to_many(people, module, table):
    id_ = people.create(module, name="x")["id"]
    path = f"V8/module/{module}/{id_}/relationships/contacts"
    people.send("POST", path, contact(1))
    people.send("POST", path, contact(2))
    assert members(people, path) == [uuid(1), uuid(2)]
    assert len(people.store.link_rows(table)) == 2


def test_adding_a_member_twice_is_201_twice_and_one_row(people, target_list):
    path = f"V8/module/ProspectLists/{target_list}/relationships/contacts"
    statuses = [people.send("POST", path, contact(1)).status_code for _ in range(2)]
    assert statuses == [201, 201]
    (row,) = people.store.link_rows("prospect_lists_prospects")
    assert (row["related_id"], row["related_type"]) == (uuid(1), "Contacts")


def test_a_target_list_counts_its_members(people, target_list):
    people.send("POST", f"V8/module/ProspectLists/{target_list}/relationships/contacts", contact(1))
    record = people.get(f"V8/module/ProspectLists/{target_list}")["data"]
    assert record["attributes"]["entry_count"] == "1"


def test_accounts_and_contacts_of_a_target_list_are_kept_apart(people, target_list, account):
    body = {"data": {"type": "Accounts", "id": account}}
    people.send("POST", f"V8/module/ProspectLists/{target_list}/relationships/accounts", body)
    path = f"V8/module/ProspectLists/{target_list}/relationships"
    assert people.get(f"{path}/contacts")["data"] == []
    assert members(people, f"{path}/accounts") == [account]


def test_a_removed_member_is_gone(people, target_list):
    path = f"V8/module/ProspectLists/{target_list}/relationships/contacts"
    people.send("POST", path, contact(1))
    answer = people.send("DELETE", f"{path}/{uuid(1)}")
    assert answer.get_json(force=True)["meta"]["message"] == (
        f"Relationship has been deleted between ProspectList with id {target_list}"
        f" and Contact with id {uuid(1)}"
    )
    assert people.get(path)["data"] == []


def test_removing_who_is_no_member_is_refused(people, target_list):
    path = f"V8/module/ProspectLists/{target_list}/relationships/contacts/{uuid(1)}"
    detail = people.refusal("DELETE", path)
    assert detail == f"Module with {uuid(1)} id is not related to ProspectList"


def test_a_related_record_has_all_attributes_and_a_link_to_itself(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    (record,) = people.get(f"V8/module/Accounts/{account}/relationships/contacts")["data"]
    assert list(record) == ["type", "id", "attributes", "links"]
    assert record["links"] == {"self": f"V8/module/Contact/{uuid(1)}"}


def test_related_records_come_in_pages(people, account):
    for number in (1, 2, 3):
        people.change("Contacts", uuid(number), account_id=account)
    path = f"V8/module/Accounts/{account}/relationships/contacts?page[size]=2&page[number]=2"
    listed = people.get(path)
    assert listed["meta"] == {"total-records": 3, "total-pages": 2, "records-on-this-page": 1}
    assert listed["links"]["next"] is None


def test_related_records_can_be_filtered(people, account):
    for number in (1, 2):
        people.change("Contacts", uuid(number), account_id=account)
    path = f"V8/module/Accounts/{account}/relationships/contacts?filter[last_name][eq]=baker"
    assert members(people, path) == [uuid(2)]


def test_a_deleted_record_is_no_longer_related(people, account):
    people.change("Contacts", uuid(1), account_id=account)
    people.send("DELETE", f"V8/module/Contacts/{uuid(1)}")
    assert people.get(f"V8/module/Accounts/{account}/relationships/contacts")["data"] == []


def test_an_empty_link_is_a_message(people, account):
    answer = people.get(f"V8/module/Accounts/{account}/relationships/cases")
    message = "There is no relationship set in Account module with cases link field"
    assert answer == {"meta": {"message": message}, "data": []}


def test_a_link_to_a_module_that_the_sandbox_lacks_is_empty(people, account):
    assert people.get(f"V8/module/Accounts/{account}/relationships/bugs")["data"] == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_link_is_refused(people, account, method):
    path = f"V8/module/Accounts/{account}/relationships/bogus"
    detail = people.refusal(method, path, contact(1) if method == "POST" else None)
    assert detail == "Cannot load relationship bogus for Account module"


def test_relating_an_unknown_record_is_refused(people, account):
    path = f"V8/module/Accounts/{account}/relationships/contacts"
    assert people.refusal("POST", path, contact(9)) == (
        f"Contacts module with id {uuid(9)} is not found"
    )


def test_relating_a_record_of_another_module_is_refused(people, account):
    body = {"data": {"type": "Accounts", "id": account}}
    path = f"V8/module/Accounts/{account}/relationships/contacts"
    assert people.refusal("POST", path, body) == (
        "Cannot create relationship contacts between module Account and Account"
    )
