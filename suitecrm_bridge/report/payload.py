"""What the page's own script works with, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, catalogue, manners
from suitecrm_bridge.harmless import harmless
from suitecrm_bridge.money import cents
from suitecrm_bridge.report.charts.spec import Chart
from suitecrm_bridge.report.dashboard_data import NAMED, DashboardData
from suitecrm_bridge.report.figures import shown_segments
from suitecrm_bridge.report.model import Cell, Customer, Report, Tables
from suitecrm_bridge.report.special import specials
from suitecrm_bridge.report.words import Words, is_web

COLUMNS = (
    "id", "name", "segment", "recency", "frequency", "country", "owner", "products", "action",
    "stake", "revenue", "purchases", "last", "clv", "risk", "profit", "offer", "due", "reason",
    "flag", "review", "standing", "lost", "wallet",
)  # fmt: skip
"""What stands in a row about a customer, in this order; amounts are hundredths."""
HEADINGS = (
    "name", "segment", "action", "stake", "revenue", "purchases", "last", "clv", "risk", "profit",
    "offer", "due", "reason", "review", "standing", "lost", "wallet",
)  # fmt: skip
WORDS = (
    "search", "save", "rows", "where", "back", "on", "nobody", "all", "first_only", "cell",
    "revenue_both", "revenue_one",
)  # fmt: skip
OPEN = {
    name: f"{{{name}}}"
    for name in ("number", "first", "last", "all", "value", "before", "recency", "frequency")
}
"""What the script fills in by itself stays open."""
LONGEST = 300
"""Characters of a text from SuiteCRM in a row about a customer."""
OTHER = "other"


def payload(
    report: Report, charts: Mapping[str, Chart], first: Entity | None, words: Words
) -> dict[str, Any]:
    """Return it: texts, labels, what each kind of customer has, and the charts."""
    manner = manners()[report.lang]
    labels = catalogue().dropdowns
    told = {name: words.text(f"dashboard.script_{name}", **OPEN) for name in WORDS}
    headings = {name: words.text(f"dashboard.person_{name}") for name in HEADINGS}
    counted = {
        "customers": words.text("report.cell_customers", count=2, **OPEN),
        "customer": words.text("report.cell_customers", count=1, **OPEN),
        "no_name": words.text("report.no_name"),
    }
    return {
        "words": {**told, **counted, "columns": headings},
        "locale": {
            name: getattr(manner, name)
            for name in ("thousands", "decimal", "percent", "day", "month", "between")
        },
        "currency": words.money(0).split(words.minor(0)),
        "time": _time(words),
        "labels": {
            "segment": {key: words.segment(key) for key in catalogue().segments},
            "action": {key: told[report.lang] for key, told in labels["next_action"].items()},
            "risk": {key: told[report.lang] for key, told in labels["churn_risk"].items()},
            "standing": {key: told[report.lang] for key, told in labels["standing"].items()},
        },
        "columns": COLUMNS,
        "month": f"{report.as_of:%Y-%m}-01",
        "first": first,
        "entities": {
            entity: of_entity(report, entity, tables, words)
            for entity, tables in report.entities.items()
        },
        "charts": {key: {"spec": one.spec, "height": one.height} for key, one in charts.items()},
    }


def of_entity(report: Report, entity: Entity, tables: Tables, words: Words) -> dict[str, Any]:
    """Return what the script knows of one kind of customer."""
    data = tables.dashboard
    address = ""
    if is_web(report.crm_url):
        module = ENTITY_MODULES[entity]
        address = f"{report.crm_url}/index.php?module={module}&action=DetailView&record="
    months = sorted({f"{one:%Y-%m-%d}" for one in data.months["month"]}) if data else []
    return {
        "address": address,
        "all": tables.totals.key.customers,
        "people": people(tables, _special(report, tables, words)),
        "left": _left(data),
        "segments": [[row.segment, words.segment(row.segment)] for row in shown_segments(tables)],
        "values": {name: _values(name, data, words) for name in ("country", "owner", "product")},
        "cells": _cells(tables, data),
        "month_names": months,
        "months": _months(data, months),
        "compared": [
            [one.ago, words.text(f"dashboard.ago_{one.ago}", day=words.day(one.before))]
            for one in (data.compared if data else ())
        ],
    }


def _special(report: Report, tables: Tables, words: Words) -> dict[str, str]:
    named = set(tables.totals.named)
    rows = [row for row in tables.customers if row.customer_id in named]
    return specials(rows, tables.totals, report.as_of, words)


def people(tables: Tables, special: Mapping[str, str]) -> list[list[Any]]:
    """Return the rows about the customers that the page names, with what is special about each."""
    data, rows = tables.dashboard, {row.customer_id: row for row in tables.customers}
    known: dict[str, tuple[str, str, Sequence[str]]] = {}
    if data is not None and len(data.people):
        frame = data.people
        known = {
            customer: (country, owner, products)
            for customer, country, owner, products in zip(
                *(frame[name] for name in ("customer_id", "country", "owner", "products")),
                strict=True,
            )
        }
    return [
        _person(rows[one], special.get(one, ""), *known.get(one, ("", "", ())))
        for one in tables.totals.named
    ]


def _person(
    row: Customer, special: str, country: str, owner: str, products: Sequence[str]
) -> list[Any]:
    return [
        row.customer_id, _short(row.name), row.rfm_segment, row.rfm_recency, row.rfm_frequency,
        country, owner, list(products), row.next_action, _cents(row.value_at_stake),
        _cents(row.purchase_total), row.purchase_count or 0, _day(row.last_purchase),
        _cents(row.clv), row.churn_risk, _cents(row.profit), _short(row.next_offer),
        _day(row.next_action_due), _short(special or row.next_action_reason or row.rfm_reason),
        row.review_flag, _short(row.review_reason), row.standing, _cents(row.lost_value),
        row.wallet_share,
    ]  # fmt: skip


def script(content: Mapping[str, Any]) -> str:
    """Return JSON that may stand in a page: no tag can begin in it."""
    text = json.dumps(
        _harmless(content), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    for one in "<>&\u2028\u2029":
        text = text.replace(one, f"\\u{ord(one):04x}")
    return text


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else harmless(value)
    if isinstance(value, Mapping):
        return {key: _harmless(one) for key, one in value.items()}
    if isinstance(value, Iterable):
        return [_harmless(one) for one in value]
    return value


def _values(name: str, data: DashboardData | None, words: Words) -> list[list[str]]:
    if data is None:
        return []
    held = set(data.cells[name])
    known = data.owners if name == "owner" else {}
    values = [
        [one, _label(name, known.get(one) or one, one)] for one in data.values[name] if one in held
    ]
    more = [[OTHER, words.text(f"dashboard.other_{name}")]] if OTHER in held else []
    return [*values, *more]


def _label(name: str, shown: str, value: str) -> str:
    return value[:8] if name == "owner" and shown == value else _short(shown)


def _cells(tables: Tables, data: DashboardData | None) -> list[list[Any]]:
    if data is None:
        return [
            ["", one.segment, "", "", *_of_cell(one), 0, 0, one.revenue_cents, 0]
            for one in tables.grid
        ]
    names = (
        "product", "segment", "country", "owner", "recency", "frequency", "customers", "buyers",
        "leaving", "revenue_cents", "stake_cents",
    )  # fmt: skip
    return [list(row) for row in zip(*(data.cells[name].tolist() for name in names), strict=True)]


def _of_cell(cell: Cell) -> tuple[int, int, int]:
    return cell.recency, cell.frequency, cell.customers


def _months(data: DashboardData | None, months: Sequence[str]) -> list[list[Any]]:
    """Return for each combination of what can be chosen its revenue by month."""
    if data is None:
        return []
    place = {name: at for at, name in enumerate(months)}
    found: dict[tuple[str, ...], list[int]] = {}
    columns = ("product", "segment", "country", "owner", "month", "cents")
    for *key, month, amount in zip(*(data.months[name].tolist() for name in columns), strict=True):
        row = found.setdefault(tuple(key), [0] * len(months))
        row[place[f"{month:%Y-%m-%d}"]] += int(amount)
    return [[*key, row] for key, row in found.items()]


def _left(data: DashboardData | None) -> list[str]:
    """Return who has left since a month ago, or what is nearest to it."""
    compared = {one.ago: one for one in data.compared} if data else {}
    for ago in ("month", "last", "week", "quarter", "year"):
        if ago in compared:
            return list(compared[ago].left)[:NAMED]
    return []


def _time(words: Words) -> dict[str, Any]:
    """Return what Vega wants to know of days and months; only numbers are ever shown."""
    manner = manners()[words.lang]
    none = [str(number) for number in range(1, 13)]
    days = none[:7]
    return {
        "dateTime": manner.day, "date": manner.day, "time": "%H:%M", "periods": ["", ""],
        "days": days, "shortDays": days, "months": none, "shortMonths": none,
    }  # fmt: skip


def _cents(value: Decimal | None) -> int | None:
    return None if value is None else cents(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
