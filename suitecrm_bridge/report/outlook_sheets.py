"""The tables of the outlook that go into a workbook; without a row they are left out."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.money import units
from suitecrm_bridge.report import outlook
from suitecrm_bridge.report.model import EntityName, Report
from suitecrm_bridge.report.outlook import Group
from suitecrm_bridge.report.sheets import Column, Sheet, Value
from suitecrm_bridge.report.words import Words

Rows = list[tuple[Value, ...]]

_MODULE = Column("module", "text", 14)
INDICATORS = (
    _MODULE, Column("indicator", "text", 44), Column("value", "money", 18),
    Column("unit", "text", 12), Column("formula", "text", 100),
)  # fmt: skip
GROUPS = (
    _MODULE, Column("group", "text", 26), Column("customers", "number", 12),
    Column("customer_share", "share", 16), Column("revenue", "money", 18),
    Column("clv", "money", 18),
)  # fmt: skip
OFFERS = (
    _MODULE, Column("name", "text", 32), Column("rfm_segment", "text", 22),
    Column("clv", "money", 18), Column("churn_risk", "text", 16), Column("next_offer", "text", 40),
    Column("customer_id", "text", 38),
)  # fmt: skip
REVIEW = (
    _MODULE, Column("name", "text", 32), Column("rfm_segment", "text", 22),
    Column("profit", "money", 18), Column("review_reason", "text", 90),
    Column("customer_id", "text", 38),
)  # fmt: skip
TO_DO = (
    _MODULE, Column("next_action", "text", 20), Column("name", "text", 32),
    Column("value_at_stake", "money", 18), Column("next_action_due", "date", 14),
    Column("next_action_reason", "text", 90), Column("rfm_segment", "text", 22),
    Column("customer_id", "text", 38),
)  # fmt: skip
LEAVING = (
    _MODULE, Column("standing", "text", 26), Column("rfm_segment", "text", 22),
    Column("lifecycle", "text", 20), Column("churn_risk", "text", 16),
    Column("customers", "number", 12), Column("revenue", "money", 18),
    Column("value_at_stake", "money", 18),
)  # fmt: skip
MOVES = (
    _MODULE, Column("before", "date", 14), Column("after", "date", 14),
    Column("from_segment", "text", 24), Column("to_segment", "text", 24),
    Column("customers", "number", 12), Column("share", "share", 12), Column("revenue", "money", 18),
)  # fmt: skip


def sheets(report: Report) -> Iterator[Sheet]:
    """Yield the sheets of every entity together, each with at least one row."""
    words = Words(report.lang)
    for title, columns, make in (
        ("to_do", TO_DO, _to_do),
        ("leaving", LEAVING, _leaving),
        ("indicators", INDICATORS, _indicators),
        ("lifecycle", GROUPS, _lifecycle),
        ("value_at_risk", GROUPS, _value_at_risk),
        ("offers", OFFERS, _offers),
        ("review", REVIEW, _review),
        ("migration", MOVES, _moves),
    ):
        rows = [
            (words.text(f"report.{entity}"), *row)
            for entity in report.entities
            for row in make(report, entity, words)
        ]
        if rows:
            yield Sheet(words.text(f"report.sheet_{title}"), columns, iter(rows))


def _to_do(report: Report, entity: EntityName, words: Words) -> Rows:
    return [
        (
            words.option("next_action", action),
            row.name,
            row.value_at_stake,
            row.next_action_due,
            row.next_action_reason,
            words.segment(row.rfm_segment),
            row.customer_id,
        )
        for action, own in outlook.actions(report.entities[entity].customers)
        for row in own
    ]


def _leaving(report: Report, entity: EntityName, words: Words) -> Rows:
    return [
        (
            words.standing(row),
            words.segment(row.segment) if row.segment else "",
            words.option("lifecycle", row.lifecycle) if row.lifecycle else "",
            words.option("churn_risk", row.churn_risk) if row.churn_risk else "",
            row.customers,
            row.revenue,
            row.value_at_stake,
        )
        for row in outlook.leaving(report.entities[entity].leaving)
    ]


def _indicators(report: Report, entity: EntityName, words: Words) -> Rows:
    return [
        (
            words.indicator_label(row),
            row.value,
            words.text(f"report.unit_{row.unit}"),
            words.indicator_note(row),
        )
        for row in report.entities[entity].indicators
    ]


def _lifecycle(report: Report, entity: EntityName, words: Words) -> Rows:
    groups = outlook.lifecycle(report.entities[entity].customers)
    return [_group(group, words.option("lifecycle", group.key)) for group in groups]


def _value_at_risk(report: Report, entity: EntityName, words: Words) -> Rows:
    groups = outlook.value_at_risk(report.entities[entity].customers)
    return [_group(group, words.option("churn_risk", group.key)) for group in groups]


def _group(group: Group, label: str) -> tuple[Value, ...]:
    return (label, group.customers, group.share, group.revenue, group.clv)


def _offers(report: Report, entity: EntityName, words: Words) -> Rows:
    return [
        (
            row.name,
            words.segment(row.rfm_segment),
            row.clv,
            words.option("churn_risk", row.churn_risk),
            row.next_offer,
            row.customer_id,
        )
        for row in outlook.offered(report.entities[entity].customers)
    ]


def _review(report: Report, entity: EntityName, words: Words) -> Rows:
    return [
        (row.name, words.segment(row.rfm_segment), row.profit, row.review_reason, row.customer_id)
        for row in outlook.to_review(report.entities[entity].customers)
    ]


def _moves(report: Report, entity: EntityName, words: Words) -> Rows:
    migration = report.entities[entity].migration
    if migration is None:
        return []
    return [
        (
            migration.before,
            migration.after,
            words.place(move.from_segment),
            words.place(move.to_segment),
            move.customers,
            move.share,
            units(move.revenue_cents),
        )
        for move in outlook.moved(migration)
    ]
