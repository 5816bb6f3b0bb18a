"""The figures on Spark, by the same queries as on DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine, Values, nullable
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

SUMMARY = 1_000_000
"""Rows that a summary has at most, to be brought to this process."""

_KINDS = {str: "string", float: "float64", int: "int64"}


class SparkEngine(SqlEngine):
    """The figures over temporary views of a Spark session.

    A table of customers stays with the cluster, and is made once. A summary, which names none and
    is not too long, comes to this process: for what is fitted here, and to be sent to wherever it
    is joined, so that no join takes everybody to the place of a few rows.

    Args:
        session: a SparkSession, whose time zone is UTC.
    """

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._here: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    def _take(self, name: str, source: Any, entity: str) -> None:
        if isinstance(source, str):
            self._create(name, _with_entity(source, entity), name)
        else:
            rows = source.assign(entity=entity) if entity else source
            self._put(name, _arrow(rows), name)

    def _give(self, name: str, rows: tuple[Values, ...]) -> None:
        kinds = {column: _KINDS[type(value)] for column, value in rows[0].items()}
        self._put(name, _arrow(pd.DataFrame(list(rows)).astype(kinds)), name)

    def _create(self, name: str, query: str, shown: str) -> None:
        with _errors(shown):
            found = self._session.sql(query).persist()
            if "customer_id" not in found.columns and found.count() <= SUMMARY:
                self._put(name, found.toArrow(), shown)
                found.unpersist()
            else:
                self._lay_down(name, found)
                self._kept[name] = found

    def _put(self, name: str, rows: Any, shown: str) -> None:
        with _errors(shown):
            self._lay_down(name, self._session.createDataFrame(rows))
            self._here[name] = rows

    def _lay(self, name: str, source: str, entity: str) -> None:
        with _errors(name):
            self._lay_down(name, self._session.sql(_with_entity(source, entity)))

    def _lay_down(self, name: str, found: Any) -> None:
        """Let a table have this name, in the place of the one that had it."""
        self._here.pop(name, None)
        if name in self._kept:
            self._kept.pop(name).unpersist()
        found.createOrReplaceTempView(name)

    def _read(self, name: str) -> pd.DataFrame:
        if name in self._here:
            return _frame(self._here[name])
        with _errors(name):
            return _frame(self._session.table(name).toArrow())


def _with_entity(source: str, entity: str) -> str:
    known = f"cast('{entity}' as string) as entity, " if entity else ""
    return f"select {known}* from {source}"  # noqa: S608, names of ours


@contextmanager
def _errors(name: str) -> Iterator[None]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        told = str(error).partition("\n")[0]
        raise DataError(text("analytics.sql_failed", name=name, error=told)) from error


def _arrow(rows: pd.DataFrame) -> Any:
    import pyarrow

    def kept(column: Any) -> Any:
        kind = None if pd.api.types.is_numeric_dtype(column.dtype) else pyarrow.string()
        return pyarrow.array(column, type=kind, from_pandas=True)

    return pyarrow.table({name: kept(rows[name]) for name in rows.columns})


def _frame(rows: Any) -> pd.DataFrame:
    return pd.DataFrame({name: nullable(_masked(rows.column(name))) for name in rows.column_names})


def _masked(column: Any) -> Any:
    import pyarrow

    plain = column
    if column.null_count and pyarrow.types.is_primitive(column.type):
        plain = column.fill_null(pyarrow.scalar(0).cast(column.type))
    return np.ma.masked_array(plain.to_numpy(), column.is_null().to_numpy())
