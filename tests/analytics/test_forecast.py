"""What customers are worth, in one call on a frame."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.analytics import clv, rfm
from suitecrm_bridge.errors import DataError, MissingColumns

FEW = pd.DataFrame(
    {"customer_id": ["ada", "ada", "bob"], "date": ["2026-01-05", "2026-03-01", "2025-06-30"],
     "amount": [10, 20, 30]}
)  # fmt: skip
DAY = date(2026, 3, 31)


def many():
    """Two hundred customers; some buy often, some once."""
    rows = []
    for number in range(200):
        for purchase in range(1 + number % 6):
            day = pd.Timestamp("2025-01-01") + pd.Timedelta(days=number % 90 + 40 * purchase)
            rows.append((f"c{number:03}", day, 10 + (number * 7 + purchase) % 50))
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def test_each_customer_has_a_row_in_the_order_of_their_ids():
    found = clv.forecast(many(), date(2025, 12, 31))
    assert list(found["customer_id"]) == [f"c{number:03}" for number in range(200)]
    assert list(found.columns) == [
        "customer_id",
        "alive_probability",
        "expected_purchases",
        "next_purchase",
        "clv",
        "churn_risk",
    ]
    assert all(isinstance(value, Decimal) for value in found["clv"].dropna())
    assert found["alive_probability"].dropna().between(0, 1).all()


def test_too_few_customers_are_told_in_words_and_not_guessed():
    found = clv.forecast(FEW, DAY)
    assert found["clv"].isna().all()
    assert found.attrs["remarks"]


def test_whoever_is_named_gets_a_row_though_they_bought_nothing():
    found = clv.forecast(FEW, DAY, ["zoe", "ada"])
    assert list(found["customer_id"]) == ["ada", "zoe"]


def test_what_lies_after_the_day_does_not_exist_yet():
    late = pd.concat([many(), many().assign(date=pd.Timestamp("2026-06-01"))])
    before = clv.forecast(many(), date(2025, 12, 31))
    pd.testing.assert_frame_equal(clv.forecast(late, date(2025, 12, 31)), before)


@pytest.mark.parametrize("computed", [clv.forecast, rfm.score, clv.summarize])
@pytest.mark.parametrize(
    ("purchases", "day", "error", "words"),
    [
        (FEW.drop(columns="amount"), DAY, MissingColumns, "amount"),
        (FEW.rename(columns={"date": "Date"}), DAY, MissingColumns, "date"),
        ([("ada", DAY, 1)], DAY, DataError, "list"),
        (None, DAY, DataError, "NoneType"),
        (FEW, "2026-03-31", DataError, "2026-03-31"),
        (FEW, None, DataError, "None"),
        (FEW, pd.NaT, DataError, "NaT"),
        (FEW, 20543, DataError, "20543"),
        (FEW.assign(amount="ten"), DAY, DataError, "ten"),
        (FEW.assign(date="yesterday"), DAY, DataError, "yesterday"),
        (FEW.assign(date=True), DAY, DataError, "True"),
        (FEW.assign(amount=[[1], [2], [3]]), DAY, DataError, "1"),
        (FEW.assign(customer_id=None), DAY, DataError, "row"),
    ],
)
def test_what_is_wrong_is_said_in_words(computed, purchases, day, error, words):
    with pytest.raises(error, match=words):
        computed(purchases, day)


@pytest.mark.parametrize("day", [datetime(2026, 3, 31, 12), pd.Timestamp("2026-03-31")])  # noqa: DTZ001
def test_a_moment_counts_as_its_day(day):
    pd.testing.assert_frame_equal(clv.forecast(FEW, day), clv.forecast(FEW, DAY))
