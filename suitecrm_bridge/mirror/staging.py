"""A page of values on its way into the mirror: text in, typed by the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.columns import SQL_TYPE
from suitecrm_bridge.mirror.conversion import as_text

PAGE = "page"
"""The temporary table of the page's values, typed."""

_SOURCE = "<source>"
FEW = 100
"""Rows of a page that are stored without NumPy."""

Decode = Callable[[Sequence[Any]], Mapping[str, Any]]
"""Reads a row that the engine could not read; raises DataError where nobody can."""

_NO_DAY = ("", "0000-00-00", "0000-00-00 00:00:00")
_EMPTY = {"date": _NO_DAY, "datetime": _NO_DAY}

# The engine reads the plain forms only, and exactly; what it leaves is read by `Decode`.
_PLAIN = {
    "int": "CASE WHEN regexp_full_match({v}, '-?[0-9]{{1,19}}') THEN TRY_CAST({v} AS {type}) END",
    "number": "CASE WHEN regexp_full_match({v}, '-?[0-9]{{1,20}}([.][0-9]{{1,6}})?')"
    " THEN TRY_CAST({v} AS {type}) END",
    "bool": "CASE WHEN {v} IN ('1', 'True') THEN true WHEN {v} IN ('0', 'False') THEN false END",
    # DuckDB knows more forms of dates and times than SuiteCRM has.
    "date": "CASE WHEN length({v}) = 10 AND CAST(TRY_CAST({v} AS {type}) AS VARCHAR) = {v}"
    " THEN TRY_CAST({v} AS {type}) END",
    "datetime": "CASE WHEN length({v}) = 19 AND CAST(TRY_CAST({v} AS {type}) AS VARCHAR) = {v}"
    " THEN TRY_CAST({v} AS {type}) END",
}
_PLAIN["money"] = _PLAIN["number"]


@dataclass(frozen=True)
class Refused:
    """A record that cannot be read, or that the mirror cannot hold."""

    id: str
    error: DataError


Refuse = Callable[[Sequence[Refused]], None]


def stop(refused: Sequence[Refused]) -> None:
    """Raise the first record's error."""
    raise refused[0].error


@dataclass(frozen=True)
class Page:
    """What the temporary table holds: records of a module, their columns, how many."""

    module: str
    columns: Sequence[str]
    size: int


def stage(
    connection: duckdb.DuckDBPyConnection,
    module: str,
    kinds: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    decode: Decode | None = None,
) -> list[Refused]:
    """Make the temporary table `page` of `rows`, but for those that cannot be read or held.

    Args:
        connection: where the table is made.
        module: key of the module, for errors.
        kinds: column type of the catalogue by column, in the order of the values, "id" first.
        rows: text or None, one value a column, each id once. A number counts as its digits.
        decode: reads a row in full; None where the values are decoded already.

    Returns:
        The rows that were left out.
    """
    odd = _load(connection, kinds, rows)
    if not odd:
        return []
    refused: list[Refused] = []
    read: list[list[str | None]] = []
    for position, column in odd:
        row = rows[position]
        try:
            if decode is None:
                raise _does_not_fit(module, row[0], column, row[list(kinds).index(column)])
            record = decode(row)
            read.append([as_text(record[name]) for name in kinds])
        except DataError as error:
            refused.append(Refused(row[0], error))
    left = [position for position, _ in odd]
    connection.execute(f"DELETE FROM {PAGE} WHERE position IN (SELECT unnest(?::INT[]))", [left])
    if read:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE plain_page AS FROM {PAGE}")
        refused += stage(connection, module, kinds, read)
        connection.execute(f"INSERT INTO {PAGE} FROM plain_page")
    return refused


def _load(
    connection: duckdb.DuckDBPyConnection, kinds: Mapping[str, str], rows: Sequence[Sequence[Any]]
) -> list[tuple[int, str]]:
    """Make the page with every row; return position and column of the values not read."""
    plain = {name: _plain(name, kind) for name, kind in kinds.items()}
    odd = " ".join(
        f"""WHEN ({plain[name]}) IS NULL AND "{name}" NOT IN {_EMPTY.get(kind, "('')")}"""
        f" THEN '{name}'"
        for name, kind in kinds.items()
        if kind in _PLAIN
    )
    listed = ", ".join(f'{read} AS "{name}"' for name, read in plain.items())
    made = (
        f"CREATE OR REPLACE TEMP TABLE {PAGE} AS SELECT {listed}, position,"
        f" {f'CASE {odd} END' if odd else 'NULL::VARCHAR'} AS odd FROM {_SOURCE}"
    )
    (_make_of_few if len(rows) <= FEW else _make_of_many)(connection, kinds, rows, made)
    return connection.execute(
        f"SELECT position, odd FROM {PAGE} WHERE odd IS NOT NULL ORDER BY position"
    ).fetchall()


def _make_of_few(
    connection: duckdb.DuckDBPyConnection,
    kinds: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    made: str,
) -> None:
    """Make the page without NumPy, which takes longer to import than a few rows to store."""
    values = [
        [None if row[place] is None else str(row[place]) for row in rows]
        for place in range(len(kinds))
    ]
    columns = ", ".join(f'unnest(?::VARCHAR[]) AS "{name}"' for name in kinds)
    source = f"(SELECT {columns}, unnest(?::INT[]) AS position)"
    connection.execute(made.replace(_SOURCE, source), [*values, [*range(len(rows))]])


def _make_of_many(
    connection: duckdb.DuckDBPyConnection,
    kinds: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    made: str,
) -> None:
    import numpy as np  # Late: a run that stores nothing, or little, starts without it.

    values = np.empty((len(rows), len(kinds)), dtype=object)
    values[:] = rows
    columns: dict[str, Any] = {name: values[:, place] for place, name in enumerate(kinds)}
    columns["position"] = np.arange(len(rows), dtype="int32")
    connection.register("page_as_text", columns)
    try:
        connection.execute(made.replace(_SOURCE, "page_as_text"))
    finally:
        connection.unregister("page_as_text")


def _plain(name: str, kind: str) -> str:
    return (
        _PLAIN[kind].format(v=f'"{name}"', type=SQL_TYPE[kind]) if kind in _PLAIN else f'"{name}"'
    )


def _does_not_fit(module: str, id: str, column: str, value: Any) -> DataError:
    return DataError(
        text("mirror.does_not_fit", module=module, id=id, field=column, value=str(value))
    )
