"""The page of docs that says what the columns of reports hold, made from the tables' columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rendering import table

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.complaints.shown import FIGURES, OVERVIEW
from suitecrm_bridge.insights.leads import SOURCES
from suitecrm_bridge.report import outlook_sheets, sheets
from suitecrm_bridge.tables import Column, Kind, columns, of_fields

HEADER = ["Name", "Holds", "English", "Français", "Meaning"]
HOLDS: Mapping[Kind, str] = {
    "count": "whole number",
    "decimal": "number, two places",
    "points": "number, one place",
    "share": "share from 0 to 1",
    "money": "amount in the base currency, to the cent",
    "figure": "number in the unit beside it",
    "date": "day",
    "month": "month, as its first day",
    "text": "text",
    "prose": "sentence",
    "id": "id of the record",
}
KEY = "key with a label"


def page() -> str:
    """Return the tables, one for each kind of file and sheet."""
    return "\n\n".join(_parts())


def _parts() -> Iterator[str]:
    own = {**sheets.CUSTOMERS}
    yield _part(
        "Customers", "`customers-*.csv`, a sheet each for contacts and accounts", fields(own)
    )
    yield _part("In the workbook beside their names", "", fields(sheets.ADDRESSES))
    yield _part(
        "Segments",
        "`segments-*.csv`, the sheet of segments",
        columns("report.column_", sheets.SEGMENTS),
    )
    for title, kinds in outlook_sheets.SHEETS.items():
        name = text(f"report.sheet_{title}", "en")
        yield _part(name, "", fields(outlook_sheets.with_module(kinds)))
    yield _part(
        "Complaints, all together",
        "`complaints-overview.csv`: a line a figure",
        columns("complaints.column_", OVERVIEW),
    )
    yield _part(
        "Complaints, by product, country, segment and channel",
        "`complaints-*.csv`",
        columns("complaints.column_", FIGURES),
    )
    yield _part(
        "Where customers came from, by source, campaign and origin",
        "`leads-by-*.csv`, a sheet each ([docs/leads.md](leads.md) says what is counted)",
        columns("leads.", SOURCES),
    )


def fields(kinds: Mapping[str, Kind]) -> Sequence[Column]:
    """Return the columns of scores and of what stands beside them."""
    return of_fields("report.column_", kinds)


def _part(title: str, where: str, own: Sequence[Column]) -> str:
    rows = [
        [
            f"`{one.name}`",
            HOLDS.get(one.kind, KEY),
            *(one.heading[lang] for lang in LANGUAGES),
            one.definition["en"] if one.definition else "",
        ]
        for one in own
    ]
    head = f"## {title}\n\n{where}.\n\n" if where else f"## {title}\n\n"
    return head + table(HEADER, rows)
