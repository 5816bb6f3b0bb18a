"""The tables of the outlook that go into a workbook; without a row they are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.money import units
from suitecrm_bridge.report import outlook
from suitecrm_bridge.report.model import Report
from suitecrm_bridge.report.outlook import Group
from suitecrm_bridge.report.sheets import Cell, Chart, Sheet, Value, cells, named
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import UNITS, Kind, of_fields

Rows = list[Sequence[Any]]
LEAST_DRAWN = 2
"""Rows from which a chart tells more than they do."""

INDICATORS: Mapping[str, Kind] = {
    "indicator": "text",
    "value": "figure",
    "unit": "text",
    "formula": "prose",
}
GROUPS: Mapping[str, Kind] = {
    "group": "text",
    "customers": "count",
    "customer_share": "share",
    "revenue": "money",
    "clv": "money",
}
OFFERS: Mapping[str, Kind] = {
    "name": "text",
    "rfm_segment": "segment",
    "clv": "money",
    "churn_risk": "churn_risk",
    "next_offer": "text",
    "customer_id": "id",
}
REVIEW: Mapping[str, Kind] = {
    "name": "text",
    "rfm_segment": "segment",
    "profit": "money",
    "review_reason": "prose",
    "customer_id": "id",
}
TO_DO: Mapping[str, Kind] = {
    "name": "text",
    "next_action": "next_action",
    "value_at_stake": "money",
    "next_action_due": "date",
    "next_action_reason": "prose",
    "rfm_segment": "segment",
    "customer_id": "id",
}
LEAVING: Mapping[str, Kind] = {
    "standing": "text",
    "rfm_segment": "segment",
    "lifecycle": "lifecycle",
    "churn_risk": "churn_risk",
    "customers": "count",
    "revenue": "money",
    "value_at_stake": "money",
}
MONTHS: Mapping[str, Kind] = {
    "stay_month": "month",
    "stay_at_start": "count",
    "stay_new": "count",
    "stay_won_back": "count",
    "stay_lost": "count",
    "stay_churn_rate": "share",
    "stay_provisional": "text",
}
SURVIVAL: Mapping[str, Kind] = {
    "stay_days": "count",
    "stay_at_risk": "count",
    "stay_lost": "count",
    "stay_earliest": "share",
    "stay_latest": "share",
    "stay_low": "share",
    "stay_high": "share",
}
MOVES: Mapping[str, Kind] = {
    "before": "date",
    "after": "date",
    "from_segment": "place",
    "to_segment": "place",
    "customers": "count",
    "share": "share",
    "revenue": "money",
}
SHEETS: Mapping[str, Mapping[str, Kind]] = {
    "to_do": TO_DO,
    "leaving": LEAVING,
    "staying": MONTHS,
    "survival": SURVIVAL,
    "indicators": INDICATORS,
    "lifecycle": GROUPS,
    "value_at_risk": GROUPS,
    "offers": OFFERS,
    "review": REVIEW,
    "migration": MOVES,
}
"""By the end of its title the columns of each sheet."""


OF_PEOPLE = ("to_do", "offers", "review")
"""Sheets that name customers."""


def sheets(report: Report) -> Iterator[Sheet]:
    """Yield the sheets of every entity together, each with at least one row."""
    words = Words(report.lang)
    for title, kinds in SHEETS.items():
        if title in OF_PEOPLE and not report.names:
            continue
        columns = of_fields("report.column_", with_module(kinds))
        rows: list[tuple[Value, ...]] = []
        charts: list[Chart] = []
        for entity in report.entities:
            module = words.text(f"report.{entity}")
            own = [
                cells(columns, [row[0], module, *row[1:]], report.lang)
                for row in _ROWS[title](report, entity, words)
            ]
            charts += _drawn(title, module, len(rows), len(own), words)
            rows += own
        if rows:
            sheet = words.text(f"report.sheet_{title}")
            yield Sheet(sheet, columns, iter(rows), charts=charts)


def with_module(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """Return columns with the kind of customer behind the first one."""
    (first, kind), *others = kinds.items()
    return {first: kind, "module": "text", **dict(others)}


_CHARTS: Mapping[str, tuple[str, tuple[str, ...], bool]] = {
    "staying": ("stay_month", ("stay_new", "stay_won_back", "stay_lost"), True),
    "survival": ("stay_days", ("stay_earliest", "stay_latest"), True),
    "lifecycle": ("group", ("customers",), False),
    "value_at_risk": ("group", ("clv",), False),
}
"""By sheet the column of labels, those of figures, and whether these are joined by lines."""


def _drawn(title: str, module: str, first: int, count: int, words: Words) -> list[Chart]:
    if title not in _CHARTS or count < LEAST_DRAWN:
        return []
    labels, values, line = _CHARTS[title]
    name = words.text("report.chart_of", sheet=words.text(f"report.sheet_{title}"), module=module)
    return [Chart(name, labels, values, line, first, count)]


def _to_do(report: Report, entity: Entity, words: Words) -> Rows:
    return [
        (
            named(report, entity, row),
            action,
            row.value_at_stake,
            row.next_action_due,
            row.next_action_reason,
            row.rfm_segment,
            row.customer_id,
        )
        for action, own in outlook.actions(report.entities[entity].customers)
        for row in own
    ]


def _leaving(report: Report, entity: Entity, words: Words) -> Rows:
    return [
        (
            words.standing(row),
            row.segment,
            row.lifecycle,
            row.churn_risk,
            row.customers,
            row.revenue,
            row.value_at_stake,
        )
        for row in outlook.leaving(report.entities[entity].leaving)
    ]


def _months(report: Report, entity: Entity, words: Words) -> Rows:
    staying = report.entities[entity].staying
    return [
        (
            row.month,
            row.customers_at_start,
            row.new_customers,
            row.won_back,
            row.lost,
            row.churn_rate,
            words.text("tables.yes" if row.provisional else "tables.no"),
        )
        for row in (staying.months if staying else ())
    ]


def _survival(report: Report, entity: Entity, words: Words) -> Rows:
    del words
    staying = report.entities[entity].staying
    return [astuple(row) for row in (staying.survival if staying else ())]


def _indicators(report: Report, entity: Entity, words: Words) -> Rows:
    return [
        (
            words.indicator_label(row),
            Cell(row.value, UNITS[row.unit]),
            words.text(f"report.unit_{row.unit}"),
            words.indicator_note(row),
        )
        for row in report.entities[entity].indicators
    ]


def _lifecycle(report: Report, entity: Entity, words: Words) -> Rows:
    groups = outlook.lifecycle(report.entities[entity].totals)
    return [_group(group, words.option("lifecycle", group.key)) for group in groups]


def _value_at_risk(report: Report, entity: Entity, words: Words) -> Rows:
    groups = outlook.value_at_risk(report.entities[entity].totals)
    return [_group(group, words.option("churn_risk", group.key)) for group in groups]


def _group(group: Group, label: str) -> tuple[Any, ...]:
    return (label, group.customers, group.share, group.revenue, group.clv)


def _offers(report: Report, entity: Entity, words: Words) -> Rows:
    return [
        (
            named(report, entity, row),
            row.rfm_segment,
            row.clv,
            row.churn_risk,
            row.next_offer,
            row.customer_id,
        )
        for row in outlook.offered(report.entities[entity].customers)
    ]


def _review(report: Report, entity: Entity, words: Words) -> Rows:
    return [
        (
            named(report, entity, row),
            row.rfm_segment,
            row.profit,
            row.review_reason,
            row.customer_id,
        )
        for row in outlook.to_review(report.entities[entity].customers)
    ]


def _moves(report: Report, entity: Entity, words: Words) -> Rows:
    migration = report.entities[entity].migration
    if migration is None:
        return []
    return [
        (
            migration.before,
            migration.after,
            move.from_segment,
            move.to_segment,
            move.customers,
            move.share,
            units(move.revenue_cents),
        )
        for move in outlook.moved(migration)
    ]


_ROWS: Mapping[str, Callable[[Report, Entity, Words], Rows]] = {
    "to_do": _to_do,
    "leaving": _leaving,
    "staying": _months,
    "survival": _survival,
    "indicators": _indicators,
    "lifecycle": _lifecycle,
    "value_at_risk": _value_at_risk,
    "offers": _offers,
    "review": _review,
    "migration": _moves,
}
