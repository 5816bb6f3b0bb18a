"""An id is an id, however it is spelled: SuiteCRM's database looks at neither case nor blanks."""

import json

import pytest

from suitecrm_bridge.errors import WriteBackError
from tests.flows.world import DAY, world
from tests.places import paths, places

AS_OF = ("--as-of", str(DAY))
CONTACT = "127eb23f-0000-4000-8000-00000000abcd"
ACCOUNT = "aaeb23ff-0000-4000-8000-00000000abcd"
PRODUCT = "ddeb23ff-0000-4000-8000-00000000abcd"
IMPORTED = "C0FFEE00-0000-4000-8000-0000000ABCDe"
SPELLINGS = [str.upper, str.title, str.swapcase, lambda id: f"{id}  ", lambda id: f"{id.upper()} "]


def fill(store, contact, account, spell):
    """A contact and an account, and what refers to them in another spelling."""
    store.load("Accounts", [{"id": account, "name": "Acme"}])
    store.load("Contacts", [{"id": contact, "last_name": "Ada", "account_id": spell(account)}])
    store.load("AOS_Products", [{"id": PRODUCT, "name": "Pump"}])
    invoice = {
        "status": "Paid",
        "invoice_date": "2026-02-01",
        "total_amount": 100,
        "total_amount_usdollar": 100,
        "billing_contact_id": spell(contact),
        "billing_account_id": spell(account),
    }
    ids = [f"eeeeeeee-0000-4000-8000-00000000abc{n}" for n in range(3)]
    store.load(
        "AOS_Invoices",
        [{**invoice, "id": id, "invoice_date": f"2026-02-0{n + 1}"} for n, id in enumerate(ids)],
    )
    line = {
        "parent_type": "AOS_Invoices",
        "product_id": spell(PRODUCT),
        "product_qty": 1,
        "product_total_price_usdollar": 100,
        "product_cost_price_usdollar": 60,
        "name": "Pump",
    }
    store.load(
        "AOS_Products_Quotes",
        [{**line, "id": id.replace("e", "f", 4), "parent_id": spell(id)} for id in ids],
    )
    complain(store, spell(contact), spell(account), spell)


def complain(store, contact, account, spell):
    """A complaint of the two."""
    case = "cccccccc-0000-4000-8000-00000000abcd"
    complaint = {
        "id": case,
        "name": "Broken",
        "complaint_c": 1,
        "date_entered": "2026-03-01 09:00:00",
        "account_id": account,
        "contact_created_by_id": contact,
    }
    store.load("Cases", [complaint])
    store.load_link(
        "contacts_cases", [{"id": "1" * 36, "contact_id": contact, "case_id": spell(case)}]
    )


def figures(opened, entity):
    query = f"SELECT customer_id, purchase_count, complaint_count, margin FROM scores_{entity}"
    return opened.mirrored(query)


@pytest.mark.story
@pytest.mark.parametrize("routes", paths("fast"))
@pytest.mark.parametrize(
    ("contact", "spell"),
    places(
        [*((CONTACT, s) for s in SPELLINGS), (IMPORTED, str.lower), (IMPORTED, str.upper)], every=4
    ),
)
def test_what_refers_to_a_customer_is_found_however_it_is_spelled(tmp_path, routes, contact, spell):
    with world(tmp_path / "home", routes=routes) as opened:
        fill(opened.store, contact, ACCOUNT, spell)
        summary = opened.sync()
        assert not set(summary.skipped) & set(STRANGERS)
        for entity, id in (("contacts", contact), ("accounts", ACCOUNT)):
            ((customer, purchases, cases, margin),) = figures(opened, entity)
            assert (customer, purchases, cases) == (id, 3, 1)
            assert margin is not None
        assert opened.store.rows("Contacts")[0]["rfm_segment_c"]
        opened.forget()
        opened.clock.advance(minutes=2)
        again = opened.sync(full=True)
        assert set(again.pulled.values()) == {0}
        assert (again.written, opened.patches) == (0, [])


ODD = ["Müller-0001", "C.001", "K 12", "O'Hara/1", "50%", "Zoë"]
"""Ids that SuiteCRM's import takes."""


def without_accents(id):
    return id.translate(str.maketrans("üë", "ue")).upper()


