"""What would make customers pay for themselves, and what the base loses without them."""

import pytest

from suitecrm_bridge.analytics import letting_go
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.reasons.letting_go import letting_go_reasons
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import CatalogueError
from tests.analytics.frames import engine_of

AS_OF = to_date(20_000)
COLUMNS = {
    "customer_profit": [
        "customer_id", "net_cents", "margin_cents", "service_cents", "late_cents", "profit_cents"
    ],
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "invoice_extras": ["invoice_id", "list_cents", "sold_cents", "shipping_cents"],
    "engagement_facts": ["customer_id", "signal", "record_id", "day"],
}  # fmt: skip
TEXTS = {"customer_id", "purchase_id", "invoice_id", "signal", "record_id"}
PROFITS = [("ann", 100_000, 20_000, 24_000, 1_000, -5_000), ("bob", 50_000, 20_000, 0, 0, 20_000)]
SALES = {
    "purchases": [
        ("ann", "i1", 19_000, 60_000), ("ann", "i2", 19_100, 40_000), ("bob", "i3", 19_000, 50_000)
    ],
    "invoice_extras": [
        ("i1", 66_000, 60_000, 0), ("i2", 0, 40_000, 0), ("i3", 50_000, 50_000, 900)
    ],
}  # fmt: skip


def engine(profits=PROFITS, fixed=50, **rows):
    made = engine_of(COLUMNS, TEXTS, {"customer_profit": profits, **SALES, **rows})
    letting_go.compute(made, AS_OF, fixed)
    return made


def sheet(**given):
    (row,) = engine(**given).fetch("letting_go").to_dict("records")
    return row


def test_only_who_bought_and_costs_more_than_they_bring_has_a_sheet():
    never = [("cyd", 0, 0, 900, 0, -900), ("dan", 100, None, 900, 0, None)]
    found = engine(profits=[*PROFITS, *never]).fetch("letting_go")
    assert found["customer_id"].to_list() == ["ann"]


def test_prices_would_have_to_rise_by_the_loss_on_their_own_basket():
    row = sheet()
    assert (row["loss_cents"], row["rise"]) == (5_000, 500)
    risen = row["net_cents"] * (10_000 + row["rise"]) // 10_000 - row["net_cents"]
    assert risen >= row["loss_cents"]


def test_what_is_charged_apart_makes_up_for_its_own_cost():
    row = sheet()
    assert row["after_service_cents"] == 19_000
    assert (row["discount_cents"], row["after_discount_cents"]) == (6_000, 1_000)


def test_deliveries_for_nothing_would_bring_what_others_pay_for_theirs():
    row = sheet()
    told = [row[name] for name in ("free_deliveries", "delivery_cents", "after_delivery_cents")]
    assert told == [2, 1_800, -3_200]


@pytest.mark.parametrize(("fixed", "more"), [(0, 5_000), (50, -7_000), (100, -19_000)])
def test_what_the_base_has_without_them_depends_on_what_goes_on_without_them(fixed, more):
    assert sheet(fixed=fixed)["leaving_cents"] == more


def test_who_came_through_them_is_counted():
    facts = [("ann", "referred", "l1", 19_000), ("ann", "referred", "l2", 20_001)]
    assert sheet(engagement_facts=facts)["referred"] == 1


def test_a_rise_that_nobody_could_ask_for_stays_within_the_fields_bounds():
    assert sheet(profits=[("ann", 1, 0, 24_000, 0, -24_000)])["rise"] == letting_go.MOST_RISE


def test_the_sheet_in_words_names_only_what_there_is_to_charge_for():
    said = letting_go_reasons(engine().fetch("letting_go"))["en"].iloc[0]
    assert "5.0%" in said or "5.0 %" in said
    assert said.count("charged apart") == 2
    assert "without discount" in said


def test_an_installation_assumes_otherwise_within_reason(tmp_path):
    assert Rules().fixed_percent == 50
    own = tmp_path / "letting_go.toml"
    own.write_text("[assumptions]\nfixed_percent = 80\n", encoding="utf-8")
    assert Rules(tmp_path).fixed_percent == 80
    own.write_text("[assumptions]\nfixed_percent = 101\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="from 0 to 100"):
        _ = Rules(tmp_path).fixed_percent
