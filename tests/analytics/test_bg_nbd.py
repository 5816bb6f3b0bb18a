import json
import subprocess
import sys
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import beta

from suitecrm_bridge.analytics import bg_nbd, clv
from suitecrm_bridge.analytics.bg_nbd import BgNbd
from suitecrm_bridge.analytics.fitting import Maximum, NotFitted
from suitecrm_bridge.errors import DataError

from . import cdnow
from .buyers import buyers

PRINTED = BgNbd(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)
"""Table 2 of the paper."""

PEER = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pandas as pd
from lifetimes import BetaGeoFitter
rows = pd.read_csv(sys.argv[1])
fitter = BetaGeoFitter().fit(rows["frequency"], rows["recency"], rows["T"])
ahead = fitter.conditional_expected_number_of_purchases_up_to_time(
    39, rows["frequency"], rows["recency"], rows["T"])
alive = fitter.conditional_probability_alive(rows["frequency"], rows["recency"], rows["T"])
print(json.dumps([dict(fitter.params_), ahead.tolist(), alive.tolist()]))
"""


@pytest.fixture(scope="module")
def summary() -> pd.DataFrame:
    return cdnow.summary()


@pytest.fixture(scope="module")
def fitted(summary: pd.DataFrame) -> BgNbd:
    found = clv.fit_bg_nbd(summary["frequency"], summary["recency"], summary["T"])
    assert isinstance(found, BgNbd)
    return found


def test_the_fit_has_the_printed_parameters_of_cdnow(fitted: BgNbd) -> None:
    found = [round(value, 3) for value in (fitted.r, fitted.alpha, fitted.a, fitted.b)]
    assert found == [0.243, 4.414, 0.793, 2.426]
    assert round(fitted.log_likelihood, 1) == -9582.4
    assert fitted.customers == 2357


def test_lifetimes_has_the_same_parameters_and_forecasts(
    summary: pd.DataFrame, fitted: BgNbd
) -> None:
    path = cdnow.file("cdnow_customers_summary.csv")
    done = subprocess.run(
        [sys.executable, "-c", PEER, str(path)], capture_output=True, check=True, encoding="utf-8"
    )
    parameters, ahead, alive = json.loads(done.stdout)
    ours = asdict(fitted)
    for name, value in parameters.items():
        assert ours[name] == pytest.approx(value, abs=1e-3)
    history = (summary["frequency"], summary["recency"], summary["T"])
    assert fitted.expected_purchases(39, *history) == pytest.approx(np.array(ahead), abs=1e-3)
    assert fitted.probability_alive(*history) == pytest.approx(np.array(alive), abs=1e-4)


def test_the_customer_of_the_published_spreadsheet_buys_1_226_times_in_39_weeks() -> None:
    assert PRINTED.expected_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=5e-4)


def test_a_fit_takes_any_unit_of_time(summary: pd.DataFrame, fitted: BgNbd) -> None:
    days = clv.fit_bg_nbd(summary["frequency"], summary["recency"] * 7, summary["T"] * 7)
    assert isinstance(days, BgNbd)
    assert days.alpha == pytest.approx(7 * fitted.alpha, rel=1e-6)
    assert (days.r, days.a, days.b) == pytest.approx((fitted.r, fitted.a, fitted.b), rel=1e-6)
    assert days.expected_purchases(70, 2, 20, 300) == pytest.approx(
        fitted.expected_purchases(10, 2, 20 / 7, 300 / 7), rel=1e-6
    )


@pytest.mark.parametrize(
    "logs", [(0, 0, 0, 0), (-1.4, -2, -0.2, 0.9), (2, 3, -3, 4), (-3, 1, 2, -2)]
)
def test_the_gradient_is_that_of_the_likelihood(logs: tuple[float, ...]) -> None:
    frequency, recency, age = buyers(500, 5, r=0.6, alpha=40, a=0.7, b=9)
    likelihood = bg_nbd.Likelihood(frequency, recency / 730, age / 730)
    at = np.array(logs, dtype=float)
    differences = approx_fprime(at, lambda logs: likelihood(logs)[0], 1e-7)
    assert likelihood(at)[1] == pytest.approx(differences, abs=2e-6)


def test_the_likelihood_of_a_customer_is_that_of_the_paper() -> None:
    """Equation (6), whose two integrals are done by hand: L(λ, p) over Gamma and Beta."""
    r, alpha, a, b, x, tx, age = 1.5, 2.0, 1.2, 3.4, 3.0, 1.1, 2.3

    def of_rate(rate: float, time: float) -> float:
        density = alpha**r * rate ** (r - 1) * np.exp(-alpha * rate) / 0.886226925452758
        return float(rate**x * np.exp(-rate * time) * density)

    stayed = beta(a, b).expect(lambda p: (1 - p) ** x) * quad(of_rate, 0, 50, args=(age,))[0]
    left = beta(a, b).expect(lambda p: p * (1 - p) ** (x - 1)) * quad(of_rate, 0, 50, args=(tx,))[0]
    one = [np.array([value]) for value in (x, tx, age)]
    found = bg_nbd.Likelihood(*one)(np.log([r, alpha, a, b]))[0]
    assert found == pytest.approx(-np.log(stayed + left), rel=1e-7)


@pytest.mark.parametrize(
    ("seed", "r", "alpha", "a", "b"),
    [(1, 0.6, 40, 0.7, 9), (2, 2, 60, 0.5, 4), (3, 0.3, 10, 1, 12)],
)
def test_a_fit_finds_the_parameters_that_made_the_customers(
    seed: int, r: float, alpha: float, a: float, b: float
) -> None:
    found = clv.fit_bg_nbd(*buyers(40_000, seed, r=r, alpha=alpha, a=a, b=b))
    assert isinstance(found, BgNbd)
    # A purchase in whole days comes up to a day late: alpha grows a little with it.
    assert (found.r, found.alpha) == pytest.approx((r, alpha), rel=0.12)
    assert (found.a, found.b) == pytest.approx((a, b), rel=0.15)


def test_a_fit_converges_where_the_gradient_is_zero() -> None:
    """On such customers lifetimes raises ConvergenceError: its optimizer calls flat a failure."""
    frequency, recency, age = buyers(3000, 1, r=1, alpha=5, a=1.5, b=30)
    found = clv.fit_bg_nbd(frequency, recency, age)
    assert isinstance(found, BgNbd)
    likelihood = bg_nbd.Likelihood(frequency, recency, age)
    slope = likelihood(np.log([found.r, found.alpha, found.a, found.b]))[1]
    assert np.abs(slope).max() < 1e-8


def test_a_fit_converges_on_87_000_customers_whenever_the_observation_ends() -> None:
    frequency, recency, age = buyers(87_000, 1, r=0.6, alpha=40, a=0.7, b=9)
    for days in (0, 2):
        assert isinstance(clv.fit_bg_nbd(frequency, recency, age + days), BgNbd)


def test_too_few_customers_are_not_fitted() -> None:
    frequency, recency, age = buyers(49, 1, r=1, alpha=20, a=1, b=5)
    assert clv.fit_bg_nbd(frequency, recency, age) == NotFitted("too_few_customers", 49, 50)
    found = clv.fit_bg_nbd(frequency, recency, age, min_customers=500)
    assert found == NotFitted("too_few_customers", 49, 500)


def test_customers_who_never_came_back_are_not_fitted() -> None:
    nothing = np.zeros(200)
    found = clv.fit_bg_nbd(nothing, nothing, nothing + 50, min_repeat_buyers=0)
    assert found == NotFitted("too_few_repeat_buyers", 0, 1)


def test_customers_who_are_all_equal_are_forecast_to_go_on() -> None:
    same = np.ones(200)
    found = clv.fit_bg_nbd(5 * same, 100 * same, 120 * same)
    assert isinstance(found, BgNbd)
    assert found.prior
    assert found.expected_purchases(120, 5, 100, 120) == pytest.approx(5, rel=0.05)


def test_customers_who_never_leave_are_forecast_to_stay() -> None:
    chance = np.random.default_rng(4)
    frequency = chance.poisson(20, 300).astype(float)
    age = np.full(300, 400.0)
    found = clv.fit_bg_nbd(frequency, age, age)
    assert isinstance(found, BgNbd)
    assert found.prior
    assert found.probability_alive(20, 400, 410) > 0.99
    assert found.expected_purchases(400, 20, 400, 400) == pytest.approx(20, rel=0.05)


def test_customers_who_all_leave_alike_need_the_prior_and_are_found_again() -> None:
    frequency, recency, age = buyers(400, 6, r=0.6, alpha=40, a=800, b=7200)
    found = clv.fit_bg_nbd(frequency, recency, age)
    assert isinstance(found, BgNbd)
    assert found.prior
    assert found.a / (found.a + found.b) == pytest.approx(0.1, rel=0.25)
    assert found.expected_purchases_new(age).sum() == pytest.approx(frequency.sum(), rel=0.1)


def test_the_prior_stays_away_where_the_purchases_say_enough(fitted: BgNbd) -> None:
    assert not fitted.prior


def test_a_model_that_misses_the_purchases_it_was_fitted_on_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frequency, recency, age = buyers(300, 1, r=1, alpha=20, a=1, b=5)
    wrong = Maximum(np.array([6.0, 0.0, -3.0, 3.0]), prior=False)
    monkeypatch.setattr(bg_nbd, "maximise", lambda *_: wrong)
    found = clv.fit_bg_nbd(frequency, recency, age)
    assert found == NotFitted("absurd_parameters", 300)


def test_everything_on_the_day_of_the_first_purchase_is_not_fitted() -> None:
    found = clv.fit_bg_nbd(np.zeros(0), np.zeros(0), np.zeros(0), min_customers=0)
    assert found == NotFitted("too_few_repeat_buyers", 0, 30)
    nothing = np.zeros(150)
    assert isinstance(clv.fit_bg_nbd(nothing, nothing, nothing), NotFitted)


@pytest.mark.parametrize(
    ("frequency", "recency", "age"),
    [
        (-1, 0, 5),
        (1, 6, 5),
        (0.5, 1, 5),
        (0, 3, 5),
        (1, 0, 5),
        (1, np.nan, 5),
        (1, 2, np.inf),
        (1, -2, 5),
    ],
)
def test_an_impossible_history_is_refused(frequency: float, recency: float, age: float) -> None:
    with pytest.raises(DataError):
        clv.fit_bg_nbd([frequency], [recency], [age])


def test_a_missing_value_of_a_frame_is_refused() -> None:
    column = pd.Series([1, None], dtype="Int64")
    with pytest.raises(DataError, match="frequency"):
        clv.fit_bg_nbd(column, [1, 1], [2, 2])


@pytest.mark.parametrize(
    ("expected", "t", "x", "age", "model"),
    [
        (1.19672319332, 39, 0, 0, (0.243, 4.414, 0.793, 2.426)),
        (208.965968066, 365, 300, 500, (0.5, 10, 0.1, 8)),
        (363.016627934, 365, 5000, 5000, (0.5, 10, 0.1, 8)),
        (13.7598408154, 365, 5, 100, (50, 1000, 3, 80)),
        (1126.11885083, 3650, 0, 0, (0.5, 1, 0.01, 0.02)),
        (34.7480797473, 365, 2, 10, (0.5, 1, 0.3, 0.2)),
        (852.381150911, 30, 1000, 1, (0.811, 5.955, 1.923, 0.115)),
        (2210.23944353, 365, 100, 1, (26.77, 17.147, 0.061, 6.248)),
    ],
)
def test_large_values_are_forecast_as_with_fifty_digits(
    expected: float, t: float, x: float, age: float, model: tuple[float, float, float, float]
) -> None:
    """The expectations were worked out with mpmath, from Gauss's function as the paper has it."""
    assert BgNbd(*model, 0.0, 1).expected_if_alive(t, x, age) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("a", "b"), [(1.0, 2.0), (0.4, 0.6), (1 + 1e-9, 3.0), (1.0, 0.0001)])
