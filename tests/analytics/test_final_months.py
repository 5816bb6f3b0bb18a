"""A month that is over is never rewritten: seen from any later day, its figures are the same."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import retention
from suitecrm_bridge.sandbox.demo import generate
from tests.places import examples, places

from . import cdnow

DEMO_DAY = date(2026, 3, 8)
COUNTS = ["customers_at_start", "new_customers", "won_back", "lost"]


def demo(customers: int, seed: int) -> pd.DataFrame:
    invoices = [
        (row["billing_contact_id"], row["invoice_date"], row["total_amount"])
        for batch in generate(customers, seed, DEMO_DAY)
        if batch.name == "AOS_Invoices"
        for row in batch.rows
        if row["billing_contact_id"]
    ]
    return pd.DataFrame(invoices, columns=["customer_id", "date", "amount"])


def final(purchases: pd.DataFrame, as_of: date) -> dict[date, list[int]]:
    """The months that are over, with their counts."""
    months = retention.retain(purchases, as_of).by_month
    over = months[~months["provisional"]]
    assert months["provisional"].sum() == 1
    assert months["provisional"].iloc[-1]
    return dict(zip(over["month"], over[COUNTS].to_numpy().tolist(), strict=True))


def agree(purchases: pd.DataFrame, days: list[date]) -> int:
    """Whether what is final on each day stays so; how many losses that concerns."""
    seen: dict[date, list[int]] = {}
    for day in sorted(days):
        found = final(purchases, day)
        assert {month: found[month] for month in seen} == seen
        seen = found
    return sum(lost for *_, lost in seen.values())


@pytest.mark.story
def test_what_is_final_on_cdnow_is_final() -> None:
    days = [date(1997, 9, 1), date(1997, 12, 31), date(1998, 1, 1), date(1998, 6, 30)]
    assert agree(cdnow.sample(), days) > 1_000


@pytest.mark.parametrize(("customers", "seed"), places([(300, 1), (250, 2), (220, 3)]))
def test_what_is_final_on_a_demo_base_is_final(customers: int, seed: int) -> None:
    days = [DEMO_DAY - timedelta(days=ago) for ago in (700, 401, 130, 0)]
    assert agree(demo(customers, seed), days) > 50


START = date(2025, 1, 1)
bases = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.integers(0, 500).map(lambda days: START + timedelta(days=days)),
        st.integers(-50, 200),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=examples(12))
@given(bases, st.lists(st.integers(0, 900), min_size=2, max_size=3, unique=True))
@example([("a", START, 1), ("a", START + timedelta(days=300), 1)], [276, 277, 310])
def test_what_is_final_on_any_base_is_final(rows: list[Any], ago: list[int]) -> None:
    purchases = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
    agree(purchases, [START + timedelta(days=days) for days in ago])


def test_a_month_is_provisional_until_its_last_day_is_over() -> None:
    purchases = pd.DataFrame([("a", START, 1)], columns=["customer_id", "date", "amount"])
    for day, expected in ((date(2025, 1, 31), [True]), (date(2025, 2, 1), [False, True])):
        found = retention.retain(purchases, day)
        assert found.by_month["provisional"].tolist() == expected
        assert found.table["provisional"].tolist() == expected


def test_a_corrected_record_changes_a_final_month() -> None:
    rows = [("a", START, 1), ("b", START + timedelta(days=3), 1)]
    purchases = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
    before, after = (final(part, date(2026, 1, 1)) for part in (purchases, purchases.iloc[:1]))
    assert before[START] == [0, 2, 0, 0]
    assert after[START] == [0, 1, 0, 0]
