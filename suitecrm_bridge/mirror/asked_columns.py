"""Columns of the mirrored tables that are there because a programme names them."""

from __future__ import annotations

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror.transaction import transaction


def keep_asked(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the columns that are asked for, and drop those that nobody asks for and nobody reads.

    One that is not asked for any more goes when its module has been read without it.
    """
    wanted = {(m, name) for m, names in catalogue().asked.items() for name in names}
    there = set(connection.execute("SELECT module, name FROM asked_columns").fetchall())
    if wanted == there:
        return
    read = dict(connection.execute("SELECT module, columns FROM bookmarks").fetchall())
    with transaction(connection):
        for module, name in sorted(wanted - there):
            table = catalogue().modules[module].table
            connection.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" VARCHAR')
            connection.execute("INSERT INTO asked_columns VALUES (?, ?)", [module, name])
        for module, name in sorted(there - wanted):
            if name not in read.get(module, ()):
                table = catalogue().modules[module].table
                connection.execute(f'ALTER TABLE {table} DROP COLUMN "{name}"')
                connection.execute(
                    "DELETE FROM asked_columns WHERE module = ? AND name = ?", [module, name]
                )
