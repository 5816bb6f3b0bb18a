"""Forecasts are held against what came, and against what people do without any."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import held_out, rfm
from suitecrm_bridge.analytics.bg_nbd import BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma
from suitecrm_bridge.analytics.held_out import HeldOut, Line, hold_out, less_missed
from suitecrm_bridge.analytics.summary import summarize

from . import cdnow
from .baskets import AS_OF, loaded, shop
from .frames import engine_of

COLUMNS = {
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "line_facts": ["invoice_id", "product_id", "cents"],
    "product_facts": ["product_id"],
}
TEXTS = {"customer_id", "purchase_id", "invoice_id", "product_id"}


def of_purchases(rows, as_of):
    """What comes of (customer, day, cents) by `as_of`."""
    numbered = [(who, str(number), day, cents) for number, (who, day, cents) in enumerate(rows)]
    engine = engine_of(COLUMNS, TEXTS, {"purchases": numbered})
    engine.look_from(as_of)
    engine.table("customers", "buyers")
    rfm.rank(engine, {"contacts": "fifths"}, "invoices", as_of, 30)
    return hold_out(engine, "contacts", as_of)


def purchases():
    """CDNOW's purchases that cost something: customer, day, cents."""
    sample = cdnow.sample()
    days = [to_day(day.date()) for day in pd.to_datetime(sample["date"])]
    cents = [round(100 * float(amount)) for amount in sample["amount"]]
    return [row for row in zip(sample["customer_id"], days, cents, strict=True) if row[2] > 0]


@cache
def of_cdnow() -> HeldOut:
    return of_purchases(purchases(), cdnow.END)


def line(found: HeldOut, measure: str) -> Line:
    (only,) = [one for one in found.lines if one.measure == measure]
    return only


def test_half_of_a_short_history_is_held_out() -> None:
    found = of_cdnow()
    assert found.days == 545 // 2
    assert found.until == cdnow.END - timedelta(days=272)


@cache
def by_hand() -> pd.DataFrame:
    """Each customer of the first half: what is forecast, what came and what was before."""
    found = of_cdnow()
    split, end = to_day(found.until), to_day(found.as_of)
    frame = pd.DataFrame(purchases(), columns=["customer_id", "day", "cents"])
    known = frame[frame["day"] <= split]
    dated = known.assign(date=[to_date(day) for day in known["day"]], amount=known["cents"] / 100)
    rows = summarize(dated, found.until).set_index("customer_id")
    history = (rows["frequency"], rows["recency"], rows["T"])
    buying = fit_bg_nbd(*history)
    spending = fit_gamma_gamma(rows["frequency"], rows["monetary_value"])
    assert isinstance(buying, BgNbd)
    assert isinstance(spending, GammaGamma)
    worth = spending.expected_average(rows["frequency"], rows["monetary_value"])
    return rows.assign(
        forecast=buying.expected_purchases(found.days, *history) * worth,
        chance=buying.probability_of_purchase(found.days, *history),
        came=frame[frame["day"] > split].groupby("customer_id")["cents"].sum() / 100,
        before=known[known["day"] > split - (end - split)].groupby("customer_id")["cents"].sum()
        / 100,
    ).fillna(0.0)


def test_the_value_is_that_of_the_models_and_what_came_that_of_the_purchases() -> None:
    rows, sales = by_hand(), line(of_cdnow(), "sales")
    assert sales.customers == len(rows) == 2349
    assert sales.came == round(100 * rows["came"].sum())
    assert sales.naive == round(100 * rows["before"].sum())
    assert sales.forecast == pytest.approx(100 * rows["forecast"].sum(), rel=1e-6)


def test_the_forecast_misses_less_than_the_year_before_and_says_by_how_much() -> None:
    rows, missed = by_hand(), line(of_cdnow(), "missed")
    own, naive = (rows["forecast"] - rows["came"]).abs(), (rows["before"] - rows["came"]).abs()
    assert missed.forecast == pytest.approx(100 * own.mean(), rel=1e-6)
    assert missed.naive == pytest.approx(100 * naive.mean(), rel=1e-6)
    assert missed.verdict == "better"
    assert 0 < missed.low < 1 - missed.forecast / missed.naive < missed.high < 1


def test_who_buys_again_is_told_by_a_chance_of_a_half() -> None:
    rows, right = by_hand(), line(of_cdnow(), "right")
    came = rows["came"] > 0
    assert right.forecast == pytest.approx(((rows["chance"] >= 0.5) == came).mean())
    assert right.naive == pytest.approx(((rows["before"] > 0) == came).mean())
    assert right.low < right.forecast - right.naive < right.high


