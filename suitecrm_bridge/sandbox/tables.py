"""The SQL that makes the sandbox's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.sql import compared, quoted

CHUNK = 5_000
"""Rows that are inserted at once."""
CONFIG = "config"
"""The table of settings, in which the package keeps what it must remember."""
SQL_TYPE = {"number": "NUMERIC", "date": "TEXT", "datetime": "TEXT", "text": "TEXT COLLATE NOCASE"}


def definitions(schema: Schema) -> Iterator[str]:
    """Return the statements that make the tables which are not there yet."""
    yield "PRAGMA journal_mode = WAL"
    yield "PRAGMA synchronous = OFF"
    yield "PRAGMA cache_size = -131072"
    yield f"CREATE TABLE IF NOT EXISTS {CONFIG} (name TEXT PRIMARY KEY, value TEXT)"
    for bean in schema.beans.values():
        yield from _module(bean)
    for table, columns in schema.link_tables.items():
        yield from _link_table(table, columns)


def _module(bean: Bean) -> Iterator[str]:
    columns = [f"{quoted(name)} {SQL_TYPE[kind]}" for name, kind in bean.columns.items()]
    table = quoted(bean.table)
    # With `deleted` at their end the indexes answer counts and id scans without the table.
    yield f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)}, UNIQUE (id, deleted))"
    yield _index(bean.table, "by_date", "date_modified, id, deleted")


def _link_table(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    types = {"deleted": "NUMERIC", "date_modified": "TEXT"}
    named = [f"{quoted(name)} {types.get(name, SQL_TYPE['text'])}" for name in columns]
    yield f"CREATE TABLE IF NOT EXISTS {quoted(table)} ({', '.join(named)}, UNIQUE (id))"
    for name in columns:
        if name.endswith(("_id", "ida", "idb")):
            yield _index(table, f"by_{name}", compared(name))


def _index(table: str, name: str, columns: str) -> str:
    return f"CREATE INDEX IF NOT EXISTS {quoted(f'{table}_{name}')} ON {quoted(table)} ({columns})"


def unpadded(row: Mapping[str, Any], fixed: Iterable[str]) -> Mapping[str, Any]:
    """Return a row as columns of fixed length hold it: without blanks at the end."""
    padded = [name for name in fixed if str(row.get(name) or "")[-1:] == " "]
    return {**row, **{name: row[name].rstrip(" ") for name in padded}} if padded else row


def chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield rows in lists of as many as are inserted at once."""
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
