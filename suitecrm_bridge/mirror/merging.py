"""Bring a staged page into the mirror, in few statements whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.mirror.links import LinkTables
from suitecrm_bridge.mirror.references import leads_to
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
        changed = _update(connection, page.module, table, page.columns, bounds)
    else:
        listed = _listed(page.columns)
        connection.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {PAGE}")
        changed = page.size
    LinkTables(connection).follow_columns(page.module, page.columns)
    return changed


def _update(
    connection: duckdb.DuckDBPyConnection,
    module: str,
    table: str,
    columns: Sequence[str],
    bounds: Sequence[str],
) -> int:
    listed = _listed(columns)
    _keep_spelling(connection, module, table, columns)
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


def _keep_spelling(
    connection: duckdb.DuckDBPyConnection, module: str, table: str, columns: Sequence[str]
) -> None:
    """Leave references as they are in the mirror where the page only spells them otherwise."""
    references = [name for name in leads_to(module) if name in columns]
    if not references:
        return
    alike = {
        name: f'p."{name}" <> t."{name}"'
        f""" AND {canonical_sql(f'p."{name}"')} = {canonical_sql(f't."{name}"')}"""
        for name in references
    }
    kept = ", ".join(
        f'"{name}" = CASE WHEN {same} THEN t."{name}" ELSE p."{name}" END'
        for name, same in alike.items()
    )
    connection.execute(
        f"UPDATE {PAGE} AS p SET {kept} FROM {table} t"
        f" WHERE t.id = p.id AND ({' OR '.join(f'({same})' for same in alike.values())})"
    )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
