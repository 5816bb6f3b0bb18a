"""Where the figures are computed: tables that are given, and tables that are made of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import duckdb
import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.nodes import Node, checked, nodes, readers
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_FRAME = "frame_being_copied"

_PARSED: dict[str, Any] = {}
"""The statements that make figures, read once a process: for a small base that takes a tenth."""

_MAKERS: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, int]] = WeakKeyDictionary()
"""By connection which engine made each table last."""

_NUMBERS = count()

Values = Mapping[str, int | float | str]


class Tables(Protocol):
    """Whatever has tables to be read: an engine, or a part of its customers."""

    def fetch(self, name: str) -> pd.DataFrame:
        """Return a table as a frame; see `SqlEngine.fetch`."""


class SqlEngine(ABC):
    """Tables by name, each made when it is asked for, and once.

    A table that is given takes the place of the one that would be made, and takes away what was
    made of the table of this name before.
    """

    def __init__(self) -> None:
        self._given: dict[str, tuple[Values, ...] | None] = {}
        self._made: set[str] = set()
        self._laid: dict[str, str] = {}

    def table(self, name: str, source: Any, entity: str = "") -> None:
        """Give the table `name`.

        Args:
            name: lower case letters, digits and underscores.
            source: a pandas frame, the name of another table, or what else the engine reads.
            entity: whose rows they are, where the source has no column `entity` that says so.

        Raises:
            DataError: there is no such table, or the engine cannot read the frame.
        """
        if isinstance(source, str):
            self.make(source)
        self._take(checked(name), source, entity)
        self._note(name, None)

    def view(self, name: str, source: str, entity: str = "") -> None:
        """Give the table `name` as it lies elsewhere, which is read there each time.

        Args:
            name: lower case letters, digits and underscores.
            source: the name of another table.
            entity: whose rows they are, where the source has no column `entity` that says so.
        """
        self.make(source)
        self._lay(checked(name), checked(source), entity)
        self._note(name, None)
        self._laid[name] = source

    def values(self, name: str, *rows: Values) -> None:
        """Give a small table; one that is given already stays, with all that was made of it."""
        if self._given.get(name) == rows and self._stands(name):
            return
        self._give(checked(name), rows)
        self._note(name, tuple(dict(row) for row in rows))

    def look_from(self, as_of: date) -> None:
        """Give the day that figures describe; what comes later does not exist yet."""
        self.values("as_of", {"as_of_day": to_day(as_of)})

    def make(self, *names: str) -> None:
        """Make tables, and first whatever they are made of.

        Raises:
            DataError: a table that nobody makes was not given, a sum is out of range, or another
                engine took the place of a table.
        """
        for name in names:
            node = nodes().get(name)
            if name in self._given or name in self._made:
                self._require(name)
            elif node:
                self.make(*node.reads)
                self._run(node)
                self._made.add(name)

    def fetch(self, name: str) -> pd.DataFrame:
        """Return a table as a frame.

        Integers come as nullable Int64 and texts as nullable string, so that a missing value
        turns neither into something else.

        Raises:
            DataError: there is no such table, or it cannot be made.
        """
        self.make(name)
        return self._read(checked(name))

    def _run(self, node: Node) -> None:
        if node.query is None:
            self._take(node.name, node.run(self), "")
        else:
            self._create(node.name, node.query, f"{node.name}.sql")

    def _note(self, name: str, rows: tuple[Values, ...] | None) -> None:
        self._laid.pop(name, None)
        self._given[name] = rows
        self._made.discard(name)
        self._made -= readers().get(name, frozenset())

    def _stands(self, name: str) -> bool:
        """Return whether a table is still the one that this engine made."""
        del name
        return True

    def _require(self, name: str) -> None:
        source = self._laid.get(name)
        if source in self._given or source in self._made:
            self._require(str(source))
        if not self._stands(name):
            raise DataError(text("analytics.table_replaced", name=name))

    @abstractmethod
    def _take(self, name: str, source: Any, entity: str) -> None:
        """Make a table from a frame or from another table's name; see `table`."""

    @abstractmethod
    def _create(self, name: str, query: str, shown: str) -> None:
        """Make a table from a query; `shown` names it in an error."""

    def _give(self, name: str, rows: tuple[Values, ...]) -> None:
        """Make a small table of values."""
        self._create(name, " union all ".join(map(_select, rows)), name)

    def _lay(self, name: str, source: str, entity: str) -> None:
        """Make a view of a table; an engine without views takes the table."""
        self._take(name, source, entity)

    @abstractmethod
    def _read(self, name: str) -> pd.DataFrame:
        """Return a table as a frame."""


