"""What stands on the pages about complaints, satisfaction, programmes, leads and data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from suitecrm_bridge.report.blocks import LISTED, Block, Figure, of_chart, of_rows
from suitecrm_bridge.report.charts import complaints as charts
from suitecrm_bridge.report.model import ComplaintsData, Report
from suitecrm_bridge.report.page_tables import PageTable, of_table
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import Table, shown

KEY_FIGURES = (
    "number",
    "open",
    "breached",
    "response_median_hours",
    "resolution_median_hours",
    "per_100_sales",
    "satisfaction_after",
    "lost",
)
"""Figures of complaints that stand above all others."""
DRAWN = {
    "pareto_cause": "cause",
    "themes": "theme",
    "products": "product",
    "countries": "country",
    "segments": "segment",
    "channels": "channel",
    "types": "type",
}
"""Tables of complaints that are drawn as bars, with the column that names these."""
OF_SATISFACTION = ("satisfaction_months", "satisfaction_segments", "recovery", "gaps")


def complaints(report: Report, words: Words) -> Iterator[Block]:
    """Yield what is known of complaints: figures, alarms, the control chart, and by what."""
    data = report.complaints
    parts = {part.name: part for part in data.parts} if data else {}
    key = key_figures(parts["overview"], words) if parts else []
    if data is None or not key:
        empty = words.text("complaints.none_in_report")
        yield Block("prose", "no-complaints", prose=[empty])
        return
    yield Block("figures", "complaint-figures", caption(data, words), figures=key)
    for name, part in parts.items():
        if name in ("overview", *OF_SATISFACTION):
            continue
        yield from _part(part, name, report.crm_url, words)
        if name == "alarms" and report.tasks is not None and len(report.tasks.frame):
            yield from _table(report.tasks, "open-tasks", report.crm_url, words)


def satisfaction(report: Report, words: Words) -> Iterator[Block]:
    """Yield what customers say when they are asked."""
    data = report.complaints
    parts = {part.name: part for part in data.parts} if data else {}
    months, segments = (parts.get(f"satisfaction_{by}") for by in ("months", "segments"))
    found: list[Block] = []
    if months is not None:
        found += of_chart(charts.satisfaction(months, words))
    if segments is not None:
        unit = words.text("dashboard.unit_points")
        said = words.text("dashboard.intervals_said")
        made = charts.ranges(
            "satisfaction-segments", segments, "segment", "satisfaction", unit, said, words
        )
        found += of_chart(made)
    for name in ("recovery", "gaps"):
        if name in parts and (len(parts[name].frame) or parts[name].said):
            found += _part(parts[name], name, report.crm_url, words)
    yield from found
    if not found:
        yield Block("prose", "no-answers", prose=[words.text("dashboard.no_answers")])


def programmes(report: Report, words: Words) -> Iterator[Block]:
    """Yield who is in programmes, and what they brought."""
    parts = [part for part in report.programmes if len(part.frame) or part.said]
    if not parts:
        yield Block("prose", "no-programmes", prose=[words.text("sentences.programme_none")])
        return
    for part in parts:
        if part.name == "effects":
            said = " ".join(words.prose(line) for line in part.said)
            unit = words.unit()
            chart = charts.ranges("effect", part, "programme", "effect", unit, said, words)
            if chart is not None:
                yield from of_chart(chart)
                continue
        yield from _table(part, part.name.replace("_", "-"), "", words)


def leads(report: Report, words: Words) -> Iterator[Block]:
    """Yield where customers came from, what they cost and what they bring."""
    for part in report.leads:
        yield from _table(part, part.name.replace("_", "-"), "", words)


def data(report: Report, words: Words) -> Iterator[Block]:
    """Yield what the figures rest on: what was left out, the runs, how it was counted."""
    skipped = words.skipped(report)
    lines = skipped or [words.text("report.nothing_skipped")]
    yield Block("prose", "left-out", words.text("report.skipped"), prose=lines)
    if report.runs is not None:
        yield from _table(report.runs, "runs", "", words, title=words.text("dashboard.runs"))
    source = words.text(f"report.source_{report.purchases_source}")
    counted = words.text("report.how_counted", source=source, amounts=words.amounts(report))
    yield Block(
        "prose",
        "method",
        words.text("report.notes"),
        prose=[words.text("report.how_scored"), counted],
    )


def caption(data: ComplaintsData, words: Words) -> str:
    """Return which complaints are counted."""
    return words.text(
        "complaints.caption",
        since=words.day(data.since),
        until=words.day(data.until),
        customers=words.text(f"report.{data.customers}"),
    )


def key_figures(part: Table, words: Words) -> list[Figure]:
    """Return the figures of all complaints, with their intervals; none without a complaint."""
    if part.frame.empty:
        return []
    row, lang = part.frame.iloc[0], words.lang
    return [
        Figure(
            column.name,
            column.heading[lang],
            shown(row[column.name], column.kind, lang),
            note=_interval(row, column.name, words),
        )
        for column in part.columns
        if column.name in KEY_FIGURES
    ]


def _interval(row: pd.Series[Any], name: str, words: Words) -> str:
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if pd.isna(low):
        return ""
    return words.text("complaints.interval", low=words.decimal(low, 2), high=words.decimal(high, 2))


def _part(part: Table, name: str, crm_url: str, words: Words) -> list[Block]:
    key = name.replace("_", "-")
    said = [words.prose(line) for line in part.said]
    if name == "trend":
        return of_chart(charts.trend(part, words))
    if name == "teams" and len(part.frame):
        return of_chart(charts.in_time(part, words), table=of_table(part, crm_url, words, LISTED))
    if name in DRAWN and len(part.frame) > 1:
        table = of_table(part, crm_url, words, LISTED)
        chart = charts.counted(key, part, DRAWN[name], words)
        return of_chart(chart, table=table)
    if not len(part.frame) and not said:
        return []
    return _table(part, key, crm_url, words)


def _table(part: Table, key: str, crm_url: str, words: Words, title: str = "") -> list[Block]:
    rows = of_table(part, crm_url, words, LISTED) if part.columns else PageTable((), ())
    said: Sequence[str] = [words.prose(line) for line in part.said]
    left = len(part.frame) - LISTED
    more = [words.counted("complaints.more_rows", left)] if left > 0 and part.columns else []
    named = title or (part.title[words.lang] if part.title else key)
    made = of_rows(key, named, rows, prose=[*more, *said])
    return [replace(block, open=key == "alarms") for block in made]
