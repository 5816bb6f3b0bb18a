"""Complaints and the sales that they come from, week by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints.dispersion import Floats

WEEK = 7
MONTH = 4
"""Weeks of a longer period; such periods begin in weeks that are multiples of it."""
SHORT, LONG = 5, 52
"""Weeks of sales that complaints come from: most from the last, of some things for a year."""
_MONDAY = 3
"""The first week began that many days before 1970-01-01, a Thursday."""


def week_of(day: int) -> int:
    """Return the number of the week, Monday to Sunday, in which an epoch day lies."""
    return (day + _MONDAY) // WEEK


def first_day(week: int) -> int:
    """Return the epoch day on which a week begins."""
    return week * WEEK - _MONDAY


@dataclass(frozen=True)
class Weeks:
    """The weeks from `first` on, in whole longer periods, of which `as_of_day` lies in the last."""

    first: int
    as_of_day: int

    @classmethod
    def between(cls, since_day: int, as_of_day: int) -> Weeks:
        """Return the weeks from one day to another, rounded to whole longer periods."""
        return cls(week_of(since_day) // MONTH * MONTH, as_of_day)

    @property
    def now(self) -> int:
        """The column of the week that has not ended before `as_of_day`."""
        return week_of(self.as_of_day) - self.first

    @property
    def count(self) -> int:
        """Number of columns."""
        return (self.now // MONTH + 1) * MONTH

    @property
    def elapsed(self) -> Floats:
        """How much of each week has passed by the end of `as_of_day`, 0 to 1."""
        begun = self.as_of_day + 1 - first_day(self.first) - WEEK * np.arange(self.count)
        return np.asarray(np.clip(begun / WEEK, 0.0, 1.0))

    def spread(
        self, rows: int, row: pd.Series[int], week: pd.Series[int], number: Floats
    ) -> Floats:
        """Return the sums of `number` by row and week."""
        place = row.to_numpy(dtype="int64") * self.count + week.to_numpy(dtype="int64") - self.first
        sums = np.bincount(place, weights=number, minlength=rows * self.count)
        return np.asarray(sums.reshape(rows, self.count))


def exposure(sales: Floats, weeks: Weeks) -> Floats:
    """Return of how many sales a week the complaints of each whole week come.

    People complain some time after they bought. So it is the mean of the last `SHORT` weeks or of
    the last `LONG`, whichever is more: a busy month is followed by more complaints, and what is
    hardly sold any more is still in use. Weeks to come are like the last one.
    """
    sold = np.flatnonzero(sales.sum(axis=0))
    if not sold.size:
        return np.zeros_like(sales)
    passed = np.where(np.arange(weeks.count) >= sold[0], weeks.elapsed, 0.0)
    mean = np.maximum(_moving(sales, passed, SHORT), _moving(sales, passed, LONG))
    mean[:, weeks.now + 1 :] = mean[:, [weeks.now]]
    return mean


def _moving(sales: Floats, passed: Floats, window: int) -> Floats:
    total, time = _window(sales, window), _window(passed[None], window)
    return np.asarray(total / np.where(time > 0, time, 1.0))


def _window(values: Floats, window: int) -> Floats:
    sums = np.pad(values.cumsum(axis=1), ((0, 0), (window, 0)))
    return np.asarray(sums[:, window:] - sums[:, :-window])


def grouped(values: Floats, size: int) -> Floats:
    """Return the sums of each `size` columns."""
    return np.asarray(values.reshape(len(values), -1, size).sum(axis=2))
