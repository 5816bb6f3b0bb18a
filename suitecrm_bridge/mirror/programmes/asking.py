"""Conditions asked of the database: each becomes a syntax tree of SQL, no value is ever spliced in.

A record is `r`, its scores are `s`, a record of another module is `h`, a link `l`. `$as_of` is the
day. Every part of a condition is true or false: what is missing makes it false.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.conditions import (
    Audience,
    Both,
    Compared,
    Condition,
    Containing,
    Either,
    Empty,
    Figure,
    Having,
    Moment,
    Never,
    OneOf,
)
from suitecrm_bridge.catalogue.conditions.names import AUDIENCES, OWNERS

DIALECT = "duckdb"
_COMPARED: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_TEXTS = ("text", "enum", "id")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Asked:
    """Whose records are asked.

    `of` says whose records, `scored` which columns their scores have, `alias` what a record is
    called. `since` is the column of their enrolment `e` from whose day on something happened.
    """

    of: Audience
    scored: Collection[str] = ()
    alias: str = "r"
    since: str = "wave_since"


def asking(condition: Condition, asked: Asked) -> exp.Condition:
    """Return a condition as SQL that is true or false of each record."""
    if isinstance(condition, Both):
        return _joined([asking(part, asked) for part in condition.parts], exp.And)
    if isinstance(condition, Either):
        return _joined([asking(part, asked) for part in condition.parts], exp.Or)
    if isinstance(condition, Never):
        return exp.Not(this=exp.paren(asking(condition.part, asked)))
    if isinstance(condition, Having):
        return _having(condition, asked)
    return exp.Coalesce(this=_asked(condition, asked), expressions=[exp.false()])


def as_of() -> exp.Condition:
    """Return the day that it is."""
    return exp.cast(exp.Placeholder(this="as_of"), "DATE")


def value(figure: Figure, asked: Asked) -> exp.Condition:
    """Return a figure, missing where a text is empty; a time is the day that it is there."""
    if figure.since:
        return _happened(figure, asked)
    if figure.scored and figure.column not in asked.scored:
        return exp.null()
    table = "s" if figure.scored else asked.alias
    column = exp.column(figure.column, table=table, quoted=True)
    if figure.asked:
        return _cast(column, figure.kind)
    if figure.kind in _TEXTS:
        return exp.Nullif(this=column, expression=exp.Literal.string(""))
    if figure.kind == "datetime":
        return _of_epoch(exp.func("business_day", column))
    return column


def owned(module: str, of: Audience) -> tuple[exp.Select, exp.Condition]:
    """Return a query on the records `h` of a module, and the id of whose they are."""
    table = catalogue().modules[module].table
    way, name = OWNERS[module][of]
    query = exp.Select().from_(exp.alias_(exp.to_table(table), "h"))
    if way == "column":
        return query, exp.column(name, table="h", quoted=True)
    if way == "link":
        link = catalogue().links[name]
        joined = exp.column(link.own_id, table="l").eq(exp.column("id", table="h"))
        query = query.join(exp.alias_(exp.to_table(link.table), "l"), on=joined)
        return query, exp.column(link.other_id, table="l")
    kind = exp.column(f"{way}_type", table="h").eq(exp.Literal.string(AUDIENCES[of]))
    return query.where(kind), exp.column(f"{way}_id", table="h", quoted=True)


def _cast(column: exp.Column, kind: str) -> exp.Condition:
    """Return a column that is mirrored as text as what it is compared with; else it is missing."""
    text = exp.Nullif(this=column, expression=exp.Literal.string(""))
    if kind == "date":
        return exp.TryCast(this=exp.func("left", text, exp.Literal.number(10)), to=_type("DATE"))
    if kind == "number":
        return exp.TryCast(this=text, to=_type("DECIMAL(26, 6)"))
    if kind == "bool":
        return exp.TryCast(this=text, to=_type("BOOLEAN"))
    return text


def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name, dialect=DIALECT)


def _happened(figure: Figure, asked: Asked) -> exp.Condition:
    since = exp.column(asked.since, table="e")
    happened = exp.Between(this=_of_epoch(exp.column("day", table="w")), low=since, high=as_of())
    query = exp.Select().select("1").from_(exp.alias_(exp.to_table(f"since_{asked.of}"), "w"))
    query = query.where(
        exp.column("person", table="w").eq(exp.column("id", table=asked.alias)),
        exp.column("what", table="w").eq(exp.Literal.string(figure.name)),
        happened,
    )
    return exp.Exists(this=query)


def _joined(parts: list[exp.Condition], by: type[exp.Connector]) -> exp.Condition:
    found: exp.Condition = exp.paren(parts[0])
    for part in parts[1:]:
        found = by(this=found, expression=exp.paren(part))
    return found


def _having(condition: Having, asked: Asked) -> exp.Condition:
    query, owner = owned(condition.module, asked.of)
    query = query.select("1").where(owner.eq(exp.column("id", table=asked.alias)))
    if condition.part is not None:
        query = query.where(asking(condition.part, Asked(asked.of, (), "h")))
    return exp.Exists(this=query)


def _asked(atom: Compared | OneOf | Containing | Empty, asked: Asked) -> exp.Condition:
    known = value(atom.figure, asked)
    if isinstance(atom, Empty):
        return exp.Is(this=known, expression=exp.null())
    if isinstance(atom, Containing):
        given = [exp.Lower(this=known), exp.Literal.string(atom.text.lower())]
        return exp.func("starts_with" if atom.at_start else "contains", *given)
    if atom.figure.kind == "text":
        known = exp.Lower(this=known)
    if isinstance(atom, OneOf):
        return exp.In(this=known, expressions=[_given(v, atom.figure) for v in atom.values])
    return _COMPARED[atom.operator](this=known, expression=_given(atom.value, atom.figure))


def _given(given: Any, figure: Figure) -> exp.Condition:
    if isinstance(given, Moment):
        return _moment(given)
    if isinstance(given, bool):
        return exp.true() if given else exp.false()
    if isinstance(given, date):
        return _day(given)
    if isinstance(given, int | Decimal):
        return exp.Literal.number(format(Decimal(given), "f"))
    return exp.Literal.string(given.lower() if figure.kind == "text" else given)


def _moment(moment: Moment) -> exp.Condition:
    found = as_of()
    if moment.months:
        months = exp.Interval(this=exp.Literal.string(str(moment.months)), unit=exp.var("MONTH"))
        found = exp.cast(exp.Add(this=found, expression=months), "DATE")
    if moment.days:
        found = exp.Add(this=found, expression=exp.Literal.number(moment.days))
    return found


def _of_epoch(days: exp.Expr) -> exp.Condition:
    """Return the day that comes some days after 1970-01-01."""
    return exp.Add(this=_day(_EPOCH), expression=exp.cast(days, "INTEGER"))


def _day(day: date) -> exp.Condition:
    return exp.cast(exp.Literal.string(day.isoformat()), "DATE")
