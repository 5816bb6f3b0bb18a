from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import clv
from suitecrm_bridge.errors import DataError, MissingColumns
from tests.places import examples

from . import cdnow

AS_OF = date(2026, 3, 31)


def frame(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def summed(*rows: tuple[object, object, object], as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    found = clv.summarize(frame(*rows), as_of)
    assert found.columns.tolist() == ["customer_id", "frequency", "recency", "T", "monetary_value"]
    return list(found.itertuples(index=False, name=None))


def test_the_first_purchase_counts_for_time_and_not_for_value() -> None:
    found = summed(("a", "2026-01-01", 99), ("a", "2026-01-11", 10), ("a", "2026-03-01", 20))
    assert found == [("a", 2, 59, 89, 15.0)]


def test_purchases_of_one_day_are_one() -> None:
    found = summed(("a", "2026-01-01", 5), ("a", "2026-01-11", 10), ("a", "2026-01-11", 2.5))
    assert found == [("a", 1, 10, 89, 12.5)]


def test_a_day_that_refunds_eat_up_is_no_purchase_and_lowers_what_the_others_brought() -> None:
    assert summed(
        ("a", "2026-01-01", 5),
        ("a", "2026-01-11", 10),
        ("a", "2026-01-11", -10),
        ("a", "2026-02-01", -3),
        ("a", "2026-02-10", 8),
        ("a", "2026-02-10", -3),
        ("b", "2026-01-01", -1),
        ("c", "2026-01-01", 0),
    ) == [("a", 1, 40, 89, 2.0)]


def test_half_a_cent_goes_by_the_digits_of_the_amount() -> None:
    found = summed(
        ("a", "2026-01-01", 1),
        ("a", "2026-01-11", 1.005),
        ("b", "2026-01-01", 1),
        ("b", "2026-01-11", 1.015),
    )
    assert [row[-1] for row in found] == [1.0, 1.02]


@pytest.mark.parametrize("apart", [1, 10**12])
def test_whole_numbers_of_customers_may_lie_far_apart(apart: int) -> None:
    rows = [(7, "2026-03-01", 5), (-1, "2026-03-01", 5), (3, "2026-02-01", 5)]
    found = summed(*((number * apart, day, cents) for number, day, cents in rows))
    assert [(row[0], row[3]) for row in found] == [(-apart, 30), (3 * apart, 58), (7 * apart, 30)]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "Pacific/Auckland"])
def test_moments_count_on_the_day_that_they_show_in_any_unit(unit: str, zone: str | None) -> None:
    shown = pd.Series(pd.to_datetime(["1969-12-31 23:59:59", "2026-03-30 00:00:00"]))
    moments = shown.dt.as_unit(unit).dt.tz_localize(zone)
    rows = {"customer_id": [1, 2], "date": moments, "amount": [1.0, 1.0]}
    found = clv.summarize(pd.DataFrame(rows), AS_OF)
    assert found["T"].tolist() == [(AS_OF - date(1969, 12, 31)).days, 1]


def test_a_purchase_after_the_day_does_not_exist_yet() -> None:
    found = summed(("a", AS_OF, 5), ("a", AS_OF + timedelta(days=1), 7), ("b", "2199-01-01", 1))
    assert found == [("a", 0, 0, 0, 0.0)]


def test_nothing_gives_an_empty_summary() -> None:
    assert summed() == []
    assert summed(("a", "2026-01-01", -5)) == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("a", None, 1), "the date is missing"),
        (("a", "2026-13-01", 1), "is not a date"),
        (("a", "0026-01-01", 1), "outside"),
        (("a", "2026-01-01", None), "the amount is missing"),
        (("a", "2026-01-01", "1e99"), "exceeds"),
        ((None, "2026-01-01", 1), "customer_id is missing"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_row(row: Any, problem: str) -> None:
    with pytest.raises(DataError, match=f"Row 1: .*{problem}"):
        clv.summarize(frame(("a", "2026-01-01", 1), row), AS_OF)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumns, match="amount"):
        clv.summarize(frame().drop(columns="amount"), AS_OF)


def test_cdnow_sums_up_to_the_published_summary() -> None:
    published = cdnow.summary()
    found = clv.summarize(cdnow.every_purchase(), cdnow.CALIBRATION_END)
    assert found["frequency"].tolist() == published["frequency"].tolist()
    assert np.allclose(found["recency"] / 7, published["recency"], atol=0.006)
    assert np.allclose(found["T"] / 7, published["T"], atol=0.006)


purchases = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.integers(-500, 5000).map(lambda cents: Decimal(cents).scaleb(-2)),
    ),
    max_size=30,
)


@settings(max_examples=examples(15))
@given(purchases)
def test_the_summary_is_that_of_plain_python(rows: list[Any]) -> None:
    days: dict[str, dict[date, Decimal]] = {}
    for customer, day, amount in rows:
        if day <= AS_OF:
            known = days.setdefault(customer, {})
            known[day] = known.get(day, Decimal(0)) + amount
    expected = []
    for customer, known in sorted(days.items()):
        bought = sorted(day for day in known if known[day] > 0)
        if bought:
            later = bought[1:]
            rest = sum(known.values()) - known[bought[0]]
            average = max(0.0, float(rest / len(later))) if later else 0.0
            first, last = bought[0], bought[-1]
            row = (len(later), (last - first).days, (AS_OF - first).days, pytest.approx(average))
            expected.append((customer, *row))
    assert summed(*rows) == expected


@settings(max_examples=examples(15))
@given(purchases, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Any], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert summed(*shuffled) == summed(*rows)


@settings(max_examples=examples(15))
@given(purchases, st.integers(2, 1000))
def test_scaling_the_amounts_scales_the_value_alone(rows: list[Any], factor: int) -> None:
    scaled = summed(*[(customer, day, amount * factor) for customer, day, amount in rows])
    for one, other in zip(summed(*rows), scaled, strict=True):
        assert other[:4] == one[:4]
        assert other[4] == pytest.approx(one[4] * factor)


@settings(max_examples=examples(15))
@given(purchases, st.dates(date(2024, 1, 1), AS_OF))
def test_one_more_purchase_never_lowers_the_frequency(rows: list[Any], day: date) -> None:
    before = {row[0]: row[1] for row in summed(*rows)}
    after = {row[0]: row[1] for row in summed(*rows, ("a", day, 1))}
    assert after["a"] >= before.get("a", 0)
    assert {**after, "a": 0} == {**before, "a": 0}


@settings(max_examples=examples(15))
@given(purchases, st.integers(0, 800))
def test_time_alone_only_ages(rows: list[Any], days: int) -> None:
    rows = [row for row in rows if row[1] <= AS_OF]
    before, after = summed(*rows), summed(*rows, as_of=AS_OF + timedelta(days=days))
    assert after == [(*row[:3], row[3] + days, row[4]) for row in before]


def test_a_time_of_day_does_not_matter() -> None:
    found = summed(("a", datetime(2026, 1, 1, 23, 59), 1), ("a", datetime(2026, 1, 2, 0, 1), 2))  # noqa: DTZ001
    assert found == [("a", 1, 1, 89, 2.0)]
