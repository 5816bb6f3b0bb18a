"""What the mirror tells of the relation beside buying: moments, signs of engagement, words."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from suitecrm_bridge.mirror import Counting, Mirror
from suitecrm_bridge.mirror.facts import Facts
from tests.mirror.test_value_facts import EPOCH_DAY, MOMENT, add, invoice, line, rows


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.facts.define_value()
        add(
            opened, "contacts", id="ann", first_name="Ann", last_name="Bell", email1="ann@b.example"
        )
        add(opened, "accounts", id="acme", name="Acme")
        add(opened, "accounts_contacts", contact_id="ann", account_id="acme")
        yield opened


def call(mirror, name, status="Held", direction="Outbound", start=MOMENT):
    given = {"parent_type": "Contacts", "parent_id": "ann", "date_start": start}
    add(mirror, "calls", id=name, status=status, direction=direction, **given)


def logged(mirror, name, activity, moment=MOMENT):
    given = {"target_type": "Contacts", "target_id": "ann", "campaign_id": "spring"}
    add(mirror, "campaign_log", id=name, activity_type=activity, activity_date=moment, **given)


def moments(mirror, entity="contacts"):
    return rows(mirror, f"moment_facts_{entity}", "way, channel, day, hour, answered")


def test_a_call_out_was_tried_and_a_call_in_is_their_own(mirror):
    call(mirror, "c1")
    call(mirror, "c2", status="Not Held")
    call(mirror, "c3", direction="Inbound")
    call(mirror, "c4", status="Planned")
    told = [
        ("own", "phone", EPOCH_DAY, 15, 1),
        ("tried", "phone", EPOCH_DAY, 15, 0),
        ("tried", "phone", EPOCH_DAY, 15, 1),
    ]
    assert moments(mirror) == told
    assert moments(mirror, "accounts") == told


def test_hour_and_day_are_those_of_where_people_work(mirror):
    call(mirror, "c1", direction="Inbound", start=MOMENT + timedelta(hours=8))
    facts = Facts(mirror.connection, Counting(zone=ZoneInfo("Asia/Tokyo")))
    facts.define_value()
    assert moments(mirror) == [("own", "phone", EPOCH_DAY + 1, 8, 1)]


def test_what_a_campaign_was_opened_with_within_an_hour_counts_once(mirror):
    for name, activity in (("t", "targeted"), ("v", "viewed"), ("l", "link")):
        logged(mirror, name, activity)
    logged(mirror, "later", "viewed", MOMENT + timedelta(hours=2))
    told = [("own", "", EPOCH_DAY, 15, 1), ("own", "", EPOCH_DAY, 17, 1)]
    assert moments(mirror) == told


@pytest.mark.parametrize(
    ("kind", "channel"),
    [("Telesales", "phone"), ("Mail", "post"), ("Email", "email"), ("", "email")],
)
def test_a_campaign_speaks_over_the_channel_of_its_type(mirror, kind, channel):
    add(mirror, "campaigns", id="spring", campaign_type=kind)
    logged(mirror, "t", "targeted")
    assert rows(mirror, "touch_facts_contacts", "channel") == [(channel,)]


def test_a_case_came_over_its_channel(mirror):
    given = {"complaint_channel_c": "post", "account_id": "acme", "date_entered": MOMENT}
    add(mirror, "cases", id="k", contact_created_by_id="ann", **given)
    assert moments(mirror) == [("own", "post", EPOCH_DAY, 15, 1)]
    assert rows(mirror, "engagement_facts_accounts", "signal, record_id") == [("wrote", "k")]


def signals(mirror, entity="contacts"):
    return rows(mirror, f"engagement_facts_{entity}", "signal, record_id")


def test_who_followed_a_link_has_opened_the_campaign_too(mirror):
    logged(mirror, "l", "link")
    assert signals(mirror) == [("clicked", "spring"), ("opened", "spring")]


@pytest.mark.parametrize("named", ["ann bell", " Ann Bell ", "ANN@B.example"])
def test_a_lead_came_through_the_one_customer_that_it_names(mirror, named):
    add(mirror, "leads", id="l", refered_by=named, date_entered=MOMENT)
    assert signals(mirror) == [("referred", "l")]
    add(mirror, "contacts", id="bob", first_name="Ann", last_name="Bell", email1="ann@b.example")
    assert signals(mirror) == []


def test_a_word_of_ours_in_a_case_is_none_of_theirs(mirror):
    add(mirror, "cases", id="k", account_id="acme", date_entered=MOMENT)
    add(mirror, "case_updates", id="u", case_id="k", date_entered=MOMENT, description="Bonjour")
    assert signals(mirror, "accounts") == []


def test_texts_are_small_letters_without_accents_and_notes_count_once(mirror):
    given = {"parent_type": "Contacts", "parent_id": "ann", "contact_id": "ann"}
    add(
        mirror,
        "notes",
        id="n",
        name="Idée",
        description="C'est\nÇA !",
        date_entered=MOMENT,
        **given,
    )
    told = [("ann", "n", "note", EPOCH_DAY, " idee c est ca ")]
    assert rows(mirror, "wish_facts_contacts") == told


def test_shipping_is_converted_as_the_invoice_was(mirror):
    invoice(mirror, currency_id="gbp", total_amount_usdollar=240, shipping_amount=10)
    line(
        mirror,
        "l",
        product_qty=1,
        product_list_price_usdollar=300,
        product_total_price_usdollar=200,
    )
    assert rows(mirror, "invoice_extras") == [("i1", 30_000, 20_000, 2_000)]
