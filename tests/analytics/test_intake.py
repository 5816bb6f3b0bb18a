from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import intake, rfm
from suitecrm_bridge.errors import DataError, MissingColumns

DAY = 20_521
"""2026-03-09"""


def purchases(**columns: list[object]) -> pd.DataFrame:
    given = {"customer_id": ["a"], "date": [date(2026, 3, 9)], "amount": [1], **columns}
    return pd.DataFrame(given)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (12, 1200),
        (19.99, 1999),
        ("1234.50", 123450),
        (" -3.5 ", -350),
        (Decimal("0.1"), 10),
        (np.float32(0.5), 50),
        ("0.125", 12),
        (2.675, 268),
        (Decimal("0.135"), 14),
        (1e13, 10**15),
        ("1e2", 10_000),
    ],
)
def test_an_amount_becomes_the_cents_that_it_shows(amount: object, cents: int) -> None:
    assert intake.purchases_table(purchases(amount=[amount]))["cents"].tolist() == [cents]


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 3, 9),
        datetime(2026, 3, 9, 23, 59),  # noqa: DTZ001
        datetime(2026, 3, 9, 23, 59, tzinfo=UTC),
        pd.Timestamp("2026-03-09 00:30", tz="Europe/Paris"),
        "2026-03-09",
        "2026-03-09 08:15:00",
        "2026-03-09T23:59:59+02:00",
    ],
)
def test_a_date_counts_as_the_day_that_it_shows(value: object) -> None:
    assert intake.purchases_table(purchases(date=[value]))["day"].tolist() == [DAY]


def test_dates_of_several_kinds_may_stand_in_one_column() -> None:
    mixed = purchases(customer_id=["a"] * 2, amount=[1, 2], date=["2026-03-09", date(2026, 3, 9)])
    assert intake.purchases_table(mixed)["day"].tolist() == [DAY, DAY]


def test_days_before_1970_are_exact() -> None:
    found = intake.purchases_table(purchases(date=[pd.Timestamp("1969-12-31 23:00")]))
    assert found["day"].tolist() == [-1]


def test_missing_columns_are_named() -> None:
    with pytest.raises(MissingColumns, match="purchases lacks the columns: customer_id, date"):
        rfm.score(pd.DataFrame({"amount": [1], "client": ["a"]}), date(2026, 3, 31))


def test_customers_without_their_column_are_refused() -> None:
    with pytest.raises(MissingColumns, match="customers lacks the columns: customer_id"):
        rfm.score(purchases(), date(2026, 3, 31), pd.DataFrame({"id": ["a"]}))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("customer_id", None, "customer_id is missing"),
        ("customer_id", "", "customer_id is missing"),
        ("date", None, "the date is missing"),
        ("date", pd.NaT, "the date is missing"),
        ("date", "09/03/2026", "'09/03/2026' is not a date"),
        ("date", "2026-02-30", "'2026-02-30' is not a date"),
        ("date", 20260309, "20260309 is not a date"),
        ("date", "1026-03-09", "outside 1900-01-01 to 2199-12-31"),
        ("date", date(9999, 12, 31), "outside 1900-01-01 to 2199-12-31"),
        ("amount", None, "the amount is missing"),
        ("amount", float("nan"), "the amount is missing"),
        ("amount", float("inf"), "inf is not an amount"),
        ("amount", "12,50", "'12,50' is not an amount"),
        ("amount", True, "True is not an amount"),
        ("amount", "1e30", "exceeds 10,000,000,000,000"),
        ("amount", -2e13, "exceeds 10,000,000,000,000"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_row(
    column: str, value: object, words: str
) -> None:
    good = purchases()
    bad = purchases(**{column: [value]})
    found = pd.concat([good.astype(object), bad.astype(object), good.astype(object)])
    found.index = pd.Index([1, 2, 3])
    with pytest.raises(DataError, match="Row 2: ") as caught:
        intake.purchases_table(found)
    assert words in str(caught.value)
    assert "rows concerned: 1" in str(caught.value)


@pytest.mark.parametrize("blank", ["", " ", "    "])
def test_an_id_of_blanks_is_none(blank):
    given = pd.DataFrame({"customer_id": ["a", blank], "date": ["2026-01-01"] * 2, "amount": 1})
    with pytest.raises(DataError, match="1"):
        intake.purchases_table(given)


def test_an_id_is_an_id_whatever_accents_a_frame_gives_it():
    given = pd.DataFrame(
        {
            "customer_id": ["Müller", "MULLER", "Mu\u0308ller "],
            "date": ["2026-01-01"] * 3,
            "amount": 1,
        }
    )
    assert intake.purchases_table(given)["customer_id"].to_list() == ["Müller"] * 3


def test_an_id_is_an_id_however_a_frame_spells_it():
    given = pd.DataFrame(
        {
            "customer_id": ["127EB23F", "127eb23f ", "127eb23f", "Other"],
            "date": ["2026-01-01"] * 4,
            "amount": [1, 2, 3, 4],
        }
    )
    table = intake.purchases_table(given)
    assert table["customer_id"].to_list() == ["127EB23F"] * 3 + ["Other"]
    everyone, buyers = intake.customers_table(["127eb23f", "OTHER", "other "], table["customer_id"])
    assert everyone["customer_id"].to_list() == ["127eb23f", "OTHER"]
    assert buyers.to_list() == ["127eb23f"] * 3 + ["OTHER"]


def test_ids_that_are_numbers_stay_numbers():
    everyone, buyers = intake.customers_table([1, 2], intake.customer_ids(pd.Series([2, 1])))
    assert everyone["customer_id"].to_list() == [1, 2]
    assert buyers.to_list() == [2, 1]
