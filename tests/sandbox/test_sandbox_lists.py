import pytest

from tests.sandbox.conftest import uuid

EVERYONE = ["Adams", "Baker", "Clark", "dupont", "Ebner"]


def test_a_list_without_page_size_has_twenty_rows_and_says_nothing_of_pages(crm):
    crm.store.load("Contacts", [{"last_name": f"N{number}"} for number in range(25)])
    listed = crm.get("V8/module/Contacts")
    assert (len(listed["data"]), list(listed)) == (20, ["data"])


def test_a_page_says_how_many_pages_there_are(people):
    listed = people.get("V8/module/Contacts?page[size]=2&page[number]=1")
    assert listed["meta"] == {"total-pages": 3, "records-on-this-page": 2}


def test_the_last_page_is_short_and_has_no_next(people):
    listed = people.get("V8/module/Contacts?page[size]=2&page[number]=3")
    assert (len(listed["data"]), listed["links"]["next"]) == (1, None)


def test_a_size_without_number_points_to_page_one_as_the_next(people):
    links = people.get("V8/module/Contacts?page[size]=2")["links"]
    assert links["next"] == "V8/module/Contacts?page[size]=2&page[number]=1"


def test_links_repeat_the_query_not_encoded(people):
    query = "filter[last_name][like]=%25a%25&page[size]=1&page[number]=2"
    links = people.get(f"V8/module/Contacts?{query}")["links"]
    assert links["prev"] == (
        "V8/module/Contacts?filter[last_name][like]=%a%&page[size]=1&page[number]=1"
    )


def test_beyond_the_last_page_is_a_message(people):
    listed = people.get("V8/module/Contacts?page[size]=2&page[number]=9")
    assert listed == {
        "meta": {"message": "Request was successful, but there is no result"},
        "data": [],
    }


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("page[size]=0", 'The option "size" with value "0" is invalid.'),
        ("page[number]=0&page[size]=2", 'The option "number" with value "0" is invalid.'),
        ("page[size]=-5", 'The option "page" with value array is invalid.'),
        ("page[size]=abc", 'The option "page" with value array is invalid.'),
        (
            "page=3",
            'The option "page" with value "3" is expected to be of type "array",'
            ' but is of type "string".',
        ),
        (
            "limit=3",
            'The option "limit" does not exist. Defined options are: "fields", "filter",'
            ' "moduleName", "page", "sort".',
        ),
    ],
)
def test_bad_pages_and_options_are_refused(crm, query, detail):
    assert crm.refusal("GET", f"V8/module/Contacts?{query}") == detail


def test_rows_come_in_id_order_without_a_sort(people):
    assert people.last_names("page[size]=9") == EVERYONE


def test_a_sort_ignores_case_as_the_database_does(people):
    assert people.last_names("sort=last_name&page[size]=9") == EVERYONE


def test_a_minus_sorts_downwards(people):
    assert people.last_names("sort=-last_name&page[size]=2") == ["Ebner", "dupont"]


def test_two_sort_keys_are_refused(crm):
    detail = crm.refusal("GET", "V8/module/Contacts?sort=last_name,first_name")
    assert detail == 'The option "sort" with value "last_name,first_name" is invalid.'


def test_an_unknown_sort_key_is_refused(crm):
    detail = crm.refusal("GET", "V8/module/Contacts?sort=bogus")
    assert detail == "Sort field bogus in Contact module is not found"


def test_only_the_fields_asked_for_are_answered(people):
    record = people.get("V8/module/Contacts?fields[Contacts]=last_name,date_modified&page[size]=1")
    assert list(record["data"][0]["attributes"]) == ["date_modified", "last_name"]


def test_unknown_fields_are_named(crm):
    detail = crm.refusal("GET", "V8/module/Contacts?fields[Contacts]=last_name,a,b")
    assert detail == "The following fields in Contact module are not found: a, b"


def test_every_record_has_its_relationships(people):
    record = people.get("V8/module/Contacts?fields[Contacts]=last_name&page[size]=1")["data"][0]
    assert record["relationships"]["Opportunities"] == {
        "links": {"related": f"V8/module/Contacts/{uuid(1)}/relationships/opportunities"}
    }


def test_the_type_of_a_record_is_the_object_not_the_module(people):
    assert people.get("V8/module/Contacts?page[size]=1")["data"][0]["type"] == "Contact"


def test_a_module_answers_to_its_object_name(people):
    assert len(people.get("V8/module/Contact?page[size]=2")["data"]) == 2


def test_an_unknown_module_is_refused(crm):
    assert crm.refusal("GET", "V8/module/Nope") == "Module Nope does not exist"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("[eq]=DUPONT", ["dupont"]),
        ("[neq]=Baker", ["Adams", "Clark", "dupont", "Ebner"]),
        ("[gt]=Clark", ["dupont", "Ebner"]),
        ("[gte]=Clark", ["Clark", "dupont", "Ebner"]),
        ("[lt]=Baker", ["Adams"]),
        ("[lte]=Baker", ["Adams", "Baker"]),
        ("[like]=%25A%25", ["Adams", "Baker", "Clark"]),
        ("[GTE]=Ebner", ["Ebner"]),
    ],
)
def test_filters_compare_texts_whatever_their_case(people, condition, expected):
    assert people.last_names(f"filter[last_name]{condition}&page[size]=9") == expected


