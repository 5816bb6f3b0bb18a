from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import profit
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.profit import Rates
from tests.analytics.frames import engine_of
from tests.places import examples

AS_OF = to_date(1000)
RATES = Rates(case_cents=2_500, hour_cents=6_000, late_percent=10, known_percent=50)
COLUMNS = {
    "customers": ["customer_id"],
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "invoice_costs": [
        "invoice_id",
        "net_cents",
        "lines",
        "lines_cents",
        "known_cents",
        "cost_cents",
    ],
    "service_facts": ["customer_id", "kind", "day", "minutes"],
    "overdue_facts": ["invoice_id", "due_day", "owed_cents"],
}
TEXTS = {"customer_id", "purchase_id", "invoice_id", "kind"}


def profits(rates=RATES, **rows):
    engine = engine_of(COLUMNS, TEXTS, rows)
    profit.compute(engine, AS_OF, rates)
    frame = engine.fetch("customer_profit").set_index("customer_id")
    return frame.astype(object).where(frame.notna(), None)


ANN = {
    "customers": [("ann",)],
    "purchases": [("ann", "i1", 900, 12_000)],
    "invoice_costs": [("i1", 10_000, 2, 10_000, 10_000, 6_000)],
}


def test_the_margin_is_what_is_sold_less_what_it_cost():
    assert profits(**ANN).loc["ann", "margin_cents"] == 4_000


def test_tax_is_no_margin():
    assert profits(**ANN).loc["ann", "net_cents"] == 10_000


def test_cases_and_time_cost_their_rates():
    service = [("ann", "case", 900, 0), ("ann", "call", 900, 30), ("ann", "meeting", 900, 60)]
    found = profits(**ANN, service_facts=service).loc["ann"]
    assert found["service_cents"] == 2_500 + 9_000
    assert found["profit_cents"] == 4_000 - 11_500


def test_what_is_unpaid_after_its_due_day_costs_interest():
    found = profits(**ANN, overdue_facts=[("i1", 635, 12_000)]).loc["ann"]
    assert found["late_cents"] == 1_200, "a year at ten percent of 120.00"
    assert found["profit_cents"] == 4_000 - 1_200


def test_what_is_due_later_costs_nothing():
    assert profits(**ANN, overdue_facts=[("i1", 1_000, 12_000)]).loc["ann", "late_cents"] == 0


def test_lines_without_a_cost_earn_what_the_others_earn():
    found = profits(
        customers=[("ann",), ("bob",)],
        purchases=[("ann", "i1", 900, 10_000), ("bob", "i2", 900, 5_000)],
        invoice_costs=[("i1", 10_000, 1, 10_000, 10_000, 6_000), ("i2", 5_000, 1, 5_000, 0, 0)],
    )
    assert found.loc["bob", "margin_cents"] == 2_000


def test_an_invoice_without_lines_earns_what_the_others_earn():
    found = profits(
        customers=[("ann",), ("bob",)],
        purchases=[("ann", "i1", 900, 10_000), ("bob", "i2", 900, 5_000)],
        invoice_costs=[("i1", 10_000, 1, 10_000, 10_000, 6_000), ("i2", 5_000, 0, 0, 0, 0)],
    )
    assert found.loc["bob", "margin_cents"] == 2_000


def test_a_discount_on_the_whole_invoice_comes_off_the_margin_in_full():
    found = profits(
        customers=[("ann",)],
        purchases=[("ann", "i1", 900, 9_000)],
        invoice_costs=[("i1", 9_000, 1, 10_000, 10_000, 6_000)],
    )
    assert found.loc["ann", "margin_cents"] == 3_000


def test_while_too_few_costs_are_known_there_is_no_margin():
    found = profits(
        customers=[("ann",)],
        purchases=[("ann", "i1", 900, 10_000)],
        invoice_costs=[("i1", 10_000, 2, 10_000, 4_999, 3_000)],
        service_facts=[("ann", "case", 900, 0)],
    ).loc["ann"]
    assert (found["margin_cents"], found["profit_cents"], found["service_cents"]) == (
        None,
        None,
        2_500,
    )


def test_what_lies_after_the_day_does_not_exist_yet():
    found = profits(
        customers=[("ann",)],
        purchases=[("ann", "i1", 900, 10_000), ("ann", "i2", 1_001, 10_000)],
        invoice_costs=[("i1", 10_000, 1, 10_000, 10_000, 0), ("i2", 10_000, 1, 10_000, 10_000, 0)],
        service_facts=[("ann", "case", 1_001, 0)],
    ).loc["ann"]
    assert (found["margin_cents"], found["cases"]) == (10_000, 0)


def test_a_customer_without_purchases_costs_what_serving_him_costs():
    found = profits(
        **ANN | {"customers": [("ann",), ("bob",)]}, service_facts=[("bob", "case", 1, 0)]
    )
    assert found.loc["bob", "profit_cents"] == -2_500


def test_an_empty_base_has_no_profit():
    assert len(profits()) == 0


INVOICES = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob", "cyd"]),
        st.integers(800, 1_000),
        st.integers(-10_000, 100_000),
        st.integers(0, 100),
    ),
    max_size=12,
)


@settings(max_examples=examples(12), deadline=timedelta(seconds=5))
@given(INVOICES)
def test_where_every_cost_is_known_the_margins_add_up(invoices):
    found = profits(
        customers=[("ann",), ("bob",), ("cyd",)],
        purchases=[(c, f"i{n}", day, cents) for n, (c, day, cents, _) in enumerate(invoices)],
        invoice_costs=[
            (f"i{n}", cents, 1, cents, cents, cents * share // 100)
            for n, (_, _, cents, share) in enumerate(invoices)
        ],
    )
    earned = sum(cents - cents * share // 100 for _, _, cents, share in invoices)
    if sum(cents for _, _, cents, _ in invoices) > 0:
        assert sum(found["margin_cents"]) == earned
    else:
        assert set(found["margin_cents"]) == {None}
