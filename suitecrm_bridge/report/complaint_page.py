"""What the page shows about complaints: figures, a chart by month, and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from suitecrm_bridge.report.complaint_chart import Chart, chart
from suitecrm_bridge.report.complaint_words import (
    ComplaintsData,
    Kind,
    Part,
    certainty,
    heading,
    kind_of,
    title,
    worded,
)
from suitecrm_bridge.report.words import NONE, Words, record_link

LISTED = 15
"""Rows of a table on the page; workbook and JSON hold them all."""
CASES = 5
_KEY_FIGURES = (
    "number", "open", "breached", "response_median_hours", "resolution_median_hours",
    "per_100_sales", "satisfaction_after", "lost",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell as shown; `bar` is a length from 0 to 100, `links` are (text, address)."""

    text: str
    numeric: bool
    bar: float | None = None
    links: Sequence[tuple[str, str | None]] = ()


@dataclass(frozen=True)
class Table:
    """A part as shown: headings (text, whether numbers stand below), rows, and sentences."""

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
    tables: Sequence[Table]


def complaint_section(data: ComplaintsData, crm_url: str, words: Words) -> ComplaintSection:
    """Return the section as shown: key figures (label, value, interval) and every other part."""
    caption = words.text(
        "complaints.caption", since=words.day(data.since), until=words.day(data.until),
        customers=words.text(f"report.{data.customers}"),
    )  # fmt: skip
    by_name = {part.name: part for part in data.parts}
    figures = _figures(by_name["overview"].frame, words)
    others = [part for part in data.parts if part.name != "overview"]
    shown = [part for part in others if len(part.frame) or part.said]
    tables = [_table(part, crm_url, words) for part in shown] if figures else []
    return ComplaintSection(caption, figures, tables)


def _figures(frame: pd.DataFrame, words: Words) -> list[tuple[str, str, str]]:
    if frame.empty:
        return []
    row = frame.iloc[0]
    return [
        (heading(name, words.lang), _shown(name, row[name], words), _interval(row, name, words))
        for name in _KEY_FIGURES
    ]


def _interval(row: pd.Series[Any], name: str, words: Words) -> str:
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if pd.isna(low):
        return ""
    return words.text(
        "complaints.interval", low=words.decimal(low, 2), high=words.decimal(high, 2)
    )  # fmt: skip


def _table(part: Part, crm_url: str, words: Words) -> Table:
    frame = worded(part, words.lang).head(len(part.frame) if part.name == "trend" else LISTED)
    columns = [_cells(name, frame[name].to_list(), part, crm_url, words) for name in part.columns]
    left = len(part.frame) - len(frame)
    more = [words.counted("complaints.more_rows", left)] if left > 0 and part.columns else []
    return Table(
        name=part.name,
        title=title(part, words.lang),
        headings=[(heading(name, words.lang), _is_numeric(name)) for name in part.columns],
        rows=list(zip(*columns, strict=True)),
        said=[*more, *(words.prose(line) for line in part.said)],
        chart=chart(part.frame, words) if part.name == "trend" else None,
    )


def _cells(name: str, values: list[Any], part: Part, crm_url: str, words: Words) -> list[Cell]:
    if kind_of(name) == "cases":
        ids = part.frame[name].to_list()[: len(values)]
        pairs = zip(ids, values, strict=True)
        return [Cell("", False, links=_links(*pair, crm_url, words)) for pair in pairs]
    measured = part.frame[name].dropna().to_list() if name == part.bar else []
    numeric, longest = _is_numeric(name), max(map(float, measured), default=0.0)
    bars = [100 * float(v) / longest if longest and not pd.isna(v) else None for v in values]
    return [
        Cell(_shown(name, value, words), numeric, bar)
        for value, bar in zip(values, bars, strict=True)
    ]


def _links(
    ids: Sequence[str], subjects: Sequence[str], crm_url: str, words: Words
) -> list[tuple[str, str | None]]:
    links = [
        (subject or words.text("complaints.unknown"), record_link(crm_url, "Cases", id))
        for id, subject in zip(ids, subjects, strict=True)
    ]
    more = len(links) - CASES
    rest = (words.text("complaints.more", more=words.number(more)), None)
    return links if more <= 0 else [*links[:CASES], rest]


def _is_numeric(name: str) -> bool:
    return kind_of(name) not in ("text", "prose", "cases")


def _shown(name: str, value: Any, words: Words) -> str:
    return NONE if pd.isna(value) else _FORMS.get(kind_of(name), _count)(value, words)


def _count(value: Any, words: Words) -> str:
    return words.number(int(value))


_FORMS: Mapping[Kind, Callable[[Any, Words], str]] = {
    "text": lambda value, words: str(value),
    "prose": lambda value, words: str(value),
    "sure": lambda value, words: certainty(value, words.lang),
    "decimal": lambda value, words: words.decimal(value, 2),
    "points": lambda value, words: words.decimal(value, 1),
    "share": lambda value, words: words.percent(value),
    "money": lambda value, words: words.amount(value),
    "date": lambda value, words: words.day(value),
}
