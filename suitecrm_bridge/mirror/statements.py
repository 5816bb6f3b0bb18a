"""Run what is the same for every mirror without reading its SQL again each time."""

from __future__ import annotations

from typing import Any

import duckdb

_parsed: dict[str, list[Any]] = {}


def run(connection: duckdb.DuckDBPyConnection, script: str) -> None:
    """Run a script that comes again with each mirror; it is parsed once a process.

    On a small mirror DuckDB takes as long to parse the definition of a view as to make it.
    """
    if script not in _parsed:
        _parsed[script] = connection.extract_statements(script)
    for statement in _parsed[script]:
        connection.execute(statement)
