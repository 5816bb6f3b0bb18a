"""The tables about complaints that go into spreadsheets; without a row they are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.report import complaint_words
from suitecrm_bridge.report.complaint_words import (
    ComplaintsData,
    Part,
    heading,
    kind_of,
    title,
    worded,
)
from suitecrm_bridge.report.sheets import Column, Kind, Sheet, Value
from suitecrm_bridge.report.words import Words

_KINDS: Mapping[complaint_words.Kind, tuple[Kind, int]] = {
    "text": ("text", 30), "cases": ("text", 80), "count": ("number", 14),
    "decimal": ("money", 16), "points": ("money", 16), "money": ("money", 18),
    "share": ("share", 14), "sure": ("share", 14), "prose": ("text", 80), "date": ("date", 14),
}  # fmt: skip


def complaint_sheets(data: ComplaintsData | None, words: Words) -> Iterator[tuple[str, Sheet]]:
    """Yield the name of each part with its sheet."""
    for part in data.parts if data else ():
        if len(part.frame) and part.columns:
            make = _overview if part.name == "overview" else _sheet
            yield part.name, make(part, words)


def _sheet(part: Part, words: Words) -> Sheet:
    frame = worded(part, words.lang)
    columns = tuple(
        Column(name, *_KINDS[kind_of(name)], label=heading(name, words.lang))
        for name in part.columns
    )
    rows = (
        tuple(_value(name, value) for name, value in zip(part.columns, row, strict=True))
        for row in frame.itertuples(index=False, name=None)
    )
    return Sheet(title(part, words.lang), columns, rows)


def _overview(part: Part, words: Words) -> Sheet:
    """One figure a line, for there is one row."""
    columns = (
        Column("figure", "text", 40, label=words.text("complaints.column_figure")),
        Column("number", "money", 18, label=words.text("complaints.column_amount")),
    )
    row = part.frame.iloc[0]
    rows = [(heading(name, words.lang), _value(name, row[name])) for name in part.columns]
    return Sheet(title(part, words.lang), columns, iter(rows))


def _value(name: str, value: Any) -> Value:
    kind = kind_of(name)
    if kind == "cases":
        return "\n".join(value)
    if pd.isna(value):
        return None
    if kind == "count":
        return int(value)
    if kind in ("decimal", "points") and not isinstance(value, Decimal):
        return Decimal(f"{value:.2f}")
    return float(value) if kind in ("share", "sure") else value
