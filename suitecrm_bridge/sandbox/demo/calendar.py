"""The three years that the demo covers, and how busy each of their days is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from suitecrm_bridge.sandbox.demo.values import DAY, Floats, Ints

DAYS = 3 * 365
OPENING, CLOSING = 7 * 3600, 19 * 3600
EPOCH = date(1970, 1, 1).toordinal()

# Monday to Sunday, January to December. People shop at weekends and before Christmas;
# companies on working days, with a hollow in August.
HOME_WEEK = (0.9, 0.9, 1.0, 1.0, 1.1, 1.4, 0.7)
HOME_YEAR = (1.1, 0.8, 0.9, 0.95, 1.05, 1.0, 0.8, 0.7, 1.0, 1.0, 1.4, 1.7)
TRADE_WEEK = (1.2, 1.3, 1.2, 1.2, 1.1, 0.2, 0.02)
TRADE_YEAR = (0.9, 0.95, 1.05, 1.1, 1.1, 1.1, 0.9, 0.55, 1.2, 1.1, 1.1, 0.9)


@dataclass(frozen=True)
class Calendar:
    """The days up to `as_of`, included.

    Customers live in busy time: an even stream of moments from 0 to `DAYS` which is denser on
    busy days once it is turned into dates.
    """

    as_of: date

    @property
    def last_day(self) -> int:
        """Epoch day of `as_of`."""
        return self.as_of.toordinal() - EPOCH

    @property
    def first_day(self) -> int:
        """Epoch day on which the three years begin."""
        return self.last_day - DAYS + 1

    @property
    def last_second(self) -> int:
        """Epoch second at which nothing later has happened yet."""
        return (self.last_day + 1) * DAY - 1

    def days(self, busy_time: Floats, business: npt.NDArray[np.bool_]) -> Ints:
        """Return the epoch days of moments in busy time, of companies or of private people."""
        home, trade = self._edges
        offset = np.where(
            business,
            np.searchsorted(trade, busy_time, side="right"),
            np.searchsorted(home, busy_time, side="right"),
        )
        return self.first_day + np.minimum(offset, DAYS - 1).astype(np.int64)

    @cached_property
    def _edges(self) -> tuple[Floats, Floats]:
        days = np.arange(self.first_day, self.last_day + 1)
        weekday = (days + 3) % 7
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
        return (
            _edges(np.array(HOME_WEEK)[weekday] * np.array(HOME_YEAR)[month]),
            _edges(np.array(TRADE_WEEK)[weekday] * np.array(TRADE_YEAR)[month]),
        )


def at_opening_hours(rng: np.random.Generator, day: Ints) -> Ints:
    """Return a second of each day at which the house is open."""
    return day * DAY + OPENING + (rng.random(len(day)) * (CLOSING - OPENING)).astype(np.int64)


def _edges(weights: Floats) -> Floats:
    total = np.cumsum(weights)
    return np.asarray(total / total[-1] * DAYS, dtype=np.float64)
