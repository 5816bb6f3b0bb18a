"""A base made by hand, whose indicators anybody can count."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import indicators, lifecycle
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import indicators as catalogued
from suitecrm_bridge.errors import DataError
from tests.analytics.frames import give
from tests.places import examples

AS_OF = date(2026, 3, 31)
DAY = to_day(AS_OF)

# customer, days ago, cents
BOUGHT = [
    ("new", 10, 30_000),
    ("fresh", 364, 10_000),
    ("loyal", 20, 5_000),
    ("loyal", 40, 5_000),
    ("loyal", 400, 8_000),
    ("back", 30, 2_000),
    ("back", 800, 9_000),
    ("lost", 500, 12_000),
    ("gone", 900, 1_000),
    ("loyal", 15, -1_000),
    ("later", -1, 99_000),
]
CUSTOMERS = ["new", "fresh", "loyal", "back", "lost", "gone", "later", "prospect"]
# customer, lead source, campaign, email, phone, address, wallet
PROFILES = [
    ("new", "Word of mouth", "spring", 1, 1, 1, 0),
    ("fresh", "Web Site", "", 1, 0, 0, 0),
    ("loyal", "", "spring", 1, 1, 0, 1),
    *((customer, "", "", 0, 0, 0, 0) for customer in CUSTOMERS[3:]),
]
# campaign, target, activity, days ago
MAIL = [
    ("spring", "new", "targeted", 40),
    ("spring", "new", "viewed", 39),
    ("spring", "loyal", "targeted", 41),
    ("spring", "loyal", "link", 41),
    ("spring", "loyal", "removed", 41),
    ("spring", "lost", "targeted", 40),
    ("spring", "lead-1", "targeted", 40),
    ("spring", "gone", "targeted", 40),
    ("spring", "gone", "invalid email", 40),
    ("spring", "gone", "viewed", 40),
    ("autumn", "new", "targeted", 500),
    ("autumn", "new", "link", 500),
    ("spring", "back", "targeted", -2),
]
# customer, days ago, satisfied
ANSWERS = [("new", 5, 1), ("loyal", 6, 0), ("loyal", 7, 1), ("back", 400, 0), ("stranger", 1, 0)]


def table(rows: list[Any], words: list[str], numbers: list[str]) -> pd.DataFrame:
    kinds = {**dict.fromkeys(words, "string"), **dict.fromkeys(numbers, "int64")}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def load(
    engine: Any,
    bought: list[Any] = BOUGHT,
    customers: list[str] = CUSTOMERS,
    profiles: list[Any] = PROFILES,
    mail: list[Any] = MAIL,
    answers: list[Any] = ANSWERS,
) -> None:
    purchases = [(c, f"i{n}", DAY - ago, cents) for n, (c, ago, cents) in enumerate(bought)]
    flags = ["email", "phone", "address", "wallet"]
    tables = {
        "purchases": table(purchases, ["customer_id", "purchase_id"], ["day", "cents"]),
        "customers": table([(c,) for c in customers], ["customer_id"], []),
        "profiles_contacts": table(profiles, ["customer_id", "lead_source", "campaign_id"], flags),
        "campaign_facts": table(
            [(*known, DAY - ago) for *known, ago in mail],
            ["campaign_id", "target_id", "activity"],
            ["day"],
        ),
        "campaign_names": table([("spring", "Printemps")], ["campaign_id", "name"], []),
        "satisfaction_contacts": table(
            [(c, DAY - ago, yes) for c, ago, yes in answers], ["customer_id"], ["day", "satisfied"]
        ),
        "line_facts": table([], ["invoice_id", "product_id"], ["cents"]),
        "accounts_contacts": table([], ["contact_id", "account_id"], []),
        "product_facts": table([], ["product_id", "category"], []),
    }
    for name, frame in tables.items():
        give(engine, name, frame)


def computed(engine: Any, as_of: date = AS_OF) -> pd.DataFrame:
    lifecycle.compute(engine, as_of)
    return indicators.compute(engine, "contacts", as_of).set_index("key")


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    load(engine)
    return engine


@pytest.fixture
def found(engine: Engine) -> pd.DataFrame:
    return computed(engine)


@pytest.mark.parametrize(
    ("key", "value", "numerator", "denominator"),
    [
        ("customers_all", "8", 8, 1),
        ("customers_active", "4", 4, 1),
        ("customers_new", "2", 2, 1),
        ("customers_loyal", "1", 1, 1),
        ("customers_won_back", "1", 1, 1),
        ("customers_lost", "1", 1, 1),
        ("retention_rate", "50.0", 1, 2),
        ("revenue", "510.00", 51_000, 1),
        ("revenue_per_customer", "127.50", 51_000, 4),
        # 127.50 against 200.00 / 2
        ("revenue_per_customer_trend", "27.5", 51_000 * 2 - 20_000 * 4, 20_000 * 4),
        ("purchase_frequency", "1.25", 5, 4),
        ("repeat_rate", "25.0", 1, 4),
        ("referral_share", "50.0", 1, 2),
        ("satisfaction", "66.7", 2, 3),
        ("opening_rate", "50.0", 2, 4),
        ("click_rate", "25.0", 1, 4),
        ("opt_out_rate", "25.0", 1, 4),
        # new bought 30 days after the mail, loyal 1 and 21 days after it, lost never
        ("conversion_rate", "66.7", 2, 3),
        ("completeness", "22.5", 9, 40),
        ("gathered_by_campaigns", "25.0", 2, 8),
        ("concentration", "58.8", 30_000, 51_000),
    ],
)
def test_an_indicator_can_be_counted_by_hand(
    found: pd.DataFrame, key: str, value: str, numerator: int, denominator: int
) -> None:
    row = found.loc[key]
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert str(row["value"]) == value
    assert row["reason_key"] is None


def test_every_indicator_of_the_catalogue_is_computed_in_its_order(found: pd.DataFrame) -> None:
    assert found.index.tolist() == list(catalogued())
    assert found["unit"].tolist() == [known.unit for known in catalogued().values()]


def test_active_customers_are_those_kept_new_or_won_back(found: pd.DataFrame) -> None:
    value = found["value"]
    kept = value["customers_loyal"] + value["customers_new"] + value["customers_won_back"]
    assert value["customers_active"] == kept


def test_too_few_gaps_leave_the_rhythm_unknown(found: pd.DataFrame) -> None:
    assert found.loc["rhythm", "value"] is None
    assert found.loc["rhythm", "reason_key"] == "rhythm"


def test_enough_gaps_tell_the_rhythm() -> None:
    engine = Engine()
    load(engine, [("new", 14 * n, 100) for n in range(40)])
    assert computed(engine).loc["rhythm", "value"] == 14


def test_an_empty_base_has_counts_of_nothing_and_reasons_for_the_rest() -> None:
    engine = Engine()
    load(engine, [], [], [], [], [])
    found = computed(engine)
    known = found[found["value"].notna()]
    assert set(known["unit"]) == {"count", "money"}
    assert set(known["value"]) == {Decimal(0)}
    for key in found.index.difference(known.index):
        assert found.loc[key, "reason_key"] == key
        assert catalogued()[key].missing is not None


def test_a_year_that_loses_money_has_no_concentration() -> None:
    engine = Engine()
    load(engine, [("new", 3, 100), ("new", 2, -500)])
    found = computed(engine)
    assert found.loc["concentration", "value"] is None
    assert found.loc["revenue_per_customer", "value"] == Decimal("-4.00")


def test_sums_beyond_64_bits_are_compared_exactly() -> None:
    engine = Engine()
    load(engine, [("new", 3, 10**15), ("new", 400, 10**15 - 1)] * 9)
    found = computed(engine)
    assert found.loc["revenue", "value"] == Decimal(9 * 10**13)
    assert found.loc["revenue_per_customer_trend", "value"] == Decimal("0.0")


def test_new_customers_are_told_by_lead_source(engine: Engine, found: pd.DataFrame) -> None:
    rows = indicators.breakdowns(engine)["by_lead_source"]
    assert [tuple(row) for row in rows.to_numpy()] == [
        ("Web Site", 1, 10_000),
        ("Word of mouth", 1, 30_000),
    ]


def test_completeness_is_told_by_field(engine: Engine, found: pd.DataFrame) -> None:
    rows = indicators.breakdowns(engine)["by_field"].set_index("field")
    assert rows["filled"].to_dict() == {
        "email": 3,
        "phone": 2,
        "address": 1,
        "lead_source": 2,
        "wallet": 1,
        "campaign": 2,
    }
    assert set(rows["customers"]) == {8}


def test_a_campaign_says_whom_it_reached_and_whom_it_gathered(
    engine: Engine, found: pd.DataFrame
) -> None:
    (row,) = indicators.breakdowns(engine)["by_campaign"].to_dict("records")
    assert row == {
        "campaign_id": "spring",
        "name": "Printemps",
        "targeted": 5,
        "delivered": 4,
        "opened": 2,
        "clicked": 1,
        "opted_out": 1,
        "reached": 3,
        "converted": 2,
        "gathered": 2,
        "complete": 1,
    }


def test_the_last_24_months_are_there_also_those_without_a_purchase(
    engine: Engine, found: pd.DataFrame
) -> None:
    rows = indicators.breakdowns(engine)["by_month"].set_index("month")
    assert rows.index.tolist()[0] == date(2024, 4, 1)
    assert rows.index.tolist()[-1] == date(2026, 3, 1)
    assert rows.loc[date(2026, 3, 1)].tolist() == [3, 1, 3, 36_000]
    assert rows.loc[date(2025, 12, 1)].tolist() == [0, 0, 0, 0]


def test_accounts_are_reached_through_their_contacts() -> None:
    engine = Engine()
    load(engine, [("acme", 35, 100)], ["acme"], [("acme", "", "", 0, 0, 0, 0)], answers=[])
    for name in ("profiles", "satisfaction"):
        engine.table(f"{name}_accounts", f"{name}_contacts")
    links = [("loyal", "acme"), ("new", "acme")]
    engine.table("accounts_contacts", table(links, ["contact_id", "account_id"], []))
    lifecycle.compute(engine, AS_OF)
    found = indicators.compute(engine, "accounts", AS_OF).set_index("key")
    assert found.loc["conversion_rate", ["numerator", "denominator"]].tolist() == [1, 1]
    assert found.loc["opening_rate", "denominator"] == 4


def test_a_missing_table_is_named(engine: Engine) -> None:
    lifecycle.compute(engine, AS_OF)
    with pytest.raises(DataError, match="profiles_accounts"):
        indicators.compute(engine, "accounts", AS_OF)


@settings(max_examples=examples(10))
@given(
    st.lists(
        st.tuples(st.sampled_from(CUSTOMERS), st.integers(-9, 900), st.integers(-500, 5000)),
        max_size=30,
    ),
    st.randoms(),
)
def test_customers_add_up_whatever_they_bought(bought: list[Any], random: Any) -> None:
    engine, other = Engine(), Engine()
    load(engine, bought)
    shuffled = list(bought)
    random.shuffle(shuffled)
    load(other, shuffled)
    found = computed(engine)
    pd.testing.assert_frame_equal(found, computed(other))
    count = found["numerator"]
    kept = count["customers_loyal"] + count["customers_new"] + count["customers_won_back"]
    assert count["customers_active"] == kept
    assert found.loc["retention_rate", "denominator"] == (
        count["customers_loyal"] + count["customers_lost"]
    )
