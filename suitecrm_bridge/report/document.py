"""JSON for scripts.

Keys, segments and actions stay the same in every language; labels and reasons are texts.
Amounts are numbers in the base currency, of invoices without tax and shipping ("net") or with both
("gross"), exact to the cent up to ten million million; dates are
ISO, shares lie between 0 and 1, and what is not known is null.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from suitecrm_bridge.harmless import in_json
from suitecrm_bridge.money import units
from suitecrm_bridge.report import outlook
from suitecrm_bridge.report.model import (
    Cell,
    ComplaintsData,
    Customer,
    LeavingRow,
    Migration,
    Report,
    SegmentRow,
    Tables,
)
from suitecrm_bridge.report.staying import Staying
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import Table, records

VERSION = 3
"""Rises when a key changes its name or meaning."""

_CUSTOMER_KEYS = tuple(field.name for field in fields(Customer))


def write(report: Report, file: BinaryIO) -> None:
    """Write `report` into `file`."""
    stream = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=1, default=_plain)
    stream.writelines(in_json(chunk) for chunk in encoder.iterencode(document(report)))
    stream.write("\n")
    stream.flush()
    stream.detach()


def document(report: Report) -> dict[str, Any]:
    """Return `report` as one object."""
    words = Words(report.lang)
    return {
        "version": VERSION,
        "as_of": report.as_of,
        "language": report.lang,
        "crm_url": report.crm_url,
        "purchases_source": report.purchases_source,
        "amounts": report.amounts,
        "only_totals": report.only_totals,
        "skipped": dict(report.skipped),
        "unbearable": list(report.unbearable),
        "entities": {name: _entity(tables, words) for name, tables in report.entities.items()},
        "complaints": _complaints(report.complaints),
        "programmes": _parts(report.programmes),
        "leads": _parts(report.leads),
    }


def _complaints(data: ComplaintsData | None) -> dict[str, Any] | None:
    if data is None:
        return None
    return {
        "customers": data.customers,
        "since": data.since,
        "until": data.until,
        **_parts(data.parts),
    }


def _parts(parts: Sequence[Table]) -> dict[str, Any]:
    return {part.name: {"rows": records(part.frame), "said": part.said} for part in parts}


def _entity(tables: Tables, words: Words) -> dict[str, Any]:
    return {
        "key_figures": asdict(tables.totals.key),
        "basis": tables.basis,
        "segments": [_segment(row, words) for row in tables.segments],
        "grid": [_cell(cell) for cell in tables.grid],
        "customers": [
            {key: getattr(customer, key) for key in _CUSTOMER_KEYS} for customer in tables.customers
        ],
        "indicators": [asdict(row) for row in tables.indicators],
        "lifecycle": [asdict(group) for group in outlook.lifecycle(tables.totals)],
        "value_at_risk": [asdict(group) for group in outlook.value_at_risk(tables.totals)],
        "actions": [
            {"action": action, "customers": len(own), "value_at_stake": outlook.at_stake(own)}
            for action, own in outlook.actions(tables.customers)
        ],
        "leaving": [_leaving(row) for row in tables.leaving],
        "staying": _staying(tables.staying),
        "migration": _migration(tables.migration),
        "relations": _parts(tables.relations),
    }


def _staying(staying: Staying | None) -> dict[str, Any] | None:
    if staying is None:
        return None
    return {
        "first_limit": staying.first_limit,
        "months": [asdict(row) for row in staying.months],
        "survival": [asdict(row) for row in staying.survival],
    }


def _leaving(row: LeavingRow) -> dict[str, Any]:
    return {
        "standing": row.standing,
        "segment": row.rfm_segment,
        "lifecycle": row.lifecycle,
        "churn_risk": row.churn_risk,
        "customers": row.customers,
        "revenue": units(row.revenue_cents),
        "value_at_stake": units(row.stake_cents),
    }


def _migration(migration: Migration | None) -> dict[str, Any] | None:
    if migration is None:
        return None
    moves = [
        {
            "from_segment": move.from_segment,
            "to_segment": move.to_segment,
            "customers": move.customers,
            "share": move.share,
            "revenue": units(move.revenue_cents),
        }
        for move in migration.moves
        if move.customers
    ]
    return {
        "before": migration.before,
        "after": migration.after,
        "note": migration.note,
        "moves": moves,
    }


def _segment(row: SegmentRow, words: Words) -> dict[str, Any]:
    return {
        "segment": row.segment,
        "label": words.segment(row.segment),
        "customers": row.customers,
        "customer_share": row.customer_share,
        "revenue": units(row.revenue_cents),
        "revenue_share": row.revenue_share,
        "average": None if row.average_cents is None else units(row.average_cents),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "recency": cell.recency,
        "frequency": cell.frequency,
        "segment": cell.segment,
        "customers": cell.customers,
        "revenue": units(cell.revenue_cents),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
