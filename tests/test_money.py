from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.money import cents, units


@pytest.mark.parametrize(
    ("hundredths", "amount"), [(0, "0.00"), (-1, "-0.01"), (10**15 + 5, "10000000000000.05")]
)
def test_hundredths_become_units_and_come_back(hundredths, amount):
    assert units(hundredths) == Decimal(amount)
    assert cents(Decimal(amount)) == hundredths


@pytest.mark.parametrize("missing", [None, pd.NA, pd.NaT, np.nan, float("nan"), np.float64("nan")])
def test_what_is_missing_stays_missing(missing):
    assert units(missing) is None


@pytest.mark.parametrize(("amount", "hundredths"), [("0.005", 0), ("0.015", 2), ("-0.025", -2)])
def test_half_a_hundredth_goes_to_the_even(amount, hundredths):
    assert cents(Decimal(amount)) == hundredths
