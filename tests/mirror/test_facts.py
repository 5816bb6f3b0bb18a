from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Counting, Mirror, Scan

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = date(2026, 1, 2)
EPOCH_DAY = 20455


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def store(mirror, module, **values):
    columns = tuple(catalogue().modules[module].columns)
    scan = Scan(module, 0, None, None, None, False, None, NOW, columns)
    mirror.records.begin([scan])
    record = dict.fromkeys(columns) | {"id": "r1", "date_modified": NOW} | values
    links = {"opportunities_contacts": {"r1": []}}
    mirror.records.store_page(scan, [record], links, after_id="r1", last=True)


def invoice_facts(mirror):
    return mirror.connection.execute("SELECT day, cents FROM invoice_facts").fetchall()


def test_a_date_becomes_an_epoch_day_and_an_amount_becomes_cents(mirror):
    store(mirror, "AOS_Invoices", invoice_date=DAY, total_amount=Decimal("59.80"))
    assert invoice_facts(mirror) == [(EPOCH_DAY, 5980)]


@pytest.mark.parametrize(
    ("known", "net", "only_totals"),
    [
        ({"tax_amount": "20", "shipping_amount": "10"}, 9000, 0),
        ({"tax_amount": "20"}, 10000, 0),
        ({"subtotal_amount": "95"}, 9500, 0),
        ({"subtotal_amount": "120", "tax_amount": "0", "shipping_amount": "0"}, 12000, 0),
        ({"tax_amount": "0", "shipping_amount": "0"}, 12000, 1),
        ({}, 12000, 1),
        ({"tax_amount": "20", "currency_id": "gbp", "total_amount_usdollar": "240"}, 20000, 0),
        ({"total_amount": "-120", "tax_amount": "-20"}, -10000, 0),
        ({"total_amount": None, "total_amount_usdollar": "120", "tax_amount": "20"}, 12000, 1),
        ({"total_amount": "0", "tax_amount": "0"}, 0, 0),
    ],
)
def test_an_invoice_counts_without_tax_and_shipping_or_as_it_stands(known, net, only_totals):
    amounts = {"total_amount": "120"} | known
    values = {
        name: Decimal(value) if value and name != "currency_id" else value
        for name, value in amounts.items()
    }
    for counting, cents in ((Counting(), net), (Counting("gross"), None)):
        with Mirror(duckdb.connect(), counting=counting) as mirror:
            store(mirror, "AOS_Invoices", invoice_date=DAY, **values)
            ((_, found),) = invoice_facts(mirror)
            gross = values.get("total_amount_usdollar") or values["total_amount"]
            assert found == (round(100 * gross) if cents is None else cents)
            assert mirror.facts.only_totals("invoices") == (0 if cents is None else only_totals)


def test_a_day_is_one_of_the_time_zone_in_which_people_work():
    for name, day in (("UTC", EPOCH_DAY), ("Europe/Paris", EPOCH_DAY + 1)):
        with Mirror(duckdb.connect(), counting=Counting(zone=ZoneInfo(name))) as mirror:
            store(
                mirror,
                "SurveyResponses",
                contact_id="ann",
                happiness=9,
                date_entered=datetime(2026, 1, 2, 23, 30, tzinfo=UTC),
            )
            found = mirror.connection.execute("SELECT day FROM satisfaction_contacts").fetchall()
            assert found == [(day,)]


def test_an_invoice_in_another_currency_counts_by_its_base_amount(mirror):
    store(
        mirror,
        "AOS_Invoices",
        invoice_date=DAY,
        currency_id="gbp",
        total_amount=Decimal(100),
        total_amount_usdollar=Decimal("117.25"),
    )
    assert invoice_facts(mirror) == [(EPOCH_DAY, 11725)]


def test_a_foreign_amount_that_was_never_converted_is_no_fact_and_is_counted(mirror):
    store(
        mirror,
        "AOS_Invoices",
        invoice_date=DAY,
        currency_id="gbp",
        total_amount=Decimal(100),
        total_amount_usdollar=Decimal(0),
    )
    assert invoice_facts(mirror) == []
    assert mirror.facts.skipped("invoices") == {
        "without_date": 0,
        "without_base_amount": 1,
        "unbearable": 0,
    }


def test_an_invoice_without_a_date_is_no_fact_and_is_counted(mirror):
    store(mirror, "AOS_Invoices", total_amount=Decimal(1))
    assert invoice_facts(mirror) == []
    assert mirror.facts.skipped("invoices") == {
        "without_date": 1,
        "without_base_amount": 0,
        "unbearable": 0,
    }


