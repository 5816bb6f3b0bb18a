"""What two tables call by one name is the same to the cent, whatever was bought and refunded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import clv, indicators, lifecycle, profit, retention, rfm
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.intake import purchases_table
from suitecrm_bridge.analytics.segments import summary
from tests.places import examples

from . import cdnow
from .test_indicators import load, table

AS_OF = date(2026, 3, 31)
DAY = to_day(AS_OF)
PEOPLE = ["ann", "bob", "cyd", "dan"]

Rows = list[tuple[str, int, int]]
"""customer, days ago, cents"""


class Story:
    """Everything that the graph says of one base."""

    def __init__(self, rows: Rows, people: list[str], as_of: date = AS_OF) -> None:
        engine = Engine()
        load(engine, rows, people, [], [], [])
        self._costs(engine)
        day = to_day(as_of)
        rfm.rank(engine, {"contacts": "fifths"}, "invoices", as_of, 1)
        lifecycle.compute(engine, as_of)
        clv.compute(engine, as_of)
        profit.compute(engine, as_of)
        self.indicators = indicators.compute(engine, "contacts", as_of).set_index("key")
        self.by_month = indicators.breakdowns(engine)["by_month"].set_index("month")
        self.by_lead_source = indicators.breakdowns(engine)["by_lead_source"]
        self.stays = retention.compute(engine, as_of)
        self.rfm = engine.fetch("rfm").set_index("customer_id").sort_index()
        self.clv = engine.fetch("btyd_summary").set_index("customer_id").sort_index()
        self.profit = engine.fetch("customer_profit").set_index("customer_id").sort_index()
        self.lifecycle = engine.fetch("lifecycle").set_index("customer_id").sort_index()
        self.days = engine.fetch("customer_days")
        self.rows = [row for row in rows if row[1] >= DAY - day]

    def _costs(self, engine: Engine) -> None:
        """Invoices whose amounts are net: what they come to is what was sold."""
        known = engine.fetch("purchases")
        none = pd.Series(0, index=known.index, dtype="int64")
        engine.table(
            "invoice_costs",
            pd.DataFrame(
                {
                    "invoice_id": known["purchase_id"],
                    "net_cents": known["cents"].astype("int64"),
                    **dict.fromkeys(("lines", "lines_cents", "known_cents", "cost_cents"), none),
                }
            ),
        )
        service = table([], ["customer_id", "kind"], ["day", "minutes"])
        engine.table("service_facts", service, "contacts")
        engine.table("overdue_facts", table([], ["invoice_id"], ["due_day", "owed_cents"]))

    def count(self, key: str) -> int:
        return int(self.indicators.loc[key, "numerator"])


def assert_one_story(told: Story) -> None:
    """Hold every pair of figures that say the same against one another."""
    revenue = told.stays.revenue
    assert told.count("revenue") == revenue.now_cents
    assert told.count("customers_lost") == revenue.lost_customers
    assert told.indicators.loc["retention_rate", "denominator"] == revenue.customers
    assert told.count("purchase_frequency") == sum(
        told.days["bought"][told.days["day"] > DAY - 365]
    )
    buyers = told.rfm[told.rfm["purchase_count"] > 0]
    assert told.rfm["total_cents"].sum() == sum(cents for _, _, cents in told.rows)
    assert summary(told.rfm.reset_index())["revenue_cents"].sum() == told.rfm["total_cents"].sum()
    assert told.profit["net_cents"].tolist() == told.rfm["total_cents"].tolist()
    assert told.clv.index.tolist() == buyers.index.tolist()
    assert (told.clv["frequency"] + 1).tolist() == buyers["purchase_count"].tolist()
    brought = told.clv["first_cents"] + told.clv["repeat_cents"]
    assert brought.tolist() == buyers["total_cents"].tolist()
    for name in ("first_day", "last_day"):
        assert told.clv[name].tolist() == buyers[name].tolist()
    gaps = told.lifecycle["gaps"] + 1
    assert gaps[buyers.index].tolist() == buyers["purchase_count"].tolist()
    assert_months_agree(told, int(buyers["total_cents"].sum()))


def assert_months_agree(told: Story, of_buyers: int) -> None:
    """Hold indicators by month against retention by month and by cohort."""
    stays = told.stays
    assert stays.table["cents"].sum() == of_buyers
    assert stays.by_cohort["customers"].sum() == len(told.clv)
    active = stays.table.groupby("month")["active"].sum()
    came = stays.by_month.set_index("month")["new_customers"]
    shared = told.by_month.index.intersection(active.index)
    assert told.by_month.loc[shared, "active"].tolist() == active[shared].tolist()
    shared = told.by_month.index.intersection(came.index)
    assert told.by_month.loc[shared, "newcomers"].tolist() == came[shared].tolist()


bases = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(-5, 900), st.integers(-3000, 5000)),
    max_size=40,
)


@settings(max_examples=examples(25), deadline=None)
@given(bases)
@example([("ann", 10, 10_000), ("ann", 10, -10_000)])
@example([("ann", 40, 10_000), ("ann", 10, -10_000)])
@example([("ann", 400, 10_000), ("ann", 10, -2_000), ("bob", 3, -500)])
@example([("ann", 500, -10_000), ("ann", 10, 2_000)])
def test_every_table_tells_one_story_whatever_was_bought(rows: Rows) -> None:
    assert_one_story(Story(rows, PEOPLE))


def test_every_table_tells_one_story_of_cdnow() -> None:
    bought = purchases_table(cdnow.sample())
    shift = DAY - to_day(cdnow.END)
    rows = [
        (str(row.customer_id), DAY - row.day - shift, row.cents)
        for row in bought.itertuples(index=False)
    ]
    assert_one_story(Story(rows, sorted({row[0] for row in rows})))


@pytest.mark.parametrize(("days", "count", "first"), [(10, 0, None), (3, 1, 10)])
def test_a_refund_takes_the_purchase_away_only_on_its_own_day(
    days: int, count: int, first: int | None
) -> None:
    told = Story([("ann", 10, 10_000), ("ann", days, -10_000)], ["ann"])
    ann = told.rfm.loc["ann"]
    assert (ann["purchase_count"], ann["total_cents"]) == (count, 0)
    assert len(told.clv) == told.count("customers_active") == count
    assert told.count("revenue") == told.stays.revenue.now_cents == 0
    assert pd.isna(ann["first_day"]) if first is None else ann["first_day"] == DAY - first


def test_who_was_only_refunded_is_not_lost_and_lowers_the_revenue() -> None:
    told = Story([("ann", 400, 9_000), ("ann", 20, -4_000), ("bob", 5, 1_000)], ["ann", "bob"])
    revenue: Any = told.stays.revenue
    assert (revenue.lost_customers, revenue.lost_cents) == (1, 9_000)
    assert (revenue.shrunk_cents, revenue.new_cents, revenue.now_cents) == (4_000, 1_000, -3_000)
