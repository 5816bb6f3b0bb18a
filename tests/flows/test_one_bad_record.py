"""One bad record never decides for all: it is set apart, named, and the others go on."""

from __future__ import annotations

import json

import pytest

from suitecrm_bridge.mirror import Mirror
from tests.flows.world import ENOUGH, filled_base, mirror_rows, settled_base, synced_base, world_of
from tests.places import places

pytestmark = pytest.mark.story

SCORES = ("scores_contacts", "scores_accounts")

DAYS = (
    "0202-06-01",
    "0001-01-01",
    "9999-12-31",
    "0026-03-08",
    "0999-12-31",
    "1026-03-08",
    "1601-01-01",
    "1753-01-01",
    "1899-12-30",
    "2200-01-01",
    "2206-03-08",
    "3026-03-08",
)
AMOUNTS = (
    "90000000000000000",
    "1e17",
    "1e15",
    "10000000000000.01",
    "-10000000000000.01",
    "99999999999999.99",
    "-90000000000000000",
    "1e19",
    "100000000000000",
    "9e18",
)


@pytest.fixture
def usual(bases, tmp_path):
    """A SuiteCRM after a sync without a bad record, with enough customers for lifetimes."""
    with world_of(tmp_path, *settled_base(bases, ENOUGH)) as opened:
        yield opened


