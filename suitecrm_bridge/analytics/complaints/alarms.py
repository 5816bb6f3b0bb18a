"""Alarms: products, countries and themes of which there are more complaints than chance allows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.board import Board, Group
from suitecrm_bridge.analytics.complaints.dispersion import Floats
from suitecrm_bridge.analytics.complaints.exposure import LONG, WEEK, Weeks, first_day, grouped
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import Language, complaint_rules
from suitecrm_bridge.catalogue.alarms import Alarms
from suitecrm_bridge.i18n import number, text

DIMENSIONS = ("product", "country", "theme")

RULES = 3
"""The limit of a period and two weighted means of the latest share a chart's chance."""

_NO_THEMES = pd.DataFrame({"case_id": [], "theme": []}, dtype="string")
_NAMES = {"dimension": "string", "value": "string"}
_ALARMS = {
    **_NAMES,
    "since_day": "int64",
    "period_days": "int64",
    "number": "int64",
    "expected": "float64",
    "ratio": "float64",
    "z": "float64",
    "chance": "float64",
    "p_value": "float64",
    "basis": "string",
    "baseline": "string",
}
_PERIODS = {
    **_NAMES,
    "start_day": "int64",
    "period_days": "int64",
    "number": "int64",
    "expected": "float64",
    "upper": "float64",
}
_CHARTS = {
    **_NAMES,
    "period_days": "int64",
    "basis": "string",
    "baseline": "string",
    "periods": "int64",
    "chance": "float64",
}
_CASES = {**_NAMES, "case_id": "string"}


@dataclass(frozen=True)
class FoundAlarm:
    """A chart in alarm since a `week` (column); `score` is the logarithm of how surely.

    `number` and `expected` are of what no stronger alarm explains.
    """

    group: Group
    row: int
    week: int
    score: float
    number: float
    expected: float
    cases: pd.DataFrame

    @property
    def chart(self) -> int:
        """The number of the chart."""
        return int(self.group.rows[self.row])


def compute(
    engine: SqlEngine,
    as_of: date,
    rules: Alarms | None = None,
    dimensions: Collection[str] = DIMENSIONS,
) -> None:
    """Find what is in alarm on `as_of`, into `complaint_alarms` and the tables beside it.

    Tables in: `complaint_timeline`, of `timeline.prepare` for the same day; of one entity:
    `case_customers` (case_id, customer_id), `customer_traits` (customer_id, country), `purchases`
    (customer_id, purchase_id, day, cents); `line_facts` (invoice_id, product_id); where "theme" is
    among the dimensions, `case_themes` (case_id, theme).

    Tables out:

    * `complaint_alarms`, a row each, the surest first: dimension, value; since_day (when the rise
      began, a Monday); period_days (7, or 28 where complaints are few); number (complaints since
      then), expected (by the baseline, and what a stronger alarm or the same customer explains),
      ratio; z (in sigmas); chance (of a false alarm of this chart in a period), p_value (of this
      alarm among all charts); basis ("sales", or "days" without any); baseline ("own", or "others"
      where its own past is too short)
    * `alarm_cases`: dimension, value, case_id of the complaints since then
    * `alarm_periods`, the charts of what is in alarm: dimension, value, start_day, period_days,
      number, expected, upper (more in a period are an alarm)
    * `alarm_charts`, every value: dimension, value, period_days, basis, baseline ("none" where
      nothing is known to judge it by, "short" where complaints have not been kept for the two
      years that tell a season), periods, chance

    A customer counts once for a product in four weeks: complaining again is no second case. A
    chart alarms by what is usual for a period at its season and trend, or by a weighted mean of the
    latest periods (EWMA), one over a few of them, one over all; each takes a third of its chance. A
    period under way is compared with a whole one, so that looking more often raises no more alarms.
    The chance of all charts together is `rules.chance` (Šidák). What the strongest alarm explains
    is taken out of the other charts, so that a faulty product is not its country's fault.

    Raises:
        DataError: a table is missing.
    """
    rules = rules or complaint_rules().alarms
    days = rules.recent_days + rules.baseline_days + LONG * WEEK
    weeks = Weeks.between(to_day(as_of) - days, to_day(as_of))
    engine.look_from(as_of)
    engine.values("alarm_parameters", {"since_day": first_day(weeks.first)})
    engine.table("alarm_asked", pd.DataFrame({"dimension": list(dimensions)}, dtype="string"))
    engine.table("alarm_themes", "case_themes" if "theme" in dimensions else _NO_THEMES)
    values = engine.fetch("alarm_values").sort_values("chart", ignore_index=True)
    board = Board(
        dimensions=values["dimension"].to_numpy("U"),
        cells=engine.fetch("alarm_cells"),
        sales=_sales(engine.fetch("alarm_sold"), values, weeks),
        weeks=weeks,
        rules=rules,
    )
    _leave(engine, board, values, list(_found(engine, board)))


def missing(engine: SqlEngine, lang: Language | None = None) -> list[str]:
    """Return in sentences what the charts cannot tell, after `compute`."""
    known = engine.fetch("alarm_charts")
    counts = known.groupby(["dimension", "baseline"]).size()
    words = []
    for dimension in DIMENSIONS:
        for baseline in ("others", "none", "short"):
            count = int(counts.get((dimension, baseline), 0))
            if count:
                shown = number(count, lang)
                words.append(
                    text(f"complaints.chart_{dimension}_{baseline}", lang, count=count, shown=shown)
                )
    return words


