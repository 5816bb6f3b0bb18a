"""XLSX for those who work on: a cover, tables with real numbers, days and links, and charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import chain, islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from suitecrm_bridge.harmless import harmless
from suitecrm_bridge.report import outlook_sheets, sheets, workbook_cover
from suitecrm_bridge.report.cells import Pen, heading, on_paper
from suitecrm_bridge.report.complaint_sheets import complaint_sheets
from suitecrm_bridge.report.model import Report
from suitecrm_bridge.report.programme_page import part_sheets
from suitecrm_bridge.report.sheets import Sheet, Value, width
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.report.workbook_charts import draw
from suitecrm_bridge.report.workbook_cover import Content
from suitecrm_bridge.tables import columns

MAX_ROWS = 1_048_575
"""Rows that Excel takes on a sheet below the heading; more go on to a next sheet."""
LONGEST_TITLE = 31
"""Characters that Excel takes for the name of a sheet."""


@dataclass
class Book:
    """A workbook that is written sheet by sheet; `contents` says what there is so far."""

    book: Workbook
    words: Words
    contents: list[Content]


def write(report: Report, file: BinaryIO) -> None:
    """Write `report` into `file`: a cover, segments, customers, outlook, complaints, notes."""
    words = Words(report.lang)
    made = Book(Workbook(write_only=True), words, [])
    properties = made.book.properties
    properties.creator = "SuiteCRM Bridge"
    properties.title = words.text("report.title")
    properties.created = datetime.combine(report.as_of, time())
    for sheet in _sheets(report, words):
        _add(made, sheet)
    workbook_cover.add(made.book, report, made.contents, words)
    made.book.save(file)


def _sheets(report: Report, words: Words) -> Iterator[Sheet]:
    yield sheets.segments(report, report.entities)
    for entity in report.entities if report.names else ():
        yield sheets.customers(report, entity, linked=True)
    yield from outlook_sheets.sheets(report)
    for _, sheet in complaint_sheets(report.complaints, report.lang, cases=report.names):
        yield sheet
    for _, sheet in part_sheets([*report.programmes, *report.leads], report.lang):
        yield sheet
    yield _notes(report, words)


def _notes(report: Report, words: Words) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (words.text("report.as_of"), report.as_of),
        (words.text("report.crm"), report.crm_url),
        (words.text("report.purchases"), words.text(f"report.source_{report.purchases_source}")),
        (words.text("report.amounts"), words.amounts(report)),
    ]
    told = words.skipped(report if report.names else replace(report, unbearable=()))
    skipped = told or [words.text("report.nothing_skipped")]
    rows += [(words.text("report.skipped"), line) for line in skipped]
    own = columns("report.column_", {"note": "text", "value": "date"})
    return Sheet(words.text("report.notes"), own, iter(rows))


def _add(made: Book, sheet: Sheet) -> None:
    """Add a sheet, and as many more as its rows need; the contents say so."""
    part, rows = 1, sheet.rows
    ahead: list[tuple[Value, ...]] = []
    while part == 1 or ahead:
        title = _title(made.book, sheet.title, part)
        count = _add_part(made, title, sheet, islice(chain(ahead, rows), MAX_ROWS), first=part == 1)
        ahead = list(islice(rows, 1))
        made.contents.append(Content(title, count, sheet.columns, goes_on=bool(ahead), part=part))
        part += 1


def _title(book: Workbook, title: str, part: int) -> str:
    """Return a name that no other sheet has."""
    ending = "" if part == 1 else f" {part}"
    known = {name.lower() for name in book.sheetnames}
    while True:
        found = title[: LONGEST_TITLE - len(ending)].rstrip() + ending
        if found.lower() not in known:
            return found
        part += 1
        ending = f" {part}"


def _add_part(
    made: Book, title: str, sheet: Sheet, rows: Iterator[tuple[Value, ...]], *, first: bool
) -> int:
    page: Any = made.book.create_sheet(harmless(title))
    on_paper(page)
    lang = made.words.lang
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = width(column)
    page.append([heading(page, column, lang) for column in sheet.columns])
    pens = [Pen(page, column.kind, lang) for column in sheet.columns]
    last = 1
    for row in rows:
        page.append([pen.cell(value) for pen, value in zip(pens, row, strict=True)])
        last += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    page.print_title_rows = "1:1"
    if first:
        draw(page, sheet, last)
    return last - 1
