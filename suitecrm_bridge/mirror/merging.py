"""Bring a staged page into the mirror, in few statements whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror.links import LinkTables
from suitecrm_bridge.mirror.staging import PAGE, Page


def merge(connection: duckdb.DuckDBPyConnection, page: Page) -> int:
    """Insert or update the page's records, and the links that their columns carry.

    Joins the caller's transaction.

    Returns:
        How many of the records are new or changed.
    """
    if not page.size:
        return 0
    table = catalogue().modules[page.module].table
    bounds = connection.execute(f"SELECT min(id), max(id) FROM {PAGE}").fetchall()[0]
    known = connection.execute(
        f"SELECT 1 FROM {table} WHERE id BETWEEN ? AND ? LIMIT 1", bounds
    ).fetchall()
    if known:
        changed = _update(connection, table, page.columns, bounds)
    else:
        listed = _listed(page.columns)
        connection.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {PAGE}")
        changed = page.size
    LinkTables(connection).follow_columns(page.module, page.columns)
    return changed


def _update(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    bounds: Sequence[str],
) -> int:
    listed = _listed(columns)
    # Rewriting what is the same already would only make the file grow.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE different AS SELECT {listed} FROM {PAGE}"
        f" EXCEPT SELECT {listed} FROM {table} WHERE id BETWEEN ? AND ?"
        f" AND id IN (SELECT id FROM {PAGE})",
        bounds,
    )
    # The bridge's own writes move date_modified: a change is a difference in another column.
    telling = _listed(name for name in columns if name != "date_modified")
    (changed,) = connection.execute(
        f"SELECT count(*) FROM (SELECT {telling} FROM different"
        f" EXCEPT SELECT {telling} FROM {table} WHERE id IN (SELECT id FROM different))"
    ).fetchall()[0]
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "id")
    connection.execute(
        f"INSERT INTO {table} ({listed}) SELECT {listed} FROM different"
        f" ON CONFLICT (id) DO {f'UPDATE SET {updates}' if updates else 'NOTHING'}"
    )
    return int(changed)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
