"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or nothing of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        # After some errors, a full disk among them, DuckDB has ended the transaction itself.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    connection.commit()
