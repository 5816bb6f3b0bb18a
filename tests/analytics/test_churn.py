from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import churn
from suitecrm_bridge.analytics.churn import Calibration, Cuts
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine

from . import cdnow
from .buyers import buyers

AS_OF = date(2026, 3, 31)


def bought(*rows: tuple[str, date]) -> Engine:
    days = [(customer, to_day(day), 100, 1) for customer, day in rows]
    engine = Engine()
    kinds = {"customer_id": "string", "day": "Int64", "cents": "Int64", "bought": "Int64"}
    frame = pd.DataFrame(days, columns=list(kinds)).astype(kinds)
    engine.table("customer_days", frame, "contacts")
    return engine


def cdnow_days() -> Engine:
    sample = cdnow.every_purchase()
    days = zip(sample["customer_id"], map(date.fromisoformat, sample["date"]), strict=True)
    return bought(*sorted(set(days)))


@pytest.fixture(scope="module")
def cdnow_calibration() -> Calibration:
    found = churn.calibrate(cdnow_days(), cdnow.END)
    return found["contacts"]


def test_the_holdout_counts_what_came_after_and_knows_nothing_of_it_before() -> None:
    until = AS_OF - timedelta(days=100)
    engine = bought(
        ("a", until - timedelta(days=30)),
        ("a", until),
        ("a", until + timedelta(days=1)),
        ("a", AS_OF),
        ("a", AS_OF + timedelta(days=1)),
        ("b", until - timedelta(days=5)),
        ("c", until + timedelta(days=3)),
    )
    found = churn.holdout(engine, until, AS_OF).drop(columns="entity")
    assert list(found.itertuples(index=False, name=None)) == [
        ("a", 1, 30, 30, 2),
        ("b", 0, 0, 5, 0),
    ]


def test_cut_points_lie_where_so_many_really_came_back() -> None:
    forecast = np.repeat([0.1, 0.3, 0.6, 0.9], 100)
    share = np.repeat([0.05, 0.25, 0.40, 0.80], 100)
    came = (np.tile(np.arange(100), 4) < share * 100).astype(float)
    cuts = churn._cuts(forecast, np.ones(len(came)), came, 0.5, 0.2, 365)
    assert cuts == Cuts(0.9, 0.3, 365, calibrated=True)
    assert cuts.risk(np.array([0.95, 0.9, 0.7, 0.3, 0.29])).tolist() == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
    ]


def test_nobody_has_a_low_risk_where_nobody_comes_back_so_often() -> None:
    cuts = churn._cuts(np.array([0.2, 0.9]), np.ones(2), np.array([0.0, 0.0]), 0.5, 0.2, 365)
    assert cuts.risk(np.array([1.0, 0.0])).tolist() == ["high", "high"]


def test_the_forecast_of_cdnow_is_better_than_its_base_rate(cdnow_calibration: Calibration) -> None:
    assert cdnow_calibration.horizon_days == 272
    assert cdnow_calibration.until == date(1997, 10, 1)
    assert cdnow_calibration.customers == 2357
    assert cdnow_calibration.brier < 0.8 * cdnow_calibration.brier_of_base_rate


def test_the_deciles_of_cdnow_cover_everybody_and_come_true(cdnow_calibration: Calibration) -> None:
    table = cdnow_calibration.deciles
    assert table["decile"].tolist() == list(range(1, 11))
    assert table["customers"].sum() == 2357
    assert table["predicted"].is_monotonic_increasing
    gap = (table["predicted"] - table["actual"]).abs()
    assert np.average(gap, weights=table["customers"]) < 0.06
    assert table["actual"].iloc[-1] > 0.75


def test_who_has_a_low_risk_came_back_and_who_has_a_high_one_did_not(
    cdnow_calibration: Calibration,
) -> None:
    engine = cdnow_days()
    rows = churn.holdout(engine, cdnow_calibration.until, cdnow.END)
    model = churn.fit_bg_nbd(rows["frequency"], rows["recency"], rows["age"])
    again = model.probability_of_purchase(272, rows["frequency"], rows["recency"], rows["age"])
    came = (rows["bought"] > 0).groupby(cdnow_calibration.cuts.risk(again)).mean()
    assert came["low"] >= 0.5
    assert 0.2 <= came["medium"] < 0.5 + 0.1
    assert came["high"] < 0.2


