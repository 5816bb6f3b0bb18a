"""What to do next, from given figures: the value at stake, attempts, and the invariants."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import actions
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import LEAVING, action_rules, catalogue
from tests.places import examples

AS_OF = date(2026, 3, 31)
TODAY = to_day(AS_OF)
LOST: dict[str, Any] = {
    "segment": "loyal",
    "lifecycle": "lapsed",
    "risk": "high",
    "alive": 0.1,
    "frequency": 5,
    "last_day": TODAY - 100,
    "due_day": TODAY - 90,
    "bought": {TODAY - 100: 800_000},
}
HERE = LOST | {
    "lifecycle": "active",
    "risk": "low",
    "alive": 0.9,
    "last_day": TODAY - 5,
    "due_day": TODAY + 5,
    "bought": {TODAY - 5: 800_000},
}
PROSPECT = {"segment": "prospect", "lifecycle": "prospect"}

TABLES = {
    "rfm": ("rfm_segment",),
    "lifecycle": ("lifecycle", "due_day"),
    "clv": ("frequency", "last_day", "alive_probability", "churn_risk"),
    "complaint_customers": ("complaint_open", "complaint_serious", "satisfaction"),
    "next_offers": ("product_id",),
    "review": ("fraud",),
    "kept_actions": ("action", "due_day"),
    "attempt_facts": ("day",),
    "purchases": ("purchase_id", "day", "cents"),
}
TEXTS = {"rfm_segment", "lifecycle", "churn_risk", "product_id", "action", "purchase_id"}
DEFAULTS = {"complaint_open": 0, "complaint_serious": 0, "frequency": 0}


def _rows(who: str, told: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    known = {
        **DEFAULTS,
        **told,
        "rfm_segment": told["segment"],
        "churn_risk": told.get("risk"),
        "alive_probability": told.get("alive"),
    }
    one = ("rfm", "lifecycle", "clv", "complaint_customers")
    rows = {name: [(who, *(known.get(c) for c in TABLES[name]))] for name in one}
    rows["next_offers"] = [(who, "pan")] if told.get("offer") else []
    rows["review"] = [(who, 1)] if told.get("review") else []
    rows["kept_actions"] = [(who, *told["kept"])] if told.get("kept") else []
    rows["attempt_facts"] = [(who, day) for day in told.get("tried", ())]
    bought = told.get("bought", {})
    rows["purchases"] = [(who, f"{who}{d}", d, cents) for d, cents in bought.items()]
    return rows


def found(*customers: dict[str, Any]) -> pd.DataFrame:
    """What `compute` finds of these customers, with their number as index."""
    engine = Engine()
    rows = [_rows(str(number), told) for number, told in enumerate(customers)]
    for name, columns in TABLES.items():
        table = [row for own in rows for row in own[name]]
        frame = pd.DataFrame(table, columns=["customer_id", *columns], dtype=object)
        kinds = {
            column: "string"
            if column in TEXTS | {"customer_id"}
            else "float64"
            if column == "alive_probability"
            else "Int64"
            for column in frame.columns
        }
        engine.table(name, frame.astype(kinds), "contacts")
    actions.compute(engine, AS_OF)
    return engine.fetch("next_action").astype({"customer_id": "int64"}).set_index("customer_id")


def one(told: dict[str, Any], **changes: Any) -> Any:
    return found(told | changes).loc[0]


def test_what_is_at_stake_is_a_year_times_the_chance_of_having_left_times_that_of_helping() -> None:
    assert one(LOST)[["kept_cents", "lost_cents", "overdue_days"]].tolist() == [
        800_000,
        720_000,
        90,
    ]
    assert one(LOST)["stake_cents"] == round(720_000 * 0.5**0.5)


def test_who_left_years_ago_is_not_on_top() -> None:
    long_ago = LOST | {
        "last_day": TODAY - 1000,
        "due_day": TODAY - 990,
        "bought": {TODAY - 1000: 3_000_000},
        "alive": 0.0,
    }
    rows = found(LOST, long_ago)
    assert rows.loc[0, "stake_cents"] > rows.loc[1, "stake_cents"] > 0


def test_a_year_is_what_they_really_bought_and_not_what_a_burst_would_come_to() -> None:
    burst = {TODAY - 100 - n: 10_000 for n in range(4)}
    older = {TODAY - 100 - 365: 500_000}
    assert one(LOST, bought=burst | older)["kept_cents"] == 40_000


def test_a_refund_after_the_last_purchase_lowers_what_is_at_stake() -> None:
    assert one(LOST, bought={TODAY - 100: 800_000, TODAY - 90: -300_000})["kept_cents"] == 500_000
    assert one(LOST, bought={TODAY - 100: 1, TODAY - 90: -300_000})["stake_cents"] == 0


def test_who_bought_once_has_no_rhythm_and_nothing_at_stake() -> None:
    assert one(LOST, frequency=0, alive=None)["stake_cents"] == 0


@pytest.mark.parametrize(
    ("lifecycle", "gone"), [("lapsed", 1.0), ("at_risk", 0.5), ("active", 0.0)]
)
def test_without_a_forecast_the_lifecycle_tells(lifecycle: str, gone: float) -> None:
    told = one(LOST, lifecycle=lifecycle, alive=None, risk=None)
    assert told["lost_cents"] == 800_000 * gone


def test_who_never_bought_has_nothing_that_could_be_lost() -> None:
    told = one(PROSPECT)
    assert (told["action"], told["standing"]) == ("develop", "prospect")
    assert pd.isna(told["stake_cents"])


def test_a_loyal_customer_at_high_risk_is_won_back_and_not_rewarded() -> None:
    assert one(LOST)["action"] == "win_back"
    assert one(LOST, lifecycle="active")[["action", "standing"]].tolist() == [
        "call_now",
        "at_risk",
    ]
    assert one(HERE)["action"] == "thank"


@pytest.mark.parametrize(
    ("tried", "action"),
    [
        ([TODAY - 80, TODAY - 10], "leave_alone"),
        ([TODAY - 10, TODAY - 10], "win_back"),
        ([TODAY - 95, TODAY - 90, TODAY - 10], "win_back"),
        ([TODAY - 10, TODAY + 1], "win_back"),
    ],
)
def test_two_days_with_an_attempt_since_the_purchase_was_due_are_enough(
    tried: list[int], action: str
) -> None:
    assert one(LOST, tried=tried)["action"] == action


def test_an_open_complaint_comes_before_everything_that_sells() -> None:
    told = HERE | {"offer": True, "segment": "promising", "complaint_open": 1}
    assert one(told, complaint_open=0)["action"] == "offer"
    assert one(told)["rule"] == "open_complaint"
    assert one(told, complaint_serious=1, review=True)["rule"] == "serious_complaint"


def test_a_review_comes_before_what_a_salesman_would_do() -> None:
    assert one(LOST, review=True)["action"] == "review"


def test_too_little_at_stake_is_not_worth_an_attempt() -> None:
    assert one(LOST, bought={TODAY - 100: 2_000})["action"] == "leave_alone"


def test_the_day_is_counted_from_today_where_the_action_is_new() -> None:
    assert one(LOST)["due_day"] == TODAY + 14
    assert one(LOST, kept=("thank", TODAY - 50))["due_day"] == TODAY + 14


def test_the_day_stays_while_the_action_does_also_when_it_has_passed() -> None:
    assert one(LOST, kept=("win_back", TODAY + 3))["due_day"] == TODAY + 3
    assert one(LOST, kept=("win_back", TODAY - 50))["due_day"] == TODAY - 50


def test_an_attempt_makes_the_days_begin_anew() -> None:
    told = one(LOST, kept=("win_back", TODAY - 50), tried=[TODAY - 4])
    assert told["due_day"] == TODAY - 4 + 14


def test_a_day_further_ahead_than_the_rule_says_is_not_believed() -> None:
    assert one(LOST, kept=("win_back", TODAY + 500))["due_day"] == TODAY + 14


def test_nothing_is_due_for_who_is_left_alone() -> None:
    assert pd.isna(one(LOST, alive=1.0, kept=("leave_alone", TODAY))["due_day"])


CENTS = st.integers(-5_000_000, 5_000_000)
CUSTOMERS = st.fixed_dictionaries(
    {
        "segment": st.sampled_from([*catalogue().segments]),
        "lifecycle": st.sampled_from([*catalogue().dropdowns["lifecycle"]]),
        "risk": st.sampled_from([None, *catalogue().dropdowns["churn_risk"]]),
        "alive": st.none() | st.floats(0, 1),
        "frequency": st.integers(0, 100),
        "last_day": st.integers(TODAY - 3000, TODAY),
        "due_day": st.none() | st.integers(TODAY - 3000, TODAY + 400),
        "bought": st.dictionaries(st.integers(TODAY - 3000, TODAY + 10), CENTS, max_size=4),
        "complaint_open": st.integers(0, 2),
        "complaint_serious": st.integers(0, 1),
        "satisfaction": st.none() | st.integers(0, 10_000),
        "offer": st.booleans(),
        "review": st.booleans(),
        "tried": st.lists(st.integers(TODAY - 400, TODAY + 2), max_size=3),
    }
)


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(CUSTOMERS, min_size=1, max_size=25))
def test_whatever_the_figures_are_everybody_has_one_action_and_no_invariant_breaks(
    customers: list[dict[str, Any]],
) -> None:
    rows = found(*customers)
    assert rows.index.tolist() == sorted(range(len(customers)), key=str)
    assert set(rows["action"]) <= set(catalogue().dropdowns["next_action"])
    for number, told in enumerate(customers):
        row = rows.loc[number]
        if told["risk"] == "high" and told["lifecycle"] != "prospect":
            assert row["standing"] in LEAVING
        if told["risk"] == "high" or row["standing"] in LEAVING:
            assert row["action"] != "thank"
        if told["complaint_serious"]:
            assert row["action"] not in ("offer", "develop", "thank")
        if not pd.isna(row["stake_cents"]):
            assert 0 <= row["stake_cents"] <= row["lost_cents"] <= row["kept_cents"]


def test_the_rules_of_the_catalogue_are_those_that_are_used() -> None:
    keys = {rule.key for rule in action_rules(catalogue()).rules}
    assert set(found(LOST, HERE, PROSPECT)["rule"]) <= keys
