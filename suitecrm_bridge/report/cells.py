"""How the values of a workbook are written: their formats, their links, texts that stay texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from suitecrm_bridge.catalogue import Language, manners
from suitecrm_bridge.harmless import harmless, is_formula
from suitecrm_bridge.i18n import current_currency
from suitecrm_bridge.report.sheets import Cell, Value
from suitecrm_bridge.tables import NUMERIC, Column, Kind

LONGEST_TEXT = 32_767
"""Characters that a cell takes."""
MOST_LINKS = 65_000
"""Links that Excel takes on a sheet are some more."""
_FORMATS: Mapping[Kind, str] = {
    "count": "#,##0",
    "days": "#,##0",
    "share": "0.0%",
    "sure": "0.0%",
    "percent": "0.0",
    "score": "0.000",
    "decimal": "#,##0.00",
    "points": "#,##0.00",
}
A4 = 9
"""As spreadsheets number sizes of paper."""
_INK, _LINK = "1B222B", "1B5E9B"
_HEADING = {
    "font": Font(bold=True, color=_INK),
    "fill": PatternFill("solid", fgColor="E9EDF2"),
    "border": Border(bottom=Side(style="thin", color="9AA6B3")),
}
_LINKED = Font(color=_LINK, underline="single")


def number_format(kind: Kind, lang: Language) -> str:
    """Return the format of a kind of value in a language; money has its currency."""
    manner = manners()[lang]
    if kind == "date":
        return manner.spreadsheet_day
    if kind == "month":
        return manner.month.replace("%Y", "yyyy").replace("%m", "mm")
    if kind == "money":
        return _money(current_currency(), sign_first=manner.sign_first)
    return _FORMATS.get(kind, "General")


def _money(sign: str, *, sign_first: bool) -> str:
    plain = "#,##0.00"
    if not sign:
        return plain
    if sign_first and not sign.isalpha():
        return f'"{sign}"{plain};-"{sign}"{plain}'
    return f'{plain}\u00a0"{sign}"'


def on_paper(page: Any) -> None:
    """Let a sheet be printed as wide as the paper; before its first row, which writes that down."""
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0


def heading(page: Any, column: Column, lang: Language) -> Any:
    """Return the cell above a column."""
    cell: Any = WriteOnlyCell(page, value=harmless(column.heading[lang]))
    cell.data_type = "s"
    for name, value in _HEADING.items():
        setattr(cell, name, value)
    side = "right" if column.kind in NUMERIC else "left"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    return cell


def title(page: Any, words: str, size: int) -> Any:
    """Return a cell with a title."""
    cell: Any = WriteOnlyCell(page, value=harmless(words))
    cell.data_type = "s"
    cell.font = Font(bold=True, size=size, color=_INK)
    return cell


class Pen:
    """Writes the values of one column.

    A cell is sent to the file as soon as its row is added, so one styled cell serves them all;
    styling each would take most of the time of a large report.
    """

    def __init__(self, page: Any, kind: Kind, lang: Language) -> None:
        self._page, self._kind, self._lang = page, kind, lang
        self._plain: dict[Kind, Any] = {kind: self._of(kind)}
        self._quoted: Any = WriteOnlyCell(page)
        self._quoted.quotePrefix = True
        self._linked_cells: dict[bool, Any] = {}
        self._links = 0

    def cell(self, value: Value) -> Any:
        """Return what stands in the row for `value`."""
        kind = self._kind
        if isinstance(value, Cell):
            if value.link:
                return self._linked(value)
            kind, value = value.kind or kind, value.value
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return self._text(value)
        if kind not in self._plain:
            self._plain[kind] = self._of(kind)
        pen = self._plain[kind]
        pen.value = value
        return pen

    def _of(self, kind: Kind) -> Any:
        pen: Any = WriteOnlyCell(self._page)
        pen.number_format = number_format(kind, self._lang)
        pen.alignment = Alignment(horizontal="left" if kind in ("date", "month") else None)
        return pen

    def _text(self, words: str) -> Any:
        shown = harmless(words)[:LONGEST_TEXT]
        if not is_formula(words):
            return shown
        self._quoted.value = shown
        # Without the type Excel would calculate "=…"; the prefix keeps it text when edited.
        self._quoted.data_type = "s"
        return self._quoted

    def _linked(self, value: Cell) -> Any:
        words = str(value.value or "")
        self._links += 1
        if not words or self._links > MOST_LINKS:
            return self._text(words) if words else None
        cell = self._link(formula=is_formula(words))
        cell.hyperlink = _within(value.link[1:]) if value.link.startswith("#") else value.link
        # The address is the value of a cell until it is given another.
        cell.value = harmless(words)[:LONGEST_TEXT]
        cell.data_type = "s"
        return cell

    def _link(self, *, formula: bool) -> Any:
        """Return the cell of links, which is styled once."""
        if formula not in self._linked_cells:
            cell: Any = WriteOnlyCell(self._page)
            cell.font = _LINKED
            cell.quotePrefix = formula
            self._linked_cells[formula] = cell
        return self._linked_cells[formula]


def _within(place: str) -> Any:
    from openpyxl.worksheet.hyperlink import Hyperlink

    return Hyperlink(ref="", location=place)
