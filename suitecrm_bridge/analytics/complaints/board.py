"""The board of charts: what is usual of each product, country and theme, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.charts import Flags, Floats
from suitecrm_bridge.analytics.complaints.exposure import MONTH, WEEK, Weeks, exposure, grouped
from suitecrm_bridge.catalogue.alarms import Alarms

OTHERS = 3
"""So many charts with a past of their own tell what is usual of one without."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Charts of one dimension that are counted by the same thing in periods of the same length.

    `rows` are the numbers of the charts; `size` the weeks of a period; arrays have a row for each
    of `rows`. `amount` is the exposure of each period; `judged` tells of which charts enough is
    known, `own` of which by their own past.
    """

    dimension: str
    rows: Ints
    size: int
    basis: str
    amount: Floats
    usual: charts.Baseline
    own: Flags

    @property
    def judged(self) -> Flags:
        """Charts with a past, and those without where others can tell."""
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
        """The weeks that are looked at."""
        return slice(max(self.weeks.now - self.rules.recent_days // WEEK, 0), self.weeks.now + 1)

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
        now = self.weeks.now // group.size
        first = max(now - self.rules.recent_days // WEEK // group.size, 0)
        scores = np.zeros(len(group.rows))
        for end in range(max(now, first + 1), now + 2):
            own, amount = number[:, first:end], group.amount[:, first:end]
            rise = charts.evidence(own, amount, group.usual, self.rules.rise).max(axis=1)
            chance = charts.tail(own[:, -1:], amount[:, -1:], group.usual)[:, 0]
            scores = np.maximum(scores, np.maximum(rise, -np.log(np.maximum(chance, 1e-300))))
        return np.where(group.judged, scores, 0.0)

    def expected(self, group: Group, row: int) -> Floats:
        """Return what is usual of one chart in each week, up to now."""
        weekly = np.repeat(group.amount[row] / group.size, group.size)
        return np.asarray(group.usual.rate[row] * weekly * self.weeks.elapsed)

    def explain(self, chart: int, week: int, share: float) -> None:
        """Leave but a share of the complaints of a chart from a week (column) on."""
        own = self.cells[self.dimensions[chart]].to_numpy("int64") == chart
        late = self.cells["week"].to_numpy("int64") >= self.weeks.first + week
        self.share[own & late] *= share


def _groups(board: Board) -> Iterator[Group]:
    weeks, counts = board.weeks, board.counts()
    sold = exposure(board.sales, weeks)
    by_sales = sold[:, weeks.now] > 0
    amount = np.where(by_sales[:, None], sold, 1.0)
    past = _past(board, counts)
    often = np.where(past, counts, 0.0).sum(axis=1) >= charts.USABLE * max(int(past.sum()), 1)
    for dimension in np.unique(board.dimensions):
        for size in (1, MONTH):
            for basis in ("sales", "days"):
                rows = np.flatnonzero(
                    (board.dimensions == dimension)
                    & (often == (size == 1))
                    & (by_sales == (basis == "sales"))
                )
                if rows.size:
                    whole = grouped(past[None].astype(np.float64), size) == size
                    by_period = grouped(amount[rows], size)
                    number = grouped(counts[rows], size)
                    usual = charts.baseline(number, by_period, whole & (by_period > 0))
                    own = usual.periods >= board.rules.least_periods
                    yield Group(str(dimension), rows, size, basis, by_period, usual, own)


def _past(board: Board, counts: Floats) -> Flags:
    """Return the weeks of the baseline: none before complaints were kept, none of the latest."""
    complained = np.flatnonzero(counts.sum(axis=0))
    began = (complained[0] // MONTH + 1) * MONTH if complained.size else board.weeks.count
    last = board.recent.start // MONTH * MONTH
    first = max(last - board.rules.baseline_days // WEEK, began)
    week = np.arange(board.weeks.count)
    return np.asarray((week >= first) & (week < last))
