from math import comb

import pandas as pd
import pytest

from suitecrm_bridge.analytics import review
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.review import REASONS
from suitecrm_bridge.catalogue import review_bounds

COLUMNS = (
    "customer_id",
    "fraud",
    "complaints",
    "rejected",
    "bought",
    "purchases",
    "invoices",
    "overdue",
    "discounted",
    "discount_percent",
    "profit_cents",
)
QUIET = dict(zip(COLUMNS, ("ann", 0, 0, 0, 10, 10, 10, 0, 0, 0, 5_000), strict=True))


CROWD = [QUIET | {"customer_id": f"other {n}", "complaints": int(n % 10 == 0)} for n in range(200)]
"""Others, who complain of one purchase in a hundred."""


def reasons(bounds=None, others=CROWD, **figures):
    """The reasons why a customer with these figures is to be looked at."""
    facts = pd.DataFrame([QUIET | figures, *others]).astype(
        {name: "string" if name == "customer_id" else "Int64" for name in COLUMNS}
    )
    engine = Engine()
    engine.table("review_facts", facts, "contacts")
    engine.table("customers", facts[["customer_id"]], "contacts")
    review.compute(engine, bounds)
    found = engine.fetch("review").query("customer_id == 'ann'")
    return [reason for reason in REASONS if len(found) and found.iloc[0][reason]]


def test_a_good_customer_is_left_alone():
    assert reasons() == []


@pytest.mark.parametrize(
    ("reason", "figures"),
    [
        ("fraud", {"fraud": 1}),
        ("serial_complainer", {"complaints": 5}),
        ("late_payer", {"overdue": 3}),
        ("discount_hunter", {"discounted": 8, "discount_percent": 20}),
        ("unprofitable", {"profit_cents": -1}),
    ],
)
def test_each_reason_stands_for_itself(reason, figures):
    assert reasons(**figures) == [reason]


@pytest.mark.parametrize(
    "figures",
    [
        {"complaints": 1, "bought": 1},
        {"complaints": 3, "bought": 1},
        {"complaints": 4, "bought": 40},
        {"overdue": 2, "invoices": 2},
        {"overdue": 3, "invoices": 21},
        {"invoices": 4, "discounted": 4, "discount_percent": 50},
        {"discounted": 7, "discount_percent": 50},
        {"discounted": 8, "discount_percent": 19},
        {"profit_cents": -1, "purchases": 2},
        {"profit_cents": None},
    ],
)
def test_one_figure_short_of_its_bound_is_no_reason(figures):
    assert reasons(**figures) == []


def test_several_reasons_stand_side_by_side():
    assert reasons(fraud=1, profit_cents=-1) == ["fraud", "unprofitable"]


def test_the_bounds_can_be_moved():
    shipped = {name: value for own in review_bounds().values() for name, value in own.items()}
    lower = shipped | {"complaints": 1, "complaints_times": 1, "complaints_once_in": 5}
    assert reasons(lower, complaints=1) == ["serial_complainer"]
    assert reasons(shipped, complaints=1) == []


def test_who_buys_more_may_complain_more():
    assert reasons(complaints=7, bought=5) == ["serial_complainer"]
    assert reasons(complaints=7, bought=500) == []


def test_complaints_are_held_against_those_of_others():
    grumpy = [other | {"complaints": 2} for other in CROWD]
    assert reasons(complaints=5) == ["serial_complainer"]
    assert reasons(others=grumpy, complaints=5) == []


def test_with_nobody_to_compare_with_nobody_complains_often():
    assert reasons(others=[], complaints=9) == []


def test_the_fewer_others_there_are_the_more_it_takes():
    few = [QUIET | {"customer_id": "other 1", "complaints": 1}]
    assert reasons(complaints=5) == ["serial_complainer"]
    assert reasons(others=few, complaints=5) == []


@pytest.mark.parametrize(("once_in", "expected"), [(9_000, ["serial_complainer"]), (9_030, [])])
def test_his_share_of_complaints_is_held_against_his_share_of_purchases(once_in, expected):
    # 5 of 25 complaints, where 4 times the others' rate would make it 40 of 2040 of them.
    share = 40 / 2040
    chance = sum(comb(25, n) * share**n * (1 - share) ** (25 - n) for n in range(5, 26))
    assert 1 / chance == pytest.approx(9_015, abs=1)
    bounds = {name: value for own in review_bounds().values() for name, value in own.items()}
    assert reasons(bounds | {"complaints_once_in": once_in}, complaints=5) == expected


def test_complaints_without_a_purchase_count_as_if_there_were_one():
    assert reasons(complaints=4, bought=0) == ["serial_complainer"]


def test_the_catalogue_bounds_every_reason():
    assert set(review_bounds()) == set(REASONS)


def test_figures_of_somebody_else_are_ignored():
    engine = Engine()
    engine.table("review_facts", pd.DataFrame([QUIET | {"fraud": 1}]), "contacts")
    bob = pd.DataFrame({"customer_id": pd.array(["bob"], dtype="string")})
    engine.table("customers", bob, "contacts")
    review.compute(engine)
    assert len(engine.fetch("review")) == 0
