"""The board of charts: what is usual of each product, country and theme, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.dispersion import DENSE, Flags, Floats
from suitecrm_bridge.analytics.complaints.exposure import (
    MONTH,
    WEEK,
    Weeks,
    exposure,
    first_day,
    grouped,
)
from suitecrm_bridge.analytics.complaints.shocks import Together
from suitecrm_bridge.analytics.complaints.usual import Shock, Usual, terms
from suitecrm_bridge.catalogue.alarms import Alarms

OTHERS = 3
"""This many charts with a past of their own tell what is usual of one without."""
SEASONS = 104
"""Weeks of two years: with fewer before those that are looked at, a season cannot be told."""
FRESH = MONTH
"""At least this many weeks are looked at."""
RULES = {1: (1.0, 0.4, 0.1), MONTH: (1.0, 0.5, 0.25)}
"""By the weeks of a period: how much the last one counts in the mean of those that are looked at.
The first rule takes it alone, the second finds what is split over a few, the third slow drifts."""

_LEAST = 1e-300

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Charts of one dimension that are counted by the same thing in periods of the same length.

    `rows` are the numbers of the charts; `size` the weeks of a period; arrays have a row for each
    of `rows`. `amount` is the exposure of each period; `judged` tells of which charts enough is
    known, `own` of which by their own past; `short` whether the past of all is too short.
    """

    dimension: str
    rows: Ints
    size: int
    basis: str
    amount: Floats
    usual: Usual
    own: Flags
    short: bool

    @property
    def judged(self) -> Flags:
        """Charts with a past, and those without where others can tell."""
        if self.short:
            return np.zeros(len(self.rows), dtype=np.bool_)
        return np.asarray(self.own | (self.own.sum() >= OTHERS))


