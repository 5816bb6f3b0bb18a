"""Who is in a programme's audience, what begins it for them, and what stands in the way of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
import pandas as pd
from sqlglot import exp

from suitecrm_bridge.catalogue import Source, catalogue
from suitecrm_bridge.catalogue.conditions import LEADS, Audience
from suitecrm_bridge.catalogue.programmes import Programme, Trigger
from suitecrm_bridge.mirror.programmes.addresses import macro
from suitecrm_bridge.mirror.programmes.asking import DIALECT, Asked, as_of, asking, owned, value
from suitecrm_bridge.mirror.programmes.frames import rows
from suitecrm_bridge.mirror.programmes.since import LOG, unknown

NEEDED: Mapping[str, tuple[str, ...]] = {
    "mail": ("email1", "email_opt_out", "invalid_email"),
    "call": ("do_not_call",),
    "task": (),
    "letter": (),
    "webhook": (),
}
"""By channel the columns without which nobody may be addressed."""
ALWAYS_NEEDED = ("lawful_basis", "no_profiling_c")
_WORTH: Mapping[Audience, str] = {"contacts": "value_at_stake", "accounts": "value_at_stake"}


class Audiences:
    """Asks the mirror about people on one day.

    Args:
        connection: the mirror's.
        day: the day that it is.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, day: date) -> None:
        self._connection, self._day = connection, day
        connection.execute(macro())
        script = files("suitecrm_bridge.mirror") / "sql" / "reach_facts.sql"
        connection.execute(script.read_text(encoding="utf-8"))

    def of(self, programme: Programme) -> pd.DataFrame:
        """Return who is in the audience.

        Columns out: person, occasion (what begins the programme now, None where nothing does),
        product ("" for none), worth, `if_<wave>` for each wave with a condition, and `exits` where
        the programme says who leaves before its end. `define_since` comes before where a condition
        asks what happened since a wave.
        """
        asked = Asked(programme.of, self._scored(programme.of))
        query = _people(programme, asked).where(asking(programme.audience, asked))
        if programme.asks_since:
            inside = exp.column("person", table="e").eq(exp.column("id", table="r"))
            query = query.join(_enrolled(programme), on=inside, join_type="left")
        query = query.select(
            exp.alias_(exp.column("id", table="r"), "person"),
            exp.alias_(_occasion(programme, asked), "occasion"),
            exp.alias_(_product(programme, asked), "product"),
            exp.alias_(_worth(programme, asked), "worth"),
            *(
                exp.alias_(asking(wave.condition, asked), f"if_{wave.key}", quoted=True)
                for wave in programme.waves
                if wave.condition is not None
            ),
        )
        if programme.exit is not None:
            since_entry = replace(asked, since="since")
            exits = asking(programme.exit, since_entry)
            query = query.select(exp.alias_(exits, "exits"))
        return self._frame(query.order_by("person"))

    def inside(self, programme: Programme) -> list[str]:
        """Return those that the condition holds of which begins a programme."""
        asked = Asked(programme.of, self._scored(programme.of))
        if programme.trigger.kind != "enters" or programme.trigger.condition is None:
            return []
        query = _people(programme, asked).where(asking(programme.trigger.condition, asked))
        found = self._frame(query.select(exp.alias_(exp.column("id", table="r"), "person")))
        return [str(person) for person in found["person"]]

    def reach(self, of: Audience) -> pd.DataFrame:
        """Return what stands between people and channels, with the person as index."""
        serious = "false"
        if of != LEADS:
            there = "complaints" in self._scored(of)
            known = f"SELECT customer_id FROM scores_{of} WHERE complaints <> 'serious'"
            serious = f"person NOT IN ({known})" if there else "true"
        found = rows(self._connection, f"SELECT *, {serious} AS serious FROM reach_{of}")
        return found.set_index("person")

    def unreadable(self, of: Audience) -> set[str]:
        """Return the channels of which something that must be asked could not be read."""
        module = {"contacts": "Contacts", "accounts": "Accounts", "leads": "Leads"}[of]
        read, refused = self._read()
        there = read.get(module, set()) if module not in refused else set()
        return {channel for channel in NEEDED if self._lacks(module, channel, there)} | (
            {"mail"} if LOG not in read or LOG in refused else set()
        )

    def unknown(self, of: Audience, source: Source) -> set[str]:
        """Return what nobody can tell of the time since a wave, where `source` are purchases."""
        return unknown(of, source, *self._read())

    def _read(self) -> tuple[dict[str, set[str]], set[str]]:
        """Return the columns read of each module, and what cannot be read now."""
        columns = self._connection.execute("SELECT module, columns FROM bookmarks").fetchall()
        refused = self._connection.execute(
            "SELECT name FROM sources WHERE refused_since IS NOT NULL"
        ).fetchall()
        return {name: set(found) for name, found in columns}, {name for (name,) in refused}

    def _lacks(self, module: str, channel: str, read: Collection[str]) -> bool:
        known = catalogue().columns_of(module)
        needed = {name for name in (*NEEDED[channel], *ALWAYS_NEEDED) if name in known}
        return not read or not needed <= set(read)

    def _scored(self, of: Audience) -> list[str]:
        if of == LEADS:
            return []
        columns = self._connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"scores_{of}"]
        ).fetchall()
        return [name for (name,) in columns]

    def _frame(self, query: exp.Select) -> pd.DataFrame:
        sql = query.sql(DIALECT)
        named = {"as_of": self._day} if "$as_of" in sql else None
        return rows(self._connection, sql, named)


