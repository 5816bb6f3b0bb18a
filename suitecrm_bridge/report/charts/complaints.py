"""The charts of complaints, satisfaction and programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from suitecrm_bridge.report.charts.kinds import bars
from suitecrm_bridge.report.charts.spec import (
    ACCENT,
    ALARM,
    COUNT,
    QUIET,
    SHARE,
    Chart,
    Spec,
    across,
    across_months,
    mark,
    one_of,
    spec,
    told,
)
from suitecrm_bridge.report.page_tables import of_table
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import Table, shown
from suitecrm_bridge.tables.shown import keys

MOST = 15
"""Bars of a chart; the table beside it holds them all."""


def trend(table: Table, words: Words) -> Chart | None:
    """Return complaints a hundred sales by month with their limits; None without a rate."""
    known = table.frame[table.frame["rate"].notna()]
    if known.empty:
        return None
    rows = [
        {
            **{name: row[name] for name in ("month", "rate", "centre", "lower", "upper")},
            "outside": bool(row["outside"]),
            "label": words.month(pd.Timestamp(row["month"]).date()),
            "shown": words.decimal(float(row["rate"]), 2),
            "many": words.number(int(row["number"])),
        }
        for row in known.to_dict("records")
    ]
    layers = _limits_and_points(words)
    odd = [row["label"] for row in rows if row["outside"]]
    said = (
        words.text("dashboard.trend_outside", months=", ".join(odd))
        if odd
        else words.text("dashboard.trend_inside")
    )
    return Chart(
        "trend",
        words.text("dashboard.trend_title"),
        words.text("dashboard.unit_rate"),
        said,
        spec(rows, *layers, encoding={"x": across_months(words.lang)}),
        of_table(table, "", words),
    )


def _limits_and_points(words: Words) -> list[Spec]:
    month, many = words.text("dashboard.month"), words.text("dashboard.complaints")
    tips = told(("label", month), ("shown", words.text("dashboard.rate")), ("many", many))
    rate = across("rate", form=",.1f", scale={"zero": True})
    outside = {"condition": {"test": "datum.outside", "value": ALARM}, "value": ACCENT}
    return [
        mark(
            "area",
            {"y": across("lower", form=",.1f"), "y2": {"field": "upper"}},
            opacity=0.12,
            color=ACCENT,
        ),
        mark("line", {"y": across("centre", form=",.1f")}, color=QUIET, strokeDash=[4, 4]),
        mark("line", {"y": rate}, color=ACCENT, strokeWidth=2),
        mark(
            "point", {"y": rate, "color": outside, "tooltip": tips}, filled=True, size=60, opacity=1
        ),
    ]


def counted(
    key: str, table: Table, by: str, words: Words, *, measure: str = "number"
) -> Chart | None:
    """Return a bar for each value of a dimension, the largest first; None without a value."""
    if table.frame.empty:
        return None
    frame = table.frame.sort_values(measure, ascending=False, kind="stable").head(MOST)
    columns = {column.name: column for column in table.columns}
    names = keys(frame, columns[by], words.lang)
    figures = [int(value) for value in frame[measure]]
    shown = [words.number(value) for value in figures]
    title = table.title[words.lang] if table.title else key
    most = words.text("dashboard.most_said", what=names[0], value=shown[0])
    heading = columns[measure].heading[words.lang]
    return bars(key, title, heading, most, names, figures, shown, heading, words)


def in_time(table: Table, words: Words) -> Chart | None:
    """Return which share of complaints each team closed in time; None where none was judged."""
    frame = table.frame[table.frame["within_share"].notna()].head(MOST)
    if frame.empty:
        return None
    columns = {column.name: column for column in table.columns}
    names = keys(frame, columns["owner"], words.lang)
    shares = [float(share) for share in frame["within_share"]]
    kept, missed = (int(frame[name].sum()) for name in ("within", "breached"))
    said = words.text(
        "dashboard.teams_said",
        share=words.percent(kept / (kept + missed)),
        number=words.number(kept + missed),
        teams=" ".join(table.said),
    )
    shown = [words.percent(share) for share in shares]
    title = table.title[words.lang] if table.title else "teams"
    unit, heading = words.text("dashboard.unit_share"), columns["within_share"].heading[words.lang]
    return bars("teams", title, unit, said, names, shares, shown, heading, words, form=SHARE)


def satisfaction(table: Table, words: Words) -> Chart | None:
    """Return satisfaction by month with its interval; None without an answer."""
    if table.frame.empty:
        return None
    rows = [
        {
            **{name: row[name] for name in ("month", "satisfaction", "low", "high")},
            "label": words.month(pd.Timestamp(row["month"]).date()),
            "shown": words.decimal(float(row["satisfaction"]), 1),
            "between": _between(row, words),
            "many": words.number(int(row["responses"])),
        }
        for row in table.frame.to_dict("records")
    ]
    index = across("satisfaction", form=COUNT, scale={"domain": [0, 100]})
    tips = told(
        ("label", words.text("dashboard.month")),
        ("shown", words.text("dashboard.satisfaction")),
        ("between", words.text("dashboard.interval")),
        ("many", words.text("dashboard.answers")),
    )
    layers = [
        mark("rule", {"y": across("low"), "y2": {"field": "high"}}, color=QUIET),
        mark("line", {"y": index}, color=ACCENT),
        mark("point", {"y": index, "tooltip": tips}, color=ACCENT, filled=True, size=60, opacity=1),
    ]
    last = rows[-1]
    said = words.text(
        "dashboard.satisfaction_said",
        month=last["label"],
        value=last["shown"],
        between=last["between"],
    )
    return Chart(
        "satisfaction-months",
        words.text("dashboard.satisfaction_title"),
        words.text("dashboard.unit_points"),
        said,
        spec(rows, *layers, encoding={"x": across_months(words.lang)}),
        of_table(table, "", words),
    )


def ranges(
    key: str,
    table: Table,
    by: str,
    figure: str,
    unit: str,
    said: str,
    words: Words,
) -> Chart | None:
    """Return a figure with its interval for each of some names; None where there is none."""
    frame = table.frame[table.frame[figure].notna()] if len(table.frame) else table.frame
    if frame.empty:
        return None
    columns = {column.name: column for column in table.columns}
    names = keys(frame, columns[by], words.lang)
    rows = [
        {
            "name": name,
            "value": row[figure],
            **{end: row[figure if pd.isna(row.get(end)) else end] for end in ("low", "high")},
            "shown": shown(row[figure], columns[figure].kind, words.lang),
            "between": _between(row, words),
        }
        for name, row in zip(names, frame.to_dict("records"), strict=True)
    ]
    tips = told(("name", ""), ("shown", unit), ("between", words.text("dashboard.interval")))
    layers = [
        mark("rule", {"x": across("low"), "x2": {"field": "high"}}, color=QUIET, strokeWidth=2),
        mark(
            "point",
            {"x": across("value"), "tooltip": tips},
            color=ACCENT,
            filled=True,
            size=80,
            opacity=1,
        ),
    ]
    title = table.title[words.lang] if table.title else key
    drawn = spec(rows, *layers, encoding={"y": one_of("name")})
    height = 30 * len(rows) + 40
    return Chart(key, title, unit, said, drawn, of_table(table, "", words), height=height)


def filled(table: Table, words: Words) -> Chart | None:
    """Return of how many customers each thing is known; None where there is nobody."""
    frame = table.frame
    if frame.empty or not int(frame["customers"].max() or 0):
        return None
    column = next(one for one in table.columns if one.name == "field")
    shares = [
        int(row["filled"]) / int(row["customers"]) if row["customers"] else 0.0
        for row in frame.to_dict("records")
    ]
    known = sorted(zip(shares, keys(frame, column, words.lang), strict=True), reverse=True)
    names, shares = [name for _, name in known], [share for share, _ in known]
    shown = [words.percent(share) for share in shares]
    said = words.text("dashboard.fields_said", what=names[-1], share=shown[-1])
    title, unit = words.text("dashboard.fields_title"), words.text("dashboard.unit_share")
    heading = words.text("dashboard.known")
    return bars("fields", title, unit, said, names, shares, shown, heading, words, form=SHARE)


def _between(row: Any, words: Words) -> str:
    if pd.isna(row.get("low")) or pd.isna(row.get("high")):
        return "–"
    ends = {name: words.decimal(row[name], 1) for name in ("low", "high")}
    return words.text("dashboard.range", **ends)


def without(charts: Sequence[Chart | None]) -> list[Chart]:
    """Return the charts that there are."""
    return [chart for chart in charts if chart is not None]
