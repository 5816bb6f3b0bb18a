"""What the demo's customers buy looks like a real trade."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox.demo import generate

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def base():
    tables = defaultdict(list)
    for batch in generate(2_000, 11, AS_OF):
        tables[batch.name] += batch.rows
    return tables


@pytest.fixture(scope="module")
def lines_of(base):
    found = defaultdict(list)
    for line in base["AOS_Products_Quotes"]:
        found[line["parent_id"]].append(line)
    return found


@pytest.fixture(scope="module")
def purchases(base):
    return Counter(
        invoice["billing_contact_id"]
        for invoice in base["AOS_Invoices"]
        if not invoice["total_amount"].startswith("-")
    )


def test_lines_add_up_to_the_subtotal(base, lines_of):
    for invoice in base["AOS_Invoices"]:
        total = sum(Decimal(line["product_total_price"]) for line in lines_of[invoice["id"]])
        assert total == Decimal(invoice["subtotal_amount"])


def test_lines_in_base_currency_add_up_but_for_the_rounding_of_each(base, lines_of):
    for invoice in base["AOS_Invoices"]:
        lines = lines_of[invoice["id"]]
        total = sum(Decimal(line["product_total_price_usdollar"]) for line in lines)
        difference = abs(total - Decimal(invoice["subtotal_amount_usdollar"]))
        assert difference <= Decimal("0.000001") * len(lines)


def test_a_line_is_quantity_times_unit_price(base):
    for line in base["AOS_Products_Quotes"]:
        unit = Decimal(line["product_list_price"]) + Decimal(line["product_discount_amount"])
        assert unit == Decimal(line["product_unit_price"])
        assert unit * Decimal(line["product_qty"]) == Decimal(line["product_total_price"])


def test_the_total_is_subtotal_plus_tax_and_shipping(base):
    for invoice in base["AOS_Invoices"]:
        parts = ("subtotal_amount", "tax_amount", "shipping_amount")
        assert sum(Decimal(invoice[part]) for part in parts) == Decimal(invoice["total_amount"])
        before = Decimal(invoice["total_amt"]) + Decimal(invoice["discount_amount"])
        assert before == Decimal(invoice["subtotal_amount"])


def test_products_sell_above_their_cost(base):
    assert all(Decimal(row["cost"]) < Decimal(row["price"]) for row in base["AOS_Products"])
    assert 35 <= len(base["AOS_Products"]) <= 50


def test_there_are_about_five_invoices_for_a_contact(base):
    assert 4 < len(base["AOS_Invoices"]) / len(base["Contacts"]) < 6


def test_about_an_eighth_of_the_contacts_never_bought(base, purchases):
    assert 0.09 < 1 - len(purchases) / len(base["Contacts"]) < 0.15


def test_about_half_the_buyers_bought_once(purchases):
    once = sum(count == 1 for count in purchases.values())
    assert 0.42 < once / len(purchases) < 0.58


def test_the_best_tenth_makes_about_half_the_revenue(base):
    revenue = Counter()
    for invoice in base["AOS_Invoices"]:
        revenue[invoice["billing_contact_id"]] += Decimal(invoice["subtotal_amount_usdollar"])
    ranked = sorted(revenue.values(), reverse=True)
    share = sum(ranked[: len(base["Contacts"]) // 10]) / sum(ranked)
    assert Decimal("0.35") < share < Decimal("0.70")


def test_some_customers_dropped_out_and_others_bought_last_month(base):
    last = {}
    for invoice in base["AOS_Invoices"]:
        last[invoice["billing_contact_id"]] = invoice["invoice_date"]
    gone = sum(day < str(AS_OF - timedelta(365)) for day in last.values())
    recent = sum(day > str(AS_OF - timedelta(30)) for day in last.values())
    assert gone > 0.1 * len(last)
    assert recent > 0.1 * len(last)


def test_invoices_lie_in_the_three_years_up_to_the_last_day(base):
    days = [date.fromisoformat(row["invoice_date"]) for row in base["AOS_Invoices"]]
    assert AS_OF - timedelta(3 * 365) < min(days) < AS_OF - timedelta(1000)
    assert AS_OF - timedelta(5) < max(days) <= AS_OF


def test_companies_rest_on_sundays_and_in_august(base):
    days = [
        date.fromisoformat(row["invoice_date"])
        for row in base["AOS_Invoices"]
        if row["billing_account_id"]
    ]
    weekdays, months = Counter(day.weekday() for day in days), Counter(day.month for day in days)
    assert weekdays[6] < 0.1 * weekdays[1]
    assert months[8] < 0.8 * months[9]


def test_private_people_buy_most_before_christmas(base):
    months = Counter(
        row["invoice_date"][5:7] for row in base["AOS_Invoices"] if not row["billing_account_id"]
    )
    assert months["12"] > 1.5 * months["08"]


def test_a_contact_of_an_account_buys_for_it(base):
    account = {row["id"]: row["account_id"] for row in base["Contacts"]}
    for invoice in base["AOS_Invoices"]:
        assert invoice["billing_account_id"] == account[invoice["billing_contact_id"]]


def test_a_credit_note_is_negative_and_follows_a_purchase(base, lines_of):
    first = {}
    notes = []
    for invoice in base["AOS_Invoices"]:
        customer = invoice["billing_contact_id"]
        first.setdefault(customer, invoice["invoice_date"])
        if invoice["name"].startswith(("Avoir", "Credit note")):
            notes.append(invoice)
            assert Decimal(invoice["total_amount"]) < 0
            assert all(line["product_qty"].startswith("-") for line in lines_of[invoice["id"]])
            assert first[customer] < invoice["invoice_date"]
    assert 0.008 < len(notes) / len(base["AOS_Invoices"]) < 0.025


def test_most_invoices_are_paid_and_unpaid_ones_are_mostly_recent(base):
    status = Counter(row["status"] for row in base["AOS_Invoices"])
    assert set(status) == {"Paid", "Unpaid", "Cancelled"}
    assert status["Paid"] > 0.9 * len(base["AOS_Invoices"])
    unpaid = [row["invoice_date"] for row in base["AOS_Invoices"] if row["status"] == "Unpaid"]
    recent = sum(day > str(AS_OF - timedelta(60)) for day in unpaid)
    assert recent > 0.5 * len(unpaid)


def test_a_few_invoices_are_in_another_currency(base):
    foreign = [row for row in base["AOS_Invoices"] if row["currency_id"] != "-99"]
    assert 0.01 < len(foreign) / len(base["AOS_Invoices"]) < 0.12
    assert all(len(row["currency_id"]) == 36 for row in foreign)
    assert all(row["total_amount"] != row["total_amount_usdollar"] for row in foreign)


def test_an_invoice_in_base_currency_has_equal_amounts(base):
    for row in base["AOS_Invoices"]:
        if row["currency_id"] == "-99":
            assert row["total_amount"] == row["total_amount_usdollar"]


def test_companies_buy_more_than_private_people(base):
    amounts = {True: [], False: []}
    for row in base["AOS_Invoices"]:
        amounts[row["billing_account_id"] is not None].append(
            Decimal(row["subtotal_amount_usdollar"])
        )
    mean = {business: sum(values) / len(values) for business, values in amounts.items()}
    assert mean[True] > mean[False]


def fifths(values):
    """Score 1 to 5 by rank, ties in the order of the key."""
    ranked = sorted(values, key=lambda key: (values[key], key))
    return {key: 1 + 5 * place // len(ranked) for place, key in enumerate(ranked)}


def test_every_rfm_segment_that_is_a_rank_occurs(base, purchases):
    last = {}
    for invoice in base["AOS_Invoices"]:
        last[invoice["billing_contact_id"]] = invoice["invoice_date"]
    recency, frequency = fifths(last), fifths(purchases)
    cells = {(recency[customer], frequency[customer]) for customer in purchases}
    found = {catalogue().segment_of_cell[cell] for cell in cells}
    assert found == {key for key, segment in catalogue().segments.items() if segment.when is None}