def _people(programme: Programme, asked: Asked) -> exp.Select:
    """Return a query on the records, with their scores where they have some."""
    table = catalogue().modules[programme.module].table
    query = exp.Select().from_(exp.alias_(exp.to_table(table), "r"))
    if not asked.scored:
        return query
    on = exp.column("customer_id", table="s").eq(exp.column("id", table="r"))
    scores = exp.alias_(exp.to_table(f"scores_{programme.of}"), "s")
    return query.join(scores, on=on)


def _enrolled(programme: Programme) -> exp.Expr:
    """Return those in the programme, with the days of their entry and of their wave."""
    rows = (
        exp.Select()
        .select("person", "since", "wave_since")
        .from_("programme_enrolments")
        .where(
            exp.column("programme").eq(exp.Literal.string(programme.key)),
            exp.Is(this=exp.column("ended"), expression=exp.null()),
        )
    )
    return exp.alias_(exp.Subquery(this=rows), "e")


def _occasion(programme: Programme, asked: Asked) -> exp.Condition:
    trigger = programme.trigger
    if trigger.kind == "audience":
        return exp.Literal.string("")
    if trigger.kind == "enters" and trigger.condition is not None:
        return _entered(programme, asking(trigger.condition, asked))
    return _event(trigger, asked) if trigger.kind == "event" else _date(trigger, asked)


def _entered(programme: Programme, inside: exp.Condition) -> exp.Condition:
    """Return the day where the condition holds now and did not when it was last looked at."""
    known = (
        exp.Select()
        .select("person")
        .from_("programme_insides")
        .where(exp.column("programme").eq(exp.Literal.string(programme.key)))
    )
    looked = (
        exp.Select()
        .select("key")
        .from_("programmes")
        .where(exp.column("looked"), exp.column("key").eq(exp.Literal.string(programme.key)))
    )
    was = exp.In(this=exp.column("id", table="r"), query=exp.Subquery(this=known))
    begun = exp.and_(exp.paren(inside), exp.Not(this=exp.paren(was)), exp.Exists(this=looked))
    return _when(begun, exp.cast(as_of(), "VARCHAR"))


def _event(trigger: Trigger, asked: Asked) -> exp.Condition:
    """Return the id of the last record that counts, of those within the days."""
    assert trigger.at is not None  # noqa: S101, no file without one loads
    of_record = replace(asked, scored=(), alias="h")
    query, owner = owned(trigger.module, asked.of)
    moment = value(trigger.at, of_record)
    recent = exp.Between(this=moment, low=_shifted(1 - trigger.within_days), high=as_of())
    query = query.where(owner.eq(exp.column("id", table="r")), recent)
    if trigger.condition is not None:
        query = query.where(asking(trigger.condition, of_record))
    last = exp.func("arg_max", exp.column("id", table="h"), moment)
    return exp.paren(query.select(last))


def _date(trigger: Trigger, asked: Asked) -> exp.Condition:
    """Return the day that is meant, where it came within the days; each year's for a yearly one."""
    assert trigger.figure is not None  # noqa: S101, no file without one loads
    day = value(trigger.figure, asked)
    if not trigger.yearly:
        return _if_due(day, trigger)
    found = []
    for later in (-1, 0, 1):
        years = f"year({as_of().sql(DIALECT)}) + {later} - year(d)"
        this_year: exp.Condition = exp.maybe_parse(
            f"CAST(d + to_years({years}) AS DATE)", dialect=DIALECT
        )
        occurred = this_year.transform(lambda node: day.copy() if _is_day(node) else node)
        after = exp.GT(this=occurred.copy(), expression=day.copy())
        found.append(_when(after, _if_due(occurred, trigger)))
    return exp.Coalesce(this=found[1], expressions=[found[0], found[2]])


def _is_day(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and node.name == "d"


def _if_due(day: Any, trigger: Trigger) -> exp.Condition:
    """Return a day as text where the programme begins for it now."""
    shifted = exp.Add(this=day.copy(), expression=exp.Literal.number(trigger.shift))
    due = exp.Between(this=shifted, low=_shifted(1 - trigger.within_days), high=as_of())
    return _when(due, exp.cast(day.copy(), "VARCHAR"))


def _shifted(days: int) -> exp.Condition:
    return exp.Add(this=as_of(), expression=exp.Literal.number(days))


def _when(condition: exp.Condition, then: exp.Condition) -> exp.Condition:
    return exp.Case(ifs=[exp.If(this=condition, true=then)])


def _product(programme: Programme, asked: Asked) -> exp.Condition:
    if programme.product is None:
        return exp.Literal.string("")
    given = exp.cast(value(programme.product, asked), "VARCHAR")
    return exp.Coalesce(this=given, expressions=[exp.Literal.string("")])


def _worth(programme: Programme, asked: Asked) -> exp.Condition:
    name = _WORTH.get(programme.of)
    if name is None or name not in asked.scored:
        return exp.cast(exp.Literal.number(0), "DOUBLE")
    column = exp.column(name, table="s", quoted=True)
    return exp.cast(exp.Coalesce(this=column, expressions=[exp.Literal.number(0)]), "DOUBLE")
