"""Scoring what customers are worth, where much is missing."""

import pytest

from suitecrm_bridge.jobs.inputs import inputs
from tests.flows.world import DAY
from tests.places import places

CONTACT = "ffffffff-0000-4000-8000-000000000001"
RFM = "customer_id, rfm_segment, rfm_score, purchase_count, purchase_total"


def told(world, columns, entity="contacts"):
    return world.mirrored(f"SELECT {columns} FROM scores_{entity} ORDER BY customer_id")


def sell(world, **changes):
    row = {
        "id": CONTACT,
        "name": "Facture",
        "status": "Paid",
        "currency_id": "-99",
        "invoice_date": str(DAY),
        "billing_contact_id": CONTACT,
        "total_amount": 100,
        "total_amount_usdollar": 100,
    }
    world.store.load("AOS_Invoices", [row | changes])


def test_an_empty_base_is_scored(empty):
    empty.pull()
    assert empty.score().scored == {"contacts": 0, "accounts": 0}


def test_a_prospect_who_is_alone_is_one(empty):
    empty.store.load("Contacts", [{"id": CONTACT, "last_name": "Seul"}])
    empty.pull()
    empty.score()
    figures = "lifecycle, clv, churn_risk, next_offer, review_flag, review_reason_fr, wallet_share"
    assert told(empty, figures) == [("prospect", None, None, None, False, None, None)]


def test_the_only_customer_gets_what_can_be_told(empty):
    empty.store.load("Contacts", [{"id": CONTACT, "last_name": "Seule"}])
    sell(empty)
    empty.pull()
    empty.score()
    ((stage, value, margin, said),) = told(empty, "lifecycle, clv, margin, value_reason_en")
    assert (stage, value, margin) == ("new", None, None)
    assert "1 customers have bought" in said
    assert "the margin is unknown" in said


@pytest.mark.story
def test_a_share_of_a_tiny_estimate_fits_into_its_field(empty):
    empty.store.load(
        "Contacts", [{"id": CONTACT, "last_name": "Rare", "wallet_estimate_c": "0.01"}]
    )
    sell(empty)
    empty.sync()
    assert told(empty, "CAST(wallet_share AS DOUBLE)") == [(9.9999,)]
    assert float(empty.store.row("Contacts", CONTACT)["wallet_share_c"]) == 9.9999


@pytest.mark.story
def test_where_opportunities_are_the_purchases_no_margin_is_claimed(scored):
    scored.score(BRIDGE_PURCHASES="opportunities")
    for entity in ("contacts", "accounts"):
        rows = told(scored, "purchase_count, margin, profit, value_reason_en", entity)
        assert any(count for count, *_ in rows)
        assert {(margin, profit) for _, margin, profit, _ in rows} == {(None, None)}
        assert not any("0.00 before tax" in said for *_, said in rows)
        assert any("Cost to serve:" in said for *_, said in rows)


@pytest.mark.story
@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_what_cannot_be_read_only_leaves_figures_out(scored, entity):
    before = told(scored, RFM, entity)
    for table in (
        "cases",
        "contacts_cases",
        "calls",
        "meetings",
        "invoice_lines",
        "products",
        "campaigns",
        "campaign_log",
        "survey_responses",
        "opportunities",
    ):
        scored.mirrored(f"DELETE FROM {table}")
    scored.score(accept=True)
    assert told(scored, RFM, entity) == before
    rows = told(scored, "margin, next_offer, CAST(cost_to_serve AS DOUBLE)", entity)
    assert {row[:2] for row in rows} == {(None, None)}
    assert all(cost >= 0 for *_, cost in rows)


@pytest.mark.parametrize(
    "table",
    places(
        [
            "contacts",
            "accounts",
            "invoices",
            "invoice_lines",
            "products",
            "cases",
            "calls",
            "meetings",
            "campaign_log",
            "opportunities",
            "contacts_cases",
            "accounts_contacts",
            "opportunities_contacts",
        ],
        every=1,
    ),
)
def test_scores_are_made_anew_when_a_table_that_they_are_made_from_changes(scored, table):
    with scored.context() as context:
        before = inputs(context, DAY)
        rows = context.mirror.connection.execute(
            f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})"
        )
        assert rows.fetchall() == [(1,)]
        assert inputs(context, DAY) != before


@pytest.mark.parametrize(
    "setting",
    ["BRIDGE_CASE_COST", "BRIDGE_HOUR_COST", "BRIDGE_LATE_RATE", "BRIDGE_DISCOUNT_RATE"],
)
def test_scores_are_made_anew_when_a_rate_changes(scored, setting):
    found = []
    for value in ("1", "2"):
        with scored.context(**{setting: value}) as context:
            found.append(inputs(context, DAY))
    assert found[0] != found[1]


def test_sentences_are_made_anew_when_their_currency_changes(scored):
    found = []
    for sign in ("€", "CHF"):
        with scored.context(BRIDGE_CURRENCY=sign) as context:
            found.append(inputs(context, DAY))
    assert found[0] != found[1]


@pytest.mark.parametrize("name", ["themes.toml", "competitors.toml"])
def test_scores_are_made_anew_when_people_name_themes_or_competitors(scored, name):
    with scored.context() as context:
        before = inputs(context, DAY)
        (context.settings.home / name).write_text("[finding]\n", encoding="utf-8")
        assert inputs(context, DAY) != before


@pytest.mark.story
def test_a_higher_cost_of_a_case_lowers_the_profit(scored):
    before = dict(told(scored, "customer_id, profit"))
    scored.score(BRIDGE_CASE_COST="1000")
    after = dict(told(scored, "customer_id, profit"))
    lower = [who for who in before if after[who] < before[who]]
    assert lower
    assert all(after[who] <= before[who] for who in before)
