"""Intervals of 95 %: how far chance alone may have moved a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_BETA_TAIL = 0.0175
_LEAST = 1e-12
_NEAR = 1e-9

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


def share(hits: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return the exact limits of the share behind `hits` of `n`; NaN where n is 0.

    Reference:
        Clopper, C. J. and Pearson, E. S. (1934), The use of confidence or fiducial limits
        illustrated in the case of the binomial, Biometrika 26.
    """
    known, size = n > 0, np.maximum(n, 1)
    low = np.where(hits > 0, special.betaincinv(np.maximum(hits, 1), size - hits + 1, _TAIL), 0.0)
    over = special.betaincinv(hits + 1, np.maximum(size - hits, 1), 1 - _TAIL)
    high = np.where(hits < size, over, 1.0)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def mean(
    total: Numbers, squares: Numbers, n: Numbers, ends: tuple[float, float]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the mean of values on a scale and its limits, from sums; NaN where n is 0.

    What few values do not show may lie at the end of the scale: the limit is that of the mean of
    random weights of the values and of one more at this end. Student's t takes a spread that it
    does not see for none, and with five equal answers is certain.

    Args:
        total: sum of the values.
        squares: sum of their squares.
        n: how many there are.
        ends: the least and the greatest value on the scale.

    Reference:
        Gaffke, N. (2005), Three test statistics for a nonparametric one-sided hypothesis on the
        mean of a nonnegative variable, Mathematical Methods of Statistics 14. The weighted mean
        is taken to be beta with its own mean and variance, which needs tails of 1.75 in a hundred
        to hold what those of 2.5 promise; of one value it is uniform.
    """
    least, most = ends
    width = most - least
    parts = np.maximum(total - n * least, 0) / width
    seconds = np.maximum(squares - 2 * least * total + n * least**2, 0) / width**2
    known = n > 0
    size = np.where(known, n, 1)
    low = _quantile(_BETA_TAIL, parts, seconds, size, 0.0)
    high = _quantile(1 - _BETA_TAIL, parts, seconds, size, 1.0)
    low, high = (np.where(known, least + width * limit, np.nan) for limit in (low, high))
    return ratio(total, n), low, high


def balance(plus: Numbers, minus: Numbers, n: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return (plus - minus) by n with its limits: answers count 1, 0 or -1; NaN where n is 0."""
    return mean(plus - minus, plus + minus, n, (-1.0, 1.0))


def _quantile(tail: float, total: Numbers, squares: Numbers, n: Numbers, more: float) -> Numbers:
    """Return the quantile of the weighted mean of `n` values from 0 to 1 and of one more."""
    centre, second = (total + more) / (n + 1), (squares + more) / (n + 1)
    spread = np.maximum((second - centre**2) / (n + 2), _LEAST)
    weight = np.maximum(centre * (1 - centre) / spread - 1, _LEAST)
    below, above = (np.maximum(part * weight, _LEAST) for part in (centre, 1 - centre))
    found = special.betaincinv(below, above, tail)
    from_single = total + tail * (more - total) if more else tail * total
    found = np.where(n == 1, from_single, found)
    return np.where(centre <= _NEAR, 0.0, np.where(centre >= 1 - _NEAR, 1.0, found))