@pytest.mark.parametrize("routes", paths("stock"))
@pytest.mark.parametrize("odd", places(ODD, every=3))
def test_a_customer_with_an_odd_id_is_read_with_what_refers_to_it(tmp_path, routes, odd):
    with world(tmp_path / "home", routes=routes) as opened:
        fill(opened.store, odd, ACCOUNT, without_accents)
        opened.store.load("Contacts", [{"id": f"{odd}{n}", "last_name": "Eve"} for n in range(3)])
        opened.pull(BRIDGE_PAGE_SIZE="1")
        opened.score()
        found = dict(opened.mirrored("SELECT customer_id, purchase_count FROM scores_contacts"))
        assert found == {odd: 3, f"{odd}0": 0, f"{odd}1": 0, f"{odd}2": 0}


@pytest.mark.long
@pytest.mark.parametrize("odd", places(ODD, every=3))
def test_the_fast_routes_write_the_figures_of_a_customer_with_an_odd_id(tmp_path, odd):
    with world(tmp_path / "home", routes=True) as opened:
        fill(opened.store, odd, ACCOUNT, without_accents)
        assert opened.sync().failed == 0
        assert opened.store.row("Contacts", odd)["rfm_segment_c"]


@pytest.mark.parametrize("odd", places(ODD, every=3))
def test_the_stock_api_refuses_an_odd_id_by_its_name_and_writes_the_others(tmp_path, odd):
    with world(tmp_path / "home") as opened:
        fill(opened.store, odd, ACCOUNT, without_accents)
        with pytest.raises(WriteBackError):
            opened.sync()
        assert [letter[0] for letter in opened.dead_letters()] == [odd]
        assert opened.store.row("Accounts", ACCOUNT)["rfm_segment_c"]


@pytest.fixture(scope="module")
def two_customers(tmp_path_factory):
    """A contact and an account that were read and scored."""
    with world(tmp_path_factory.mktemp("two") / "home", routes=True) as opened:
        fill(opened.store, CONTACT, IMPORTED, str)
        opened.pull()
        opened.score()
        yield opened


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_customer_is_shown_by_an_id_in_any_spelling(two_customers, spell):
    for id in (CONTACT, IMPORTED):
        done = two_customers.command("customer", spell(id), "--format", "json")
        assert done.exit_code == 0, done.output
        assert [one["customer_id"] for one in json.loads(done.stdout)] == [id]


STRANGERS = {
    "without_customer": [{}, {"billing_contact_id": "", "billing_account_id": ""}],
    "unknown_customer": [
        {"billing_contact_id": "nobody"},
        {"billing_account_id": "nobody"},
        {"billing_contact_id": CONTACT, "billing_account_id": "nobody"},
    ],
}


@pytest.mark.story
@pytest.mark.parametrize("routes", paths("fast"))
def test_purchases_of_nobody_are_counted_and_shown(tmp_path, routes):
    with world(tmp_path / "home", routes=routes) as opened:
        fill(opened.store, CONTACT, ACCOUNT, str)
        rows = [row for rows in STRANGERS.values() for row in rows]
        opened.store.load(
            "AOS_Invoices",
            [
                {
                    "status": "Paid",
                    "invoice_date": "2026-02-01",
                    "total_amount": 100,
                    "total_amount_usdollar": 100,
                    "id": f"eeeeeeee-0000-4000-8000-0000000000{n:02d}",
                    **row,
                }
                for n, row in enumerate(rows)
            ],
        )
        summary = opened.sync()
        counts = {why: len(rows) for why, rows in STRANGERS.items()}
        assert {why: summary.skipped.get(why) for why in STRANGERS} == counts
        shown = opened.command("score", *AS_OF).stdout
        assert "without contact and account 2" in shown
        assert "that is not there 3" in shown
        done = opened.command("report", "--output", str(tmp_path / "report"))
        assert done.exit_code == 0, done.output
        page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
        assert "2 invoices with neither a contact nor an account" in page
        assert "3 invoices whose contact or account cannot be found" in page
        found = json.loads(opened.command("doctor", "--json").stdout)
        warned = [one["text"] for one in found if one["check"] == "Purchases"]
        assert any("2" in words for words in warned)
        assert any("3" in words for words in warned)
