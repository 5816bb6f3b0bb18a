"""The chart of complaints by month, as points of a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from suitecrm_bridge import i18n
from suitecrm_bridge.report.words import Words

WIDTH, HEIGHT = 1000, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 12, 28
_LABELS = 12
"""Months named below the chart at most."""


@dataclass(frozen=True)
class Point:
    """A month: its place, whether it lies outside the limits, and what it says."""

    x: float
    y: float
    outside: bool
    hint: str


@dataclass(frozen=True)
class Chart:
    """Points, lines as SVG's points, the band between the limits, and the axes' labels.

    `across` is (place, text) below the chart, `up` the same beside it.
    """

    points: Sequence[Point]
    line: str
    centre: str
    band: str
    across: Sequence[tuple[float, str]]
    up: Sequence[tuple[float, str]]
    label: str


def chart(frame: pd.DataFrame, words: Words) -> Chart | None:
    """Return the chart of `trend.trend`; None where no month has a rate."""
    known = frame[frame["rate"].notna()].reset_index(drop=True)
    if known.empty:
        return None
    top = float(known[["rate", "upper"]].max().max()) or 1.0
    xs = _across(len(known))
    y = _Height(top)
    points = [
        Point(x, y.of(rate), bool(outside), _hint(first, rate, words))
        for x, first, rate, outside in zip(
            xs, known["month"], known["rate"], known["outside"], strict=True
        )
    ]
    limited = known["upper"].notna().all()
    ends = list(zip(xs, known["upper"], strict=True)) if limited else []
    ends += reversed(list(zip(xs, known["lower"], strict=True))) if limited else []
    every = -(-len(known) // _LABELS)
    return Chart(
        points=points,
        line=_path([(point.x, point.y) for point in points]),
        centre=_path([(x, y.of(known["centre"].iloc[0])) for x in xs]) if limited else "",
        band=_path([(x, y.of(value)) for x, value in ends]),
        across=[
            (x, i18n.month(first, words.lang))
            for x, first in list(zip(xs, known["month"], strict=True))[::every]
        ],
        up=[(y.of(value), words.decimal(value, 1)) for value in (0, top / 2, top)],
        label=words.text("complaints.chart_label"),
    )


@dataclass(frozen=True)
class _Height:
    top: float

    def of(self, value: float) -> float:
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / self.top), 1)


def _across(number: int) -> list[float]:
    step = (WIDTH - _LEFT - _RIGHT) / max(number - 1, 1)
    return [round(_LEFT + step * at, 1) for at in range(number)]


def _path(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _hint(first: date, rate: float, words: Words) -> str:
    shown = i18n.month(first, words.lang)
    return words.text("complaints.chart_hint", month=shown, rate=words.decimal(rate, 2))
