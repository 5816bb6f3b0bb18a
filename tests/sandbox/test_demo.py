"""The demo base as a whole: the same each time, complete, and nothing dangling."""

import hashlib
import json
import re
from collections import Counter
from datetime import date

import numpy as np
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox.demo import generate

AS_OF = date(2026, 6, 30)
MODULES = ("Users", *catalogue().modules)
REFERENCES = {
    "created_by": "Users",
    "modified_user_id": "Users",
    "assigned_user_id": "Users",
    "account_id": "Accounts",
    "billing_account_id": "Accounts",
    "contact_id": "Contacts",
    "billing_contact_id": "Contacts",
    "contact_created_by_id": "Contacts",
    "opportunity_id": "Opportunities",
    "case_id": "Cases",
    "product_id": "AOS_Products",
    "aos_products_id_c": "AOS_Products",
    "campaign_id": "Campaigns",
    "survey_id": "Surveys",
    "survey_question_id": "SurveyQuestions",
    "surveyquestion_id": "SurveyQuestions",
    "surveyresponse_id": "SurveyResponses",
    "surveyq72c7options_ida": "SurveyQuestionOptions",
    "surveyq10d4sponses_idb": "SurveyQuestionResponses",
}
PARENTS = {
    "Accounts": "Accounts",
    "AOS_Products_Quotes": "AOS_Invoices",
    "cases_audit": "Cases",
}


def collect(customers, seed=1):
    tables = {}
    for batch in generate(customers, seed, AS_OF):
        tables.setdefault(batch.name, []).extend(batch.rows)
    return tables


def fingerprint(customers, seed):
    digest = hashlib.sha256()
    for batch in generate(customers, seed, AS_OF):
        digest.update(json.dumps([batch.kind, batch.name, batch.rows]).encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def base():
    return collect(600)


def test_the_same_seed_gives_the_same_bytes():
    assert fingerprint(150, 4) == fingerprint(150, 4)


def test_another_seed_gives_another_base():
    assert fingerprint(150, 4) != fingerprint(150, 5)


def test_ids_are_unique_and_shaped_like_uuids(base):
    shape = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    ids = [row["id"] for rows in base.values() for row in rows]
    assert all(shape.fullmatch(text) for text in ids)
    assert len(set(ids)) == len(ids)


def test_ids_are_spread_evenly(base):
    first = Counter(row["id"][0] for row in base["AOS_Products_Quotes"])
    expected = len(base["AOS_Products_Quotes"]) / 16
    assert len(first) == 16
    assert all(0.8 * expected < count < 1.2 * expected for count in first.values())


def test_a_row_refers_only_to_rows_that_came_before_it():
    seen = {name: set() for name in MODULES}
    dangling = []
    for batch in generate(300, 2, AS_OF):
        for row in batch.rows:
            if batch.kind == "module":
                seen[batch.name].add(row["id"])
            targets = dict(REFERENCES)
            if parent := PARENTS.get(batch.name, row.get("parent_type")):
                targets["parent_id"] = parent
            if "target_type" in row:
                targets["target_id"] = row["target_type"]
            dangling += [
                (batch.name, column)
                for column, module in targets.items()
                if row.get(column) is not None and row[column] not in seen[module]
            ]
    assert dangling == []


def test_every_column_that_is_mirrored_is_there(base):
    for name, module in catalogue().modules.items():
        for row in (base[name][0], base[name][-1]):
            assert set(module.columns) <= set(row), name


def test_the_only_custom_fields_are_those_that_people_fill_in(base):
    for name in MODULES:
        custom = {column for column in base[name][0] if column.endswith("_c")}
        known = catalogue().fields_of(name, "people")
        assert custom <= {field.id_name or field.name for field in known}


def test_dropdowns_hold_keys_of_the_catalogue(base):
    lists = catalogue().dropdowns
    for column, key in {
        "complaint_cause_c": "complaint_cause",
        "complaint_channel_c": "complaint_channel",
    }.items():
        found = {row[column] for row in base["Cases"]} - {None}
        assert found
        assert found <= set(lists[key])


def test_every_link_of_the_catalogue_comes_as_a_table_or_in_a_column_of_the_records(base):
    for name, link in catalogue().links.items():
        if name in base:
            assert {link.crm_own_id, link.crm_other_id} <= set(base[name][0])
        else:
            assert any(row[link.column] for row in base[link.module])


def test_a_contact_of_an_account_is_linked_to_it(base):
    linked = {(row["account_id"], row["contact_id"]) for row in base["accounts_contacts"]}
    wanted = {(row["account_id"], row["id"]) for row in base["Contacts"] if row["account_id"]}
    assert linked == wanted


def test_rows_hold_only_values_that_a_database_takes(base):
    kinds = {type(value) for rows in base.values() for row in rows for value in row.values()}
    assert kinds == {str, int, type(None)}


def test_columns_hold_the_type_that_the_catalogue_says(base):
    shapes = {
        "money": r"-?\d+\.\d{6}",
        "number": r"-?\d+\.\d{4}",
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    }
    for name, module in catalogue().modules.items():
        for column, kind in module.columns.items():
            values = [row[column] for row in base[name] if row[column] is not None]
            if kind in shapes:
                assert all(re.fullmatch(shapes[kind], value) for value in values), (name, column)
            if kind in ("int", "bool"):
                assert all(isinstance(value, int) for value in values), (name, column)


def test_nothing_was_entered_or_changed_after_the_last_day(base):
    last = f"{AS_OF} 23:59:59"
    for rows in base.values():
        for row in rows:
            changed = row["date_modified"] or row["activity_date"]
            assert row.get("date_entered", "") <= changed <= last


@pytest.mark.parametrize("customers", [0, 1, 2, 5, 11])
def test_a_tiny_base_has_exactly_its_contacts(customers):
    base = collect(customers)
    assert len(base.get("Contacts", [])) == customers
    assert len(base.get("Accounts", [])) == customers // 5
    assert base["Users"]
    assert base["AOS_Products"]


def test_a_base_of_no_customers_has_no_empty_batch():
    assert [batch.name for batch in generate(0, 1, AS_OF)] == ["Users", "AOS_Products"]


def test_a_negative_size_is_refused_at_once():
    with pytest.raises(ValueError, match="-1"):
        generate(-1, 1, AS_OF)


def test_a_leap_day_can_be_the_last_day():
    rows = [row for batch in generate(20, 1, date(2024, 2, 29)) for row in batch.rows]
    assert rows


def test_batches_are_small_and_never_empty():
    sizes = [len(batch.rows) for batch in generate(600, 1, AS_OF)]
    assert min(sizes) > 0
    assert max(sizes) <= 2_000


def test_blocks_number_on_where_the_last_one_stopped(monkeypatch):
    monkeypatch.setattr("suitecrm_bridge.sandbox.demo.base.BLOCK", 37)
    base = collect(100)
    for name, column in {"AOS_Invoices": "number", "Cases": "case_number"}.items():
        numbers = [row[column] for row in base[name]]
        assert numbers == list(range(1, len(numbers) + 1))
    ids = [row["id"] for rows in base.values() for row in rows]
    assert len(set(ids)) == len(ids)
    assert len(base["Contacts"]) == 100
    assert len(base["Accounts"]) == 20


def test_invoices_are_numbered_in_the_order_of_time(base):
    entered = [row["date_entered"] for row in base["AOS_Invoices"]]
    assert entered == sorted(entered)


def test_numbers_are_plain_python_numbers(base):
    assert not any(
        isinstance(value, np.generic) for rows in base.values() for value in rows[0].values()
    )