def test_a_forecast_does_not_jump_where_the_formula_divides_by_zero(a: float, b: float) -> None:
    at = BgNbd(0.5, 10, a, b, 0.0, 1).expected_if_alive(100, [0, 1, 50], 60)
    near = BgNbd(0.5, 10, a * 1.001, b, 0.0, 1).expected_if_alive(100, [0, 1, 50], 60)
    assert at == pytest.approx(near, rel=2e-3)


def test_a_forecast_stays_finite_where_the_hypergeometric_function_overflows() -> None:
    found = float(BgNbd(143.9, 2.907, 24.35, 49.9, 0.0, 1).expected_if_alive(365, 100, 30))
    assert found == pytest.approx(7.42, rel=0.05)


def test_more_time_brings_more_purchases_also_where_the_function_overflows() -> None:
    model = BgNbd(1.0, 1.0, 2.0, 1.0, 0.0, 1)
    near, far = (float(model.expected_if_alive(time, 99, 1.0)) for time in (10.0, 20.0))
    assert (near, far) == (pytest.approx(84.0254514, rel=1e-8), pytest.approx(91.7340236, rel=1e-8))


positive = st.floats(0.05, 50)


def test_customers_who_share_a_history_weigh_as_many() -> None:
    rows = cdnow.summary().groupby(["frequency", "recency", "T"], as_index=False).size()
    shared = bg_nbd.fit_bg_nbd(
        rows["frequency"], rows["recency"], rows["T"], customers=rows["size"]
    )
    every = cdnow.summary()
    alone = bg_nbd.fit_bg_nbd(every["frequency"], every["recency"], every["T"])
    assert isinstance(shared, BgNbd)
    assert isinstance(alone, BgNbd)
    assert shared.customers == alone.customers == 2357
    assert (shared.r, shared.alpha, shared.a, shared.b) == pytest.approx(
        (alone.r, alone.alpha, alone.a, alone.b), rel=1e-8
    )
    assert shared.log_likelihood == pytest.approx(alone.log_likelihood)
