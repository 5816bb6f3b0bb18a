"""Intervals of 95 %: how far chance alone may have moved a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


def numbers(column: pd.Series[Any]) -> Numbers:
    """Return a column of integers as floats, missing ones as NaN."""
    return column.to_numpy(dtype="float64", na_value=np.nan)


def ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Divide where the denominator is above 0; elsewhere nothing is known (NaN)."""
    known = denominator > 0
    return np.where(known, numerator / np.where(known, denominator, 1.0), np.nan)


def poisson(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the exact limits of the expected counts behind observed ones.

    Reference:
        Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28.
    """
    some = np.maximum(counts, 0.5)
    low = np.where(counts > 0, special.gammaincinv(some, _TAIL), 0.0)
    return low, special.gammaincinv(counts + 1, 1 - _TAIL)


def wilson(hits: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return the limits of the share behind `hits` of `n`; NaN where n is 0.

    Reference:
        Wilson, E. B. (1927), Probable inference, the law of succession, and statistical
        inference, Journal of the American Statistical Association 22.
    """
    z = special.ndtri(1 - _TAIL)
    share, slack = ratio(hits, n), ratio(np.full_like(n, z * z), n)
    centre, scale = share + slack / 2, 1 + slack
    spread = np.sqrt(slack * (share * (1 - share) + slack / 4))
    return (centre - spread) / scale, (centre + spread) / scale


def mean(total: Numbers, squares: Numbers, n: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the mean and its limits by Student's t, from sums; limits are NaN where n < 2."""
    average = ratio(total, n)
    variance = ratio(np.maximum(squares - total * np.nan_to_num(average), 0), n - 1)
    spread = special.stdtrit(np.maximum(n - 1, 1), 1 - _TAIL) * np.sqrt(ratio(variance, n))
    return average, average - spread, average + spread


def balance(plus: Numbers, minus: Numbers, n: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return (plus - minus) by n with its limits: answers count 1, 0 or -1; NaN where n < 2."""
    return mean(plus - minus, plus + minus, n)
