"""The tables that go into spreadsheets: the same for XLSX and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from suitecrm_bridge.money import units
from suitecrm_bridge.report.model import Customer, EntityName, Report
from suitecrm_bridge.report.words import Words

Kind = Literal["text", "number", "money", "share", "date"]
Value = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, its width in characters, its heading if it is its own."""

    name: str
    kind: Kind
    width: int
    label: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table with a title; `rows` can be walked once."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterator[tuple[Value, ...]]


CUSTOMER_COLUMNS = (
    Column("customer_id", "text", 38),
    Column("name", "text", 32),
    Column("rfm_segment", "text", 22),
    Column("rfm_score", "text", 12),
    Column("rfm_recency", "number", 14),
    Column("rfm_frequency", "number", 14),
    Column("rfm_monetary", "number", 14),
    Column("first_purchase", "date", 15),
    Column("last_purchase", "date", 15),
    Column("purchase_count", "number", 11),
    Column("purchase_total", "money", 17),
    Column("average_purchase", "money", 17),
    Column("rfm_reason", "text", 80),
    Column("lifecycle", "text", 20),
    Column("churn_risk", "text", 14),
    Column("clv", "money", 17),
    Column("profit", "money", 17),
    Column("next_offer", "text", 32),
    Column("review_reason", "text", 60),
    Column("standing", "text", 16),
    Column("next_action", "text", 20),
    Column("next_action_due", "date", 15),
    Column("value_at_stake", "money", 17),
    Column("next_action_reason", "text", 80),
)

SEGMENT_COLUMNS = (
    Column("module", "text", 14),
    Column("segment", "text", 24),
    Column("customers", "number", 12),
    Column("customer_share", "share", 16),
    Column("revenue", "money", 18),
    Column("revenue_share", "share", 16),
    Column("average", "money", 20),
)


def customers(report: Report, entity: EntityName) -> Sheet:
    """Return every customer of `entity`."""
    words = Words(report.lang)
    rows = (_customer(row, words) for row in report.entities[entity].customers)
    return Sheet(words.text(f"report.{entity}"), CUSTOMER_COLUMNS, rows)


def segments(report: Report, entities: Iterable[EntityName]) -> Sheet:
    """Return the segments of each of `entities`, one below the other."""
    words = Words(report.lang)
    rows = (row for entity in entities for row in _segments(report, entity, words))
    return Sheet(words.text("report.segments"), SEGMENT_COLUMNS, rows)


def _customer(row: Customer, words: Words) -> tuple[Value, ...]:
    worded = {
        "rfm_segment": words.segment(row.rfm_segment),
        "lifecycle": words.option("lifecycle", row.lifecycle) if row.lifecycle else "",
        "churn_risk": words.option("churn_risk", row.churn_risk) if row.churn_risk else "",
        "standing": words.text(f"report.standing_{row.standing}") if row.standing else "",
        "next_action": words.option("next_action", row.next_action) if row.next_action else "",
    }
    return tuple(worded.get(c.name, getattr(row, c.name)) for c in CUSTOMER_COLUMNS)


def _segments(report: Report, entity: EntityName, words: Words) -> Iterator[tuple[Value, ...]]:
    module = words.text(f"report.{entity}")
    for row in report.entities[entity].segments:
        yield (
            module,
            words.segment(row.segment),
            row.customers,
            row.customer_share,
            units(row.revenue_cents),
            row.revenue_share,
            None if row.average_cents is None else units(row.average_cents),
        )