def test_calibration_shifts_the_cut_points_only_a_little_where_the_model_holds() -> None:
    frequency, recency, age = buyers(20_000, 3, r=0.8, alpha=50, a=0.6, b=6, days=730)
    model = churn.fit_bg_nbd(frequency, recency, age)
    forecast = model.probability_of_purchase(365, frequency, recency, age)
    came = (np.random.default_rng(1).random(len(forecast)) < forecast).astype(float)
    cuts = churn._cuts(forecast, np.ones(len(came)), came, 0.5, 0.2, 365)
    assert (cuts.low_from, cuts.high_below) == pytest.approx((0.5, 0.2), abs=0.06)


def test_the_page_shows_the_calibration_of_cdnow(cdnow_calibration: Calibration) -> None:
    page = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")
    for row in cdnow_calibration.deciles.itertuples():
        line = f"| {row.decile} | {row.customers} | {row.predicted:.3f} | {row.actual:.3f} |"
        assert line in page
    cuts = cdnow_calibration.cuts
    assert f"{cuts.low_from:.3f} for low, {cuts.high_below:.3f} for high" in page


def test_a_short_history_is_not_calibrated() -> None:
    days = [AS_OF - timedelta(days=number) for number in range(0, 179)]
    rows = [(f"c{number}", day) for number, day in enumerate(days) for _ in range(3)]
    assert churn.calibrate(bought(*rows), AS_OF, min_customers=1) == {}
    assert churn.calibrate(bought(), AS_OF) == {}


def test_the_holdout_is_a_year_where_the_history_is_long() -> None:
    engine = cdnow_days()
    found = churn.calibrate(engine, cdnow.END, horizon_days=180)["contacts"]
    assert found is not None
    assert found.horizon_days == 180


def test_a_base_that_cannot_be_fitted_is_not_calibrated() -> None:
    assert churn.calibrate(cdnow_days(), cdnow.END, min_customers=3000) == {}


def test_the_sentence_says_which_cut_points_are_used() -> None:
    fixed, calibrated = (Cuts(0.5, 0.2, 1365, calibrated) for calibrated in (False, True))
    assert "fixed thresholds" in fixed.sentence()
    assert "1,365 days" in fixed.sentence()
    assert "really bought again" in calibrated.sentence("en")
    assert "réellement racheté" in calibrated.sentence("fr")


def test_tenths_are_the_same_whoever_shares_a_history() -> None:
    chance = np.random.default_rng(4)
    forecast = np.round(chance.random(997), 1)
    came = (chance.random(997) < forecast).astype(float)
    levels, at = np.unique(forecast, return_inverse=True)
    one_by_one = churn._deciles(forecast, np.ones(997), came)
    shared = churn._deciles(levels, np.bincount(at) * 1.0, np.bincount(at, weights=came))
    pd.testing.assert_frame_equal(shared, one_by_one)
    of_level = pd.Series(came).groupby(forecast).transform("mean").to_numpy()
    place = np.arange(997) * 10 // 997 + 1
    expected = pd.DataFrame({"decile": place, "actual": of_level[np.argsort(forecast)]})
    expected = expected.groupby("decile").mean()
    assert one_by_one["actual"].to_numpy() == pytest.approx(expected["actual"].to_numpy())


@pytest.mark.parametrize("came_first", [True, False])
def test_customers_with_one_forecast_share_what_came(came_first: bool) -> None:
    # 180 of 900 came true, and 90 of 100: as often as was said, in every tenth.
    forecast = np.repeat([0.2, 0.9], [900, 100])
    came = np.concatenate([np.arange(900) < 180, np.arange(100) < 90]).astype(float)
    came = came if came_first else np.concatenate([came[899::-1], came[:899:-1]])
    table = churn._deciles(forecast, np.ones(1000), came)
    assert table["predicted"].tolist() == pytest.approx([0.2] * 9 + [0.9])
    assert table["actual"].tolist() == pytest.approx([0.2] * 9 + [0.9])


def test_a_forecast_for_all_makes_ten_equal_tenths() -> None:
    table = churn._deciles(np.array([0.3]), np.array([997.0]), np.array([299.0]))
    assert table["customers"].sum() == 997
    assert table["actual"].tolist() == pytest.approx([299 / 997] * 10)