def test_conditions_are_joined_with_and(people):
    query = "filter[operator]=and&filter[last_name][gt]=B&filter[first_name][eq]=Ann&page[size]=9"
    assert people.last_names(query) == ["Baker", "dupont"]


def test_conditions_are_joined_with_or_when_asked(people):
    query = "filter[operator]=or&filter[last_name][eq]=Adams&filter[last_name][gt]=E&page[size]=9"
    assert people.last_names(query) == ["Adams", "Ebner"]


def test_or_never_lets_deleted_records_in(people):
    people.store.update("Contacts", uuid(1), {"deleted": 1})
    query = "filter[operator]=or&filter[last_name][eq]=Adams&filter[first_name][eq]=x&page[size]=9"
    assert people.get(f"V8/module/Contacts?{query}")["data"] == []


def test_two_conditions_on_one_field_make_a_window(people):
    query = (
        "filter[date_modified][gte]=2026-01-02 00:00:00"
        "&filter[date_modified][lt]=2026-01-04 00:00:00&page[size]=9"
    )
    assert people.last_names(query) == ["Baker", "Clark"]


def test_filters_compare_seconds_that_answers_do_not_show(people):
    query = "filter[date_modified][gt]=2026-01-05 10:00:49&page[size]=9"
    listed = people.get(f"V8/module/Contacts?fields[Contacts]=date_modified&{query}")
    shown = [record["attributes"]["date_modified"] for record in listed["data"]]
    assert shown == ["2026-01-05T10:00:00+00:00"]
    late = "filter[date_modified][gt]=2026-01-05 10:00:50&page[size]=9"
    assert people.last_names(late) == []


def test_a_filter_understands_an_iso_moment(people):
    assert people.last_names("filter[date_modified][gte]=2026-01-05T00:00:00Z&page[size]=9") == [
        "Ebner"
    ]


def test_amounts_are_compared_as_numbers(crm):
    crm.store.load("AOS_Invoices", [{"total_amount": 9}, {"total_amount": "100.5"}])
    query = "fields[AOS_Invoices]=total_amount&filter[total_amount][gt]=10&page[size]=9"
    (invoice,) = crm.get(f"V8/module/AOS_Invoices?{query}")["data"]
    assert invoice["attributes"] == {"total_amount": "100.500000"}


def test_a_window_can_be_walked_by_id(people):
    query = f"filter[id][gt]={uuid(3)}&sort=id&page[size]=1&page[number]=1"
    assert people.last_names(query) == ["dupont"]


@pytest.mark.parametrize(
    ("filter_", "detail"),
    [
        ("filter[last_name][in]=a,b", "Filter operator in is invalid"),
        ("filter[operator]=xor", "Filter operator xor is invalid"),
        ("filter[bogus][eq]=1", "Filter field bogus in Contact module is not found"),
        ("filter[last_name]=x", "Filter field last_name must be an array"),
    ],
)
def test_bad_filters_are_refused(crm, filter_, detail):
    assert crm.refusal("GET", f"V8/module/Contacts?{filter_}") == detail


def test_a_filter_on_a_field_outside_the_database_answers_json_followed_by_text(crm):
    answer = crm.send("GET", "V8/module/Contacts?filter[account_name][eq]=x")
    assert answer.status_code == 400
    assert answer.text.startswith("{\n")
    assert answer.text.endswith("}Database failure. Please refer to suitecrm.log for details.")


def test_an_email_filter_counts_its_pages_twice(people):
    listed = people.get("V8/module/Contacts?filter[email1][like]=%25example%25&page[size]=1")
    assert listed["meta"]["total-pages"] == 10


def test_an_email_filter_answers_a_record_once_for_each_of_its_addresses(people):
    query = "filter[email1][like]=%25example%25&page[size]=3&page[number]"
    assert people.last_names(f"{query}=1") == ["Adams", "Adams", "Baker"]
    assert people.last_names(f"{query}=2") == ["Baker", "Clark", "Clark"]


def test_a_value_cannot_break_out_of_a_filter(people):
    assert people.last_names("filter[last_name][eq]=x%27 OR 1=1 --&page[size]=9") == []


def test_deleted_records_are_not_listed(people):
    people.store.update("Contacts", uuid(2), {"deleted": 1})
    assert people.last_names("page[size]=9") == ["Adams", "Clark", "dupont", "Ebner"]


def test_asking_for_deleted_records_fails_when_there_is_one(people):
    path = "V8/module/Contacts?filter[deleted][eq]=1"
    assert people.get(path)["data"] == []
    people.store.update("Contacts", uuid(2), {"deleted": 1})
    assert people.refusal("GET", path) == f"Contacts module with id {uuid(2)} is not found"