def test_a_missing_status_is_an_empty_one(mirror):
    store(mirror, "AOS_Invoices", invoice_date=DAY, total_amount=Decimal(1))
    rows = mirror.connection.execute("SELECT status FROM invoice_facts").fetchall()
    assert rows == [("",)]


def test_an_opportunity_becomes_a_fact_on_its_closing_day(mirror):
    store(
        mirror,
        "Opportunities",
        date_closed=DAY,
        amount=Decimal(50),
        sales_stage="Closed Won",
        account_id="a1",
    )
    rows = mirror.connection.execute("SELECT * FROM opportunity_facts").fetchall()
    assert rows == [("r1", "a1", "Closed Won", EPOCH_DAY, 5000)]


def line(mirror, **values):
    store(mirror, "AOS_Invoices", invoice_date=DAY, total_amount=Decimal(59))
    known = {"parent_type": "AOS_Invoices", "parent_id": "r1", "product_id": "p1"}
    amounts = {"product_qty": Decimal("2.5"), "product_total_price_usdollar": Decimal("59.80")}
    store(mirror, "AOS_Products_Quotes", **{**known, **amounts, **values})
    return mirror.connection.execute("SELECT * FROM line_facts").fetchall()


def test_a_line_becomes_thousandths_and_cents_on_the_day_of_its_invoice(mirror):
    found = line(mirror, product_cost_price_usdollar=Decimal("10.01"))
    assert found == [("r1", "r1", "p1", EPOCH_DAY, 2500, 5980, 2503)]


@pytest.mark.parametrize("cost", [None, Decimal(0)])
def test_a_cost_that_nobody_entered_is_unknown(mirror, cost):
    ((*_, cost_cents),) = line(mirror, product_cost_price_usdollar=cost)
    assert cost_cents is None


@pytest.mark.parametrize(
    "values",
    [
        {"product_id": None},
        {"product_id": "0"},
        {"parent_type": "AOS_Quotes"},
        {"parent_id": "gone"},
        {"product_total_price_usdollar": None},
    ],
)
def test_a_line_without_product_invoice_or_amount_is_no_fact(mirror, values):
    assert line(mirror, **values) == []


def test_a_product_has_a_category_or_an_empty_one(mirror):
    store(mirror, "AOS_Products", category="Service", aos_product_category_id="")
    store(mirror, "AOS_Products", id="r2")
    found = mirror.connection.execute("SELECT * FROM product_facts ORDER BY 1").fetchall()
    assert found == [("r1", "Service"), ("r2", "")]


def profile(mirror, table):
    return mirror.connection.execute(f"SELECT * EXCLUDE customer_id FROM {table}").fetchall()


def test_a_contact_is_known_by_what_is_filled_in(mirror):
    store(
        mirror,
        "Contacts",
        email1="a@b.c",
        phone_mobile="1",
        primary_address_city="Metz",
        lead_source="Web Site",
        campaign_id="k1",
    )
    assert profile(mirror, "profiles_contacts") == [("Web Site", "k1", 1, 1, 0, 0)]


def test_an_account_has_the_lead_source_of_its_oldest_contact(mirror):
    store(mirror, "Accounts", id="a1", billing_address_city="Metz", billing_address_postalcode="57")
    for id, source, year in (("c1", "Partner", 2025), ("c2", "Web Site", 2020), ("c3", None, 2010)):
        store(
            mirror,
            "Contacts",
            id=id,
            lead_source=source,
            date_entered=datetime(year, 1, 1, tzinfo=UTC),
        )
        mirror.connection.execute("INSERT INTO accounts_contacts VALUES (?, 'a1')", [id])
    assert profile(mirror, "profiles_accounts") == [("Web Site", "", 0, 0, 1, 0)]


@pytest.mark.parametrize("happiness", [(-1, 1), (0, 0), (7, 0), (8, 1)])
def test_a_response_is_satisfied_unless_suitecrm_marks_it(mirror, happiness):
    given, satisfied = happiness
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)
    store(mirror, "SurveyResponses", contact_id="c1", happiness=given, date_entered=noon)
    rows = mirror.connection.execute("SELECT * FROM satisfaction_contacts").fetchall()
    assert rows == [("c1", EPOCH_DAY, satisfied)]


def test_mail_of_a_campaign_is_a_fact_on_its_day(mirror):
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)
    known = {"campaign_id": "k1", "target_id": "c1", "activity_type": "viewed"}
    store(mirror, "CampaignLog", **known, activity_date=noon)
    store(mirror, "CampaignLog", id="r2", **{**known, "target_id": None}, activity_date=noon)
    rows = mirror.connection.execute("SELECT * FROM campaign_facts").fetchall()
    assert rows == [("k1", "c1", "viewed", EPOCH_DAY)]
