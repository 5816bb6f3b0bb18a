from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from suitecrm_bridge.analytics.backtest import Backtest, backtest
from suitecrm_bridge.analytics.fitting import NotFitted

from . import cdnow


@pytest.fixture(scope="module")
def found() -> Backtest:
    result = backtest(cdnow.every_purchase(), cdnow.CALIBRATION_END, cdnow.END)
    assert isinstance(result, Backtest)
    return result


def test_cdnow_is_fitted_on_its_first_39_weeks_as_in_the_paper(found: Backtest) -> None:
    assert (found.customers, found.holdout_days) == (2357, 39 * 7)
    assert round(found.model.alpha / 7, 3) == 4.414
    assert [round(value, 3) for value in (found.model.r, found.model.a)] == [0.243, 0.793]


def test_the_forecast_correlates_with_what_came_as_printed_in_the_paper(found: Backtest) -> None:
    assert round(found.correlation, 3) == 0.626


def test_the_purchases_of_the_next_39_weeks_are_forecast_within_a_seventh(found: Backtest) -> None:
    assert found.total["actual"] == 1882
    assert found.total["predicted"] == pytest.approx(1653.4, abs=0.1)
    assert found.total["repeated"] == pytest.approx(2930.1, abs=0.1)
    assert found.total["nothing"] == 0


def test_the_forecast_errs_less_than_either_naive_one(found: Backtest) -> None:
    assert found.error["predicted"] < min(found.error["repeated"], found.error["nothing"])
    assert found.error["repeated"] == pytest.approx(1.0237, abs=1e-4)
    assert found.error["predicted"] == pytest.approx(0.7855, abs=1e-4)
    assert found.deviation["predicted"] < 0.75 * found.deviation["nothing"]
    assert found.deviation["predicted"] < 0.75 * found.deviation["repeated"]


def test_every_class_of_frequency_is_forecast_better_than_by_its_rate(found: Backtest) -> None:
    table = found.by_frequency
    assert table["frequency"].tolist() == list(range(8))
    assert table["customers"].tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    ours = (table["predicted"] - table["actual"]).abs()
    assert (ours < (table["repeated"] - table["actual"]).abs()).all()


def test_too_few_customers_have_no_backtest() -> None:
    few = cdnow.every_purchase().head(40)
    found = backtest(few, cdnow.CALIBRATION_END, cdnow.END)
    assert isinstance(found, NotFitted)
    assert found.reason == "too_few_customers"


def test_no_purchases_have_no_backtest() -> None:
    empty = pd.DataFrame(columns=["customer_id", "date", "amount"])
    assert isinstance(backtest(empty, date(2026, 1, 1), date(2026, 2, 1)), NotFitted)


def test_the_page_shows_the_figures_of_the_backtest(found: Backtest) -> None:
    page = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")
    table = page.partition("<!-- backtest -->")[2].partition("<!-- end of backtest -->")[0]
    names = ("actual", "predicted", "repeated", "nothing")
    for row in found.by_frequency.itertuples():
        averages = " | ".join(f"{getattr(row, name):.2f}" for name in names)
        assert f"| {row.customers:,} | {averages} |" in table
    assert "| " + " | ".join(f"{found.total[name]:,.0f}" for name in names) + " |" in table
    for missed in (found.error, found.deviation):
        assert "| " + " | ".join(f"{missed[name]:.3f}" for name in names[1:]) + " |" in table
