"""What the pages of the dashboard are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from suitecrm_bridge.report.charts.spec import Chart
from suitecrm_bridge.report.page_tables import PageTable

Kind = Literal["news", "headlines", "chart", "table", "people", "map", "figures", "prose", "flows"]
LISTED = 200
"""Rows of a table on the page; workbook, CSV and JSON hold them all."""


@dataclass(frozen=True)
class Figure:
    """A figure with what it was before: `mood` is good, bad or empty."""

    key: str
    label: str
    value: str
    change: str = ""
    mood: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A sentence, its figure, and the place with its list."""

    said: str
    figure: str
    target: str


@dataclass(frozen=True)
class Block:
    """A part of a page. `entity` is whose it is, "" of all; `live` follows the filters.

    `annex` begins what is printed behind the summary; `open` shows a table from the start.
    """

    kind: Kind
    key: str
    title: str = ""
    entity: str = ""
    note: str = ""
    lines: Sequence[Line] = ()
    figures: Sequence[Figure] = ()
    prose: Sequence[str] = ()
    chart: Chart | None = None
    table: PageTable | None = None
    lists: Sequence[tuple[str, str]] = ()
    ago: str = ""
    empty: str = ""
    live: bool = False
    annex: bool = False
    open: bool = False

    @property
    def id(self) -> str:
        """What links lead to."""
        return f"{self.entity}-{self.key}" if self.entity else self.key


@dataclass(frozen=True)
class Page:
    """A page: the key by which the menu shows it, its title, and its blocks."""

    key: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    lead: str = ""


def of_chart(chart: Chart | None, entity: str = "", table: PageTable | None = None) -> list[Block]:
    """Return the block of a chart, none without one; `table` holds its numbers instead."""
    if chart is None:
        return []
    return [
        Block(
            "chart",
            chart.key,
            chart.title,
            entity,
            chart=chart,
            table=table or chart.table,
            live=chart.live,
        )
    ]


def of_rows(
    key: str,
    title: str,
    table: PageTable,
    *,
    entity: str = "",
    note: str = "",
    prose: Sequence[str] = (),
    empty: str = "",
) -> list[Block]:
    """Return the block of a table, none where it has neither a row nor a word."""
    if not table.rows and not prose and not empty:
        return []
    return [Block("table", key, title, entity, note, table=table, prose=prose, empty=empty)]
