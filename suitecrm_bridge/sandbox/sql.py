"""SQL statements: names come from the schema and are quoted, values are always parameters."""

# ruff: noqa: S608 (the only place that builds statements; see the line above)

from __future__ import annotations

from collections.abc import Iterable


def quoted(name: str) -> str:
    """Return a name of the schema as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def select(table: str, columns: Iterable[str], where: str, order: str = "rowid") -> str:
    """Return a query for some columns."""
    names = ", ".join(map(quoted, columns))
    return f"SELECT {names} FROM {quoted(table)} WHERE {where} ORDER BY {order}"


def count(table: str, where: str) -> str:
    """Return a query for the number of rows."""
    return f"SELECT count(*) FROM {quoted(table)} WHERE {where}"


def next_number(table: str, column: str) -> str:
    """Return a query for one more than the highest number."""
    return f"SELECT coalesce(max({quoted(column)}), 0) + 1 FROM {quoted(table)}"


def insert(table: str, columns: Iterable[str]) -> str:
    """Return a statement that inserts a row."""
    names = [quoted(column) for column in columns]
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {quoted(table)} ({', '.join(names)}) VALUES ({marks})"


def update(table: str, columns: Iterable[str], where: str) -> str:
    """Return a statement that changes rows."""
    changes = ", ".join(f"{quoted(column)} = ?" for column in columns)
    return f"UPDATE {quoted(table)} SET {changes} WHERE {where}"


def delete(table: str, where: str) -> str:
    """Return a statement that takes rows away."""
    return f"DELETE FROM {quoted(table)} WHERE {where}"


def compared(column: str) -> str:
    """Return the expression of a text as MySQL compares it: case and blanks at its end aside.

    Ids need none: a column of fixed length holds no blanks at its end.
    """
    return quoted(column) if column == "id" else f"rtrim({quoted(column)}) COLLATE NOCASE"


def same(column: str) -> str:
    """Return the condition that a column of text has a given value."""
    return f"{compared(column)} = rtrim(?)"


def equal(*columns: str) -> str:
    """Return the condition that columns of a row that is not deleted have given values."""
    return " AND ".join(["deleted = 0", *map(same, columns)])


def one_of(column: str, number: int) -> str:
    """Return the condition that a column has one of `number` values."""
    return f"{compared(column)} IN ({', '.join(['rtrim(?)'] * number)})"


def in_table(table: str, column: str, where: str) -> str:
    """Return the condition that an id stands in a column of another table."""
    return f"id IN (SELECT {compared(column)} FROM {quoted(table)} WHERE {where})"


def first_rows(table: str, expressions: Iterable[str], where: str) -> str:
    """Return a query for rows in id order, as many as its last parameter says."""
    shown = ", ".join(expressions)
    return f"SELECT {shown} FROM {quoted(table)} WHERE {where} ORDER BY id LIMIT ?"


def shown(column: str, kind: str, scale: int | None) -> str:
    """Return the expression of a value as MySQL would answer it: numbers with every decimal."""
    name = quoted(column)
    if kind != "number":
        return f"nullif({name}, '')"
    if not scale:
        return f"CAST({name} AS TEXT)"
    return f"iif({name} IS NULL, NULL, printf('%.{scale}f', {name}))"


def with_address(expression: str) -> str:
    """Return the expression of what is told of an e-mail address: 0 unless it was set."""
    return f"iif(coalesce(email1, '') = '', NULL, coalesce({expression}, '0'))"


def changed(column: str) -> str:
    """Return the expression of when a row changed, which `column` says where nothing else does."""
    return f"coalesce(date_modified, {quoted(column)})" if column != "date_modified" else column


def unless_deleted(expression: str) -> str:
    """Return an expression that is empty in rows which are deleted."""
    return f"iif(deleted, NULL, {expression})"


def among(column: str, table: str, where: str) -> str:
    """Return the condition that a column holds the id of one of a table's rows."""
    return f"{compared(column)} IN (SELECT id FROM {quoted(table)} WHERE {where})"


def count_by(table: str, column: str) -> str:
    """Return a query for the number of rows by the values of a column."""
    name = quoted(column)
    condition = f"deleted = 0 AND {name} <> ''"
    return f"SELECT {name}, count(*) FROM {quoted(table)} WHERE {condition} GROUP BY {name}"
