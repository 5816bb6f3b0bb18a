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
from suitecrm_bridge.sandbox.demo import Batch, generate
from suitecrm_bridge.settings import Settings


@contextmanager
def mirrored(home: Path, customers: int, seed: int, as_of: date) -> Iterator[Context]:
    """Open a bridge whose mirror holds the demo base, read over the fast path."""
    now = datetime.combine(as_of + timedelta(days=1), time(), UTC)
    settings = Settings.read({}, {"BRIDGE_HOME": str(home)})
    with Context(settings, clock=lambda: now) as context:
        mirror = context.mirror
        for module in catalogue().modules:
            mirror.records.begin([_scan(module, now)])
        mirror.history.begin("Cases", now)
        pairs: dict[str, list[tuple[str, str]]] = {}
        for batch in generate(customers, seed, as_of):
            _store(mirror, batch, now, pairs)
        for table, found in pairs.items():
            mirror.records.replace_links(table, [found])
        mirror.history.store("Cases", [], None, last=True)
        for module in catalogue().modules:
            mirror.records.finish(module)
        yield context


def _scan(module: str, now: datetime) -> Scan:
    columns = tuple(catalogue().columns_of(module))
    return Scan(module, 0, None, None, None, False, None, now, columns, "fast")


def _store(
    mirror: Mirror, batch: Batch, now: datetime, pairs: dict[str, list[tuple[str, str]]]
) -> None:
    """Store what the bridge mirrors of a batch."""
    if batch.name in catalogue().modules:
        scan = _scan(batch.name, now)
        wanted = [name for name in ("id", *scan.columns) if name in batch.rows[0]]
        columns = list(dict.fromkeys(wanted))
        rows = [[_text(row[name]) for name in columns] for row in batch.rows]
        mirror.records.store_rows(scan, columns, rows, _unread, after_id=None, last=False)
    elif batch.name == "cases_audit":
        mirror.history.store("Cases", [_change(row) for row in batch.rows], None, last=False)
    elif batch.name in catalogue().links:
        link = catalogue().links[batch.name]
        found = pairs.setdefault(batch.name, [])
        found += [(row[link.crm_own_id], row[link.crm_other_id]) for row in batch.rows]


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
