import pytest

from tests.sandbox.conftest import uuid


def test_a_created_record_gets_an_id_and_is_stored(crm):
    record = crm.create("Contacts", last_name="Martin")
    assert crm.store.row("Contacts", record["id"])["last_name"] == "Martin"


def test_a_client_may_choose_the_id(crm):
    data = {"type": "Contacts", "id": uuid(7), "attributes": {"last_name": "Own"}}
    answer = crm.send("POST", "V8/module", {"data": data})
    assert (answer.status_code, answer.get_json(force=True)["data"]["id"]) == (201, uuid(7))


def test_an_id_that_exists_is_refused(people):
    data = {"type": "Contacts", "id": uuid(1), "attributes": {"last_name": "Again"}}
    detail = people.refusal("POST", "V8/module", {"data": data})
    assert detail == f"Bean Contacts with id {uuid(1)} is already exist"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (None, 'The required option "data" is missing.'),
        ({"data": {"attributes": {"name": "x"}}}, 'The required option "type" is missing.'),
        (
            {"data": {"type": "Contacts", "attributes": {"bogus": "1"}}},
            "Property bogus in Contact module is invalid",
        ),
        (
            {"data": {"type": "Contacts", "id": "con-1"}},
            'The option "id" with value "con-1" is invalid.',
        ),
        ({"data": {"type": "Nope", "attributes": {"a": "1"}}}, "Module Nope does not exist"),
        (
            {"data": {"type": "Contacts"}, "meta": {}},
            'The option "meta" does not exist. Defined options are: "data".',
        ),
    ],
)
def test_bad_creations_are_refused(crm, body, detail):
    assert crm.refusal("POST", "V8/module", body) == detail


