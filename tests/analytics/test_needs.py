"""What customers use up is found by its rhythm, and those who buy at random have none."""

import numpy as np
import pytest

from suitecrm_bridge.analytics import needs
from suitecrm_bridge.analytics.days import to_date
from tests.analytics.frames import engine_of

DAY = 20_000
COLUMNS = {
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "line_facts": ["invoice_id", "product_id", "cents", "quantity_thousandths"],
    "product_facts": ["product_id"],
}
TEXTS = {"customer_id", "purchase_id", "invoice_id", "product_id"}
SEEDS, PEOPLE = 50, 60


def engine(bought):
    """An engine after (customer, product, day, pieces) were bought."""
    rows = {
        "purchases": [(who, f"i{n}", day, 100) for n, (who, _, day, _) in enumerate(bought)],
        "line_facts": [(f"i{n}", what, 100, 1000 * q) for n, (_, what, _, q) in enumerate(bought)],
        "product_facts": [(one,) for one in sorted({what for _, what, _, _ in bought})],
    }
    made = engine_of(COLUMNS, TEXTS, rows)
    needs.compute(made, to_date(DAY))
    return made


def found(bought):
    frame = engine(bought).fetch("needs")
    return {(r["customer_id"], r["product_id"]): r for r in frame.to_dict("records")}


def steady(who="ann", what="filter", gap=40, times=8, last=DAY - 10, pieces=2):
    return [(who, what, last - gap * n, pieces) for n in range(times)]


def test_a_product_that_is_used_up_in_40_days_is_due_40_days_after_the_last():
    row = found(steady())["ann", "filter"]
    told = [row[name] for name in ("times", "gap_days", "due_day", "quantity_thousandths")]
    assert told == [8, 40, DAY + 30, 2_000]


def test_four_purchases_and_a_rhythm_that_varies_tell_nothing():
    assert found(steady(times=4)) == {}
    uneven = [("ann", "filter", DAY - gap, 1) for gap in (10, 15, 100, 110, 290, 300)]
    assert found(uneven) == {}


def test_who_has_not_bought_for_twice_the_gap_does_not_use_it_any_more():
    assert found(steady(last=DAY - 80))
    assert found(steady(last=DAY - 81)) == {}


def test_what_is_due_first_comes_first():
    both = found(steady(what="oil", gap=30) + steady())
    assert (both["ann", "oil"]["place"], both["ann", "filter"]["place"]) == (1, 2)


def test_stock_counts_pieces_by_product_that_are_due_within_a_month_or_overdue():
    bought = steady() + steady("bob", last=DAY - 45, pieces=3) + steady("cyd", gap=90, times=6)
    (row,) = engine(bought).fetch("needs_by_product").to_dict("records")
    told = [row[n] for n in ("customers", "quantity_thousandths", "first_day", "overdue")]
    assert told == [2, 5_000, DAY - 5, 1]


@pytest.fixture(scope="module")
def drawn():
    """Over many bases: who uses something up in 40 days, give or take, and who buys at random."""
    bought = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        for n in range(PEOPLE):
            if n < 10:
                gaps = 40 + rng.integers(-8, 9, 9)
            else:
                gaps = 1 + rng.geometric(1 / 40, rng.integers(5, 13))
            days = DAY - 5 - np.cumsum([0, *gaps])
            bought += [(f"b{seed}p{n}", "filter", int(day), 1) for day in days]
    told = found(bought)
    return [
        {n: told.get((f"b{seed}p{n}", "filter")) for n in range(PEOPLE)} for seed in range(SEEDS)
    ]


def test_what_is_used_up_in_40_days_is_found_with_its_rhythm(drawn):
    rows = [one[n] for one in drawn for n in range(10)]
    right = [row is not None and abs(row["gap_days"] - 40) <= 4 for row in rows]
    assert sum(right) >= 0.95 * len(right)


def test_fewer_than_one_in_twenty_who_buy_at_random_seem_to_have_a_rhythm(drawn):
    named = sum(one[n] is not None for one in drawn for n in range(10, PEOPLE))
    assert named <= 0.05 * SEEDS * (PEOPLE - 10)
