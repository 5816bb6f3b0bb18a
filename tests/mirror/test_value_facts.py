from datetime import date, datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest

from suitecrm_bridge.mirror import Counting, Mirror

DAY = date(2026, 1, 2)
MOMENT = datetime(2026, 1, 2, 15, 30)  # noqa: DTZ001 — the mirror's datetimes are UTC without a zone
EPOCH_DAY = 20455


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


def rows(mirror, view, columns="COLUMNS(lambda name: name <> 'entity')"):
    return sorted(mirror.connection.execute(f"SELECT {columns} FROM {view}").fetchall())


def invoice(mirror, **values):
    given = {"id": "i1", "invoice_date": DAY, "total_amount": 120, "tax_amount": 20} | values
    add(mirror, "invoices", **given)


def line(mirror, name, **values):
    parent = {"id": name, "parent_type": "AOS_Invoices", "parent_id": "i1"}
    add(mirror, "invoice_lines", **parent | values)


def test_what_an_invoice_brings_leaves_tax_and_shipping_out(mirror):
    invoice(mirror, total_amount=130, shipping_amount=10)
    assert rows(mirror, "invoice_costs", "net_cents") == [(10_000,)]


def test_an_invoice_in_another_currency_is_converted_as_a_whole(mirror):
    invoice(mirror, currency_id="gbp", total_amount_usdollar=240)
    assert rows(mirror, "invoice_costs", "net_cents") == [(20_000,)]


def test_only_lines_with_a_cost_have_a_known_one(mirror):
    invoice(mirror)
    line(
        mirror,
        "l1",
        product_qty=2,
        product_cost_price_usdollar=15,
        product_total_price_usdollar=60,
    )
    line(
        mirror, "l2", product_qty=1, product_cost_price_usdollar=0, product_total_price_usdollar=40
    )
    found = rows(mirror, "invoice_costs", "lines, lines_cents, known_cents, cost_cents")
    assert found == [(2, 10_000, 6_000, 3_000)]


def test_lines_of_quotes_are_no_lines_of_invoices(mirror):
    invoice(mirror)
    line(mirror, "l1", product_total_price_usdollar=60)
    add(mirror, "invoice_lines", id="l2", parent_type="AOS_Quotes", parent_id="i1")
    assert rows(mirror, "invoice_costs", "lines") == [(1,)]


@pytest.mark.parametrize(
    ("status", "unpaid"), [("Unpaid", 1), ("Overdue", 1), ("Paid", 0), (None, 0)]
)
def test_only_invoices_that_say_so_are_unpaid(mirror, status, unpaid):
    invoice(mirror, status=status, due_date=DAY)
    assert rows(mirror, "invoice_terms", "unpaid, due_day") == [(unpaid, EPOCH_DAY)]
    assert len(rows(mirror, "overdue_facts")) == unpaid


def test_list_prices_are_held_against_what_was_charged(mirror):
    invoice(mirror)
    line(
        mirror, "l1", product_qty=2, product_list_price_usdollar=50, product_total_price_usdollar=80
    )
    assert rows(mirror, "invoice_terms", "list_cents, sold_cents") == [(10_000, 8_000)]


def test_a_case_is_service_for_its_contacts_and_its_account(mirror):
    add(mirror, "cases", id="k1", date_entered=MOMENT, account_id="acme")
    add(mirror, "contacts_cases", case_id="k1", contact_id="ann")
    assert rows(mirror, "service_facts_contacts") == [("ann", "case", EPOCH_DAY, 0)]
    assert rows(mirror, "service_facts_accounts") == [("acme", "case", EPOCH_DAY, 0)]


def test_a_case_that_a_contact_opened_is_his_once(mirror):
    add(mirror, "cases", id="k1", date_entered=MOMENT, contact_created_by_id="ann")
    add(mirror, "contacts_cases", case_id="k1", contact_id="ann")
    assert rows(mirror, "service_facts_contacts") == [("ann", "case", EPOCH_DAY, 0)]


def test_a_call_held_takes_its_minutes(mirror):
    add(mirror, "contacts", id="ann")
    add(mirror, "accounts_contacts", contact_id="ann", account_id="acme")
    add(
        mirror,
        "calls",
        id="c1",
        status="Held",
        date_start=MOMENT,
        duration_hours=1,
        duration_minutes=15,
        parent_type="Contacts",
        parent_id="ann",
    )
    assert rows(mirror, "service_facts_contacts") == [("ann", "call", EPOCH_DAY, 75)]
    assert rows(mirror, "service_facts_accounts") == [("acme", "call", EPOCH_DAY, 75)]