@pytest.fixture
def fast(bases, tmp_path):
    """One that the bridge has not met yet, with the package's fast routes."""
    with world_of(tmp_path, filled_base(bases, ENOUGH), routes=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def undisturbed(bases):
    """What the mirror holds after a sync without a bad record."""
    _, home, _ = synced_base(bases, ENOUGH)
    return (mirror_rows(home),)


def buyer(opened):
    """A contact who bought, by the id of one of their invoices."""
    return next(row for row in opened.store.rows("AOS_Invoices") if row["billing_contact_id"])


def add_invoice(opened, **values):
    like = buyer(opened)
    known = {
        "id": "bad00000-0000-4000-8000-000000000001",
        "name": "bad",
        "status": "Paid",
        "invoice_date": "2026-02-02",
        "due_date": "2026-02-20",
        "currency_id": "-99",
        "total_amount": "99",
        "total_amount_usdollar": "99",
        "billing_contact_id": like["billing_contact_id"],
        "billing_account_id": like["billing_account_id"],
    }
    row = {**known, **values}
    opened.store.load("AOS_Invoices", [row])
    return row["id"]


def assert_others_go_on(opened, undisturbed, *tables):
    mirror, rows = undisturbed[0], mirror_rows(opened.home)
    assert [table for table in tables or SCORES if rows[table] != mirror[table]] == []


def listed(opened, **changes):
    done = opened.command("dead-letters", "list", "--format", "json", **changes)
    assert done.exit_code == 0, done.output
    return [row for row in json.loads(done.stdout) if row["direction"] == "score"]


@pytest.mark.parametrize("day", places(DAYS, every=6))
def test_an_invoice_with_an_absurd_day_changes_nothing_for_anybody(usual, undisturbed, day):
    bad = add_invoice(usual, invoice_date=day)
    summary = usual.sync()
    assert_others_go_on(usual, undisturbed)
    assert summary.unbearable == {"AOS_Invoices": 1}
    (letter,) = [row for row in listed(usual) if row["record_id"] == bad]
    assert (letter["module"], letter["direction"]) == ("AOS_Invoices", "score")
    assert day in letter["reason"]
    assert "Correct it in SuiteCRM" in letter["reason"]


@pytest.mark.parametrize("amount", places(AMOUNTS, every=6))
def test_an_invoice_with_an_absurd_amount_changes_nothing_for_anybody(usual, undisturbed, amount):
    bad = add_invoice(usual, total_amount=amount, total_amount_usdollar=amount)
    usual.sync()
    assert_others_go_on(usual, undisturbed)
    assert {row["record_id"] for row in listed(usual)} >= {bad}


@pytest.mark.parametrize(
    "field", places(["tax_amount", "shipping_amount", "total_amount_usdollar"])
)
def test_an_absurd_part_of_an_amount_sets_the_whole_amount_apart(usual, undisturbed, field):
    bad = add_invoice(usual, **{field: "90000000000000000"})
    usual.sync()
    assert_others_go_on(usual, undisturbed)
    assert [(row["record_id"]) for row in listed(usual) if field in row["reason"]] == [bad]


def test_an_invoice_without_a_day_is_named_too(usual, undisturbed):
    bad = add_invoice(usual, invoice_date="0000-00-00")
    usual.sync()
    assert_others_go_on(usual, undisturbed)
    assert bad in {row["record_id"] for row in listed(usual)}


@pytest.mark.parametrize(
    "text",
    places(["NaN", "nan", "Infinity", "-inf", "1e400", "1e999999999", "0x10"], every=3),
)
def test_an_amount_that_is_no_number_is_a_dead_letter_and_the_others_go_on(
    usual, undisturbed, text
):
    bad = add_invoice(usual, total_amount_usdollar=f"{text} ".strip())
    usual.sandbox.show_numbers(lambda number: number)
    usual.store.update("AOS_Invoices", bad, {"total_amount": text})
    summary = usual.sync()
    assert_others_go_on(usual, undisturbed)
    assert summary.rejected == {"AOS_Invoices": 1}


def test_the_largest_amount_counts_and_every_figure_holds(fast):
    good = add_invoice(fast, total_amount="10000000000000", total_amount_usdollar="10000000000000")
    summary = fast.sync()
    assert good not in {row["record_id"] for row in listed(fast)}
    contact = buyer(fast)["billing_contact_id"]
    ((total, clv),) = fast.mirrored(
        "SELECT purchase_total, (SELECT count(*) FROM scores_contacts WHERE clv IS NOT NULL)"
        " FROM scores_contacts WHERE customer_id = ?",
        contact,
    )
    assert total > 10**13
    assert clv > 20
    assert summary.failed == 0


def test_a_bill_far_ahead_is_merely_not_there_yet(usual, undisturbed):
    add_invoice(usual, invoice_date="2199-12-31", due_date="2199-12-31")
    assert usual.sync().unbearable == {}
    assert_others_go_on(usual, undisturbed)


LONG_AGO = ("AOS_Invoices", {"invoice_date": "0202-06-01"})
ABSURD = (
    ("Cases", {"date_entered": "0202-06-01 10:00:00"}),
    ("Cases", {"date_entered": "9999-12-31 23:59:59"}),
    ("Cases", {"date_entered": "0001-01-01 00:00:00", "date_modified": "0001-01-01 00:00:00"}),
    ("Calls", {"date_start": "0202-06-01 10:00:00"}),
    ("Calls", {"duration_hours": 9_000_000_000_000_000_000}),
    ("Calls", {"duration_hours": -9, "duration_minutes": 900_000_000}),
    ("Meetings", {"date_start": "9999-12-31 10:00:00", "duration_hours": 2_000_000_000}),
    ("SurveyResponses", {"date_entered": "0202-06-01 10:00:00", "happiness": 900}),
    ("AOS_Products_Quotes", {"product_qty": "1e18"}),
    ("AOS_Products_Quotes", {"product_cost_price_usdollar": "90000000000000000"}),
    ("AOS_Products_Quotes", {"product_cost_price_usdollar": "9e12", "product_qty": "900"}),
    ("AOS_Products_Quotes", {"product_list_price_usdollar": "9e12", "product_qty": "1e9"}),
    ("Opportunities", {"date_closed": "0202-06-01"}),
    ("Opportunities", {"amount": "1e17"}),
    ("Contacts", {"date_entered": "0202-06-01 10:00:00"}),
    ("Contacts", {"wallet_estimate_c": "90000000000000000"}),
    ("Accounts", {"wallet_estimate_c": "-90000000000000000"}),
    ("AOS_Invoices", {"due_date": "0202-06-01"}),
    LONG_AGO,
    ("CampaignLog", {"activity_date": "9999-12-31 10:00:00"}),
)


@pytest.fixture(scope="module")
def absurd(bases, tmp_path_factory):
    """A SuiteCRM with one record of each absurd kind, synced; their ids, and what is listed."""
    with world_of(tmp_path_factory.mktemp("absurd"), filled_base(bases, ENOUGH)) as opened:
        ids = []
        for place, (module, values) in enumerate(ABSURD):
            before = sum(module == earlier for earlier, _ in ABSURD[:place])
            ids.append(opened.store.rows(module)[before]["id"])
            opened.store.update(module, ids[-1], values)
        opened.sync(BRIDGE_MAX_LOST="1")
        yield opened, ids, {(row["module"], row["record_id"]) for row in listed(opened)}


@pytest.mark.parametrize("place", range(len(ABSURD)), ids=[str(each) for each in ABSURD])
def test_a_record_with_an_absurd_value_is_named_in_any_module(absurd, place):
    _, ids, named = absurd
    assert (ABSURD[place][0], ids[place]) in named


@pytest.mark.parametrize(
    "command",
    [
        ("backtest",),
        ("retention",),
        ("indicators",),
        ("customers",),
        ("segments",),
        ("complaints",),
        ("report", "--format", "json"),
    ],
)
def test_every_command_bears_absurd_values_in_every_module(absurd, command):
    opened, _, _ = absurd
    place = ("--output", str(opened.home)) if "report" in command else ()
    done = opened.command(*command, *place)
    assert done.exit_code == 0, done.output


def test_the_report_names_what_it_left_out(absurd):
    opened, ids, _ = absurd
    done = opened.command("report", "--format", "html", "--output", str(opened.home))
    assert done.exit_code == 0, done.output
    page = (opened.home / "report.html").read_text(encoding="utf-8")
    assert ids[ABSURD.index(LONG_AGO)] in page
    assert "0202-06-01" in page


def test_the_same_in_french(absurd):
    (letter, *_) = listed(absurd[0], BRIDGE_LANG="fr")
    assert "Corrigez-le dans SuiteCRM" in letter["reason"]


def test_a_value_that_was_mended_counts_with_the_next_sync(usual):
    bad = add_invoice(usual, invoice_date="0202-06-01")
    usual.sync()
    usual.clock.advance(hours=1)
    usual.store.update("AOS_Invoices", bad, {"invoice_date": "2026-02-02"})
    assert usual.sync().unbearable == {}
    assert bad not in {row["record_id"] for row in listed(usual)}


def test_retention_prints_no_centuries(absurd):
    assert len(absurd[0].command("retention").stdout.splitlines()) < 200


@pytest.mark.long
def test_the_fast_path_leaves_the_same_apart(fast):
    add_invoice(fast, invoice_date="9999-12-31")
    fast.sync()
    with Mirror.open(fast.home) as mirror:
        assert [one.value for one in mirror.left_out.unbearable()] == ["9999-12-31"]
