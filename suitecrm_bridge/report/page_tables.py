"""The tables of the page, drawn from what each column holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from suitecrm_bridge.money import is_missing, units
from suitecrm_bridge.report import outlook, outlook_sheets, sheets
from suitecrm_bridge.report.model import Customer, IndicatorRow, Migration, SegmentRow
from suitecrm_bridge.report.outlook import Leavers
from suitecrm_bridge.report.staying import MonthRow
from suitecrm_bridge.report.totals import KeyFigures
from suitecrm_bridge.report.words import Words, record_link
from suitecrm_bridge.tables import NONE, NUMERIC, Column, Kind, Table, of_fields, shown, worded

BEST = (
    "name",
    "rfm_segment",
    "rfm_score",
    "purchase_count",
    "last_purchase",
    "purchase_total",
    "rfm_reason",
)
TO_DO = (
    "name",
    "value_at_stake",
    "next_action_due",
    "next_action_reason",
    "rfm_segment",
    "purchase_total",
)
OFFERS = ("name", "rfm_segment", "clv", "churn_risk", "next_offer")
REVIEW = ("name", "rfm_segment", "profit", "review_reason")
"""Columns of customers on the page; `sheets.CUSTOMERS` says what they hold."""

MONTHS: Mapping[str, Kind] = {**outlook_sheets.MONTHS, "stay_month": "text"}
MONTHS_SHOWN = tuple(name for name in MONTHS if name != "stay_provisional")
SEGMENTS_SHOWN = tuple(name for name in sheets.SEGMENTS if name != "module")
MOVES_SHOWN = ("from_segment", "to_segment", "customers", "share", "revenue")

IMPORTANT = ("value_at_stake", "purchase_total", "clv", "stay_lost")
"""The first of these columns that a table has stands out."""

CASES = 5
"""Cases that a cell links to."""

Address = Callable[[str], str | None]
"""The address of a customer's record in SuiteCRM, by its id."""


@dataclass(frozen=True)
class PageCell:
    """A cell as shown; `look` are its classes, `segment` the key of one shown with its colour.

    `order` is what it is sorted by, where its text is no good for it; `links` are (text, address).
    """

    text: str
    look: str = ""
    segment: str = ""
    address: str | None = None
    order: str = ""
    links: Sequence[tuple[str, str | None]] = ()


@dataclass(frozen=True)
class PageTable:
    """A table as drawn: headings with their classes, rows of cells, the first of which names it.

    `sums` is a row below all others.
    """

    headings: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[PageCell]]
    sums: Sequence[PageCell] = ()
    of_customers: bool = False


def of_customers(
    names: Sequence[str], customers: Sequence[Customer], address: Address, words: Words
) -> PageTable:
    """Return a table of customers, each named with a link to the record.

    Args:
        names: the columns, "name" the first.
        customers: the rows.
        address: of a record.
        words: the reader's language.
    """
    columns = _columns(sheets.CUSTOMERS, names)
    strong = _standing_out(columns)
    rows = []
    for customer in customers:
        name = customer.name or words.text("report.no_name")
        others = [_cell(one, getattr(customer, one.name), words, strong) for one in columns[1:]]
        rows.append([PageCell(name, address=address(customer.customer_id)), *others])
    return PageTable(_headings(columns, words), rows, of_customers=True)


def of_segments(rows: Sequence[SegmentRow], key: KeyFigures, words: Words) -> PageTable:
    """Return the segments, and below them what they come to."""
    columns = _columns(sheets.SEGMENTS, SEGMENTS_SHOWN)
    table = _plain(columns, [sheets.segment_values(row) for row in rows], words)
    sums = {"customers": key.customers, "revenue": key.revenue}
    cells = [
        _cell(column, sums[column.name], words, ()) if column.name in sums else PageCell("")
        for column in columns[1:]
    ]
    return replace(table, sums=[PageCell(words.text("report.all_segments")), *cells])


def of_leaving(rows: Sequence[Leavers], words: Words) -> PageTable:
    """Return who is at risk or lost; sums stand out."""
    columns = of_fields("report.column_", outlook_sheets.LEAVING)
    made = []
    for row in rows:
        strong = [column.name for column in columns] if row.kind else []
        values = (row.segment, row.lifecycle, row.churn_risk)
        sums = (row.customers, row.revenue, row.value_at_stake)
        pairs = zip(columns[1:], (*values, *sums), strict=True)
        cells = [
            PageCell("") if row.kind and value == "" else _cell(column, value, words, strong)
            for column, value in pairs
        ]
        made.append([PageCell(words.standing(row)), *cells])
    return PageTable(_headings(columns, words), made)


