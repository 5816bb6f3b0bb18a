"""XLSX for spreadsheets: numbers are numbers, dates are dates, texts are never formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from itertools import chain, islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from suitecrm_bridge.catalogue import Language, manners
from suitecrm_bridge.harmless import harmless, is_formula
from suitecrm_bridge.report import outlook_sheets, sheets
from suitecrm_bridge.report.complaint_sheets import complaint_sheets
from suitecrm_bridge.report.model import Report
from suitecrm_bridge.report.programme_page import programme_sheets
from suitecrm_bridge.report.sheets import Sheet, Value, width
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import NUMERIC, Column, Kind, columns

MAX_ROWS = 1_048_575
"""Rows that Excel takes on a sheet below the heading; more go on to a next sheet."""

DATES = {manner.spreadsheet_day for manner in manners().values()}

_FORMATS: Mapping[Kind, str] = {
    "count": "#,##0",
    "share": "0.0%",
    "sure": "0.0%",
    "decimal": "#,##0.00",
    "points": "#,##0.00",
    "money": "#,##0.00",
}
_HEADING = {
    "font": Font(bold=True, color="1B222B"),
    "fill": PatternFill("solid", fgColor="E9EDF2"),
    "border": Border(bottom=Side(style="thin", color="9AA6B3")),
}


def write(report: Report, file: BinaryIO) -> None:
    """Write `report` into `file`: segments, customers of each kind, outlook, notes."""
    words = Words(report.lang)
    book = Workbook(write_only=True)
    book.properties.creator = "SuiteCRM Bridge"
    book.properties.title = words.text("report.title")
    book.properties.created = datetime.combine(report.as_of, time())
    for sheet in _sheets(report, words):
        _add(book, sheet, words)
    book.save(file)


def _sheets(report: Report, words: Words) -> Iterator[Sheet]:
    yield sheets.segments(report, report.entities)
    for entity in report.entities:
        yield sheets.customers(report, entity)
    yield from outlook_sheets.sheets(report)
    for _, sheet in complaint_sheets(report.complaints, report.lang):
        yield sheet
    for _, sheet in programme_sheets(report.programmes, report.lang):
        yield sheet
    yield _notes(report, words)


def _notes(report: Report, words: Words) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (words.text("report.as_of"), report.as_of),
        (words.text("report.crm"), report.crm_url),
        (words.text("report.purchases"), words.text(f"report.source_{report.purchases_source}")),
        (words.text("report.amounts"), words.amounts(report)),
    ]
    skipped = words.skipped(report) or [words.text("report.nothing_skipped")]
    rows += [(words.text("report.skipped"), line) for line in skipped]
    own = columns("report.column_", {"note": "text", "value": "date"})
    return Sheet(words.text("report.notes"), own, iter(rows))


def _add(book: Workbook, sheet: Sheet, words: Words) -> None:
    part, rows = 1, sheet.rows
    ahead: list[tuple[Value, ...]] = []
    while part == 1 or ahead:
        title = sheet.title if part == 1 else f"{sheet.title} {part}"
        _add_part(book, title, sheet, islice(chain(ahead, rows), MAX_ROWS), words)
        ahead = list(islice(rows, 1))
        part += 1


def _add_part(
    book: Workbook, title: str, sheet: Sheet, rows: Iterator[tuple[Value, ...]], words: Words
) -> None:
    page: Any = book.create_sheet(title)
    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = width(column)
    page.append([_heading(page, column, words.lang) for column in sheet.columns])
    pens = [_Pen(page, _format(column.kind, words.lang)) for column in sheet.columns]
    last = 1
    for row in rows:
        page.append([pen.cell(value) for pen, value in zip(pens, row, strict=True)])
        last += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"


def _format(kind: Kind, lang: Language) -> str:
    if kind == "date":
        return manners()[lang].spreadsheet_day
    return _FORMATS.get(kind, "General")


def _heading(page: Any, column: Column, lang: Language) -> Any:
    cell: Any = WriteOnlyCell(page, value=harmless(column.heading[lang]))
    cell.data_type = "s"
    for name, value in _HEADING.items():
        setattr(cell, name, value)
    side = "right" if column.kind in NUMERIC else "left"
    cell.alignment = Alignment(horizontal=side, vertical="center")
    return cell


class _Pen:
    """Writes the values of one column.

    A cell is sent to the file as soon as its row is added, so one styled cell serves them all;
    styling each would take most of the time of a large report.
    """

    def __init__(self, page: Any, number_format: str) -> None:
        self._plain: Any = WriteOnlyCell(page)
        self._plain.number_format = number_format
        self._plain.alignment = Alignment(horizontal="left" if number_format in DATES else None)
        self._quoted: Any = WriteOnlyCell(page)
        self._quoted.quotePrefix = True

    def cell(self, value: Value) -> Any:
        """Return what stands in the row for `value`."""
        if value is None:
            return None
        if not isinstance(value, str):
            self._plain.value = value
            return self._plain
        shown = harmless(value)
        if not is_formula(value):
            return shown
        self._quoted.value = shown
        # Without the type Excel would calculate "=…"; the prefix keeps it text when edited.
        self._quoted.data_type = "s"
        return self._quoted
