"""The tables about complaints that go into spreadsheets; without a row they are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.report.model import ComplaintsData
from suitecrm_bridge.report.sheets import Cell, Sheet, cell, sheet_of
from suitecrm_bridge.tables import Column, Kind, Table, words


def complaint_sheets(data: ComplaintsData | None, lang: Language) -> Iterator[tuple[str, Sheet]]:
    """Yield the name of each part with its sheet."""
    for part in data.parts if data else ():
        if len(part.frame) and part.columns:
            make = _overview if part.name == "overview" else sheet_of
            yield part.name, make(part, lang)


def _overview(part: Table, lang: Language) -> Sheet:
    """One figure a line, for there is one row."""
    columns = (
        Column("figure", "text", words("complaints.column_figure")),
        Column("number", "money", words("complaints.column_amount")),
    )
    row = part.frame.iloc[0]
    rows = [
        (column.heading[lang], _of_kind(row[column.name], column.kind, lang))
        for column in part.columns
    ]
    return Sheet(part.title[lang] if part.title else "", columns, iter(rows))


def _of_kind(value: Any, kind: Kind, lang: Language) -> Cell:
    shown = cell(value, kind, lang)
    return shown if isinstance(shown, Cell) else Cell(shown, kind)