def of_indicators(rows: Sequence[IndicatorRow], words: Words) -> PageTable:
    """Return the indicators, each with its unit, and its formula or why it has no value."""
    headings = [(words.column(name), "") for name in ("indicator", "value", "formula")]
    headings[1] = (headings[1][0], "n")
    made = [
        [
            PageCell(words.indicator_label(row)),
            PageCell(words.indicator(row), "n strong"),
            PageCell(words.indicator_note(row), "long"),
        ]
        for row in rows
    ]
    return PageTable(headings, made)


def of_months(rows: Sequence[MonthRow], words: Words) -> PageTable:
    """Return who came and went by month."""
    values = [
        (
            words.stay_month(row.month, row.provisional),
            row.customers_at_start,
            row.new_customers,
            row.won_back,
            row.lost,
            row.churn_rate,
        )
        for row in rows
    ]
    return _plain(_columns(MONTHS, MONTHS_SHOWN), values, words)


def of_moves(migration: Migration | None, words: Words) -> PageTable:
    """Return who moved from which segment to which."""
    moved = outlook.moved(migration) if migration else []
    values = [
        (move.from_segment, move.to_segment, move.customers, move.share, units(move.revenue_cents))
        for move in moved
    ]
    return _plain(_columns(outlook_sheets.MOVES, MOVES_SHOWN), values, words)


def simple(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: Words,
    numbers: Collection[int] = (),
) -> PageTable:
    """Return a table of texts as they are; the columns at the places `numbers` hold numbers."""
    looks = ["n" if place in numbers else "" for place in range(len(headings))]
    made = [
        [PageCell(words.prose(text), look) for text, look in zip(row, looks, strict=True)]
        for row in rows
    ]
    return PageTable(list(zip(headings, looks, strict=True)), made)


def of_table(table: Table, crm_url: str, words: Words, most: int | None = None) -> PageTable:
    """Return a table that somebody else made, with what people see of it.

    Args:
        table: the table.
        crm_url: address of SuiteCRM, for links to cases.
        words: the reader's language.
        most: how many rows; default, all.
    """
    frame = table.frame if table.for_people is None else table.for_people
    frame = frame if most is None else frame.head(most)
    texts = worded(table, words.lang, most=most)
    rows = []
    for place, told in enumerate(texts):
        record = frame.iloc[place]
        rows.append(
            [
                _of_column(column, record, text, crm_url, words)
                for column, text in zip(table.columns, told, strict=True)
            ]
        )
    return PageTable(_headings(table.columns, words), rows)


def _of_column(column: Column, record: Any, text: str, crm_url: str, words: Words) -> PageCell:
    value = record[column.name]
    if column.kind == "cases":
        links = [
            (subject or words.text("tables.unknown"), record_link(crm_url, "Cases", id))
            for id, subject in zip(value, record["subjects"], strict=True)
        ]
        more = len(links) - CASES
        rest = [(words.text("complaints.more", more=words.number(more)), None)] if more > 0 else []
        return PageCell("", links=[*links[:CASES], *rest])
    if column.kind == "segment" and value:
        return PageCell(text, segment=value)
    if column.kind == "prose":
        return PageCell(words.prose(text), "long")
    return PageCell(text, "n" if _is_measured(column) else "", order=_order(value))


def _columns(kinds: Mapping[str, Kind], names: Sequence[str]) -> tuple[Column, ...]:
    return of_fields("report.column_", {name: kinds[name] for name in names})


def _plain(columns: Sequence[Column], rows: Sequence[Sequence[Any]], words: Words) -> PageTable:
    strong = _standing_out(columns)
    made = [
        [_cell(column, value, words, strong) for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]
    return PageTable(_headings(columns, words), made)


def _standing_out(columns: Sequence[Column]) -> list[str]:
    names = [column.name for column in columns]
    return [name for name in IMPORTANT if name in names][:1]


def _headings(columns: Sequence[Column], words: Words) -> list[tuple[str, str]]:
    return [(column.heading[words.lang], "n" if _is_measured(column) else "") for column in columns]


def _cell(column: Column, value: Any, words: Words, strong: Collection[str]) -> PageCell:
    if column.kind == "segment" and value:
        return PageCell(words.segment(value), segment=value)
    if column.kind == "prose":
        return PageCell(words.prose(value or ""), "long")
    look = ["n"] if _is_measured(column) else []
    look += ["strong"] if look and column.name in strong else []
    look += ["muted"] if column.name.endswith("share") else []
    return PageCell(_text(value, column.kind, words), " ".join(look), order=_order(value))


def _order(value: Any) -> str:
    if isinstance(value, (str, list, tuple)) or is_missing(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def _text(value: Any, kind: Kind, words: Words) -> str:
    if value == "":
        return "" if kind == "text" else NONE
    return shown(value, kind, words.lang)


def _is_measured(column: Column) -> bool:
    return column.kind in NUMERIC or column.kind == "date"