@dataclass
class Board:
    """All charts, a row each; `cells` are complaints by product, country, theme and week.

    `dimensions` are of every row. `share` is how much of each cell no alarm has explained so far.
    """

    dimensions: npt.NDArray[np.str_]
    cells: pd.DataFrame
    sales: Floats
    weeks: Weeks
    rules: Alarms
    share: Floats = field(init=False)
    groups: Sequence[Group] = field(init=False)

    def __post_init__(self) -> None:
        self.share = np.ones(len(self.cells))
        self.groups = list(_groups(self))

    @property
    def chance(self) -> float:
        """The chance of a false alarm of one chart in a period (Šidák)."""
        number = sum(int(group.judged.sum()) for group in self.groups)
        return float(-np.expm1(np.log1p(-self.rules.chance) / max(number, 1)))

    @property
    def recent(self) -> slice:
        """The weeks that are looked at: fewer where two years before them would be missing."""
        spare = self.weeks.now - self.began - SEASONS - MONTH
        weeks = min(self.rules.recent_days // WEEK, max(spare, FRESH))
        return slice(max(self.weeks.now - weeks, 0), self.weeks.now + 1)

    @property
    def began(self) -> int:
        """The week (column) since which complaints are kept, as far as that shows.

        The first one tells, less the weeks that pass from one with a complaint to the next.
        """
        weeks = np.unique(self.cells["week"].to_numpy("int64") - self.weeks.first)
        if not weeks.size:
            return self.weeks.now
        return max(int(weeks[0] - (self.weeks.now - weeks[0]) / weeks.size), 0)

    def counts(self) -> Floats:
        """Return what is unexplained of the complaints of each chart and week."""
        number = self.cells["number"].to_numpy("float64") * self.share
        sums = np.zeros((len(self.dimensions), self.weeks.count))
        for dimension in np.unique(self.dimensions):
            own = self.cells[dimension].to_numpy("int64") >= 0
            kept = self.cells[own]
            sums += self.weeks.spread(len(sums), kept[dimension], kept["week"], number[own])
        return sums

    def scores(self, group: Group, counts: Floats) -> Floats:
        """Return how strongly each chart alarms: the negative logarithm of a chance.

        The last period that is over and the one under way are looked at.
        """
        number = grouped(counts[group.rows], group.size)
        now, first = self.weeks.now // group.size, self.recent.start // group.size
        least = np.ones(len(group.rows))
        for end in range(max(now, first + 1), now + 2):
            for share in RULES[group.size]:
                weights = charts.weights(number.shape[1], first, end, share)
                least = np.minimum(least, charts.chances(number, group.usual, weights))
        return np.where(group.judged, -np.log(np.maximum(least, _LEAST)), 0.0)

    def expected(self, group: Group, row: int) -> Floats:
        """Return what is usual of one chart in each week, up to now."""
        weekly = np.repeat(group.usual.expected[row] / group.size, group.size)
        return np.asarray(weekly * self.weeks.elapsed)

    def explain(self, chart: int, week: int, share: float) -> None:
        """Leave but a share of the complaints of a chart from a week (column) on."""
        own = self.cells[self.dimensions[chart]].to_numpy("int64") == chart
        late = self.cells["week"].to_numpy("int64") >= self.weeks.first + week
        self.share[own & late] *= share


@dataclass(frozen=True)
class _Part:
    """What a group is made from; `past` are the periods that it is learnt from."""

    dimension: str
    rows: Ints
    size: int
    basis: str
    number: Floats
    amount: Floats
    past: Flags
    design: Floats

    def usual(self, shock: Shock | None) -> Usual:
        return charts.baseline(self.number, self.amount, self.past, self.design, shock)

    def together(self) -> Together:
        return Together.of(self.number, self.usual(Shock()), self.past)


def _groups(board: Board) -> Iterator[Group]:
    parts = list(_parts(board))
    shocks = _shocks(parts)
    past = _past(board)
    for part in parts:
        usual = part.usual(shocks[part.size])
        own = usual.periods >= board.rules.least_periods
        short = int(past.sum()) < SEASONS
        yield Group(
            part.dimension, part.rows, part.size, part.basis, part.amount, usual, own, short
        )


def _shocks(parts: Sequence[_Part]) -> dict[int, Shock | None]:
    """Return the common shocks of a week, and of four.

    That of four weeks is a quarter of a week's, unless shocks last: then it is what they show.
    """
    found = {size: Together() for size in RULES}
    for part in parts:
        found[part.size] = found[part.size].plus(part.together())
    weekly = found[1].plus(found[MONTH], times=MONTH).variance
    if weekly is None:
        return dict.fromkeys(RULES)
    return {
        size: Shock(max(weekly / size, one.variance or 0.0), one.stays)
        for size, one in found.items()
    }


def _parts(board: Board) -> Iterator[_Part]:
    weeks, counts = board.weeks, board.counts()
    sold = exposure(board.sales, weeks)
    by_sales = sold[:, weeks.now] > 0
    amount = np.where(by_sales[:, None], sold, 1.0)
    past = _past(board)
    often = np.where(past, counts, 0.0).sum(axis=1) >= DENSE * max(int(past.sum()), 1)
    for dimension, size, basis in product(np.unique(board.dimensions), RULES, ("sales", "days")):
        rows = np.flatnonzero(
            (board.dimensions == dimension)
            & (often == (size == 1))
            & (by_sales == (basis == "sales"))
        )
        if rows.size:
            whole = grouped(past[None].astype(np.float64), size) == size
            by_period = grouped(amount[rows], size)
            middle = WEEK * size * (np.arange(by_period.shape[1], dtype=np.float64) + 0.5)
            yield _Part(
                str(dimension),
                rows,
                size,
                basis,
                grouped(counts[rows], size),
                by_period,
                whole & (by_period > 0),
                terms(first_day(weeks.first) + middle),
            )


def _past(board: Board) -> Flags:
    """Return the weeks of the baseline: none before complaints were kept, none of the latest."""
    began = (board.began // MONTH + 1) * MONTH if len(board.cells) else board.weeks.count
    last = board.recent.start // MONTH * MONTH
    first = max(last - board.rules.baseline_days // WEEK, began)
    week = np.arange(board.weeks.count)
    return np.asarray((week >= first) & (week < last))
