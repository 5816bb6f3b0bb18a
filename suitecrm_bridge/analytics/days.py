"""Dates as the canonical facts hold them: integer days since 1970-01-01."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_EPOCH = date(1970, 1, 1).toordinal()


def to_day(value: date) -> int:
    """Return the integer day of a date.

    Raises:
        DataError: it is no date.
    """
    if not isinstance(value, date) or pd.isna(value):
        raise DataError(text("analytics.no_day", value=repr(value), kind=type(value).__name__))
    return value.toordinal() - _EPOCH


def to_date(day: int) -> date:
    """Return the date of an integer day."""
    return date.fromordinal(day + _EPOCH)


def to_dates(days: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of integer days as dates, None where the day is missing."""
    dates = {day: to_date(int(day)) for day in days.dropna().unique()}
    values = [None if pd.isna(day) else dates[day] for day in days]
    return pd.Series(values, index=days.index, dtype=object, name=days.name)
