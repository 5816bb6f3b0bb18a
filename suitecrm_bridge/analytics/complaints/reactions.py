"""Which complaints and alarms want a task: the catalogue's rules, held against what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import Calendar
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import Reaction, Reactions

DAY_MINUTES = 1440
EVER = 100_000
"""Days that no history of complaints is longer than."""

_COLUMN = {
    "segments": "segment",
    "lifecycles": "lifecycle",
    "churn_risks": "churn_risk",
    "priorities": "priority",
}

Row = Mapping[str, Any]
Fired = tuple[Reaction, Row]
"""A rule, and the complaint or alarm that it fired for."""


def prepare(engine: SqlEngine, rules: Reactions, as_of: date, calendar: Calendar) -> None:
    """Leave what the rules are about, after `timeline.prepare` for the same day.

    Tables in: those of `timeline.prepare`; `case_customers_contacts`, `case_customers_accounts`
    (case_id, customer_id); `reaction_customers` (entity, customer_id, name, owner, segment,
    lifecycle, churn_risk, purchases, total_cents, last_day, clv_cents); `reaction_subjects`
    (case_id, number, subject).
    Tables out: `reaction_told`, a row for each open complaint young enough, and
    `reaction_counts`, how many its customer had made by then; the SQL files name their columns.

    Raises:
        DataError: a table is missing.
    """
    earliest = calendar.midnight(as_of - timedelta(days=rules.days))
    engine.values("reaction_parameters", {"earliest": earliest})
    spans = sorted({rule.within_days for rule in rules.rules if rule.complaints} | {EVER})
    engine.table("reaction_spans", pd.DataFrame({"days": spans}))
    engine.values("reaction_ever", {"days": EVER})
    engine.make("reaction_told")


def of_cases(engine: SqlEngine, rules: Reactions) -> list[Fired]:
    """Return each rule with each complaint that it fires for, in the order of the rules.

    Tables in: those that `prepare` leaves. A complaint has the columns of `reaction_told` and
    `since`, the minute from which the rule holds. What is unknown is None.
    """
    cases = _rows(engine, "reaction_told")
    counts = {(c["case_id"], c["days"]): c["complaints"] for c in _rows(engine, "reaction_counts")}
    return [
        (rule, {**row, "since": row["unanswered"] if rule.unanswered else row["created"]})
        for rule in rules.rules
        if not rule.alarms
        for row in cases
        if _holds(rule, row, counts)
    ]


def of_alarms(
    engine: SqlEngine, rules: Reactions, names: Mapping[str, Mapping[str, str]]
) -> list[Fired]:
    """Return each rule with each alarm that it fires for, in the order of the rules.

    Tables in: `complaint_alarms` and `alarm_cases`, as `alarms.compute` leaves them, and
    `complaint_timeline`.
    An alarm has the columns of `reaction_alarms`, `title` (its value's name) and `since`.

    Args:
        engine: holds the tables.
        rules: the catalogue's rules.
        names: of each dimension, what its values are called; others are called as they are.
    """
    found = list(_alarms(engine, names)) if any(rule.alarms for rule in rules.rules) else []
    return [(rule, row) for rule in rules.rules for row in found if row["dimension"] in rule.alarms]


def key_of(rule: Reaction, row: Row) -> tuple[str, str]:
    """Return the key of a task, the same in every run, and what it is about."""
    if rule.alarms:
        subject = f"{row['dimension']} {row['value']}"
        return f"{rule.key} {subject} {row['since_day']}", subject
    return f"{rule.key} {row['case_id']}", row["case_id"]


def _holds(rule: Reaction, row: Row, counts: Mapping[tuple[str, int], int]) -> bool:
    if any(row[_COLUMN[name]] not in words for name, words in rule.words.items()):
        return False
    if rule.unanswered and row["unanswered"] is None:
        return False
    made = counts.get((row["case_id"], rule.within_days), 0)
    return not rule.complaints or made >= rule.complaints


def _alarms(engine: SqlEngine, names: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    for row in _rows(engine, "reaction_alarms"):
        title = names.get(row["dimension"], {}).get(row["value"], row["value"])
        yield {**row, "title": title, "since": int(row["since_day"]) * DAY_MINUTES}


def _rows(engine: SqlEngine, table: str) -> list[dict[str, Any]]:
    frame = engine.fetch(table)
    known = frame.astype(object).where(frame.notna(), None)
    names = [str(name) for name in known.columns]
    return [dict(zip(names, row, strict=True)) for row in known.itertuples(index=False)]
