"""What was forecast of the last part of the history, against what came and a naive way.

Everything is forecast on one day with what was known then. The naive ways are those that people use
without any model: each customer spends as much as in as many days before; who bought then, buys
again; everybody is offered the best seller.

Reference:
    Wübben, M. and von Wangenheim, F. (2008), Instant Customer Base Analysis: Managerial Heuristics
    Often "Get It Right", Journal of Marketing 72 (3), 82–93, for these heuristics, which models
    do not always beat.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import binomtest, t

from suitecrm_bridge.analytics import offers
from suitecrm_bridge.analytics.bg_nbd import MIN_CUSTOMERS, BgNbd, fit_bg_nbd
from suitecrm_bridge.analytics.churn import HORIZON_DAYS, LEAST_HORIZON_DAYS
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.fitting import Floats, NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma, fit_gamma_gamma
from suitecrm_bridge.analytics.paired import CONFIDENCE, Paired, Verdict, judged

Figure = Literal["value", "churn", "offer"]

FIGURES: tuple[Figure, ...] = ("value", "churn", "offer")

BANDS = (0.2, 0.5)
"""Chances between which customers are told together."""

TOO_SHORT = "too_short"
NO_PRODUCTS = "no_products"


@dataclass(frozen=True)
class Line:
    """A figure that was forecast, what came, and the naive way.

    `measure`: of the value "sales" (in hundredths, summed) and "missed" (by how many hundredths a
    customer, on average); of churn "right" (share of customers rightly said to buy again or not)
    and "band_0" to "band_2" (chance to buy again, and share that did); of an offer the way (share
    of customers who bought what it named). `low` and `high` bound by how much it is better than
    the naive way: by which part of its miss, or by which share of the customers; for a band, they
    bound what came. `verdict` is None where there is none to give, `reason` says why there is no
    figure.
    """

    figure: Figure
    measure: str
    customers: int = 0
    forecast: float | None = None
    came: float | None = None
    naive: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict | None = None
    reason: NotFitted | str | None = None


@dataclass(frozen=True)
class HeldOut:
    """How forecasts made on the day `until` did by `as_of`."""

    until: date
    as_of: date
    lines: tuple[Line, ...]

    @property
    def days(self) -> int:
        """How many days were held out."""
        return (self.as_of - self.until).days

    def of(self, figure: Figure) -> list[Line]:
        """Return the lines of a figure."""
        return [line for line in self.lines if line.figure == figure]


def hold_out(
    engine: SqlEngine, entity: str, as_of: date, *, min_customers: int = MIN_CUSTOMERS
) -> HeldOut:
    """Forecast the last part of the history, up to a year and at most half, with what was before.

    Tables in: `purchases` and `rfm_cuts` as `rfm.compute` leaves them; `line_facts` and
    `product_facts`, as `offers.compute` takes them.

    Args:
        engine: holds the tables.
        entity: which kind of customer.
        as_of: the last day of what came.
        min_customers: fewest customers for a fit.

    Raises:
        DataError: a table is missing.
    """
    engine.look_from(as_of)
    known = engine.fetch("purchase_kinds").set_index("entity")["first_day"]
    half = (to_day(as_of) - int(known[entity])) // 2 if entity in known.index else 0
    days = min(HORIZON_DAYS, half)
    until = as_of - timedelta(days=days)
    if days < LEAST_HORIZON_DAYS:
        short = tuple(Line(figure, "reason", reason=TOO_SHORT) for figure in FIGURES)
        return HeldOut(until, as_of, short)
    engine.values(
        "summary_days",
        {"entity": entity, "as_of_day": to_day(until), "until_day": to_day(as_of)},
    )
    rows = engine.fetch("value_holdout")
    tried = offers.tried(engine, as_of).get(entity, [])
    lines = [*_forecast(rows, days, min_customers), *_offered(tried)]
    return HeldOut(until, as_of, tuple(lines))


def less_missed(
    own: Floats, naive: Floats, confidence: float = CONFIDENCE
) -> tuple[float, float] | None:
    """Return the bounds of the part by which the mean of `own` is below that of `naive`.

    By the delta method on the logarithm of the ratio of the two means, customer by customer, with
    Student's t. A few customers who buy for very much make the spread itself uncertain: it has as
    many degrees of freedom as Satterthwaite gives a variance with their kurtosis. None where one
    mean is 0.
    """
    if naive.sum() <= 0 or own.sum() <= 0:
        return None
    ratio = float(own.mean() / naive.mean())
    parts = own / own.mean() - naive / naive.mean()
    variance = float(parts.var(ddof=1))
    if variance == 0:
        return 1 - ratio, 1 - ratio
    tails = max(float((parts**4).mean()) / variance**2 - 1, 1.0)
    freedom = max(2.0, min(len(parts) - 1.0, 2 * len(parts) / tails))
    reach = float(t.ppf((1 + confidence) / 2, freedom)) * np.sqrt(variance / len(parts))
    return 1 - ratio * float(np.exp(reach)), 1 - ratio * float(np.exp(-reach))


def _forecast(rows: pd.DataFrame, days: int, min_customers: int) -> Iterator[Line]:
    history = tuple(
        rows[name].to_numpy(dtype=np.float64) for name in ("frequency", "recency", "age")
    )
    buying = fit_bg_nbd(*history, min_customers=min_customers)
    if isinstance(buying, NotFitted):
        yield Line("value", "reason", buying.found, reason=buying)
        yield Line("churn", "reason", buying.found, reason=buying)
        return
    # What refunds ate up is nothing, as in the scores.
    repeats = np.maximum(rows["repeat_cents"].to_numpy(dtype=np.float64), 0.0)
    average = np.divide(repeats, history[0], out=np.zeros(len(rows)), where=history[0] > 0)
    spending = fit_gamma_gamma(history[0], average)
    if isinstance(spending, GammaGamma):
        bought = buying.expected_purchases(days, *history)
        yield from _value(rows, bought * spending.expected_average(history[0], average))
    else:
        yield Line("value", "reason", spending.found, reason=spending)
    yield from _churn(rows, _chances(buying, days, history))


def _chances(model: BgNbd, days: int, history: tuple[Floats, ...]) -> Floats:
    return model.probability_of_purchase(days, *history)


def _value(rows: pd.DataFrame, forecast: Floats) -> Iterator[Line]:
    came, before = (rows[name].to_numpy(dtype=np.float64) for name in ("cents", "cents_before"))
    count = len(rows)
    yield Line(
        "value", "sales", count, float(forecast.sum()), float(came.sum()), float(before.sum())
    )
    missed, naive = np.abs(forecast - came), np.abs(before - came)
    bounds = less_missed(missed, naive)
    low, high = bounds or (None, None)
    verdict = judged(*bounds, 1.0) if bounds else "no_better"
    yield Line(
        "value",
        "missed",
        count,
        float(missed.mean()),
        None,
        float(naive.mean()),
        low,
        high,
        verdict,
    )


def _churn(rows: pd.DataFrame, chance: Floats) -> Iterator[Line]:
    came, before = (rows[name].to_numpy(dtype=np.int64) > 0 for name in ("bought", "bought_before"))
    right, naive = (chance >= 0.5) == came, before == came
    paired = Paired(
        len(rows),
        int(right.sum()),
        int(naive.sum()),
        int((right & ~naive).sum()),
        int((naive & ~right).sum()),
    )
    yield _line("churn", "right", paired)
    band = np.searchsorted(BANDS, chance, side="right")
    for place in range(len(BANDS) + 1):
        own = band == place
        if own.any():
            count, back = int(own.sum()), int(came[own].sum())
            bounds = binomtest(back, count).proportion_ci(CONFIDENCE, method="wilson")
            yield Line(
                "churn",
                f"band_{place}",
                count,
                float(chance[own].mean()),
                back / count,
                None,
                float(bounds.low),
                float(bounds.high),
            )


def _offered(tried: list[offers.Tried]) -> Iterator[Line]:
    if not tried:
        yield Line("offer", "reason", reason=NO_PRODUCTS)
    order = {way: place for place, way in enumerate(offers.WAYS)}
    for one in sorted(tried, key=lambda one: order[one.way]):
        yield _line("offer", one.way, one.paired)


def _line(figure: Figure, measure: str, paired: Paired) -> Line:
    low, high = paired.interval()
    return Line(
        figure,
        measure,
        paired.customers,
        paired.rate,
        None,
        paired.naive_rate,
        low,
        high,
        paired.verdict(),
    )
