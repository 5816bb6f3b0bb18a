from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import clv
from suitecrm_bridge.analytics.bg_nbd import BgNbd
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma
from suitecrm_bridge.analytics.intake import purchases_table
from suitecrm_bridge.analytics.summary import _sorted
from suitecrm_bridge.errors import DataError, MissingColumns

from . import cdnow

AS_OF = date(2026, 3, 31)
MODEL = BgNbd(0.5, 60.0, 0.8, 4.0, 0.0, 1000)
VALUES = GammaGamma(6.0, 4.0, 15.0, 0.0, 500, 0.1)


def frame(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def summed(*rows: tuple[object, object, object], as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    found = clv.summarize(frame(*rows), as_of)
    assert found.columns.tolist() == ["customer_id", "frequency", "recency", "T", "monetary_value"]
    return list(found.itertuples(index=False, name=None))


def loaded(purchases: pd.DataFrame, customers: list[str] | None = None) -> Engine:
    engine = Engine()
    engine.table("purchases", purchases_table(purchases))
    ids = customers if customers is not None else sorted(set(purchases["customer_id"]))
    engine.table("customers", pd.DataFrame({"customer_id": pd.array(ids, dtype="string")}))
    return engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return loaded(cdnow.sample(), [*sorted(set(cdnow.sample()["customer_id"])), "nobody"])


@pytest.fixture(scope="module")
def valuation(engine: Engine) -> clv.Valuation:
    return clv.compute(engine, "contacts", cdnow.END)


@pytest.fixture(scope="module")
def rows(engine: Engine, valuation: clv.Valuation) -> pd.DataFrame:
    return engine.fetch("clv_contacts").set_index("customer_id")


def test_the_first_purchase_counts_for_time_and_not_for_value() -> None:
    found = summed(("a", "2026-01-01", 99), ("a", "2026-01-11", 10), ("a", "2026-03-01", 20))
    assert found == [("a", 2, 59, 89, 15.0)]


def test_purchases_of_one_day_are_one() -> None:
    found = summed(("a", "2026-01-01", 5), ("a", "2026-01-11", 10), ("a", "2026-01-11", 2.5))
    assert found == [("a", 1, 10, 89, 12.5)]


def test_a_day_that_refunds_eat_up_is_no_purchase() -> None:
    assert summed(
        ("a", "2026-01-01", 5), ("a", "2026-01-11", 10), ("a", "2026-01-11", -10),
        ("a", "2026-02-01", -3), ("a", "2026-02-10", 8), ("a", "2026-02-10", -3),
        ("b", "2026-01-01", -1), ("c", "2026-01-01", 0),
    ) == [("a", 1, 40, 89, 5.0)]  # fmt: skip


def test_the_database_sums_up_to_the_same(engine: Engine, rows: pd.DataFrame) -> None:
    found = rows[["frequency", "recency"]].dropna()
    summary = clv.summarize(cdnow.sample(), cdnow.END).set_index("customer_id")
    pd.testing.assert_frame_equal(
        found, summary[["frequency", "recency"]], check_index_type=False, check_names=False
    )


def test_half_a_cent_goes_by_the_digits_of_the_amount() -> None:
    found = summed(("a", "2026-01-01", 1), ("a", "2026-01-11", 1.005), ("b", "2026-01-01", 1),
                   ("b", "2026-01-11", 1.015))  # fmt: skip
    assert [row[-1] for row in found] == [1.0, 1.02]


@pytest.mark.parametrize("largest", [2**20, 2**62])
def test_keys_are_sorted_whether_or_not_their_places_have_room_beside_them(largest: int) -> None:
    key, order = _sorted(np.array([largest, 3, 5], dtype=np.int64))
    assert key.tolist() == [3, 5, largest]
    assert order.tolist() == [1, 2, 0]


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


@settings(max_examples=15)
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
            later = [known[day] for day in bought[1:]]
            average = float(sum(later) / len(later)) if later else 0.0
            first, last = bought[0], bought[-1]
            row = (len(later), (last - first).days, (AS_OF - first).days, pytest.approx(average))
            expected.append((customer, *row))
    assert summed(*rows) == expected


@settings(max_examples=15)
@given(purchases, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Any], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert summed(*shuffled) == summed(*rows)


@settings(max_examples=15)
@given(purchases, st.integers(2, 1000))
def test_scaling_the_amounts_scales_the_value_alone(rows: list[Any], factor: int) -> None:
    scaled = summed(*[(customer, day, amount * factor) for customer, day, amount in rows])
    for one, other in zip(summed(*rows), scaled, strict=True):
        assert other[:4] == one[:4]
        assert other[4] == pytest.approx(one[4] * factor)


@settings(max_examples=15)
@given(purchases, st.dates(date(2024, 1, 1), AS_OF))
def test_one_more_purchase_never_lowers_the_frequency(rows: list[Any], day: date) -> None:
    before = {row[0]: row[1] for row in summed(*rows)}
    after = {row[0]: row[1] for row in summed(*rows, ("a", day, 1))}
    assert after["a"] >= before.get("a", 0)
    assert {**after, "a": 0} == {**before, "a": 0}


@settings(max_examples=15)
@given(purchases, st.integers(0, 800))
def test_time_alone_only_ages(rows: list[Any], days: int) -> None:
    rows = [row for row in rows if row[1] <= AS_OF]
    before, after = summed(*rows), summed(*rows, as_of=AS_OF + timedelta(days=days))
    assert after == [(*row[:3], row[3] + days, row[4]) for row in before]


def test_every_customer_gets_a_row_and_nobody_else(rows: pd.DataFrame) -> None:
    assert rows.index.is_unique
    assert rows.index.is_monotonic_increasing
    assert len(rows) == 2358
    assert rows.loc["nobody"].isna().all()


def test_a_lifetime_value_is_the_discounted_sum_of_its_months() -> None:
    expected = before = 0.0
    for month in range(1, 13):
        by_then = float(MODEL.expected_purchases(month * 365.25 / 12, 4, 200, 260))
        expected += (by_then - before) / 1.21 ** (month / 12)
        before = by_then
    found = clv.lifetime_value(MODEL, VALUES, 4, 200, 260, 50.0, discount_rate=0.21)
    assert found == pytest.approx(expected * float(VALUES.expected_average(4, 50.0)))


def test_without_discount_a_lifetime_value_is_purchases_by_their_value() -> None:
    found = clv.lifetime_value(MODEL, VALUES, 4, 200, 260, 50.0, discount_rate=0)
    purchases = MODEL.expected_purchases(365.25, 4, 200, 260)
    assert found == pytest.approx(purchases * VALUES.expected_average(4, 50.0))


def test_money_discounted_more_is_worth_less() -> None:
    worth = [
        float(clv.lifetime_value(MODEL, VALUES, 4, 200, 260, 50.0, discount_rate=rate))
        for rate in (0, 0.1, 0.5)
    ]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] / worth[1] == pytest.approx(1.1**0.54, rel=0.01)


def test_the_figures_of_cdnow_add_up(rows: pd.DataFrame, valuation: clv.Valuation) -> None:
    assert isinstance(valuation.bg_nbd, BgNbd)
    known = rows.dropna(subset=["frequency"])
    assert known["alive_probability"].dropna().between(0, 1).all()
    assert (known["expected_purchases"] >= 0).all()
    assert (known["clv_cents"] >= 0).all()
    assert set(known["churn_risk"]) == {"low", "medium", "high"}
    ages = to_day(cdnow.END) - known["last_day"] + known["recency"]
    expected = valuation.bg_nbd.expected_purchases(
        365.25, known["frequency"], known["recency"], ages
    )
    assert known["expected_purchases"].to_numpy() == pytest.approx(expected, abs=5e-5)


def test_who_bought_once_has_no_probability_of_being_alive(rows: pd.DataFrame) -> None:
    """The model would say 1, however long ago the one purchase was."""
    known = rows.dropna(subset=["frequency"])
    assert (known["alive_probability"].isna() == (known["frequency"] == 0)).all()
    assert known["purchase_probability"].notna().all()


def test_only_who_is_likely_alive_has_a_next_purchase(rows: pd.DataFrame) -> None:
    dated = rows.dropna(subset=["next_day"])
    assert len(dated) > 500
    assert (dated["next_day"] > to_day(cdnow.END)).all()
    assert (dated["next_day"] <= to_day(cdnow.END) + clv.FARTHEST_PURCHASE_DAYS).all()
    assert (dated["alive_probability"].dropna() >= 0.5).all()
    assert rows.loc[rows["alive_probability"] < 0.4999, "next_day"].isna().all()


def test_the_tables_of_the_whole_history_stay(engine: Engine, valuation: clv.Valuation) -> None:
    assert valuation.calibration is not None
    clv.compute(engine, "contacts", cdnow.END)
    assert engine.fetch("btyd_summary")["last_day"].max() == to_day(cdnow.END)


def test_scaling_cdnow_scales_the_lifetime_values(rows: pd.DataFrame) -> None:
    sample = cdnow.sample()
    scaled = loaded(sample.assign(amount=sample["amount"].map(Decimal) * 100))
    clv.compute(scaled, "accounts", cdnow.END)
    found = scaled.fetch("clv_accounts").set_index("customer_id")
    known = rows.loc[found.index]
    assert found["churn_risk"].equals(known["churn_risk"])
    cents = known["clv_cents"].dropna().to_numpy(dtype=float)
    assert found["clv_cents"].dropna().to_numpy(dtype=float) == pytest.approx(100 * cents, abs=51)


def test_shuffling_cdnow_changes_nothing(rows: pd.DataFrame) -> None:
    shuffled = loaded(cdnow.sample().sample(frac=1, random_state=1), list(rows.index[::-1]))
    clv.compute(shuffled, "contacts", cdnow.END)
    found = shuffled.fetch("clv_contacts").set_index("customer_id")
    pd.testing.assert_frame_equal(found, rows, rtol=1e-6, atol=1)


def test_too_few_customers_get_no_figures_and_a_reason() -> None:
    purchases = cdnow.sample().head(60)
    few = loaded(purchases)
    found = clv.compute(few, "contacts", cdnow.END)
    buyers = purchases["customer_id"].nunique()
    assert found.bg_nbd == NotFitted("too_few_customers", buyers, 50)
    assert found.remarks() == [f"No forecast: {buyers} customers have bought, 50 are needed."]
    assert "il en faut" in found.remarks("fr")[0]
    rows = few.fetch("clv_contacts")
    assert rows["frequency"].notna().all()
    assert rows[list(clv.COLUMNS[4:])].isna().all(axis=None)


@pytest.mark.parametrize("rows", [[], [("a", "2026-01-01", 1)], [("a", "2026-01-01", -1)]])
def test_an_empty_base_and_one_customer_have_an_answer(rows: list[Any]) -> None:
    small = loaded(frame(*rows), ["a", "b"])
    found = clv.compute(small, "contacts", AS_OF)
    assert isinstance(found.bg_nbd, NotFitted)
    assert found.calibration is None
    assert small.fetch("clv_contacts")["customer_id"].tolist() == ["a", "b"]


def test_amounts_that_are_all_equal_leave_the_forecast_and_no_value() -> None:
    sample = cdnow.sample().assign(amount=10)
    sample = sample.drop_duplicates(["customer_id", "date"])
    same = loaded(sample)
    found = clv.compute(same, "contacts", cdnow.END)
    assert isinstance(found.gamma_gamma, NotFitted)
    assert found.remarks()[1].startswith("Purchases are forecast, but not their value.")
    rows = same.fetch("clv_contacts")
    assert rows["expected_purchases"].notna().all()
    assert rows["clv_cents"].isna().all()


def test_value_that_depends_on_frequency_is_remarked() -> None:
    related = GammaGamma(6.0, 4.0, 15.0, 0.0, 500, 0.42)
    cuts = clv.Cuts(0.5, 0.2, 365, calibrated=False)
    said = clv.Valuation(MODEL, related, cuts, None).remarks()
    assert "0.42" in said[1]
    assert len(clv.Valuation(MODEL, VALUES, cuts, None).remarks()) == 1


def test_a_model_that_took_a_prior_is_remarked() -> None:
    cuts = clv.Cuts(0.5, 0.2, 365, calibrated=False)
    said = clv.Valuation(replace(MODEL, prior=True), VALUES, cuts, None).remarks()
    assert said[1].startswith("Customers hardly differ")


def test_what_people_read_has_dates_and_decimals(rows: pd.DataFrame) -> None:
    shown = clv.presented(rows.reset_index()).set_index("customer_id")
    one, nobody = shown.loc["0006"], shown.loc["nobody"]
    assert shown.columns.tolist() == [
        "alive_probability", "expected_purchases", "next_purchase", "clv", "churn_risk",
    ]  # fmt: skip
    assert one["next_purchase"] == to_date(int(rows.loc["0006", "next_day"]))
    assert one["clv"] == Decimal(int(rows.loc["0006", "clv_cents"])) / 100
    assert one["alive_probability"] == round(one["alive_probability"], 4)
    assert one["churn_risk"] == "low"
    assert nobody["next_purchase"] is None
    assert nobody["clv"] is None


def test_a_time_of_day_does_not_matter() -> None:
    found = summed(("a", datetime(2026, 1, 1, 23, 59), 1), ("a", datetime(2026, 1, 2, 0, 1), 2))  # noqa: DTZ001
    assert found == [("a", 1, 1, 89, 2.0)]
