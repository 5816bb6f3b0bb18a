"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

_OPEN: set[int] = set()
"""Connections inside a transaction; DuckDB cannot be asked, and has none within another."""


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or nothing of it; inside of another it is part of that one."""
    if id(connection) in _OPEN:
        yield
        return
    connection.begin()
    _OPEN.add(id(connection))
    try:
        yield
    except BaseException:
        # After some errors, a full disk among them, DuckDB has ended the transaction itself.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        _OPEN.discard(id(connection))
