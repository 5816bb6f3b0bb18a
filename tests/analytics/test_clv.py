from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import clv
from suitecrm_bridge.analytics.bg_nbd import BgNbd
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma
from suitecrm_bridge.analytics.intake import purchases_table

from . import cdnow

AS_OF = date(2026, 3, 31)
MODEL = BgNbd(0.5, 60.0, 0.8, 4.0, 0.0, 1000)
VALUES = GammaGamma(6.0, 4.0, 15.0, 0.0, 500, 0.1)


def frame(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def loaded(purchases: pd.DataFrame, customers: list[str] | None = None) -> Engine:
    engine = Engine()
    engine.table("purchases", purchases_table(purchases), "contacts")
    ids = customers if customers is not None else sorted(set(purchases["customer_id"]))
    everyone = pd.DataFrame({"customer_id": pd.array(ids, dtype="string")})
    engine.table("customers", everyone, "contacts")
    return engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return loaded(cdnow.sample(), [*sorted(set(cdnow.sample()["customer_id"])), "nobody"])


@pytest.fixture(scope="module")
def valuation(engine: Engine) -> clv.Valuation:
    return clv.compute(engine, cdnow.END)["contacts"]


@pytest.fixture(scope="module")
def rows(engine: Engine, valuation: clv.Valuation) -> pd.DataFrame:
    return engine.fetch("clv").set_index("customer_id")


def test_the_database_sums_up_to_the_same(engine: Engine, rows: pd.DataFrame) -> None:
    found = rows[["frequency", "recency"]].dropna()
    summary = clv.summarize(cdnow.sample(), cdnow.END).set_index("customer_id")
    pd.testing.assert_frame_equal(
        found, summary[["frequency", "recency"]], check_index_type=False, check_names=False
    )


def test_every_customer_gets_a_row_and_nobody_else(rows: pd.DataFrame) -> None:
    assert rows.index.is_unique
    assert rows.index.is_monotonic_increasing
    assert len(rows) == 2358
    assert rows.drop(columns="entity").loc["nobody"].isna().all()


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
    clv.compute(engine, cdnow.END)
    assert engine.fetch("btyd_summary")["last_day"].max() == to_day(cdnow.END)


def test_scaling_cdnow_scales_the_lifetime_values(rows: pd.DataFrame) -> None:
    sample = cdnow.sample()
    scaled = loaded(sample.assign(amount=sample["amount"].map(Decimal) * 100))
    clv.compute(scaled, cdnow.END)
    found = scaled.fetch("clv").set_index("customer_id")
    known = rows.loc[found.index]
    assert found["churn_risk"].equals(known["churn_risk"])
    cents = known["clv_cents"].dropna().to_numpy(dtype=float)
    assert found["clv_cents"].dropna().to_numpy(dtype=float) == pytest.approx(100 * cents, abs=51)


def test_shuffling_cdnow_changes_nothing(rows: pd.DataFrame) -> None:
    shuffled = loaded(cdnow.sample().sample(frac=1, random_state=1), list(rows.index[::-1]))
    clv.compute(shuffled, cdnow.END)
    found = shuffled.fetch("clv").set_index("customer_id")
    pd.testing.assert_frame_equal(found, rows, rtol=1e-6, atol=1)


def test_too_few_customers_get_no_figures_and_a_reason() -> None:
    purchases = cdnow.sample().head(60)
    few = loaded(purchases)
    found = clv.compute(few, cdnow.END)["contacts"]
    buyers = purchases["customer_id"].nunique()
    assert found.bg_nbd == NotFitted("too_few_customers", buyers, 50)
    assert found.remarks() == [f"No forecast: {buyers} customers have bought, 50 are needed."]
    assert "il en faut" in found.remarks("fr")[0]
    rows = few.fetch("clv")
    assert rows["frequency"].notna().all()
    assert rows[list(rows.columns[5:])].isna().all(axis=None)


@pytest.mark.parametrize("rows", [[], [("a", "2026-01-01", 1)], [("a", "2026-01-01", -1)]])
def test_an_empty_base_and_one_customer_have_an_answer(rows: list[Any]) -> None:
    small = loaded(frame(*rows), ["a", "b"])
    found = clv.compute(small, AS_OF)["contacts"]
    assert isinstance(found.bg_nbd, NotFitted)
    assert found.calibration is None
    assert small.fetch("clv")["customer_id"].tolist() == ["a", "b"]


def test_amounts_that_are_all_equal_are_forecast_to_stay_so() -> None:
    sample = cdnow.sample().assign(amount=10)
    same = loaded(sample.drop_duplicates(["customer_id", "date"]))
    found = clv.compute(same, cdnow.END, discount_rate=0.0)["contacts"]
    assert isinstance(found.gamma_gamma, GammaGamma)
    rows = same.fetch("clv")
    assert rows["clv_cents"].sum() == pytest.approx(
        1000 * rows["expected_purchases"].sum(), rel=0.01
    )


def test_amounts_without_an_average_leave_the_forecast_and_no_value() -> None:
    wild = np.exp(np.random.default_rng(2).normal(0, 6, len(cdnow.sample())))
    same = loaded(cdnow.sample().assign(amount=(1 + 10 * wild).round(2)))
    found = clv.compute(same, cdnow.END)["contacts"]
    assert isinstance(found.gamma_gamma, NotFitted)
    assert found.remarks()[1].startswith("Purchases are forecast, but not their value.")
    rows = same.fetch("clv")
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
        "entity",
        "alive_probability",
        "expected_purchases",
        "next_purchase",
        "clv",
        "churn_risk",
    ]
    assert one["next_purchase"] == to_date(int(rows.loc["0006", "next_day"]))
    assert one["clv"] == Decimal(int(rows.loc["0006", "clv_cents"])) / 100
    assert one["alive_probability"] == round(one["alive_probability"], 4)
    assert one["churn_risk"] == "low"
    assert nobody["next_purchase"] is None
    assert nobody["clv"] is None
