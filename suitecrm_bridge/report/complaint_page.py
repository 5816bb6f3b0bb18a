"""What the page shows about complaints: figures, a chart by month, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from suitecrm_bridge.report.complaint_chart import Chart, chart
from suitecrm_bridge.report.model import ComplaintsData
from suitecrm_bridge.report.words import Words, record_link
from suitecrm_bridge.tables import NUMERIC, Column, Table, shown, worded

LISTED = 15
"""Rows of a table on the page; workbook and JSON hold them all."""
CASES = 5
_KEY_FIGURES = (
    "number",
    "open",
    "breached",
    "response_median_hours",
    "resolution_median_hours",
    "per_100_sales",
    "satisfaction_after",
    "lost",
)


@dataclass(frozen=True)
class Cell:
    """A cell as shown; `bar` is a length from 0 to 100, `links` are (text, address)."""

    text: str
    numeric: bool
    bar: float | None = None
    links: Sequence[tuple[str, str | None]] = ()


@dataclass(frozen=True)
class Drawn:
    """A table as drawn: headings (text, whether numbers stand below), rows, and sentences."""

    name: str
    title: str
    headings: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[Cell]]
    said: Sequence[str]
    chart: Chart | None


@dataclass(frozen=True)
class ComplaintSection:
    """The section about complaints; without `figures` there are none in those days."""

    caption: str
    figures: Sequence[tuple[str, str, str]]
    tables: Sequence[Drawn]


def complaint_section(data: ComplaintsData, crm_url: str, words: Words) -> ComplaintSection:
    """Return the section as shown: key figures (label, value, interval) and every other part."""
    caption = words.text(
        "complaints.caption",
        since=words.day(data.since),
        until=words.day(data.until),
        customers=words.text(f"report.{data.customers}"),
    )
    by_name = {part.name: part for part in data.parts}
    figures = _figures(by_name["overview"], words)
    others = [part for part in data.parts if part.name != "overview"]
    shown = [part for part in others if len(part.frame) or part.said]
    tables = [drawn(part, crm_url, words) for part in shown] if figures else []
    return ComplaintSection(caption, figures, tables)


def _figures(part: Table, words: Words) -> list[tuple[str, str, str]]:
    if part.frame.empty:
        return []
    row, lang = part.frame.iloc[0], words.lang
    return [
        (
            column.heading[lang],
            shown(row[column.name], column.kind, lang),
            _interval(row, column.name, words),
        )
        for column in part.columns
        if column.name in _KEY_FIGURES
    ]


def _interval(row: pd.Series[Any], name: str, words: Words) -> str:
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if pd.isna(low):
        return ""
    return words.text("complaints.interval", low=words.decimal(low, 2), high=words.decimal(high, 2))


def drawn(part: Table, crm_url: str, words: Words) -> Drawn:
    """Return a table as drawn, its first rows, with what is said below it."""
    lang, most = words.lang, None if part.name == "trend" else LISTED
    rows = worded(part, lang, most=most)
    told = zip(part.columns, zip(*rows, strict=True), strict=False)
    columns = [_cells(column, values, part, crm_url, words) for column, values in told]
    left = len(part.frame) - len(rows)
    more = [words.counted("complaints.more_rows", left)] if left > 0 and part.columns else []
    return Drawn(
        name=part.name,
        title=part.title[lang] if part.title else "",
        headings=[(column.heading[lang], column.kind in NUMERIC) for column in part.columns],
        rows=list(zip(*columns, strict=True)),
        said=[*more, *(words.prose(line) for line in part.said)],
        chart=chart(part.frame, words) if part.name == "trend" else None,
    )


def _cells(
    column: Column, told: Sequence[str], part: Table, crm_url: str, words: Words
) -> list[Cell]:
    values = part.frame[column.name].to_list()[: len(told)]
    if column.kind == "cases":
        pairs = zip(values, part.frame["subjects"], strict=False)
        return [Cell("", False, links=_links(*pair, crm_url, words)) for pair in pairs]
    bars = _bars(part.frame[column.name], values) if column.name == part.bar else [None] * len(told)
    numeric = column.kind in NUMERIC
    return [Cell(words_, numeric, bar) for words_, bar in zip(told, bars, strict=True)]


def _bars(whole: pd.Series[Any], values: Sequence[Any]) -> list[float | None]:
    longest = max(map(float, whole.dropna().to_list()), default=0.0)
    return [100 * float(v) / longest if longest and not pd.isna(v) else None for v in values]


def _links(
    ids: Sequence[str], subjects: Sequence[str], crm_url: str, words: Words
) -> list[tuple[str, str | None]]:
    links = [
        (subject or words.text("tables.unknown"), record_link(crm_url, "Cases", id))
        for id, subject in zip(ids, subjects, strict=True)
    ]
    more = len(links) - CASES
    rest = (words.text("complaints.more", more=words.number(more)), None)
    return links if more <= 0 else [*links[:CASES], rest]
