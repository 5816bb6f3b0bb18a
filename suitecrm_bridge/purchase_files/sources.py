"""Files of one shape, and how DuckDB reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.purchase_files.columns import ODD_QUOTES, Column, chosen
from suitecrm_bridge.purchase_files.paths import Form, form_of

DELIMITERS = (",", ";", "\t", "|")
LONGEST_HEADER = 100_000


@dataclass(frozen=True)
class Source:
    """Files with the same columns: those that are needed by what they mean, and all names.

    `copies` names, by its path, a file that is read in the place of another.
    """

    files: tuple[Path, ...]
    form: Form
    columns: Mapping[str, Column]
    names: tuple[str, ...] = ()
    delimiter: str = ""
    copies: Mapping[Path, Path] = field(default_factory=dict)

    def sql(self, file: Path | None = None, *, in_order: bool = False) -> str:
        """Return the rows of all files, or of one, as SQL.

        Those of one file may come in order, with `bridge_place`, from 1 on.
        """
        files = [file] if file else list(self.files)
        listed = ", ".join(_literal(self.copies.get(one, one)) for one in files)
        if self.form == "parquet":
            numbered = ", file_row_number + 1 as bridge_place" if in_order else ""
            option = ", file_row_number = true" if in_order else ""
            return f"(select *{numbered} from read_parquet([{listed}]{option}))"
        numbered = ", row_number() over () as bridge_place" if in_order else ""
        columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in self.names)
        return (
            f"(select *{numbered} from read_csv([{listed}], auto_detect = false,"
            f" columns = {{{columns}}}, header = true, delim = {_quoted(self.delimiter)},"
            " quote = '\"', escape = '\"', strict_mode = true, store_rejects = true,"
            f" parallel = {'false' if in_order else 'true'}))"
        )


def sources(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> list[Source]:
    """Return the files by their shape.

    Raises:
        MissingColumns: a file lacks a column.
        DataError: a file cannot be read.
    """
    found: dict[tuple[object, ...], Source] = {}
    for file in files:
        one = _parquet(connection, file) if form_of(file) == "parquet" else _csv(file)
        key = (one.form, one.delimiter, one.names, tuple(one.columns.values()))
        known = found.get(key)
        found[key] = replace(one, files=(*known.files, file)) if known else one
    return list(found.values())


def mended(connection: duckdb.DuckDBPyConnection, source: Source, folder: Path) -> Source:
    """Return a source in which no quote that is not closed can swallow the lines after it.

    A line whose quotes are not in order is replaced by one that says so, in a copy of its file.
    """
    if source.form != "csv":
        return source
    copies: dict[Path, Path] = {}
    place = source.names.index(source.columns["date"].name)
    odd = _odd_quotes(source.delimiter)
    blank = [ODD_QUOTES if at == place else "" for at in range(len(source.names))]
    for file in source.files:
        lines = (
            f"read_csv([{_literal(file)}], auto_detect = false, columns = {{'line': 'VARCHAR'}},"
            " header = false, delim = '\x02', quote = '', escape = '', store_rejects = true)"
        )
        if connection.execute(f"select 1 from {lines} where {odd} limit 1").fetchall():
            copy = folder / f"mended-{len(copies)}-{file.name}"
            connection.execute("set preserve_insertion_order = true")
            connection.execute(
                f"copy (select case when {odd} then {_quoted(source.delimiter.join(blank))}"
                f" else line end from {lines}) to {_quoted(str(copy))}"
                " (format csv, header false, delimiter '\x02', quote '', escape '')"
            )
            connection.execute("set preserve_insertion_order = false")
            copies[file] = copy
    return replace(source, copies=copies)


def _odd_quotes(delimiter: str) -> str:
    """Return in SQL whether the quotes of a line do more than to enclose whole cells."""
    cell = f'(?:[^"{delimiter}]*|"(?:[^"]|"")*")'
    end = f"[{delimiter}]"
    return f"contains(line, '\"') and not regexp_full_match(line, '{cell}(?:{end}{cell})*')"


def _parquet(connection: duckdb.DuckDBPyConnection, file: Path) -> Source:
    try:
        rows = connection.execute(
            f"describe select * from read_parquet([{_literal(file)}])"
        ).fetchall()
    except duckdb.Error as error:
        raise DataError(text("purchase_files.unreadable", file=file, error=error)) from error
    columns = [Column(str(row[0]), str(row[1])) for row in rows]
    return Source((file,), "parquet", chosen(columns, file))


def _csv(file: Path) -> Source:
    delimiter, names = _header(file)
    return Source(
        (file,), "csv", chosen([Column(name, "VARCHAR") for name in names], file), names, delimiter
    )


def _header(file: Path) -> tuple[str, tuple[str, ...]]:
    """Return what separates the cells, and the names in the first line."""
    try:
        with file.open("rb") as opened:
            line = opened.readline(LONGEST_HEADER).decode("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise DataError(text("purchase_files.unreadable", file=file, error=error)) from error
    split = {
        delimiter: tuple(next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), ()))
        for delimiter in DELIMITERS
    }
    delimiter = max(split, key=lambda one: len(split[one]))
    names = split[delimiter]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DataError(text("purchase_files.twice", file=file, names=", ".join(sorted(twice))))
    return delimiter, names


def _literal(file: Path) -> str:
    """Return a path as SQL, none of whose characters stands for others."""
    plain = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(file))
    return _quoted(plain)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def lines_not_read(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, int, str]]:
    """Yield the lines of CSV that DuckDB could not take apart: file, row (the header is 1), why."""
    known = connection.execute(
        "select 1 from duckdb_tables() where table_name = 'reject_errors'"
    ).fetchall()
    if known:
        yield from connection.execute(
            "select distinct s.file_path, e.line, e.error_type from reject_errors as e"
            " join reject_scans as s using (scan_id, file_id) order by all"
        ).fetchall()
