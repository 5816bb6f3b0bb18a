"""Who stays and who goes, as a report shows it: months, and how long customers stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

SHOWN_MONTHS = 12
"""The latest months on the page; the workbook holds all."""


@dataclass(frozen=True)
class StayingData:
    """Frames of `analytics.retention`: `months`, and `survival` by days since the first purchase.

    `first_limit` is after how many days of silence somebody counts as lost who bought once.
    """

    first_limit: int
    months: pd.DataFrame
    survival: pd.DataFrame


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Who came and went in a month; of one that is not provisional nothing changes any more."""

    month: date
    customers_at_start: int
    new_customers: int
    won_back: int
    lost: int
    churn_rate: float | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class SurvivalRow:
    """Between which shares of the customers are still there, and their 95 % limits."""

    days: int
    at_risk: int
    lost: int
    earliest: float | None
    latest: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Staying:
    """The checked rows of `StayingData`."""

    first_limit: int
    months: Sequence[MonthRow]
    survival: Sequence[SurvivalRow]
