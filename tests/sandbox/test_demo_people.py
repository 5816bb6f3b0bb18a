"""The demo's people, companies, cases and opportunities read like real ones, and are not."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from suitecrm_bridge.sandbox.demo import generate
from suitecrm_bridge.sandbox.demo.words import countries

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def base():
    tables = defaultdict(list)
    for batch in generate(3_000, 5, AS_OF):
        tables[batch.name] += batch.rows
    return tables


def share_missing(rows, column):
    return sum(row[column] is None for row in rows) / len(rows)


def test_addresses_lie_in_domains_that_nobody_owns(base):
    addresses = [
        row["email1"]
        for name in ("Users", "Accounts", "Contacts")
        for row in base[name]
        if row["email1"]
    ]
    allowed = re.compile(r"[a-z0-9.-]+@(example\.(com|org|net)|[a-z0-9-]+\.example)")
    assert addresses
    assert [text for text in addresses if not allowed.fullmatch(text)] == []


def test_web_sites_lie_in_a_domain_that_nobody_owns(base):
    site = re.compile(r"https://www\.[a-z0-9-]+\.example")
    assert all(site.fullmatch(row["website"]) for row in base["Accounts"])


def test_phone_numbers_are_kept_free_for_fiction(base):
    columns = {"Users": ["phone_work"], "Accounts": ["phone_office"]}
    columns["Contacts"] = ["phone_work", "phone_mobile"]
    fiction = re.compile(
        r"\+33 (1 99 00|2 61 91|3 53 01|4 65 71|5 36 49|6 39 98) \d\d \d\d"
        r"|\+44 (1632 960|20 7946 0|7700 900)\d{3}"
    )
    for name, found in columns.items():
        numbers = [row[column] for row in base[name] for column in found if row[column]]
        assert all(fiction.fullmatch(number) for number in numbers), name


def test_all_countries_occur_the_french_speaking_ones_most(base):
    found = Counter(row["primary_address_country"] for row in base["Contacts"])
    assert set(found) - {None} == {country.name for country in countries()}
    assert found["France"] > found["United Kingdom"] > found["Ireland"]


def test_names_hold_accents_apostrophes_and_ampersands(base):
    people = " ".join(row["last_name"] + row["first_name"] for row in base["Contacts"])
    firms = " ".join(row["name"] for row in base["Accounts"])
    assert re.search("[éèêçïÉ]", people)
    assert "O'" in people
    assert "&" in firms
    assert "L'" in firms


@pytest.mark.parametrize(
    "column", ["email1", "phone_work", "phone_mobile", "primary_address_country", "lead_source"]
)
def test_some_contacts_are_incomplete(base, column):
    assert 0.01 < share_missing(base["Contacts"], column) < 0.7


def test_only_business_contacts_have_a_job_title(base):
    assert all((row["title"] is None) == (row["account_id"] is None) for row in base["Contacts"])


def test_there_is_an_account_for_five_contacts_and_each_has_one(base):
    assert len(base["Accounts"]) == len(base["Contacts"]) // 5
    assert {row["account_id"] for row in base["accounts_contacts"]} == {
        row["id"] for row in base["Accounts"]
    }


def test_contact_and_account_are_in_the_same_country(base):
    country = {row["id"]: row["billing_address_country"] for row in base["Accounts"]}
    for row in base["Contacts"]:
        there = country.get(row["account_id"])
        if there and row["primary_address_country"]:
            assert there == row["primary_address_country"]


def test_a_group_never_contains_itself(base):
    order = {row["id"]: number for number, row in enumerate(base["Accounts"])}
    parents = [(row["id"], row["parent_id"]) for row in base["Accounts"] if row["parent_id"]]
    assert parents
    assert all(order[parent] < order[child] for child, parent in parents)


def test_people_estimated_the_need_of_some_accounts(base):
    known = [row for row in base["Accounts"] if row["wallet_estimate_c"]]
    assert 0.1 < len(known) / len(base["Accounts"]) < 0.4
    assert all(row["account_type"] == "Customer" for row in known)


def test_people_are_entered_before_they_buy(base):
    entered = {row["id"]: row["date_entered"] for row in base["Contacts"]}
    for invoice in base["AOS_Invoices"]:
        assert entered[invoice["billing_contact_id"]] <= invoice["date_entered"]


def test_there_is_a_case_for_ten_customers(base):
    assert 0.08 < len(base["Cases"]) / len(base["Contacts"]) < 0.14


def test_the_state_of_a_case_goes_with_its_status(base):
    found = {(row["state"], row["status"]) for row in base["Cases"]}
    assert {status for _, status in found} == {
        "Open_New",
        "Open_Assigned",
        "Open_Pending Input",
        "Closed_Closed",
        "Closed_Rejected",
        "Closed_Duplicate",
    }
    assert all(status.startswith(state) for state, status in found)


def test_open_cases_have_no_resolution_and_closed_ones_do(base):
    assert all((row["resolution"] is None) == (row["state"] == "Open") for row in base["Cases"])


def test_priorities_and_types_are_those_of_suitecrm(base):
    assert {row["priority"] for row in base["Cases"]} == {"P1", "P2", "P3"}
    assert {row["type"] for row in base["Cases"]} == {"Administration", "Product", "User"}


def test_cases_are_written_in_french_and_in_english(base):
    texts = [row["description"] for row in base["Cases"]]
    assert sum("Bonjour" in text for text in texts) > 10
    assert sum("Hello" in text or "Good morning" in text for text in texts) > 5


def test_no_placeholder_is_left_in_a_text(base):
    for row in base["Cases"]:
        assert "{" not in row["name"] + row["description"] + (row["resolution"] or "")
    assert not any("{" in row["name"] for row in base["Accounts"])


def test_case_texts_vary(base):
    texts = {row["description"] for row in base["Cases"]}
    assert len(texts) > 0.9 * len(base["Cases"])


def test_only_a_complaint_has_a_cause_and_most_cases_are_complaints(base):
    complaints = [row for row in base["Cases"] if row["complaint_c"]]
    assert 0.5 < len(complaints) / len(base["Cases"]) < 0.85
    assert all(row["complaint_cause_c"] and row["aos_products_id_c"] for row in complaints)
    others = [row for row in base["Cases"] if not row["complaint_c"]]
    assert not any(row["complaint_cause_c"] or row["competitor_c"] for row in others)


def test_a_competitor_that_is_noted_stands_in_the_text(base):
    named = [row for row in base["Cases"] if row["competitor_c"]]
    assert named
    assert all(row["competitor_c"] in row["description"] for row in named)


def test_a_case_is_about_something_the_customer_bought(base):
    bought = defaultdict(set)
    customer = {row["id"]: row["billing_contact_id"] for row in base["AOS_Invoices"]}
    for line in base["AOS_Products_Quotes"]:
        bought[customer[line["parent_id"]]].add(line["product_id"])
    for row in base["Cases"]:
        if row["aos_products_id_c"]:
            assert row["aos_products_id_c"] in bought[row["contact_created_by_id"]]


def test_an_invoice_named_in_a_case_is_the_customers_own(base):
    owner = {row["number"]: row["billing_contact_id"] for row in base["AOS_Invoices"]}
    named = [
        (row, re.search(r"(?:facture|invoice) (\d+)", row["description"])) for row in base["Cases"]
    ]
    found = [(row, int(match[1])) for row, match in named if match]
    assert found
    assert all(owner[number] == row["contact_created_by_id"] for row, number in found)


def test_there_is_an_opportunity_for_eight_customers(base):
    assert len(base["Opportunities"]) == len(base["Contacts"]) // 8


def test_closed_opportunities_closed_in_time_and_open_ones_close_later(base):
    stages = Counter()
    for row in base["Opportunities"]:
        closed = row["sales_stage"].startswith("Closed")
        stages[row["sales_stage"]] += 1
        assert (row["date_closed"] <= str(AS_OF)) == closed
        assert (row["probability"] in (0, 100)) == closed
    assert stages["Closed Won"] > stages["Closed Lost"] > 10
    assert len(stages) > 5
