"""What BG/NBD forecasts for customers with a history."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.analytics.bg_nbd import BgNbd

PRINTED = BgNbd(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)


positive = st.floats(0.05, 50)


@given(
    r=positive,
    alpha=positive,
    a=positive,
    b=positive,
    x=st.integers(0, 300),
    last=st.floats(0.01, 1),
    age=st.floats(1, 2000),
    t=st.floats(1, 2000),
)
def test_forecasts_are_possible_numbers(
    r: float, alpha: float, a: float, b: float, x: int, last: float, age: float, t: float
) -> None:
    model = BgNbd(r, alpha, a, b, 0.0, 1)
    history = (x, last * age if x else 0.0, age)
    alive = float(model.probability_alive(*history))
    ahead, further = (float(model.expected_if_alive(time, x, age)) for time in (t, 2 * t))
    again = float(model.probability_of_purchase(t, *history))
    assert 0 <= alive <= 1
    assert 0 <= again <= alive
    assert 0 < ahead <= further * (1 + 1e-9)
    assert ahead <= (r + x) / (alpha + age) * t * (1 + 1e-6)
    assert ahead * alive >= again * (1 - 1e-6)


def test_silence_makes_a_customer_less_likely_to_be_alive() -> None:
    found = PRINTED.probability_alive(5, 20, [20, 25, 30, 60])
    assert (np.diff(found) < 0).all()
    assert PRINTED.probability_alive(0, 0, 500) == 1


def test_a_new_customer_is_one_without_history() -> None:
    assert PRINTED.expected_purchases_new(39) == PRINTED.expected_purchases(39, 0, 0, 0)
