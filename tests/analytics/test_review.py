import pandas as pd
import pytest

from suitecrm_bridge.analytics import review
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.review import REASONS
from suitecrm_bridge.catalogue import review_bounds

COLUMNS = (
    "customer_id", "fraud", "complaints", "purchases", "invoices", "overdue", "discounted",
    "discount_percent", "profit_cents",
)  # fmt: skip
QUIET = dict(zip(COLUMNS, ("ann", 0, 0, 10, 10, 0, 0, 0, 5_000), strict=True))


def reasons(bounds=None, **figures):
    """The reasons why a customer with these figures is to be looked at."""
    facts = pd.DataFrame([QUIET | figures]).astype(
        {name: "string" if name == "customer_id" else "Int64" for name in COLUMNS}
    )
    engine = Engine()
    engine.table("review_facts", facts)
    engine.table("customers", facts[["customer_id"]])
    review.compute(engine, bounds)
    found = engine.fetch("review")
    return [reason for reason in REASONS if len(found) and found.iloc[0][reason]]


def test_a_good_customer_is_left_alone():
    assert reasons() == []


@pytest.mark.parametrize(
    ("reason", "figures"),
    [
        ("fraud", {"fraud": 1}),
        ("serial_complainer", {"complaints": 3}),
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
        {"complaints": 2, "purchases": 2},
        {"complaints": 3, "purchases": 11},
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
    lower = shipped | {"complaints": 1, "complaints_percent": 1}
    assert reasons(lower, complaints=1) == ["serial_complainer"]


def test_the_catalogue_bounds_every_reason():
    assert set(review_bounds()) == set(REASONS)


def test_figures_of_somebody_else_are_ignored():
    engine = Engine()
    engine.table("review_facts", pd.DataFrame([QUIET | {"fraud": 1}]))
    engine.table("customers", pd.DataFrame({"customer_id": pd.array(["bob"], dtype="string")}))
    review.compute(engine)
    assert len(engine.fetch("review")) == 0
