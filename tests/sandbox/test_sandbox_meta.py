import pytest

from suitecrm_bridge.catalogue import catalogue


def test_the_current_user_is_the_administrator(crm):
    user = crm.get("V8/current-user")["data"]
    assert (user["id"], user["attributes"]["is_admin"]) == ("1", "1")


def test_the_current_users_dates_are_in_his_own_form(crm):
    attributes = crm.get("V8/current-user")["data"]["attributes"]
    assert attributes["date_entered"] == "03/09/2026 12:00"


def test_the_modules_on_show_are_listed(crm):
    modules = crm.get("V8/meta/modules")["data"]["attributes"]
    assert modules["AOS_Invoices"]["label"] == "Invoices"
    assert "AOS_Products_Quotes" not in modules


def test_the_fields_of_a_module_are_described(crm):
    fields = crm.get("V8/meta/fields/AOS_Invoices")["data"]["attributes"]
    assert fields["total_amount"]["len"] == "26,6"


@pytest.mark.parametrize(
    "module", ["AOS_Products_Quotes", "CampaignLog", "Currencies", "Users", "SurveyResponses", "X"]
)
def test_the_fields_of_hidden_modules_are_refused(crm, module):
    detail = crm.refusal("GET", f"V8/meta/fields/{module}")
    assert detail == "[SuiteCRM] [Not Allowed] The API user does not have access to this module."


def test_hidden_modules_are_listed_all_the_same(crm):
    crm.store.load("AOS_Products_Quotes", [{"name": "Line"}])
    assert len(crm.get("V8/module/AOS_Products_Quotes")["data"]) == 1


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Cases"])
def test_the_package_brings_every_field_of_the_catalogue(crm, module):
    fields = crm.get(f"V8/meta/fields/{module}")["data"]["attributes"]
    own = catalogue().fields_of(module)
    assert {field.name for field in own} <= fields.keys()
    stored = {field.id_name or field.name for field in own}
    assert {fields[name]["source"] for name in stored} == {"custom_fields"}


def test_a_relate_of_the_package_has_a_name_to_read_and_an_id_beside_it(crm):
    product = crm.create("AOS_Products", name="Wok")["id"]
    case = crm.create("Cases", name="Bent", aos_products_id_c=product)
    shown = crm.get(f"V8/module/Cases/{case['id']}")["data"]["attributes"]
    assert (shown["complaint_product_c"], shown["aos_products_id_c"]) == ("Wok", product)


def test_a_boolean_that_was_never_set_is_jsons_false_and_one_that_is_off_is_a_text(crm):
    crm.store.load("Cases", [{"name": "Bent", "complaint_c": 0, "sla_breached_c": None}])
    [case] = crm.get("V8/module/Cases")["data"]
    shown = case["attributes"]
    assert (shown["complaint_c"], shown["sla_breached_c"]) == ("0", False)


def test_without_the_package_its_fields_do_not_exist(crm_with):
    crm = crm_with(package=False)
    assert "rfm_segment_c" not in crm.get("V8/meta/fields/Contacts")["data"]["attributes"]
    detail = crm.refusal("GET", "V8/module/Contacts?fields[Contacts]=rfm_segment_c")
    assert detail == "The following field in Contact module is not found: rfm_segment_c"


@pytest.mark.parametrize("path", ["V8/nope", "V8/custom/nope", "nope"])
def test_an_unknown_route_is_404(crm, path):
    answer = crm.send("GET", path)
    assert (answer.status_code, answer.get_json()) == (404, {"message": "Not found"})


def test_a_wrong_method_is_405(crm):
    answer = crm.send("POST", "V8/module/Contacts", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_every_module_and_column_of_the_catalogue_is_there(crm):
    for module, facts in catalogue().modules.items():
        known = crm.get(f"V8/module/{module}?fields[{module}]={','.join(facts.columns)}")
        assert known["data"] == []