def test_of_each_band_of_chances_it_is_told_how_many_came() -> None:
    rows, found = by_hand(), of_cdnow()
    bands = [one for one in found.of("churn") if one.measure.startswith("band")]
    assert sum(band.customers for band in bands) == len(rows)
    low = rows[rows["chance"] < 0.2]
    assert bands[0].customers == len(low)
    assert bands[0].came == pytest.approx((low["came"] > 0).mean())
    assert all(band.low <= band.came <= band.high for band in bands)


def test_purchases_without_products_have_no_offers_to_tell_of() -> None:
    assert [one.reason for one in of_cdnow().of("offer")] == [held_out.NO_PRODUCTS]


@pytest.mark.parametrize(
    ("kind", "way"), [("pairs", "rule"), ("repeats", "repeat"), ("popularity", "popular")]
)
def test_the_way_in_which_a_shop_sells_is_better_than_the_simple_way(kind, way) -> None:
    found = hold_out(loaded(shop(kind)), "contacts", AS_OF)
    verdicts = {one.measure: one.verdict for one in found.of("offer")}
    assert verdicts.pop(way) == "better"
    assert "better" not in verdicts.values()


def test_a_history_of_less_than_half_a_year_tells_nothing() -> None:
    found = of_purchases([(f"c{n}", 20_000 + n, 100) for n in range(170)], to_date(20_170))
    assert [(one.figure, one.reason) for one in found.lines] == [
        (figure, held_out.TOO_SHORT) for figure in held_out.FIGURES
    ]


def test_nobody_tells_nothing() -> None:
    assert {one.reason for one in of_purchases([], to_date(100)).lines} == {held_out.TOO_SHORT}


def test_too_few_customers_tell_nothing() -> None:
    rows = [(f"c{n % 40}", 20_000 + n, 100) for n in range(400)]
    found = of_purchases(rows, to_date(20_400))
    assert all(isinstance(one.reason, NotFitted) for one in found.of("value"))
    assert all(isinstance(one.reason, NotFitted) for one in found.of("churn"))


def test_where_the_simple_way_never_misses_nothing_is_better() -> None:
    """Subscribers who all pay the same on every thirtieth day, in both halves."""
    rows = [(f"c{n}", 20_000 + day, 100) for n in range(80) for day in range(n % 30, 720, 30)]
    found = of_purchases(rows, to_date(20_719))
    missed, right = line(found, "missed"), line(found, "right")
    assert missed.verdict != "better"
    assert (right.verdict, right.forecast, right.naive) == ("no_better", 1.0, 1.0)


def test_a_miss_of_nothing_has_no_interval() -> None:
    assert less_missed(np.ones(5), np.zeros(5)) is None
    assert less_missed(np.zeros(5), np.ones(5)) is None


@pytest.mark.parametrize("size", [50, 100, 400, 2000])
@pytest.mark.parametrize("spread", [0.5, 1.2])
@pytest.mark.parametrize("ratio", [0.7, 1.0, 1.3])
def test_the_interval_of_a_smaller_miss_keeps_its_coverage(size, spread, ratio) -> None:
    """Misses that go together from customer to customer, with tails as sales have them."""
    chance = np.random.default_rng(size)
    kept = 0
    for _ in range(400):
        shared = chance.normal(0, spread, size)
        own, naive = np.exp(shared + chance.normal(0, spread / 2, (2, size)))
        low, high = less_missed(ratio * own, naive, 0.95)
        kept += low <= 1 - ratio <= high
    assert kept >= 400 * 0.92


def test_forecasts_that_are_as_good_as_the_simple_way_hardly_ever_win() -> None:
    chance = np.random.default_rng(3)
    wins = 0
    for _ in range(400):
        own, naive = np.exp(chance.normal(0, 1, (2, 100)))
        wins += less_missed(own, naive)[0] > 0
    assert wins <= 400 * 0.02


def test_lines_are_found_by_their_figure() -> None:
    found = replace(of_cdnow(), lines=(Line("value", "x"), Line("offer", "y")))
    assert [one.measure for one in found.of("offer")] == ["y"]


def test_a_refund_lowers_what_came_and_stops_no_forecast() -> None:
    rows = purchases()
    plain = of_purchases(rows, cdnow.END)
    split, who = to_day(plain.until), rows[0][0]
    refunds = [(who, split - 1, -10_000_000), (who, split + 5, -1234)]
    found = of_purchases([*rows, *refunds], cdnow.END)
    assert line(found, "sales").came == line(plain, "sales").came - 1234
    assert line(found, "sales").customers == line(plain, "sales").customers
