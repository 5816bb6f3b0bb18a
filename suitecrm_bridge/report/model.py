"""What a report is made from: pandas frames come in, checked rows of plain values come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal, TypeVar

import pandas as pd

from suitecrm_bridge.catalogue import Language, catalogue
from suitecrm_bridge.errors import DataError, MissingColumns
from suitecrm_bridge.i18n import text
from suitecrm_bridge.report.complaint_words import ComplaintsData

EntityName = Literal["contacts", "accounts"]

MODULES: Mapping[EntityName, str] = {"contacts": "Contacts", "accounts": "Accounts"}
"""SuiteCRM module by entity, in the order in which reports show them."""

CENT = Decimal("0.01")

Row = TypeVar("Row")


@dataclass(frozen=True)
class MigrationData:
    """Moves between two days, one row each pair of segments, with the columns of `Move`."""

    before: date
    after: date
    moves: pd.DataFrame


@dataclass(frozen=True)
class EntityData:
    """Frames of one kind of customer.

    Args:
        customers: one row a customer, with the columns of `Customer`.
        segments: one row a segment in catalogue rank order, with the columns of `SegmentRow`.
        grid: one row for each of the 25 cells, with the columns of `Cell`.
        indicators: one row an indicator, with the columns of `IndicatorRow`.
        migration: None while there is nothing to compare with.
        leaving: one row for each way of being a customer, with the columns of `LeavingRow`.
    """

    customers: pd.DataFrame
    segments: pd.DataFrame
    grid: pd.DataFrame
    indicators: pd.DataFrame | None = None
    migration: MigrationData | None = None
    leaving: pd.DataFrame | None = None


@dataclass(frozen=True)
class ReportData:
    """Everything that a report shows.

    Args:
        as_of: day that the figures describe.
        crm_url: address of SuiteCRM, for the links to its records; may be empty.
        entities: frames of the contacts, the accounts, or both.
        skipped: number of records left out, by reason (such as "invoices_without_date").
        unbearable: lines that name records with a value that figures cannot bear, and why.
        purchases_source: what counts as a purchase.
        complaints: None leaves them out.
    """

    as_of: date
    crm_url: str
    entities: Mapping[EntityName, EntityData]
    skipped: Mapping[str, int]
    purchases_source: Literal["invoices", "opportunities"]
    complaints: ComplaintsData | None = None
    unbearable: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer; what is not known, such as the dates of a prospect, is None."""

    customer_id: str
    name: str
    rfm_segment: str
    rfm_score: str
    rfm_recency: int | None
    rfm_frequency: int | None
    rfm_monetary: int | None
    first_purchase: date | None
    last_purchase: date | None
    purchase_count: int | None
    purchase_total: Decimal | None
    average_purchase: Decimal | None
    rfm_reason: str
    lifecycle: str
    churn_risk: str
    clv: Decimal | None
    profit: Decimal | None
    next_offer: str
    review_flag: bool
    review_reason: str
    standing: str
    next_action: str
    next_action_reason: str
    next_action_due: date | None
    value_at_stake: Decimal | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """Totals of one segment; shares lie between 0 and 1, the average is a customer's."""

    segment: str
    customers: int
    customer_share: float | None
    revenue_cents: int
    revenue_share: float | None
    average_cents: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the 25 cells of the segment map."""

    recency: int
    frequency: int
    segment: str
    customers: int
    revenue_cents: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of the catalogue; the value is None where there is none."""

    key: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """The customers of a standing who have the same segment, lifecycle and churn risk."""

    standing: str
    rfm_segment: str
    lifecycle: str
    churn_risk: str
    customers: int
    revenue_cents: int
    stake_cents: int


@dataclass(frozen=True, slots=True)
class Move:
    """Who went from one segment to another; "came" and "left" stand for outside."""

    from_segment: str
    to_segment: str
    customers: int
    share: float | None
    revenue_cents: int


@dataclass(frozen=True)
class Migration:
    """The moves between two days."""

    before: date
    after: date
    moves: list[Move]


@dataclass(frozen=True)
class Tables:
    """The rows of one kind of customer."""

    customers: list[Customer]
    segments: list[SegmentRow]
    grid: list[Cell]
    indicators: list[IndicatorRow]
    migration: Migration | None
    leaving: list[LeavingRow]


@dataclass(frozen=True)
class Report:
    """A checked `ReportData` with the language in which it is written."""

    as_of: date
    crm_url: str
    entities: Mapping[EntityName, Tables]
    skipped: Mapping[str, int]
    purchases_source: str
    lang: Language
    complaints: ComplaintsData | None
    unbearable: Sequence[str]


def read(data: ReportData, lang: Language) -> Report:
    """Check the frames and turn them into rows.

    Raises:
        MissingColumns: a frame lacks columns.
        DataError: a segment is not in the catalogue.
    """
    return Report(
        as_of=data.as_of,
        crm_url=data.crm_url.rstrip("/"),
        entities={e: _tables(e, data.entities[e], lang) for e in MODULES if e in data.entities},
        skipped=data.skipped,
        purchases_source=data.purchases_source,
        lang=lang,
        complaints=data.complaints,
        unbearable=data.unbearable,
    )


def _tables(entity: EntityName, data: EntityData, lang: Language) -> Tables:
    tables = Tables(
        customers=_rows(data.customers, Customer, f"{entity}.customers", lang),
        segments=_rows(data.segments, SegmentRow, f"{entity}.segments", lang),
        grid=_rows(data.grid, Cell, f"{entity}.grid", lang),
        indicators=[]
        if data.indicators is None
        else _rows(data.indicators, IndicatorRow, f"{entity}.indicators", lang),
        migration=_migration(entity, data.migration, lang),
        leaving=[]
        if data.leaving is None
        else _rows(data.leaving, LeavingRow, f"{entity}.leaving", lang),
    )
    used = {row.rfm_segment for row in tables.customers}
    used |= {row.segment for row in tables.segments} | {cell.segment for cell in tables.grid}
    unknown = sorted(used - catalogue().segments.keys())
    if unknown:
        names = ", ".join(repr(name) for name in unknown)
        raise DataError(text("report.unknown_segment", lang, names=names, table=entity))
    return tables


def _migration(entity: EntityName, data: MigrationData | None, lang: Language) -> Migration | None:
    if data is None:
        return None
    moves = _rows(data.moves, Move, f"{entity}.migration", lang)
    return Migration(data.before, data.after, moves)


def _rows(frame: pd.DataFrame, row: type[Row], table: str, lang: Language) -> list[Row]:
    columns = {field.name: str(field.type) for field in fields(row)}  # type: ignore[arg-type]
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise MissingColumns(
            text("report.missing_columns", lang, table=table, columns=", ".join(missing))
        )
    values = [[_CONVERT[kind](value) for value in frame[name]] for name, kind in columns.items()]
    return [row(*cells) for cells in zip(*values, strict=True)]


def _optional(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if pd.isna(value) else convert(value)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _flag(value: Any) -> bool:
    return False if pd.isna(value) else bool(value)


def _count(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else pd.Timestamp(value).date()


def _money(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_EVEN)


_CONVERT: Mapping[str, Callable[[Any], Any]] = {
    "str": _text,
    "bool": _flag,
    "int": _count,
    "int | None": _optional(int),
    "float | None": _optional(float),
    "date | None": _optional(_date),
    "Decimal | None": _optional(_money),
}