def test_broken_json_counts_as_no_data(crm):
    answer = crm.send("POST", "V8/module", data="{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["errors"]["detail"] == 'The required option "data" is missing.'


def test_defaults_are_filled_in(crm):
    case = crm.create("Cases", name="Broken")["attributes"]
    assert (case["state"], case["case_number"], case["deleted"]) == ("Open", "1", "0")


def test_numbers_go_on_from_the_highest(crm):
    crm.store.load("AOS_Invoices", [{"number": 41}])
    assert crm.create("AOS_Invoices", name="Next")["attributes"]["number"] == "42"


def test_an_invoice_is_of_today_unless_it_says_otherwise(crm):
    assert crm.create("AOS_Invoices", name="x")["attributes"]["invoice_date"] == "2026-03-09"


def test_amounts_have_six_decimals_and_their_value_in_the_base_currency(crm):
    crm.store.load("Currencies", [{"id": uuid(1), "name": "Dollar", "conversion_rate": 1.25}])
    invoice = crm.create("AOS_Invoices", total_amount="100", currency_id=uuid(1))["attributes"]
    assert invoice["total_amount"] == "100.000000"
    assert invoice["total_amount_usdollar"] == "80.000000"


def test_the_probability_follows_the_sales_stage(crm):
    deal = crm.create("Opportunities", name="Deal", sales_stage="Closed Won", amount=5)
    assert deal["attributes"]["probability"] == "100"


def test_a_change_answers_201_and_the_whole_record(people):
    record = people.change("Contacts", uuid(1), description="new")
    assert (record["attributes"]["description"], record["attributes"]["last_name"]) == (
        "new",
        "Adams",
    )


def test_the_paths_of_a_changed_record_lack_the_module_as_on_the_real_server(people):
    record = people.change("Contacts", uuid(1), description="new")
    related = record["relationships"]["Opportunities"]["links"]["related"]
    assert related == f"V8/module/{uuid(1)}/relationships/opportunities"


def test_a_change_sets_the_date_of_change(people):
    people.change("Contacts", uuid(1), description="new")
    assert people.store.row("Contacts", uuid(1))["date_modified"] == "2026-03-09 12:00:00"


def test_a_date_of_change_that_is_sent_is_kept(people):
    record = people.change("Contacts", uuid(1), date_modified="2020-01-02 03:04:05")
    assert record["attributes"]["date_modified"] == "2020-01-02T03:04:00+00:00"
    assert people.store.row("Contacts", uuid(1))["date_modified"] == "2020-01-02 03:04:05"


def test_null_does_not_clear_a_field(people):
    assert people.change("Contacts", uuid(1), first_name=None)["attributes"]["first_name"] == "Zoé"


def test_an_empty_text_clears_a_field(people):
    assert people.change("Contacts", uuid(1), first_name="")["attributes"]["first_name"] == ""


def test_a_value_outside_its_dropdown_is_accepted(people):
    record = people.change("Contacts", uuid(1), lead_source="Not In List")
    assert record["attributes"]["lead_source"] == "Not In List"


def test_a_text_longer_than_its_column_is_cut(people):
    record = people.change("Contacts", uuid(1), rfm_score_c="54321")
    assert record["attributes"]["rfm_score_c"] == "543"


@pytest.mark.parametrize("sent", [12.5, "12.5", "12.50"])
def test_numbers_may_be_numbers_or_texts(people, sent):
    record = people.change("Contacts", uuid(1), purchase_total_c=sent)
    assert record["attributes"]["purchase_total_c"] == "12.50"


def test_an_empty_text_clears_a_number(people):
    people.change("Contacts", uuid(1), purchase_total_c=5)
    record = people.change("Contacts", uuid(1), purchase_total_c="")
    assert record["attributes"]["purchase_total_c"] == ""


def test_a_date_in_a_form_that_nobody_uses_is_lost(people):
    record = people.change("Contacts", uuid(1), birthdate="1980-05-06T00:00:00Z")
    assert record["attributes"]["birthdate"] == ""


def test_a_date_in_the_users_own_form_is_understood(people):
    record = people.change("Contacts", uuid(1), birthdate="05/06/1980")
    assert record["attributes"]["birthdate"] == "1980-05-06"


def test_an_unknown_id_is_refused(crm):
    detail = crm.refusal("GET", f"V8/module/Contacts/{uuid(1)}")
    assert detail == f"Contacts module with id {uuid(1)} is not found"


def test_an_id_that_is_no_uuid_is_refused(crm):
    detail = crm.refusal("GET", "V8/module/Contacts/con-1")
    assert detail == 'The option "id" with value "con-1" is invalid.'


def test_an_id_made_of_digits_is_read(crm):
    assert crm.get("V8/module/Users/1")["data"]["attributes"]["full_name"] == "Administrator"


def test_sensitive_fields_are_left_out(crm):
    assert "user_name" not in crm.get("V8/module/Users/1")["data"]["attributes"]


def test_a_deleted_record_is_kept_but_out_of_reach(people):
    path = f"V8/module/Contacts/{uuid(1)}"
    assert people.send("DELETE", path).status_code == 200
    detail = f"Contacts module with id {uuid(1)} is not found"
    change = {"data": {"type": "Contacts", "id": uuid(1), "attributes": {"title": "x"}}}
    assert people.refusal("GET", path) == detail
    assert people.refusal("DELETE", path) == detail
    assert people.refusal("PATCH", "V8/module", change) == detail
    assert people.store.row("Contacts", uuid(1))["deleted"] == 1


def test_deleting_moves_the_date_of_change(people):
    people.send("DELETE", f"V8/module/Contacts/{uuid(1)}")
    assert people.store.row("Contacts", uuid(1))["date_modified"] == "2026-03-09 12:00:00"


def test_a_related_name_is_looked_up(crm):
    account = crm.create("Accounts", name="Café & Co")["id"]
    invoice = crm.create("AOS_Invoices", name="x", billing_account_id=account)
    assert invoice["attributes"]["billing_account"] == "Café & Co"


def test_a_line_shows_the_name_of_its_invoice(crm):
    invoice = crm.create("AOS_Invoices", name="Invoice 1")["id"]
    line = crm.create("AOS_Products_Quotes", parent_type="AOS_Invoices", parent_id=invoice)
    assert line["attributes"]["parent_name"] == "Invoice 1"


def test_reading_only_the_id_gives_an_empty_list_of_attributes(people):
    record = people.get(f"V8/module/Contacts/{uuid(1)}?fields[Contacts]=id")["data"]
    assert record["attributes"] == []


@pytest.mark.parametrize(
    ("sent", "stored", "shown"),
    [
        ("O'Brien", "O'Brien", "O&#039;Brien"),
        ('say "x"', 'say "x"', "say &quot;x&quot;"),
        ("a < b > c", "a < b > c", "a &lt; b &gt; c"),
        ("R&D", "R&D", "R&D"),
        ("R&amp;D &eacute; <x>", "R&D é ", "R&D é "),
        ("<b>bold</b>", "<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("a<script>alert(1)</script>b", "ab", "ab"),
        ("  spaces  ", "spaces", "spaces"),
    ],
)
def test_texts_are_cleaned_on_the_way_in_and_encoded_on_the_way_out(people, sent, stored, shown):
    record = people.change("Contacts", uuid(1), title=sent)
    assert people.store.row("Contacts", uuid(1))["title"] == stored
    assert record["attributes"]["title"] == shown
