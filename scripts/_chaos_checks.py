"""What two bridges must agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.sandbox import Store

Rows = dict[str, list[tuple[Any, ...]]]


def mirror_rows(home: Path) -> Rows:
    """Return what a mirror holds: records, links, scores, scans under way, dead letters.

    Left out is what tells when a bridge worked: ledger, runs, bookmarks, the letters' attempts.
    """
    tables = [module.table for module in catalogue().modules.values()]
    tables += [*catalogue().links, "scores_contacts", "scores_accounts", "scans"]
    queries = {name: f"SELECT * FROM {name} ORDER BY ALL" for name in tables}  # noqa: S608
    queries["dead_letters"] = "SELECT direction, module, record_id FROM dead_letters ORDER BY ALL"
    with Mirror.open(home) as mirror:
        return {
            table: mirror.connection.execute(query).fetchall() for table, query in queries.items()
        }


def crm_rows(store: Store) -> Rows:
    """Return every record of the modules that the bridge knows."""
    return {
        module: [tuple(row.items()) for row in store.rows(module)] for module in catalogue().modules
    }


def differences(what: str, found: Rows, wanted: Rows) -> list[str]:
    """Return a line on every table that differs, with the first rows that do."""
    return [
        f"{what} {table}: {_first(rows, wanted[table])} in the place of"
        f" {_first(wanted[table], rows)}"
        for table, rows in found.items()
        if rows != wanted[table]
    ]


def _first(rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> str:
    own = [row for row in rows if row not in others]
    return f"{len(own)} rows {own[:1]}"
