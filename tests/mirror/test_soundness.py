"""The guard between mirror and facts, value by value."""

import re
from datetime import date
from importlib.resources import files

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.soundness import READ

FACTS = files("suitecrm_bridge.mirror") / "sql"


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.facts.define_value()
        yield opened


def add(mirror, table, **values):
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    mirror.connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())
    )


def invoice(mirror, **values):
    known = {"id": "i1", "invoice_date": date(2026, 1, 2), "total_amount": 120}
    add(mirror, "invoices", **known | values)


def facts(mirror):
    return mirror.connection.execute("SELECT day, cents FROM invoice_facts").fetchall()


def why(mirror):
    return [(one.field, one.why) for one in mirror.left_out.unbearable()]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1970, 1, 1), date(2199, 12, 31)])
def test_a_day_at_the_ends_counts(mirror, day):
    invoice(mirror, invoice_date=day)
    assert len(facts(mirror)) == 1
    assert why(mirror) == []


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1), date(1, 1, 1), date.max])
def test_a_day_beyond_does_not(mirror, day):
    invoice(mirror, invoice_date=day)
    assert facts(mirror) == []
    assert why(mirror) == [("invoice_date", "day")]
    assert mirror.facts.skipped("invoices")["unbearable"] == 1


@pytest.mark.parametrize("amount", ["10000000000000", "-10000000000000", "0.000001"])
def test_an_amount_up_to_the_largest_counts(mirror, amount):
    invoice(mirror, total_amount=amount)
    assert len(facts(mirror)) == 1


@pytest.mark.parametrize("amount", ["10000000000000.000001", "-10000000000000.01", "9e16", "1e19"])
def test_an_amount_beyond_does_not(mirror, amount):
    invoice(mirror, total_amount=amount)
    assert facts(mirror) == []
    assert why(mirror) == [("total_amount", "amount")]


def test_a_due_day_beyond_takes_nothing_from_the_purchase(mirror):
    invoice(mirror, due_date=date.max)
    assert len(facts(mirror)) == 1
    assert why(mirror) == [("due_date", "day")]


def test_a_foreign_amount_that_grows_beyond_by_its_parts_does_not_count(mirror):
    invoice(
        mirror,
        currency_id="gbp",
        total_amount="0.000001",
        tax_amount="9000000000000",
        total_amount_usdollar="9000000000000",
    )
    assert facts(mirror) == []


def test_every_kind_of_value_of_a_line_may_set_it_apart(mirror):
    invoice(mirror)
    amounts = {
        "product_qty": "1000000000.5",
        "product_cost_price_usdollar": "1e14",
        "product_list_price_usdollar": "1e14",
        "product_total_price_usdollar": "-1e14",
    }
    for number, (column, value) in enumerate(amounts.items()):
        known = {"parent_type": "AOS_Invoices", "parent_id": "i1", "product_id": "p"}
        add(mirror, "invoice_lines", id=f"l{number}", **known, **{column: value})
    assert mirror.connection.execute("SELECT * FROM line_facts").fetchall() == []
    assert len(mirror.left_out.unbearable()) == 4
    lines = mirror.connection.execute("SELECT lines, net_cents FROM invoice_costs").fetchall()
    assert lines == [(0, 12_000)]


def test_a_wallet_beyond_is_not_known_and_its_customer_stays(mirror):
    add(mirror, "contacts", id="c1", wallet_estimate_c="90000000000000000")
    rows = mirror.connection.execute("SELECT * FROM wallet_facts_contacts").fetchall()
    assert rows == []
    assert mirror.connection.execute("SELECT * FROM customers_contacts").fetchall() == [("c1",)]


def test_the_reason_names_field_value_bounds_and_remedy(mirror):
    invoice(mirror, invoice_date=date(202, 6, 1))
    (one,) = mirror.left_out.unbearable()
    assert one.reason("en") == (
        "invoice_date is 0202-06-01, outside 1900-01-01 to 2199-12-31: the day does not count."
        " Correct it in SuiteCRM."
    )
    assert "Corrigez-le" in one.reason("fr")


def test_the_facts_read_no_day_and_no_number_that_is_not_guarded():
    guarded = {name for names in READ.values() for name in names}
    numbers = {
        name
        for module in catalogue().modules
        for name, kind in catalogue().columns_of(module).items()
        if kind in ("date", "datetime", "int", "number", "money")
    }
    text = " ".join(
        re.sub(r"--.*", "", file.read_text("utf-8"))
        for file in FACTS.iterdir()
        if file.name not in ("reaction_facts.sql",)
    )
    used = {name for name in numbers if re.search(rf"\b{name}\b", text)}
    assert used - guarded - {"number"} == set()


def test_the_facts_read_every_table_through_the_guard():
    tables = "|".join(module.table for module in catalogue().modules.values())
    for file in FACTS.iterdir():
        raw = re.findall(rf"\b(?:FROM|JOIN) (?:{tables})\b", file.read_text("utf-8"))
        assert raw == [], file.name