def _sales(sold: pd.DataFrame, values: pd.DataFrame, weeks: Weeks) -> Floats:
    """Return the sales of each chart and week; those of a theme are all."""
    own = sold.merge(values, on=["dimension", "value"])
    sales = weeks.spread(len(values), own["chart"], own["week"], own["sales"].to_numpy("float64"))
    every = sold[sold["dimension"] == "theme"]
    total = weeks.spread(1, every["week"] * 0, every["week"], every["sales"].to_numpy("float64"))
    return np.where((values["dimension"] == "theme").to_numpy("bool")[:, None], total, sales)


def _found(engine: SqlEngine, board: Board) -> Iterator[FoundAlarm]:
    """Yield what is in alarm, the surest first, each by what the ones before do not explain."""
    limit = -np.log(board.chance / RULES)
    done: set[int] = set()
    while True:
        counts = board.counts()
        score, place, row = max(
            (_strongest(board, place, counts, done) for place in range(len(board.groups))),
            default=(0.0, 0, 0),
        )
        if score < limit:
            return
        found = _described(engine, board, board.groups[place], row, score, counts)
        done.add(found.chart)
        if _matters(found, board.rules):
            board.explain(found.chart, found.week, found.expected / found.number)
            yield found


def _strongest(board: Board, place: int, counts: Floats, done: set[int]) -> tuple[float, int, int]:
    group = board.groups[place]
    scores = np.where(np.isin(group.rows, list(done)), 0.0, board.scores(group, counts))
    row = int(scores.argmax())
    return float(scores[row]), place, row


def _described(
    engine: SqlEngine, board: Board, group: Group, row: int, score: float, counts: Floats
) -> FoundAlarm:
    chart, span = int(group.rows[row]), board.recent
    number, expected = counts[chart, span], board.expected(group, row)[span]
    begin = int(charts.change(number[None], expected[None])[0])
    week = span.start + begin
    since = first_day(board.weeks.first + week)
    engine.values("alarm_wanted", {"chart": chart, "since_day": since})
    members = engine.fetch("alarm_members")
    rise = number[begin:].sum(), expected[begin:].sum()
    return FoundAlarm(group, row, week, score, float(rise[0]), float(rise[1]), members)


def _matters(found: FoundAlarm, rules: Alarms) -> bool:
    enough = found.number >= max(rules.customers, rules.rise * found.expected)
    return bool(enough and found.cases["who"].nunique() >= rules.customers)


def _leave(engine: SqlEngine, board: Board, values: pd.DataFrame, found: list[FoundAlarm]) -> None:
    names = list(zip(values["dimension"], values["value"], strict=True))
    alarms = [(*names[one.chart], *_figures(board, one)) for one in found]
    periods = [(*names[one.chart], *row) for one in found for row in _periods(board, one)]
    cases = [(*names[one.chart], case) for one in found for case in one.cases["case_id"]]
    known = [
        (
            *names[chart],
            group.size * WEEK,
            group.basis,
            _baseline(group, row),
            int(group.usual.periods[row]),
            board.chance,
        )
        for group in board.groups
        for row, chart in enumerate(group.rows.tolist())
    ]
    for table, rows, kinds in (
        ("complaint_alarms", alarms, _ALARMS),
        ("alarm_periods", periods, _PERIODS),
        ("alarm_cases", cases, _CASES),
        ("alarm_charts", known, _CHARTS),
    ):
        engine.table(table, pd.DataFrame(rows, columns=list(kinds)).astype(kinds))


def _baseline(group: Group, row: int) -> str:
    if group.short:
        return "short"
    if group.own[row]:
        return "own"
    return "others" if group.judged[row] else "none"


def _figures(board: Board, found: FoundAlarm) -> tuple[object, ...]:
    group, number = found.group, len(found.cases)
    # What a stronger alarm or the same customer explains was to be expected, too.
    expected = number - found.number + found.expected
    spread = np.sqrt(group.usual.varied(found.row) * found.expected)
    tries = RULES * board.rules.chance / board.chance
    return (
        first_day(board.weeks.first + found.week),
        group.size * WEEK,
        number,
        expected,
        number / expected,
        (found.number - found.expected) / spread,
        board.chance,
        min(1.0, tries * np.exp(-found.score)),
        group.basis,
        _baseline(group, found.row),
    )


def _periods(board: Board, found: FoundAlarm) -> Iterator[tuple[object, ...]]:
    """Yield the periods of a chart, those of its baseline and the latest."""
    group, weeks = found.group, board.weeks
    own = board.cells[board.cells[group.dimension] == found.chart]
    counts = weeks.spread(1, own["week"] * 0, own["week"], own["number"].to_numpy("float64"))
    number = grouped(counts, group.size)[0]
    expected = grouped(board.expected(group, found.row)[None], group.size)[0]
    upper = charts.limits(group.usual, found.row, board.chance / RULES)
    past = board.recent.start - board.rules.baseline_days // WEEK
    for period in range(max(past // group.size, 0), weeks.now // group.size + 1):
        yield (
            first_day(weeks.first + period * group.size),
            group.size * WEEK,
            int(number[period]),
            float(expected[period]),
            float(upper[period]),
        )
