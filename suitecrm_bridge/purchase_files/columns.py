"""The columns that purchases need, and how each of their types becomes canonical, in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from suitecrm_bridge.catalogue.bearable import FIRST_DAY, LAST_DAY, MAX_UNITS
from suitecrm_bridge.errors import MissingColumns
from suitecrm_bridge.i18n import text
from suitecrm_bridge.purchase_files.dialects import DUCKDB, Dialect

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer_id": ("customer_id",),
    "date": ("date", "day"),
    "amount": ("amount",),
}
"""Names under which each column may come."""

ODD_QUOTES = "\x01"
"""Stands in the date of a line whose quotes are not in order."""

FAR = MAX_UNITS * 1000
"""Stands for hundredths that are out of bounds."""

_WHOLE = re.compile(r"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER")


@dataclass(frozen=True)
class Column:
    """A column of a file: its name there, and its type."""

    name: str
    kind: str

    @property
    def quoted(self) -> str:
        """The name as SQL takes it."""
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return _WHOLE.fullmatch(self.kind) is not None


def chosen(columns: Iterable[Column], file: Path) -> dict[str, Column]:
    """Return the columns that are needed, by what they mean.

    Raises:
        MissingColumns: one is not there; the message says which, and what looks like it.
    """
    known = {column.name: column for column in columns}
    picked: dict[str, Column] = {}
    lacking: list[str] = []
    for meaning, names in COLUMNS.items():
        there = [name for name in names if name in known]
        if there:
            picked[meaning] = known[there[0]]
        else:
            lacking.append(meaning)
    if lacking:
        raise MissingColumns(
            text(
                "purchase_files.columns",
                file=file,
                missing=", ".join(lacking),
                present=", ".join(known) or "—",
            )
            + "".join(_hint(meaning, known) for meaning in lacking)
        )
    return picked


def _hint(meaning: str, known: Iterable[str]) -> str:
    plain = {re.sub(r"[^a-z]", "", name.lower()): name for name in known}
    for name in COLUMNS[meaning]:
        near = get_close_matches(name.replace("_", ""), plain, n=1, cutoff=0.6)
        if near:
            return " " + text("purchase_files.rename", there=plain[near[0]], name=meaning)
    return ""


def id_sql(column: Column, *, as_text: bool) -> str:
    """Return the id in SQL, null where it is empty; whole numbers as such, or all as text."""
    if column.is_whole and not as_text:
        return f"cast({column.quoted} as bigint)"
    words = column.quoted if column.kind == "VARCHAR" else f"cast({column.quoted} as string)"
    # Only what begins with a blank can be nothing but blanks.
    return (
        f"case when {words} < '!' then nullif(trim(trailing ' ' from {words}), '') else {words} end"
    )


def day_sql(column: Column, zone: str = "UTC", sql: Dialect = DUCKDB) -> str:
    """Return the day since 1970-01-01 in SQL, as calendars show it; null where there is none.

    A moment that says where it is counts on its day in `zone`, any other on the day that it shows.
    """
    name = column.quoted
    if column.is_whole:
        return f"cast({name} as bigint)"
    if column.kind == "DATE":
        return sql.days(name)
    if column.kind == "TIMESTAMP WITH TIME ZONE" and zone != "UTC":
        name = sql.zoned(name, zone)
    if column.kind.startswith("TIMESTAMP"):
        return sql.days_of_moment(name, column.kind)
    words = f"trim(cast({name} as string))"
    shown = (
        f"case when length({words}) = 10 or substr({words}, 11, 1) in ('T', ' ')"
        f" then try_cast(left({words}, 10) as date) end"
    )
    return sql.days(shown)


def cents_sql(column: Column, sql: Dialect = DUCKDB) -> str:
    """Return hundredths in SQL, halves of one rounded to the even; null where there are none.

    Out of bounds, they are far out of bounds.
    """
    name, kind = column.quoted, column.kind
    if column.is_whole:
        plain = (
            f"when {name} between -{MAX_UNITS} and {MAX_UNITS} then cast({name} as bigint) * 100"
        )
        return f"case {plain} when {name} <> 0 then {FAR} end"
    if match := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", kind):
        digits, behind = int(match[1]), int(match[2])
        if behind > 2:
            return _exact(f"cast({name} as decimal(38,12))", name)
        plain = f"cast({name} * 100 as bigint)"
        within = f"{name} between -{MAX_UNITS} and {MAX_UNITS}"
        return plain if digits - behind <= 13 else f"case when {within} then {plain} else {FAR} end"
    if kind in ("DOUBLE", "FLOAT"):
        # Of a float the digits that it shows count.
        value = name if kind == "DOUBLE" else f"cast(cast({name} as string) as double)"
        cents = sql.cents_of_double(value, lambda words: _of_words(words, sql))
        return f"case when {sql.finite(value)} then {cents} end"
    return _of_words(f"cast({name} as string)", sql)


def _of_words(words: str, sql: Dialect) -> str:
    value = f"try_cast({words} as double)"
    digits = f"try_cast({words} as decimal(38,12))"
    return (
        f"case when {value} is null or not {sql.finite(value)} then null"
        f" when abs({value}) > {MAX_UNITS} then {FAR} else {_exact(digits, value)} end"
    )


def _exact(digits: str, size: str) -> str:
    """Decimals as hundredths: rounded away from zero by the cast, and back where that is odd."""
    cents = f"cast(cast({digits} as decimal(36,2)) * 100 as bigint)"
    tie = f"abs({digits} - cast({digits} as decimal(36,2))) = 0.005"
    back = f"case when {digits} > 0 then 1 else -1 end"
    return (
        f"case when abs({size}) > {MAX_UNITS} then {FAR}"
        f" when {tie} and {cents} % 2 <> 0 then {cents} - {back} else {cents} end"
    )


GOOD = (
    f"bridge_id is not null and bridge_day between {FIRST_DAY} and {LAST_DAY}"
    f" and bridge_cents between -{MAX_UNITS * 100} and {MAX_UNITS * 100}"
)
"""Whether a row counts, in SQL over bridge_id, bridge_day and bridge_cents."""


def reason_sql(columns: Mapping[str, Column]) -> str:
    """Return in SQL why a row is set apart, null where it is not.

    Over bridge_id, bridge_day and bridge_cents, which the functions above make.
    """
    date, amount = columns["date"], columns["amount"]
    odd = f"when {date.quoted} = '{ODD_QUOTES}' then 'odd_quotes'" if date.kind == "VARCHAR" else ""
    return (
        f"case when {GOOD} then null {odd}"
        f" when bridge_id is null then 'no_customer_id' when {_is_empty(date)} then 'no_date'"
        f" when bridge_day is null then 'bad_date'"
        f" when bridge_day not between {FIRST_DAY} and {LAST_DAY} then 'absurd_date'"
        f" when {_is_empty(amount)} then 'no_amount' when bridge_cents is null then 'bad_amount'"
        " else 'absurd_amount' end"
    )


def _is_empty(column: Column) -> str:
    return f"nullif(trim(cast({column.quoted} as string)), '') is null"
