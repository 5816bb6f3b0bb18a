"""The tables about complaints that go into spreadsheets; without a row they are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.report.model import ComplaintsData
from suitecrm_bridge.report.sheets import Cell, Chart, Sheet, cell, sheet_of
from suitecrm_bridge.tables import Column, Kind, Table, words

LEAST_DRAWN = 2
"""Rows from which a chart tells more than they do."""
DRAWN: Mapping[str, tuple[Sequence[str], bool]] = {
    "trend": (("rate", "centre", "upper"), True),
    "pareto_cause": (("number",), False),
    "products": (("number",), False),
    "teams": (("within_share",), False),
    "satisfaction_months": (("satisfaction",), True),
}
"""By part the columns of figures, and whether these are joined by lines."""
OF_CASES: tuple[Kind, ...] = ("cases", "prose")
"""What people typed into single cases."""


def complaint_sheets(
    data: ComplaintsData | None, lang: Language, *, cases: bool = True
) -> Iterator[tuple[str, Sheet]]:
    """Yield the name of each part with its sheet.

    Args:
        data: the parts.
        lang: of labels.
        cases: whether subjects of cases and words of their texts may stand there.
    """
    for part in data.parts if data else ():
        shown = [column for column in part.columns if cases or column.kind not in OF_CASES]
        if len(part.frame) and shown:
            make = _overview if part.name == "overview" else sheet_of
            sheet = make(replace(part, columns=shown), lang)
            yield part.name, replace(sheet, charts=_charts(part, sheet.title))


def _charts(part: Table, title: str) -> list[Chart]:
    """Return the chart of a part whose figures are one after the other, or one beside the other."""
    if part.name not in DRAWN or len(part.frame) < LEAST_DRAWN:
        return []
    names, line = DRAWN[part.name]
    values = [name for name in names if name in [column.name for column in part.columns]]
    return [Chart(title, part.columns[0].name, values, line)] if values else []


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
