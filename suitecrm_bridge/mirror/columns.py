"""The tables of modules and links, with the columns that the catalogue gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import duckdb

from suitecrm_bridge.catalogue import catalogue

SQL_TYPE = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "enum": "VARCHAR",
    "int": "BIGINT",
    "number": "DECIMAL(26,6)",
    "money": "DECIMAL(26,6)",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}
"""Column type in DuckDB by column type of the catalogue. Datetimes are UTC."""

MARK = "columns-"
"""Begins the record of which of the catalogue's columns a mirror has been given."""


def of_catalogue() -> dict[str, dict[str, str]]:
    """Return the definitions of columns, and of a table's key, by table and name."""
    tables = {
        module.table: {
            name: f'"{name}" {SQL_TYPE[kind]}{" PRIMARY KEY" if name == "id" else ""}'
            for name, kind in catalogue().lasting_columns_of(key).items()
        }
        for key, module in catalogue().modules.items()
    }
    for link in catalogue().links.values():
        ids = (link.own_id, link.other_id)
        columns = {id: f'"{id}" VARCHAR NOT NULL' for id in ids}
        tables[link.table] = columns | {"": f"PRIMARY KEY ({', '.join(ids)})"}
    return tables


def mark(tables: Mapping[str, Mapping[str, str]]) -> str:
    """Return the name under which it is recorded that a mirror has these columns."""
    return MARK + hashlib.sha256(repr(tables).encode()).hexdigest()[:16]


def settle(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Mapping[str, str]]) -> None:
    """Make the tables and columns that are missing, and drop the columns that nothing needs now."""
    present: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'"
    ).fetchall():
        present.setdefault(table, {""}).add(column)
    _add(connection, tables, present)
    _drop(connection, tables, present)


def _add(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Mapping[str, str]],
    present: Mapping[str, set[str]],
) -> None:
    for table, columns in tables.items():
        if table not in present:
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns.values())})")
            continue
        for name in columns.keys() - present[table]:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {columns[name]}")


def _drop(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Mapping[str, str]],
    present: Mapping[str, set[str]],
) -> None:
    """Drop what is neither in the catalogue nor asked for by a programme.

    What was read before stands as read, in fewer columns: nothing has to be read anew.
    """
    asked = set(connection.execute("SELECT module, name FROM asked_columns").fetchall())
    for key, module in catalogue().modules.items():
        kept = {*tables[module.table], "", *(name for of, name in asked if of == key)}
        gone = sorted(present.get(module.table, set()) - kept)
        for name in gone:
            connection.execute(f'ALTER TABLE {module.table} DROP COLUMN "{name}"')
        for noted in ("bookmarks", "scans") if gone else ():
            connection.execute(
                f"UPDATE {noted} SET columns = list_filter(columns,"
                " lambda name: NOT list_contains(?, name)) WHERE module = ?",
                [gone, key],
            )
