"""The demo base as a mirror holds it, without a SuiteCRM in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Mirror, Scan
from suitecrm_bridge.sandbox.demo import generate
from suitecrm_bridge.settings import Settings

Rows = list[dict[str, Any]]


@contextmanager
def mirrored(home: Path, customers: int, seed: int, as_of: date) -> Iterator[Context]:
    """Open a bridge whose mirror holds the demo base, as if read over the fast path."""
    now = datetime.combine(as_of + timedelta(days=1), time(), UTC)
    tables: dict[str, Rows] = {}
    for batch in generate(customers, seed, as_of):
        tables.setdefault(batch.name, []).extend(batch.rows)
    settings = Settings.read({}, {"BRIDGE_HOME": str(home)})
    with Context(settings, clock=lambda: now) as context:
        mirror = context.mirror
        mirror.connection.execute("SET enable_progress_bar = false")
        for module in catalogue().modules:
            _store(mirror, module, tables.get(module, []), now)
        for table, link in catalogue().links.items():
            ends = (link.crm_own_id, link.crm_other_id)
            rows = tables.get(table, [])
            mirror.records.links.bring(table, [[(row[ends[0]], row[ends[1]]) for row in rows]])
        mirror.history.begin("Cases", now)
        changes = [_change(row) for row in tables.get("cases_audit", [])]
        mirror.history.store("Cases", changes, None, last=True)
        yield context


def _store(mirror: Mirror, module: str, rows: Rows, now: datetime) -> None:
    columns = tuple(catalogue().columns_of(module))
    scan = Scan(module, 0, None, None, None, False, None, now, columns, "fast")
    mirror.records.begin([scan])
    if rows:
        wanted = dict.fromkeys(("id", *columns))
        names = [name for name in wanted if name in rows[0]]
        values = [[_text(row[name]) for name in names] for row in rows]
        mirror.records.store_rows(scan, names, values, _unread, after_id=None, last=True)
    mirror.records.finish(module)


def _change(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "record_id": row["parent_id"],
        "changed_at": row["date_modified"],
        "field": row["field_name"],
        "before": row["before_value_string"],
        "after": row["after_value_string"],
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _unread(row: Any) -> Any:
    raise AssertionError(f"a demo row that the mirror cannot read: {row!r}")
