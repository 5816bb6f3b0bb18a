"""In three demo bases, commands that call something by one name say the same of it, to the cent."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import ENTITY_MODULES
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.insights import actions
from suitecrm_bridge.insights import customers as asked
from suitecrm_bridge.insights.portfolio import portfolio, retention
from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.money import units
from suitecrm_bridge.sandbox import Sandbox
from tests.flows.world import CUSTOMERS, DAY, Clock, world_of
from tests.places import places

pytestmark = pytest.mark.story

AMOUNTS = ("total_am", "subtotal_am", "discount_am", "tax_am", "shipping_am")


@pytest.fixture(scope="module", params=places([1, 2, 3]))
def told(request, tmp_path_factory):
    """A base that was read and scored, of one seed, with refunds on the day and later."""
    folder = tmp_path_factory.mktemp(f"seed {request.param}")
    database = folder / "filled.sqlite"
    with Sandbox(path=database, clock=Clock()) as sandbox:
        fill(sandbox.store, CUSTOMERS, request.param, DAY)
        refund(sandbox)
    with world_of(folder, database, routes=True) as opened:
        opened.pull(BRIDGE_PAGE_SIZE="1000")
        opened.score()
        with opened.context() as context:
            yield context


def refund(sandbox):
    """Refund every seventh invoice: in turn on its day, and on the last day."""
    bought = [row for row in sandbox.store.rows("AOS_Invoices") if row["status"] != "Cancelled"]
    for number, row in enumerate(bought[::7]):
        amounts = {name: -float(row[name] or 0) for name in row if name.startswith(AMOUNTS)}
        day = row["invoice_date"] if number % 2 else DAY.isoformat()
        refunded = {**row, **amounts, "id": f"refund-{number}", "invoice_date": day}
        sandbox.store.load("AOS_Invoices", [refunded])


@pytest.mark.parametrize("entity", ENTITY_MODULES)
def test_indicators_retention_customers_and_segments_agree(told, entity):
    indicators = portfolio(told.mirror, told.choices, entity).indicators.set_index("key")["value"]
    revenue = retention(told.mirror, told.choices, entity).revenue
    assert indicators["revenue"] == units(revenue.now_cents)
    assert indicators["customers_lost"] == revenue.lost_customers
    customers = asked.everybody(told.mirror, entity)
    assert indicators["customers_all"] == len(customers)
    together = sum(customers["purchase_total"])
    assert sum(asked.segments(told.mirror, entity).frame["revenue"]) == together
    assert sum(actions.actions(told.mirror, entity).frame["revenue"]) == together
    assert sum(actions.leaving(told.mirror, entity).frame["revenue"]) <= together


@pytest.mark.parametrize("entity", ENTITY_MODULES)
def test_indicators_by_month_and_retention_by_month_agree(told, entity):
    months = portfolio(told.mirror, told.choices, entity).breakdowns["by_month"]
    months = months.set_index("month")
    stays = retention(told.mirror, told.choices, entity)
    active = stays.table.groupby("month")["active"].sum()
    shared = months.index.intersection(active.index)
    assert len(shared) > 12
    assert months.loc[shared, "active"].tolist() == active[shared].tolist()
    came = stays.by_month.set_index("month")["new_customers"]
    assert months.loc[shared, "newcomers"].tolist() == came[shared].tolist()
    buyers = asked.everybody(told.mirror, entity)
    bought = buyers[buyers["purchase_count"] > 0]
    assert units(int(stays.table["cents"].sum())) == sum(bought["purchase_total"], Decimal())


@pytest.mark.parametrize("entity", ENTITY_MODULES)
def test_what_customers_bought_is_what_their_profit_is_reckoned_from(told, entity):
    rows = asked.everybody(told.mirror, entity)
    sold = {
        row.customer_id: f"on {row.purchase_total:,.2f} of sales"
        for row in rows.itertuples()
        if row.margin is not None and row.purchase_total
    }
    said = dict(zip(rows["customer_id"], rows["value_reason"], strict=True))
    assert len(sold) > 5
    assert [customer for customer, words in sold.items() if words not in said[customer]] == []


def test_the_report_agrees_with_customers_and_indicators(told, tmp_path):
    (file,) = report(told, ["json"], tmp_path)
    made = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    for entity, drawn in made["entities"].items():
        customers = asked.everybody(told.mirror, entity)
        together = sum(customers["purchase_total"])
        assert drawn["key_figures"]["revenue"] == together
        assert sum(row["revenue"] for row in drawn["segments"]) == together
        assert sum(row["purchase_total"] for row in drawn["customers"]) == together
        shown = {row["key"]: row["value"] for row in drawn["indicators"]}
        year = retention(told.mirror, told.choices, entity).revenue
        assert shown["revenue"] == units(year.now_cents)
        assert shown["customers_lost"] == year.lost_customers


def test_amounts_that_were_chosen_after_scoring_are_told_apart(told):
    assert not told.choices.scored_otherwise(told.mirror)
    told.mirror.believing.note("counted", "invoices, gross")
    assert told.choices.scored_otherwise(told.mirror)
    assert "run “suitecrm-bridge score”" in amounts_are(told)
    told.mirror.believing.note("counted", "invoices")


def test_the_report_says_what_amounts_are_and_counts_who_has_only_a_total(told, tmp_path):
    told.mirror.connection.execute(
        "UPDATE invoices SET subtotal_amount = NULL, tax_amount = NULL, shipping_amount = NULL"
        " WHERE id IN (SELECT id FROM invoices WHERE status = 'Paid' ORDER BY id LIMIT 2)"
    )
    (page,) = report(told, ["html"], tmp_path)
    words = page.read_text(encoding="utf-8")
    assert "Amounts: without tax and shipping, in the base currency of SuiteCRM." in words
    assert "2 invoices count by their total, as nothing else of them is known." in words
