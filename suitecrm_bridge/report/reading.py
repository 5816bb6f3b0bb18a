"""Frames as they come in, checked, as rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, TypeVar

import pandas as pd

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Language, catalogue
from suitecrm_bridge.errors import DataError, MissingColumns
from suitecrm_bridge.i18n import text
from suitecrm_bridge.report.model import (
    Cell,
    Customer,
    EntityData,
    IndicatorRow,
    LeavingRow,
    Migration,
    MigrationData,
    Move,
    Report,
    ReportData,
    SegmentRow,
    Tables,
)
from suitecrm_bridge.report.staying import MonthRow, Staying, StayingData, SurvivalRow
from suitecrm_bridge.report.summed_rows import of_rows

CENT = Decimal("0.01")

Row = TypeVar("Row")


def read(data: ReportData, lang: Language) -> Report:
    """Check the frames and turn them into rows.

    Raises:
        MissingColumns: a frame lacks columns.
        DataError: a segment is not in the catalogue.
    """
    return Report(
        as_of=data.as_of,
        crm_url=data.crm_url.rstrip("/"),
        entities={
            e: _tables(e, data.entities[e], lang) for e in ENTITY_MODULES if e in data.entities
        },
        skipped=data.skipped,
        purchases_source=data.purchases_source,
        amounts=data.amounts,
        only_totals=data.only_totals,
        lang=lang,
        complaints=data.complaints,
        unbearable=data.unbearable,
        programmes=data.programmes,
        leads=data.leads,
        addresses=data.addresses,
        names=data.names,
        runs=data.runs,
        tasks=data.tasks,
    )


def _tables(entity: Entity, data: EntityData, lang: Language) -> Tables:
    customers = rows(data.customers, Customer, f"{entity}.customers", lang)
    tables = Tables(
        customers=customers,
        segments=rows(data.segments, SegmentRow, f"{entity}.segments", lang),
        grid=rows(data.grid, Cell, f"{entity}.grid", lang),
        indicators=[]
        if data.indicators is None
        else rows(data.indicators, IndicatorRow, f"{entity}.indicators", lang),
        migration=_migration(entity, data.migration, lang),
        leaving=[]
        if data.leaving is None
        else rows(data.leaving, LeavingRow, f"{entity}.leaving", lang),
        basis=data.basis,
        staying=_staying(entity, data.staying, lang),
        dashboard=data.dashboard,
        totals=data.totals or of_rows(customers),
        relations=data.relations,
    )
    used = {row.rfm_segment for row in tables.customers}
    used |= {row.segment for row in tables.segments} | {cell.segment for cell in tables.grid}
    unknown = sorted(used - catalogue().segments.keys())
    if unknown:
        names = ", ".join(repr(name) for name in unknown)
        raise DataError(text("report.unknown_segment", lang, names=names, table=entity))
    return tables


def _migration(entity: Entity, data: MigrationData | None, lang: Language) -> Migration | None:
    if data is None:
        return None
    moves = rows(data.moves, Move, f"{entity}.migration", lang)
    return Migration(data.before, data.after, moves, data.note)


def _staying(entity: Entity, data: StayingData | None, lang: Language) -> Staying | None:
    if data is None:
        return None
    months = rows(data.months, MonthRow, f"{entity}.months", lang)
    survival = rows(data.survival, SurvivalRow, f"{entity}.survival", lang)
    return Staying(data.first_limit, months, survival)


def rows(frame: pd.DataFrame, row: type[Row], table: str, lang: Language) -> list[Row]:
    """Return the rows of a frame, checked; `table` names it in an error.

    Raises:
        MissingColumns: the frame lacks columns.
    """
    columns = {field.name: str(field.type) for field in fields(row)}  # type: ignore[arg-type]
    optional = {field.name for field in fields(row) if field.default is None}  # type: ignore[arg-type]
    missing = [name for name in columns if name not in frame and name not in optional]
    if missing:
        raise MissingColumns(
            text("report.missing_columns", lang, table=table, columns=", ".join(missing))
        )
    values = [
        _column(frame[name], kind) if name in frame else [None] * len(frame)
        for name, kind in columns.items()
    ]
    return [row(*cells) for cells in zip(*values, strict=True)]


def _column(values: pd.Series[Any], kind: str) -> list[Any]:
    """Return a column as plain values; what is missing is asked of all of them at once."""
    convert, missing = _CONVERT[kind]
    known = values.notna().to_numpy()
    return [
        convert(value) if there else missing for value, there in zip(values, known, strict=True)
    ]


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else pd.Timestamp(value).date()


def _money(value: Any) -> Decimal:
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    return amount.quantize(CENT, ROUND_HALF_EVEN)


_CONVERT: Mapping[str, tuple[Callable[[Any], Any], Any]] = {
    "str": (str, ""),
    "bool": (bool, False),
    "int": (int, 0),
    "int | None": (int, None),
    "float | None": (float, None),
    "date": (_date, None),
    "date | None": (_date, None),
    "Decimal | None": (_money, None),
}
"""By the type of a column how its values become plain, and what stands for a missing one."""