def _select(row: Values) -> str:
    return "select " + ", ".join(f"{_literal(value)} as {name}" for name, value in row.items())


def _literal(value: int | float | str) -> str:
    if isinstance(value, str):
        quoted = value.replace("'", "''")
        return f"cast('{quoted}' as string)"
    if isinstance(value, float):
        return f"cast('{value!r}' as double)"
    return f"cast({int(value)} as bigint)"


class Engine(SqlEngine):
    """The figures on DuckDB.

    Args:
        connection: where the tables are; by default a database of its own in memory. Whatever
            the engine makes is temporary: a database file stays as it is. Of engines that share a
            connection, each knows which of its tables another one has replaced, and refuses them.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        super().__init__()
        self._connection = connection or duckdb.connect()
        self._makers = _MAKERS.setdefault(self._connection, {})
        self._number = next(_NUMBERS)

    def _stands(self, name: str) -> bool:
        return self._makers.get(name) == self._number

    def _take(
        self, name: str, source: pd.DataFrame | duckdb.DuckDBPyRelation | str, entity: str
    ) -> None:
        columns = f"select {_literal(entity)} as entity, *" if entity else "select *"
        if isinstance(source, str):
            self._create(name, f"{columns} from {checked(source)}", name)
            return
        try:
            self._connection.register(_FRAME, source)
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=name, error=error)) from error
        try:
            self._create(name, f"{columns} from {_FRAME}", name)
        finally:
            self._connection.unregister(_FRAME)

    def _create(self, name: str, query: str, shown: str) -> None:
        self._makers[name] = self._number
        try:
            self._connection.execute(self._parsed(name, query))
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=shown, error=error)) from error

    def _parsed(self, name: str, query: str) -> Any:
        written = f"create or replace temp table {name} as {query}"
        if name not in nodes():
            return written
        if written not in _PARSED:
            _PARSED[written] = self._connection.extract_statements(written)[0]
        return _PARSED[written]

    def _lay(self, name: str, source: str, entity: str) -> None:
        # A byte a row in the place of a text.
        kind = f"cast('{checked(entity)}' as enum('{entity}')) as entity, " if entity else ""
        query = f"select {kind}* from {source}"  # noqa: S608, names of ours
        self._makers[name] = self._number
        try:
            self._connection.execute(f"create or replace temp view {name} as {query}")
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=name, error=error)) from error

    def keep(self, name: str, query: str) -> None:
        """Make a table of what a query finds in tables that are there.

        Raises:
            DataError: a table is missing.
        """
        self._create(checked(name), query, name)

    def ask(self, query: str, shown: str) -> pd.DataFrame:
        """Return what a query finds in tables that are there, as `fetch` does.

        Args:
            query: SQL.
            shown: what an error calls it.

        Raises:
            DataError: a table is missing.
        """
        try:
            columns = self._connection.sql(query).fetchnumpy()
        except duckdb.Error as error:
            raise DataError(text("analytics.sql_failed", name=shown, error=error)) from error
        return pd.DataFrame({name: nullable(values) for name, values in columns.items()})

    def _read(self, name: str) -> pd.DataFrame:
        return self.ask(f"from {name}", name)


def nullable(values: Any) -> Any:
    """Return a masked array as a column that knows what is missing; see `SqlEngine.fetch`."""
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
