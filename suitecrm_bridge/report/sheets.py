"""The tables that go into spreadsheets: the same for XLSX and CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Language
from suitecrm_bridge.money import is_missing, units
from suitecrm_bridge.report.model import Customer, Report, SegmentRow
from suitecrm_bridge.report.words import Words, record_link
from suitecrm_bridge.tables import NUMERIC, Column, Kind, Table, columns, keys, label, of_fields

Plain = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that is of another kind than its column, or that a workbook links to somewhere.

    A `link` is the address of a page, or begins with # and is a place in the workbook.
    """

    value: Plain
    kind: Kind | None = None
    link: str = ""


Value = Plain | Cell

_WIDTHS: Mapping[Kind, int] = {"prose": 80, "cases": 80, "text": 38, "count": 14, "date": 15}
_WIDTH = 20
"""Characters of every other kind of column."""


@dataclass(frozen=True)
class Sheet:
    """A table with a title; `rows` can be walked once.

    `frozen` is how many columns stay where they are when the others move, `charts` what is drawn
    beside the table.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterator[tuple[Value, ...]]
    frozen: int = 1
    charts: Sequence[Chart] = ()


@dataclass(frozen=True)
class Chart:
    """A chart of columns of a sheet.

    Args:
        title: its words.
        labels: the name of the column of what is drawn.
        values: the names of the columns of figures.
        line: whether figures are joined by lines; else they are bars.
        first: the first row of the table that is drawn, from 0.
        rows: how many are; 0 for all the rest.
    """

    title: str
    labels: str
    values: Sequence[str]
    line: bool = False
    first: int = 0
    rows: int = 0


CUSTOMERS: Mapping[str, Kind] = {
    "name": "text",
    "rfm_segment": "segment",
    "rfm_score": "text",
    "rfm_recency": "count",
    "rfm_frequency": "count",
    "rfm_monetary": "count",
    "first_purchase": "date",
    "last_purchase": "date",
    "purchase_count": "count",
    "purchase_total": "money",
    "average_purchase": "money",
    "rfm_reason": "prose",
    "lifecycle": "lifecycle",
    "churn_risk": "churn_risk",
    "clv": "money",
    "profit": "money",
    "next_offer": "text",
    "review_reason": "prose",
    "standing": "standing",
    "next_action": "next_action",
    "next_action_due": "date",
    "value_at_stake": "money",
    "next_action_reason": "prose",
    "customer_id": "id",
}
ADDRESSES: Mapping[str, Kind] = {"email": "text", "phone": "text"}
"""Of customers who may be addressed so, in the workbook alone."""
SEGMENTS: Mapping[str, Kind] = {
    "segment": "segment",
    "module": "text",
    "customers": "count",
    "customer_share": "share",
    "revenue": "money",
    "revenue_share": "share",
    "average": "money",
}


def customers(report: Report, entity: Entity, *, linked: bool = False) -> Sheet:
    """Return every customer of `entity`.

    Args:
        report: holds them.
        entity: which of them.
        linked: whether names are linked to SuiteCRM, and addresses stand beside them.
    """
    own = of_fields("report.column_", CUSTOMERS)
    title, found = Words(report.lang).text(f"report.{entity}"), report.entities[entity].customers
    rows = (cells(own, [getattr(row, one.name) for one in own], report.lang) for row in found)
    if not linked:
        return Sheet(title, own, rows)
    reached, nobody = report.addresses.get(entity, {}), ("", "")
    told = (
        (named(report, entity, row), *reached.get(row.customer_id, nobody), *values[1:])
        for row, values in zip(found, rows, strict=True)
    )
    return Sheet(title, [own[0], *of_fields("report.column_", ADDRESSES), *own[1:]], told)


def named(report: Report, entity: Entity, row: Customer) -> Value:
    """Return the name of a customer, linked to their record where SuiteCRM has an address."""
    link = record_link(report.crm_url, ENTITY_MODULES[entity], row.customer_id)
    return Cell(row.name, link=link) if link else row.name


def segments(report: Report, entities: Collection[Entity]) -> Sheet:
    """Return the segments of each of `entities`, one below the other."""
    own, said = columns("report.column_", SEGMENTS), Words(report.lang)
    rows = (
        cells(own, [row.segment, said.text(f"report.{entity}"), *values], report.lang)
        for entity in entities
        for row in report.entities[entity].segments
        for values in [segment_values(row)[1:]]
    )
    return Sheet(said.text("report.segments"), own, rows, charts=_of_segments(report, entities))


def _of_segments(report: Report, entities: Collection[Entity]) -> list[Chart]:
    said, charts, first = Words(report.lang), [], 0
    for entity in entities:
        count = len(report.entities[entity].segments)
        title = said.text("report.chart_segments", customers=said.text(f"report.{entity}"))
        charts.append(Chart(title, "segment", ["revenue"], first=first, rows=count))
        first += count
    return charts


def segment_values(row: SegmentRow) -> list[Any]:
    """Return what the columns of `SEGMENTS` but the module hold of a segment."""
    return [
        row.segment,
        row.customers,
        row.customer_share,
        units(row.revenue_cents),
        row.revenue_share,
        units(row.average_cents),
    ]


def sheet_of(table: Table, lang: Language) -> Sheet:
    """Return a table as it goes into spreadsheets."""
    told = [_column(table, column, lang) for column in table.columns]
    return Sheet(table.title[lang] if table.title else "", table.columns, zip(*told, strict=True))


def width(column: Column) -> int:
    """Return the width of a column in characters."""
    return _WIDTHS.get(column.kind, _WIDTH)


def cells(own: Sequence[Column], row: Sequence[Any], lang: Language) -> tuple[Value, ...]:
    """Return the values of a row as they stand in spreadsheets, keys by their labels."""
    return tuple(cell(value, column.kind, lang) for column, value in zip(own, row, strict=True))


def cell(value: Any, kind: Kind, lang: Language) -> Value:
    """Return a value as it stands in spreadsheets: numbers and dates as such, keys in words."""
    if isinstance(value, Cell):
        return value
    if is_missing(value):
        return None
    if kind == "count":
        return int(value)
    if kind in ("decimal", "points") and not isinstance(value, Decimal):
        return Decimal(f"{value:.2f}")
    if kind in ("share", "sure"):
        return float(value)
    if kind in NUMERIC or kind in ("date", "text", "prose", "value", "id"):
        known: Value = value
        return known
    if kind == "month" and isinstance(value, date):
        return value
    return label(value, kind, lang) if value else ""


def _column(table: Table, column: Column, lang: Language) -> list[Value]:
    if column.kind in NUMERIC or column.kind in ("date", "month"):
        return [cell(value, column.kind, lang) for value in table.frame[column.name]]
    if column.kind == "cases":
        return ["\n".join(subjects) for subjects in table.frame["subjects"]]
    return list(keys(table.frame, column, lang))
