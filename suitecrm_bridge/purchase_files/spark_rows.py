"""Rows of files as Spark reads them: the canonical ones, and how many there are of the others.

What is plain is cast by Spark; what DuckDB takes besides, as `1_000` or `2026/1/2`, is first
written plainly. Why a row cannot be used is not asked here: it is enough that it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from suitecrm_bridge.purchase_files.columns import GOOD, Column, cents_sql, day_sql, id_sql
from suitecrm_bridge.purchase_files.dialects import SPARK
from suitecrm_bridge.purchase_files.sources import Source

_BLANKS = "[ \\t\\n\\x0b\\f\\r]*"
_DIGITS = "[0-9]+(?:_[0-9]+)*"
NUMBER = (
    f"^{_BLANKS}[+]?(-?(?:{_DIGITS}[.]?(?:{_DIGITS})?|[.]{_DIGITS})"
    f"(?:[eE][+-]?{_DIGITS})?){_BLANKS}$"
)
"""What DuckDB takes for a number, but for infinite ones; the group is the number itself."""

DATE = rf"^{_BLANKS}([0-9]{{1,4}})([-/ \\])([0-9]{{1,2}})\2([0-9]{{1,2}}){_BLANKS}$"
_PLAIN_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_OUTER_BLANKS = r"^\p{Zs}+|\p{Zs}+$"
_NUMERIC = ("DECIMAL", "DOUBLE", "FLOAT")


def rows(session: Any, sources: Iterable[Source], zone: str, *, as_text: bool) -> Any:
    """Return every row with bridge_id, bridge_day, bridge_cents and good, a frame of Spark.

    A header of CSV is a row, too, and never a good one. `bridge_file` is where a row lies.
    """
    found = None
    for number, source in enumerate(sources):
        read = _parquet(session, source) if source.form == "parquet" else _csv(session, source)
        read.createOrReplaceTempView(f"bridge_read_{number}")
        columns = {name: replace(column, name=name) for name, column in source.columns.items()}
        canonical = session.sql(
            f"select {id_sql(columns['customer_id'], as_text=as_text)} as bridge_id,"
            f" {day_sql(columns['date'], zone, SPARK)} as bridge_day,"
            f" {cents_sql(columns['amount'], SPARK)} as bridge_cents, bridge_file"
            f" from (select {_cells(columns)}, bridge_file from bridge_read_{number})"
        )
        found = canonical if found is None else found.unionAll(canonical)
    assert found is not None, "there is a file"  # noqa: S101, who asks names one
    return found.selectExpr("*", f"coalesce({GOOD}, false) as good")


def headers(sources: Iterable[Source]) -> int:
    """Return how many of the rows are headers."""
    return sum(len(source.files) for source in sources if source.form == "csv")


def _parquet(session: Any, source: Source) -> Any:
    read = _load(session, "parquet", source.files)
    named = [f"{column.quoted} as {name}" for name, column in source.columns.items()]
    return read.selectExpr(*named, "_metadata.file_path as bridge_file")


def _csv(session: Any, source: Source) -> Any:
    """A line is a row, of which quotes may enclose nothing but whole cells."""
    end = f"[{source.delimiter}]"
    cell = f'"(?:[^"]|"")*"|[^"{source.delimiter}]*'
    plain = f"split(value, '{end}')"
    inner = "replace(substr(c, 2, length(c) - 2), '\"\"', '\"')"
    quoted = (
        f"case when value rlike '^(?:{cell})(?:{end}(?:{cell}))*$' then"
        f" transform(regexp_extract_all(concat('{source.delimiter}', value), '{end}({cell})', 1),"
        f" c -> case when startswith(c, '\"') then {inner} else c end) end"
    )
    taken = f"case when contains(value, '\"') then {quoted} else {plain} end"
    read = _load(session, "text", source.files).selectExpr(
        f"case when is_valid_utf8(value) then {taken} end as cells",
        "value",
        "_metadata.file_path as bridge_file",
    )
    places = {name: source.names.index(one.name) for name, one in source.columns.items()}
    named = [
        f"case when size(cells) = {len(source.names)} then cells[{place}] end as {name}"
        for name, place in places.items()
    ]
    return read.where("value <> ''").selectExpr(*named, "bridge_file")


def _load(session: Any, form: str, files: Iterable[Path]) -> Any:
    return session.read.format(form).load([_literal(file) for file in files])


def _literal(file: Path) -> str:
    """Return a path on this machine, none of whose characters stands for others."""
    return "file:" + re.sub(r"([][{}*?\\])", r"\\\1", path(file))


def path(file: Path) -> str:
    """Return the path of a file as Spark calls it, on Windows too."""
    return "/" + file.as_posix().lstrip("/")


def _cells(columns: dict[str, Column]) -> str:
    shown = {name: column.quoted for name, column in columns.items()}
    for name, plainly in (("date", _date), ("amount", _number)):
        kind = columns[name].kind
        moment = kind == "DATE" or kind.startswith("TIMESTAMP")
        if not (columns[name].is_whole or kind.startswith(_NUMERIC) or moment):
            shown[name] = plainly(f"cast({columns[name].quoted} as string)")
    if columns["customer_id"].kind == "DOUBLE" and not columns["customer_id"].is_whole:
        shown["customer_id"] = _id_of_double(columns["customer_id"].quoted)
    return ", ".join(f"{value} as {name}" for name, value in shown.items())


def _number(words: str) -> str:
    return f"translate(regexp_extract({words}, r'{NUMBER}', 1), '_', '')"


def _date(words: str) -> str:
    """The date at the beginning of a text as 2026-03-09; null where there is none."""
    trimmed = f"regexp_replace({words}, r'{_OUTER_BLANKS}', '')"
    head = f"left({trimmed}, 10)"
    parts = (f"regexp_extract({head}, r'{DATE}', {group})" for group in (1, 3, 4))
    year, month, day = parts
    whole = f"concat_ws('-', lpad({year}, 4, '0'), lpad({month}, 2, '0'), lpad({day}, 2, '0'))"
    return (
        f"case when length({trimmed}) = 10 or substr({trimmed}, 11, 1) in ('T', ' ')"
        f" then case when {head} rlike '{_PLAIN_DATE}' then {head}"
        f" when {head} rlike r'{DATE}' then {whole} end end"
    )


def _id_of_double(name: str) -> str:
    """A whole number as DuckDB shows it: Java would write 12345678.0 as 1.2345678E7."""
    whole = f"{name} = floor({name}) and abs({name}) < 1e15D"
    shown = f"concat(cast(cast({name} as bigint) as string), '.0')"
    return f"case when {whole} then {shown} else cast({name} as string) end"
