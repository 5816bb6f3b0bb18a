"""The charts of who stays and what they are worth: cohorts, survival, lifetime value."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from suitecrm_bridge.report.charts.kinds import heat
from suitecrm_bridge.report.charts.spec import (
    ACCENT,
    SHARE,
    Chart,
    Spec,
    across,
    mark,
    one_of,
    spec,
    told,
)
from suitecrm_bridge.report.page_tables import PageTable, simple
from suitecrm_bridge.report.staying import SurvivalRow
from suitecrm_bridge.report.totals import Totals
from suitecrm_bridge.report.words import Words

COHORTS = 24
"""The latest months of first purchases in the heat map."""
FIFTH = 0.2
"""The share of customers of which the chart of lifetime value speaks."""


def cohorts(frame: pd.DataFrame, words: Words) -> Chart | None:
    """Return which share of each month's new customers bought months later."""
    known = frame[frame["months_since"] > 0] if len(frame) else frame
    if not len(known):
        return None
    last = sorted(known["cohort"].unique())[-COHORTS:]
    known = known[known["cohort"].isin(last) & (known["months_since"] <= COHORTS)]
    values = [
        {
            "cohort": words.month(cohort),
            "since": int(since),
            "retention": float(share),
            "shown": words.percent(float(share)),
            "short": f"{100 * float(share):.0f}",
        }
        for cohort, since, share in zip(
            known["cohort"], known["months_since"], known["retention"], strict=True
        )
        if not pd.isna(share)
    ]
    later = words.text("dashboard.months_later")
    first = words.text("dashboard.first_purchase")
    encoding = {
        "y": one_of("cohort", first),
        "x": {**one_of("since", later, labelAngle=0), "type": "ordinal"},
        "tooltip": told(("cohort", first), ("since", later), ("shown", words.text("report.share"))),
    }
    return Chart(
        "cohorts",
        words.text("dashboard.cohorts_title"),
        words.text("dashboard.unit_percent"),
        _after_three(known, words),
        heat(values, "retention", "short", encoding),
        PageTable((), ()),
        height=20 * len(last) + 60,
    )


def _after_three(known: pd.DataFrame, words: Words) -> str:
    """Return in words which share of new customers buys three months later."""
    third = [
        float(share)
        for since, share in zip(known["months_since"], known["retention"], strict=True)
        if since == 3 and not pd.isna(share)
    ]
    if not third:
        return ""
    mean = sum(third) / len(third)
    return words.text("dashboard.cohorts_said", share=words.percent(mean))


def survival(rows: Sequence[SurvivalRow], words: Words) -> Chart | None:
    """Return how long customers stay, with its limits; None where nobody was ever lost."""
    if not rows or not rows[-1].days or not any(row.lost for row in rows):
        return None
    values = [
        {
            "days": row.days,
            "low": 1 if row.low is None else row.low,
            "high": 1 if row.high is None else row.high,
            "middle": ((row.earliest or 0) + (row.latest or 0)) / 2,
            "shown": f"{words.percent(row.earliest)} – {words.percent(row.latest)}",
            "day": words.number(row.days),
        }
        for row in thinned(rows, 200)
    ]
    days, there = words.text("dashboard.days"), words.text("dashboard.still_there")
    drawn = spec(values, *_band_and_line(days, there), encoding={"x": across("days", days)})
    year = max((row for row in rows if row.days <= 365), key=lambda row: row.days)
    table = simple(
        [days, words.column("stay_earliest"), words.column("stay_latest")],
        [
            [words.number(row.days), words.percent(row.earliest), words.percent(row.latest)]
            for row in thinned(rows, 24)
        ],
        words,
        numbers=(0, 1, 2),
    )
    said = words.text(
        "dashboard.survival_said",
        days=words.number(year.days),
        low=words.percent(year.earliest),
        high=words.percent(year.latest),
    )
    title, unit = words.text("report.survival"), words.text("dashboard.unit_share")
    return Chart("survival", title, unit, said, drawn, table)


def _band_and_line(days: str, there: str) -> list[Spec]:
    scale = {"domain": [0, 1]}
    tips = told(("day", days), ("shown", there))
    band = mark(
        "area",
        {"y": across("low", form=SHARE, scale=scale), "y2": {"field": "high"}},
        interpolate="step-after",
        color=ACCENT,
        opacity=0.2,
    )
    line = mark(
        "line",
        {"y": across("middle", form=SHARE, scale=scale), "tooltip": tips},
        interpolate="step-after",
        color=ACCENT,
    )
    return [band, line]


def concentration(totals: Totals, words: Words) -> Chart | None:
    """Return which share of the lifetime value the most valuable customers have."""
    if totals.valued < 2:
        return None
    whole = totals.held[-1][1]
    reaches = [(place / totals.valued, held / whole) for place, held in totals.held]
    rows = [
        {
            "share": part,
            "value": of,
            "who": words.percent(part),
            "shown": words.percent(of),
        }
        for part, of in [(0.0, 0.0), *reaches]
    ]
    who, of = words.text("dashboard.share_of_customers"), words.text("dashboard.share_of_value")
    encoding = {
        "x": across("share", who, SHARE, scale={"domain": [0, 1]}),
        "y": across("value", form=SHARE, scale={"domain": [0, 1]}),
        "tooltip": told(("who", who), ("shown", of)),
    }
    fifth = next(reach for reach in reaches if reach[0] >= FIFTH)
    tenths = [reach for reach in reaches if round(100 * reach[0]) % 10 == 0]
    told_ones = [[words.percent(part), words.percent(value)] for part, value in tenths]
    table = simple([who, of], told_ones, words, numbers=(0, 1))
    line = mark("line", color=ACCENT, strokeWidth=2.5, interpolate="monotone")
    known = {"who": words.percent(fifth[0]), "value": words.percent(fifth[1])}
    said = words.text("dashboard.concentration_said", **known)
    title, unit = words.text("dashboard.concentration_title"), words.text("dashboard.unit_share")
    return Chart("concentration", title, unit, said, spec(rows, line, encoding=encoding), table)


def thinned(rows: Sequence[SurvivalRow], most: int) -> Sequence[SurvivalRow]:
    """Return the first and the last row, and evenly as many as there is room for."""
    every = max(1, -(-len(rows) // most))
    return [*rows[:-1:every], rows[-1]]