def test_a_meeting_about_a_case_serves_the_customer_of_the_case(mirror):
    add(mirror, "cases", id="k1", account_id="acme")
    add(
        mirror,
        "meetings",
        id="m1",
        status="Held",
        date_start=MOMENT,
        duration_hours=2,
        parent_type="Cases",
        parent_id="k1",
    )
    assert rows(mirror, "service_facts_accounts") == [("acme", "meeting", EPOCH_DAY, 120)]


@pytest.mark.parametrize(("zone", "day"), [("UTC", 0), ("Europe/Paris", 0), ("Asia/Tokyo", 1)])
def test_what_serving_costs_falls_on_the_day_where_people_work(zone, day):
    with Mirror(duckdb.connect(), counting=Counting(zone=ZoneInfo(zone))) as mirror:
        mirror.facts.define_value()
        add(mirror, "contacts", id="ann")
        add(mirror, "cases", id="k1", date_entered=MOMENT, contact_created_by_id="ann")
        parent = {"parent_type": "Contacts", "parent_id": "ann"}
        for table, moment in (("calls", "date_start"), ("meetings", "date_start")):
            add(mirror, table, id="a", status="Held", **{moment: MOMENT}, **parent)
        add(mirror, "tasks", id="t", status="Completed", date_modified=MOMENT, **parent)
        served = rows(mirror, "service_facts_contacts", "DISTINCT day")
        assert served == rows(mirror, "attempt_facts_contacts", "DISTINCT day")
        assert served == [(EPOCH_DAY + day,)]


def test_a_call_that_is_only_planned_costs_nothing(mirror):
    add(mirror, "contacts", id="ann")
    add(
        mirror,
        "calls",
        id="c1",
        status="Planned",
        date_start=MOMENT,
        parent_type="Contacts",
        parent_id="ann",
    )
    assert rows(mirror, "service_facts_contacts") == []


def test_only_a_case_that_is_ticked_is_a_complaint(mirror):
    add(mirror, "cases", id="k1", date_entered=MOMENT, account_id="acme", complaint_c=True)
    add(mirror, "cases", id="k2", date_entered=MOMENT, account_id="acme", complaint_c=False)
    add(mirror, "cases", id="k3", date_entered=MOMENT, account_id="acme")
    assert rows(mirror, "complaint_facts_accounts") == [("acme", "k1", EPOCH_DAY, 0)]


def test_what_people_filled_in_is_read(mirror):
    add(mirror, "contacts", id="ann", wallet_estimate_c=1234.5, fraud_c=True)
    add(mirror, "contacts", id="bob", wallet_estimate_c=0, fraud_c=False)
    assert rows(mirror, "wallet_facts_contacts") == [("ann", 123_450)]
    assert rows(mirror, "fraud_facts_contacts") == [("ann",)]


def test_contacts_are_like_those_of_the_same_industry_or_else_source(mirror):
    add(mirror, "contacts", id="ann", lead_source="Web")
    add(mirror, "contacts", id="bob", lead_source="Web")
    add(mirror, "contacts", id="cyd")
    add(mirror, "accounts", id="acme", industry="Banking")
    add(mirror, "accounts_contacts", contact_id="ann", account_id="acme")
    assert rows(mirror, "group_facts_contacts") == [
        ("ann", "industry Banking"),
        ("bob", "source Web"),
    ]


def test_an_account_is_touched_by_campaigns_to_its_contacts(mirror):
    add(mirror, "accounts_contacts", contact_id="ann", account_id="acme")
    for number, (kind, what) in enumerate(
        [
            ("targeted", "Contacts"),
            ("link", "Contacts"),
            ("removed", "Contacts"),
            ("targeted", "Leads"),
        ]
    ):
        add(
            mirror,
            "campaign_log",
            id=f"t{number}",
            campaign_id="spring",
            activity_type=kind,
            activity_date=MOMENT,
            target_type=what,
            target_id="ann",
        )
    touched = [("spring", EPOCH_DAY, 0), ("spring", EPOCH_DAY, 1)]
    assert rows(mirror, "touch_facts_accounts", "campaign_id, day, responded") == touched
    assert rows(mirror, "touch_facts_contacts", "campaign_id, day, responded") == touched


def test_a_complaint_that_was_not_upheld_is_told_from_one_that_was(mirror):
    for id, status in (("k1", "Closed_Rejected"), ("k2", "Closed_Closed")):
        add(
            mirror,
            "cases",
            id=id,
            date_entered=MOMENT,
            account_id="acme",
            complaint_c=True,
            status=status,
        )
    assert rows(mirror, "complaint_facts_accounts", "case_id, rejected") == [("k1", 1), ("k2", 0)]


def test_facts_of_all_customers_say_of_which_kind_each_is(mirror):
    add(mirror, "contacts", id="ann", fraud_c=True)
    add(mirror, "accounts", id="acme", fraud_c=True)
    assert rows(mirror, "fraud_facts_of_all", "entity, customer_id") == [
        ("accounts", "acme"),
        ("contacts", "ann"),
    ]
