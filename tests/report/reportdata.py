"""A small base whose figures can be checked by hand, and a reader of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pandas as pd

from suitecrm_bridge.catalogue import SCORES, catalogue
from suitecrm_bridge.report import DashboardData, EntityData, ReportData
from suitecrm_bridge.tables import Table

AS_OF = date(2026, 3, 9)
CRM = "https://crm.example.com"
COLUMNS = [
    "customer_id",
    "name",
    "rfm_segment",
    "rfm_score",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "first_purchase",
    "last_purchase",
    "purchase_count",
    "purchase_total",
    "average_purchase",
    "rfm_reason",
    "lifecycle",
    "churn_risk",
    "clv",
    "profit",
    "next_offer",
    "review_flag",
    "review_reason",
    "standing",
    "next_action",
    "next_action_reason",
    "next_action_due",
    "value_at_stake",
]


def buyer(
    key: str, recency: int, frequency: int, total: str, count: int = 2, **changes: Any
) -> dict[str, Any]:
    """One customer with a purchase, in the segment of its cell."""
    row = dict.fromkeys(COLUMNS) | {
        "customer_id": key,
        "name": f"Customer {key}",
        "rfm_segment": catalogue().segment_of_cell[recency, frequency],
        "rfm_score": f"{recency}{frequency}3",
        "rfm_recency": recency,
        "rfm_frequency": frequency,
        "rfm_monetary": 3,
        "first_purchase": date(2024, 1, 31),
        "last_purchase": date(2025, 12, 24),
        "purchase_count": count,
        "purchase_total": Decimal(total),
        "average_purchase": (Decimal(total) / count).quantize(Decimal("0.01")),
        "rfm_reason": f"Reason of {key}.",
    }
    return row | changes


def prospect(key: str, **changes: Any) -> dict[str, Any]:
    """One customer without a purchase."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"customer_id": key, "name": f"Prospect {key}", "rfm_segment": "prospect"}
    return row | {"rfm_score": "", "purchase_count": 0, "rfm_reason": "No purchase."} | changes


FIVE = [
    buyer("a", 5, 5, "1000.10", count=4),
    buyer("b", 5, 5, "499.90", count=1),
    buyer("c", 1, 5, "2500.00", count=4),
    buyer("d", 2, 3, "0.05", count=1),
    prospect("e"),
]


def entity(rows: Sequence[Mapping[str, Any]]) -> EntityData:
    """The frames of `rows`, summed up as the analytics do."""
    cents = {row["customer_id"]: int((row["purchase_total"] or 0) * 100) for row in rows}
    revenue = sum(cents.values())

    def summed(name: str, value: Any) -> tuple[int, int]:
        found = [row["customer_id"] for row in rows if row[name] == value]
        return len(found), sum(cents[key] for key in found)

    segments = []
    for key in sorted(catalogue().segments, key=lambda key: catalogue().segments[key].rank):
        many, money = summed("rfm_segment", key)
        share = money / revenue if revenue else None
        average = money // many if many else None
        segments.append((key, many, many / len(rows) if rows else None, money, share, average))
    placed = [{**row, "cell": (row["rfm_recency"], row["rfm_frequency"])} for row in rows]
    rows = placed
    cells = [(r, f) for r in reversed(SCORES) for f in SCORES]
    segment_columns = ["segment", "customers", "customer_share", "revenue_cents", "revenue_share"]
    return EntityData(
        customers=pd.DataFrame(rows, columns=COLUMNS),
        segments=pd.DataFrame(segments, columns=[*segment_columns, "average_cents"]),
        grid=pd.DataFrame(
            [(*c, catalogue().segment_of_cell[c], *summed("cell", c)) for c in cells],
            columns=["recency", "frequency", "segment", "customers", "revenue_cents"],
        ),
    )


def data(contacts: Sequence[Mapping[str, Any]] = FIVE, **changes: Any) -> ReportData:
    """A report about `contacts` alone, unless `changes` say otherwise."""
    values: dict[str, Any] = {
        "as_of": AS_OF,
        "crm_url": CRM,
        "entities": {"contacts": entity(contacts)},
        "skipped": {},
        "purchases_source": "invoices",
    }
    return ReportData(**(values | changes))


HEADLINES = ("headline", "value", "before", "since", "unit", "better")
_CHOSEN = ["product", "segment", "country", "owner", "month", "cents", "purchases"]
_SUMS = ["recency", "frequency", "customers", "buyers", "leaving", "revenue_cents", "stake_cents"]


def beside(headlines: Sequence[tuple[Any, ...]] = (), **changes: Any) -> DashboardData:
    """What the page shows beside scores: nothing at all, unless `changes` say otherwise."""
    nothing = Table("nothing", pd.DataFrame(), ())
    values: dict[str, Any] = {
        "sentences": (),
        "headlines": Table("headlines", pd.DataFrame(headlines, columns=HEADLINES), ()),
        "values": {"country": [], "owner": [], "product": []},
        "people": pd.DataFrame(),
        "cells": pd.DataFrame(columns=[*_CHOSEN, *_SUMS]),
        "months": pd.DataFrame(columns=_CHOSEN),
        "tables": dict.fromkeys(("fields", "lead_sources", "campaigns", "cohorts"), nothing),
    }
    return DashboardData(**(values | changes))


class Page(HTMLParser):
    """What a page holds: every tag with its attributes, the words, and the rows of each table."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.open: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts.append(data)
        if "style" in self.open or "script" in self.open:
            return
        self.words.append(data)
        if "tr" in self.open and self.tables[-1][-1]:
            cell = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = " ".join(f"{cell} {data}".split())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split(" ")).replace("\n", " ")

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [attrs[attribute] for name, attrs in self.tags if name == tag and attribute in attrs]

    @property
    def data(self) -> Any:
        """What the page's own script works with."""
        return json.loads(self.scripts[0])

    def people(self, entity: str = "contacts") -> list[dict[str, Any]]:
        """The customers that the page names."""
        columns = self.data["columns"]
        rows = self.data["entities"][entity]["people"]
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def table(self, *heading: str) -> list[list[str]]:
        """The table whose first headings are these."""
        return next(rows for rows in self.tables if rows[0][: len(heading)] == list(heading))

    def chart(self, key: str) -> Any:
        """The rows of a chart."""
        return self.data["charts"][key]["spec"]["data"]["values"]
