"""The first sheet of a workbook: what it is about, its contents, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from suitecrm_bridge.i18n import number
from suitecrm_bridge.report.cells import Pen, heading, on_paper, title
from suitecrm_bridge.report.model import Report
from suitecrm_bridge.report.sheets import Cell, Value
from suitecrm_bridge.report.words import Words, is_web
from suitecrm_bridge.tables import Column, columns

WIDTHS = {"A": 38, "B": 30, "C": 90}
LARGE, MIDDLE = 18, 13


@dataclass(frozen=True)
class Content:
    """A sheet: its name, rows and columns; whether rows go on in the next one."""

    title: str
    rows: int
    columns: Sequence[Column]
    goes_on: bool = False
    part: int = 1


def add(book: Workbook, report: Report, contents: Sequence[Content], words: Words) -> None:
    """Add the cover in the first place."""
    page: Any = book.create_sheet(words.text("report.cover"), 0)
    book.active = 0
    on_paper(page)
    for letter, width in WIDTHS.items():
        page.column_dimensions[letter].width = width
    page.append([title(page, words.text("report.title"), LARGE)])
    pens = [Pen(page, "text", report.lang) for _ in WIDTHS]
    for row in _about(report, words):
        page.append([pen.cell(value) for pen, value in zip(pens, row, strict=False)])
    for name, kinds, rows in (
        ("contents", {"sheet": "text", "rows": "count", "note": "text"}, _listed(contents, words)),
        (
            "definitions",
            {"heading": "text", "sheet": "text", "meaning": "prose"},
            _meanings(contents, words),
        ),
    ):
        page.append([])
        page.append([title(page, words.text(f"report.{name}"), MIDDLE)])
        own = columns("report.column_", kinds)  # type: ignore[arg-type]
        page.append([heading(page, column, report.lang) for column in own])
        pens = [Pen(page, column.kind, report.lang) for column in own]
        for row in rows:
            page.append([pen.cell(value) for pen, value in zip(pens, row, strict=True)])


def _about(report: Report, words: Words) -> Iterator[tuple[Value, ...]]:
    yield words.text("report.as_of"), Cell(report.as_of, "date")
    if report.crm_url:
        link = report.crm_url if is_web(report.crm_url) else ""
        yield words.text("report.crm"), Cell(report.crm_url, link=link)
    yield words.text("report.purchases"), words.text(f"report.source_{report.purchases_source}")
    yield words.text("report.amounts"), words.amounts(report)
    for entity, tables in report.entities.items():
        found = tables.totals.key
        yield (words.text(f"report.{entity}"), Cell(found.customers, "count"))
        yield (words.text("report.cover_buyers"), Cell(found.buyers, "count"))
        yield (words.text("report.cover_leaving"), Cell(found.leaving, "count"))
        yield (words.text("report.cover_revenue"), Cell(found.revenue, "money"))


def _listed(contents: Sequence[Content], words: Words) -> Iterator[tuple[Value, ...]]:
    for one in contents:
        place = one.title.replace("'", "''")
        told = words.text("report.goes_on", rows=number(one.rows, words.lang))
        yield Cell(one.title, link=f"#'{place}'!A1"), one.rows, told if one.goes_on else ""


def _meanings(contents: Sequence[Content], words: Words) -> Iterator[tuple[Value, ...]]:
    """Yield each column that has a meaning, once, with the first sheet that has it."""
    told: set[str] = set()
    for one in contents:
        for column in one.columns:
            if column.definition is None or column.name in told:
                continue
            told.add(column.name)
            yield column.heading[words.lang], one.title, column.definition[words.lang]
