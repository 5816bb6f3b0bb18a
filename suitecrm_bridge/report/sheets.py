"""The tables that go into spreadsheets: the same for XLSX and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from suitecrm_bridge.catalogue import Entity, Language
from suitecrm_bridge.money import is_missing, units
from suitecrm_bridge.report.model import Report, SegmentRow
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import NUMERIC, Column, Kind, Table, columns, keys, label, of_fields

Value = str | int | float | Decimal | date | None

_WIDTHS: Mapping[Kind, int] = {"prose": 80, "cases": 80, "text": 38, "count": 14, "date": 15}
_WIDTH = 20
"""Characters of every other kind of column."""


@dataclass(frozen=True)
class Sheet:
    """A table with a title; `rows` can be walked once."""

    title: str
    columns: Sequence[Column]
    rows: Iterator[tuple[Value, ...]]


CUSTOMERS: Mapping[str, Kind] = {
    "customer_id": "text",
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
}
SEGMENTS: Mapping[str, Kind] = {
    "module": "text",
    "segment": "segment",
    "customers": "count",
    "customer_share": "share",
    "revenue": "money",
    "revenue_share": "share",
    "average": "money",
}


def customers(report: Report, entity: Entity) -> Sheet:
    """Return every customer of `entity`."""
    own = of_fields("report.column_", CUSTOMERS)
    rows = (
        cells(own, [getattr(row, column.name) for column in own], report.lang)
        for row in report.entities[entity].customers
    )
    return Sheet(Words(report.lang).text(f"report.{entity}"), own, rows)


def segments(report: Report, entities: Iterable[Entity]) -> Sheet:
    """Return the segments of each of `entities`, one below the other."""
    own, said = columns("report.column_", SEGMENTS), Words(report.lang)
    rows = (
        cells(own, [said.text(f"report.{entity}"), *segment_values(row)], report.lang)
        for entity in entities
        for row in report.entities[entity].segments
    )
    return Sheet(said.text("report.segments"), own, rows)


def segment_values(row: SegmentRow) -> list[Any]:
    """Return what the columns of `SEGMENTS` after the module hold of a segment."""
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
    if is_missing(value):
        return None
    if kind == "count":
        return int(value)
    if kind in ("decimal", "points") and not isinstance(value, Decimal):
        return Decimal(f"{value:.2f}")
    if kind in ("share", "sure"):
        return float(value)
    if kind in NUMERIC or kind in ("date", "text", "prose", "value"):
        known: Value = value
        return known
    return label(value, kind, lang) if value else ""


def _column(table: Table, column: Column, lang: Language) -> list[Value]:
    if column.kind in NUMERIC or column.kind == "date":
        return [cell(value, column.kind, lang) for value in table.frame[column.name]]
    if column.kind == "cases":
        return ["\n".join(subjects) for subjects in table.frame["subjects"]]
    return list(keys(table.frame, column, lang))
