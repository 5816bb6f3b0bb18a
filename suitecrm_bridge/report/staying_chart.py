"""The curve of how long customers stay, as points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suitecrm_bridge.report.staying import SurvivalRow
from suitecrm_bridge.report.words import Words

WIDTH, HEIGHT = 1000, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 12, 12, 28
_STEPS = (30, 90, 180, 365, 730, 1825, 3650)
"""Days between two labels below the chart; the first that makes few enough of them."""

_LABELS = 12


@dataclass(frozen=True)
class Curve:
    """Two lines as SVG's points, the band of their limits, and the axes' labels.

    `across` is (place, text) below the chart, `up` the same beside it.
    """

    earliest: str
    latest: str
    band: str
    across: Sequence[tuple[float, str]]
    up: Sequence[tuple[float, str]]
    label: str


def curve(rows: Sequence[SurvivalRow], words: Words) -> Curve | None:
    """Return the drawing; None where nobody was ever lost."""
    if not rows or not rows[-1].days or not any(row.lost for row in rows):
        return None
    days, last = [row.days for row in rows], rows[-1].days

    def places(values: Iterable[float | None]) -> list[tuple[float, float]]:
        return _steps(days, [1.0 if value is None else value for value in values], last)

    low, high = places(row.low for row in rows), places(row.high for row in rows)
    step = next((step for step in _STEPS if last <= step * _LABELS), _STEPS[-1])
    return Curve(
        earliest=_path(places(row.earliest for row in rows)),
        latest=_path(places(row.latest for row in rows)),
        band=_path([*high, *reversed(low)]),
        across=[(_x(day, last), words.number(day)) for day in range(0, last + 1, step)],
        up=[(_y(share), words.percent(share)) for share in (0.0, 0.5, 1.0)],
        label=words.text("report.survival_chart"),
    )


def _steps(days: Sequence[int], shares: Sequence[float], last: int) -> list[tuple[float, float]]:
    """Return the corners of a curve that falls on some days and is level between them."""
    corners = []
    before = 1.0
    for day, share in zip(days, shares, strict=True):
        corners += [(_x(day, last), _y(before)), (_x(day, last), _y(share))]
        before = share
    return corners


def _x(day: int, last: int) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * day / last, 1)


def _y(share: float) -> float:
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share), 1)


def _path(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
