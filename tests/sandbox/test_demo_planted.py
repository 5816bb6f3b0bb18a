"""What is planted in the demo base stands there, and stands out."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.sandbox.demo import generate, truths
from suitecrm_bridge.sandbox.demo.planted import OF_SOURCES, POOR_SOURCE

AS_OF = date(2026, 6, 30)
SIZE, SEED = 2_000, 11


@pytest.fixture(scope="module")
def base():
    tables = defaultdict(list)
    for batch in generate(SIZE, SEED, AS_OF):
        tables[batch.name] += batch.rows
    return tables


@pytest.fixture(scope="module")
def planted():
    return truths(SIZE, SEED, AS_OF)


def hours(case):
    return (
        date.fromisoformat(case["date_modified"][:10])
        - date.fromisoformat(case["date_entered"][:10])
    ).days


def median(values):
    return sorted(values)[len(values) // 2]


def test_the_same_arguments_plant_the_same(planted):
    assert truths(SIZE, SEED, AS_OF) == planted
    assert truths(SIZE, SEED + 1, AS_OF) != planted


def test_nothing_is_planted_in_an_empty_base():
    assert truths(0, SEED, AS_OF).late_payers == frozenset()


def test_the_defective_product_is_complained_about_since_its_bad_batch_and_not_before(
    base, planted
):
    since = str(planted.defective_since)
    about = Counter(
        (row["aos_products_id_c"] == planted.defective_product, row["date_entered"] >= since)
        for row in base["Cases"]
        if row["complaint_cause_c"] == "product_defect"
    )
    assert about[True, True] > 10
    assert about[True, True] > about[False, True]
    assert about[True, False] < 5


def test_cases_of_the_slow_country_take_longer(base, planted):
    country = {row["id"]: row["primary_address_country"] for row in base["Contacts"]}
    closed = [row for row in base["Cases"] if row["state"] == "Closed"]
    days = {True: [], False: []}
    for row in closed:
        slow = country[row["contact_created_by_id"]] == planted.slow_country
        days[slow].append(hours(row))
    assert median(days[True]) > 2 * median(days[False])


def test_the_rival_is_named_more_often_than_any_other_competitor(base, planted):
    named = Counter(row["competitor_c"] for row in base["Cases"] if row["competitor_c"])
    lost = [row["description"] for row in base["Opportunities"] if row["description"]]
    assert named.most_common(1)[0][0] == planted.rival
    assert sum(planted.rival in text for text in lost) > 3


def test_a_serial_complainer_complains_more_than_anybody_else(base, planted):
    cases = Counter(row["contact_created_by_id"] for row in base["Cases"])
    assert planted.serial_complainers
    worst = {customer for customer, _ in cases.most_common(len(planted.serial_complainers))}
    assert worst == planted.serial_complainers


def test_late_payers_owe_a_larger_share_after_the_due_date(base, planted):
    overdue, invoices = Counter(), Counter()
    for row in base["AOS_Invoices"]:
        if row["billing_account_id"]:
            late = row["billing_contact_id"] in planted.late_payers
            invoices[late] += 1
            overdue[late] += row["status"] == "Unpaid" and row["due_date"] < str(AS_OF)
    assert overdue[True] / invoices[True] > 5 * overdue[False] / invoices[False]


def discounts(base):
    owner = {row["id"]: row["billing_contact_id"] for row in base["AOS_Invoices"]}
    found = defaultdict(list)
    for line in base["AOS_Products_Quotes"]:
        found[owner[line["parent_id"]]].append(line)
    return found


def test_discount_hunters_buy_nothing_at_the_full_price(base, planted):
    lines = discounts(base)
    assert planted.discount_hunters
    for customer in planted.discount_hunters:
        assert all(line["product_discount_amount"] != "0.000000" for line in lines[customer])


def test_those_who_cost_money_bring_less_than_the_goods_cost(base, planted):
    margin = Decimal(0)
    for customer, lines in discounts(base).items():
        if customer in planted.costly:
            for line in lines:
                cost = Decimal(line["product_cost_price_usdollar"]) * Decimal(line["product_qty"])
                margin += Decimal(line["product_total_price_usdollar"]) - cost
    assert margin < 0


def test_the_first_of_the_pair_brings_the_second_along(base, planted):
    baskets = defaultdict(set)
    for line in base["AOS_Products_Quotes"]:
        baskets[line["parent_id"]].add(line["product_id"])
    first, second = planted.pair
    with_first = [basket for basket in baskets.values() if first in basket]
    confidence = sum(second in basket for basket in with_first) / len(with_first)
    support = sum(second in basket for basket in baskets.values()) / len(baskets)
    assert confidence > 3 * support


def test_who_uses_a_product_up_buys_it_every_forty_days_or_so_and_nothing_else(base, planted):
    product = {row["parent_id"]: row["product_id"] for row in base["AOS_Products_Quotes"]}
    days = defaultdict(list)
    for row in base["AOS_Invoices"]:
        if row["billing_contact_id"] in planted.refillers:
            assert product[row["id"]] == planted.refill_product
            days[row["billing_contact_id"]].append(date.fromisoformat(row["invoice_date"]))
    assert days.keys() == planted.refillers
    for own in days.values():
        gaps = [(b - a).days for a, b in zip(sorted(own), sorted(own)[1:], strict=False)]
        assert 35 <= sum(gaps) / len(gaps) <= 45


def test_who_calls_in_the_evening_does_so_often(base, planted):
    late = Counter(
        row["parent_id"]
        for row in base["Calls"]
        if row["direction"] == "Inbound" and "17:00" <= row["date_start"][11:16] < "19:30"
    )
    assert planted.evening
    assert median([late[who] for who in planted.evening]) >= 8


def test_who_gives_an_idea_has_a_note_of_it(base, planted):
    noted = {row["contact_id"] for row in base["Notes"]}
    assert planted.idea_givers
    assert planted.idea_givers <= noted


def test_leads_of_good_sources_and_leads_that_were_called_become_customers_more_often(base):
    calls = Counter(row["parent_id"] for row in base["Calls"] if row["parent_type"] == "Leads")
    won = defaultdict(list)
    for row in base["Leads"]:
        good = OF_SOURCES[row["lead_source"]] > 0
        won["good" if good else "other"].append(row["converted"])
        won["called" if calls[row["id"]] else "not called"].append(row["converted"])
    share = {name: sum(flags) / len(flags) for name, flags in won.items()}
    assert share["good"] > share["other"] + 0.1
    assert share["called"] > share["not called"] + 0.1


def test_the_customers_of_the_poor_source_buy_little(base):
    bought = defaultdict(Decimal)
    for row in base["AOS_Invoices"]:
        bought[row["billing_contact_id"]] += Decimal(row["total_amount_usdollar"])
    by = defaultdict(list)
    for row in base["Leads"]:
        if row["contact_id"] in bought:
            by[row["lead_source"] == POOR_SOURCE].append(bought[row["contact_id"]])
    assert median(by[True]) < median(by[False]) / 2


def test_a_target_that_became_a_lead_was_there_before_it(base):
    asked = {row["id"]: row["date_entered"] for row in base["Leads"]}
    became = [row for row in base["Prospects"] if row["lead_id"]]
    assert len(became) == len(asked) // 4
    assert all(row["date_entered"] <= asked[row["lead_id"]] for row in became)
