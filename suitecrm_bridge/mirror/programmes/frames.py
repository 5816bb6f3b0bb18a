"""Rows of the database as tables of plain Python texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pandas as pd


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, named: dict[str, Any] | None = None
) -> pd.DataFrame:
    """Return what a query finds; texts are Python's, which one by one are read far faster."""
    found = connection.execute(query, named).df()
    texts = [name for name, kind in found.dtypes.items() if str(kind) in ("str", "string")]
    return found.astype(dict.fromkeys(texts, object))
