"""Where the SQL files run: DuckDB here, anything else that keeps the protocol."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any, Protocol

import duckdb
import numpy as np
import pandas as pd

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FRAME = "frame_being_copied"


def sql_text(sql_name: str) -> str:
    """Return the text of `sql/<sql_name>.sql`."""
    file = files("suitecrm_bridge.analytics") / "sql" / f"{_checked(sql_name)}.sql"
    return file.read_text(encoding="utf-8")


class SqlEngine(Protocol):
    """What the analytics ask of an engine."""

    def table(self, name: str, source: Any) -> None:
        """Make the temporary table `name` from a pandas frame or from another table's name."""

    def run(self, sql_name: str, into: str) -> None:
        """Make the temporary table `into` from the query in `sql/<sql_name>.sql`."""

    def fetch(self, table: str) -> pd.DataFrame:
        """Return a table as a frame, integers as nullable Int64."""


class Engine:
    """The SQL files on DuckDB.

    Args:
        connection: where the tables are; by default a database of its own in memory. Whatever
            the engine makes is temporary: a database file stays as it is.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self._connection = connection or duckdb.connect()

    def table(self, name: str, source: pd.DataFrame | duckdb.DuckDBPyRelation | str) -> None:
        """Make the temporary table `name`.

        Args:
            name: lower case letters, digits and underscores.
            source: a pandas frame, a relation of the same connection, or the name of a table.

        Raises:
            DataError: there is no such table, or DuckDB cannot read the frame.
        """
        if isinstance(source, str):
            self._create(name, f"from {_checked(source)}")
            return
        try:
            self._connection.register(_FRAME, source)
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=name, error=error)) from error
        try:
            self._create(name, f"from {_FRAME}")
        finally:
            self._connection.unregister(_FRAME)

    def run(self, sql_name: str, into: str) -> None:
        """Make the temporary table `into` from the query in `sql/<sql_name>.sql`.

        Raises:
            DataError: a table that the query reads is missing, or a sum is out of range.
        """
        self._create(into, sql_text(sql_name), shown=f"{sql_name}.sql")

    def fetch(self, table: str) -> pd.DataFrame:
        """Return a table as a frame.

        Integers come as nullable Int64 and texts as nullable string, so that a missing value
        turns neither into something else.

        Raises:
            DataError: there is no such table.
        """
        try:
            columns = self._connection.table(_checked(table)).fetchnumpy()
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=table, error=error)) from error
        return pd.DataFrame({name: _nullable(values) for name, values in columns.items()})

    def _create(self, name: str, query: str, shown: str | None = None) -> None:
        try:
            self._connection.execute(f"create or replace temp table {_checked(name)} as {query}")
        except duckdb.Error as error:
            raise DataError(
                text("analytics.sql_failed", name=shown or name, error=error)
            ) from error


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a name of a table or query")
    return name


def _nullable(values: Any) -> Any:
    mask = np.ma.getmaskarray(values)
    data = np.ma.getdata(values)
    if data.dtype.kind in "iu":
        return pd.arrays.IntegerArray(data.astype("int64"), mask)
    if data.dtype.kind == "b":
        return pd.arrays.BooleanArray(data, mask)
    if data.dtype.kind == "O":
        data[mask] = None
        return pd.array(data, dtype="string")
    return pd.Series(data).mask(mask)
