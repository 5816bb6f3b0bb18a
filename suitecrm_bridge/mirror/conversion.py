"""Carry Python values into DuckDB unharmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from numbers import Integral
from typing import Any

import duckdb

_PLAIN = (int, bool, date)
"""What text and back leaves as it is; asked first, for asking an abstract class takes long."""


def make_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Make or replace `table` (say "TEMP TABLE page") from rows of values.

    Values travel as text and are cast by the engine, so that neither float nor time zone can
    touch them.

    Args:
        connection: where the table is made.
        table: the kind and name of the table.
        types: SQL type by column, in the order of the values.
        rows: one value a column: str, bool, int, Decimal, date, datetime or missing.
    """
    given = list(rows)
    columns = zip(*given, strict=True) if given else ((),) * len(types)
    run_with(connection, f"CREATE OR REPLACE {table} AS", types, columns)


def run_with(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    types: Mapping[str, str],
    columns: Iterable[Sequence[Any]],
) -> None:
    """Run what ends in a query (say "INSERT INTO page") with columns of such values as the rest."""
    import numpy as np  # Late: a run that stores nothing starts without it.

    given = {}
    for name, column in zip(types, columns, strict=True):
        values = np.empty(len(column), dtype=object)
        values[:] = _as_texts(column)
        given[name] = values
    casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())
    connection.register("values_as_text", given)
    try:
        connection.execute(f"{statement} SELECT {casts} FROM values_as_text")
    finally:
        connection.unregister("values_as_text")


def _as_texts(values: Sequence[Any]) -> list[str | None]:
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return list(values)
    if kinds <= set(_PLAIN):
        return [None if value is None else str(value) for value in values]
    return [as_text(value) for value in values]


def as_text(value: Any) -> str | None:
    """Return a value in the form that DuckDB casts back exactly."""
    if value is None or isinstance(value, str):
        return value
    if type(value) in _PLAIN:
        return str(value)
    if isinstance(value, datetime):
        return str(naive(value))
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, bool | Integral | date):
        return str(value)
    raise TypeError(f"a mirrored value cannot be of type {type(value).__name__}")


def naive(value: datetime | None) -> datetime | None:
    """Return a time as the mirror keeps it: in UTC, without a zone."""
    return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None


def aware(value: datetime) -> datetime:
    """Return a time of the mirror with its zone."""
    return value.replace(tzinfo=UTC)
