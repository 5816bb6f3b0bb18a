"""Everything that the mirror holds of one person: shown, counted, and taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.ids import canonical, canonical_sql
from suitecrm_bridge.mirror.idle import idle
from suitecrm_bridge.mirror.keeping_out import ABOUT, PERSONS, TRACES, references, texts
from suitecrm_bridge.mirror.transaction import transaction

_MODULES = ("Contacts", "Leads", "Prospects", "Accounts")
_WERE = (("Leads", "contact_id", "Contacts"), ("Prospects", "lead_id", "Leads"))
"""What people were before, the column that says what became of them, and what that is."""
_REACHED_AT = ("email1", "phone_work", "phone_mobile", "phone_office")
_SHORTEST = 5
"""Characters of a name or number that may be looked for within other texts."""
_RUNS = "UPDATE runs SET figures = '{{}}', error = NULL WHERE {where}"
_SCANS = "DELETE FROM scans WHERE module IN (SELECT module FROM scans WHERE {where})"


@dataclass(frozen=True)
class Person:
    """A record of the person: `told` are the names, addresses and numbers that tell who it is."""

    module: str
    id: str
    name: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Traces:
    """By table how many rows name a person, and the records whose texts are about them."""

    rows: Mapping[str, int]
    wordless: Sequence[str] = field(default_factory=list)


class Privacy:
    """Looks through every table there is, those of later versions too."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def people(self, id: str) -> list[Person]:
        """Return the records of whoever has this id: with a contact the lead and target they were.

        Who is in no module any more, and only in what the bridge noted, has a record without one.
        """
        found = {}
        for module in _MODULES:
            for person in self._records(module, f"{canonical_sql('id')} = ?", [canonical(id)]):
                found[person.id] = person
        for module, column, later in _WERE:
            ids = [one.id for one in found.values() if one.module == later]
            where = f"{column} IN (SELECT unnest(?::VARCHAR[]))"
            for person in self._records(module, where, [ids]):
                found[person.id] = person
        return [*found.values()] or self._noted(id)

    def _records(self, module: str, where: str, given: Sequence[Any]) -> Iterator[Person]:
        table = catalogue().modules[module].table
        names = ("name",) if module == "Accounts" else ("first_name", "last_name")
        columns = catalogue().modules[module].columns
        reached = [name for name in _REACHED_AT if name in columns]
        rows = self._connection.execute(
            f"SELECT id, {', '.join((*names, *reached))} FROM {table} WHERE {where}", [*given]
        ).fetchall()
        for id, *values in rows:
            name = " ".join(filter(None, values[: len(names)]))
            told = (name, *filter(None, values[len(names) :]))
            yield Person(module, id, name, tuple(filter(None, told)))

    def _noted(self, id: str) -> list[Person]:
        alone = Person("", id)
        return [alone] if self.traces([alone]).rows else []

    def idle(self, before: date) -> list[Person]:
        """Return contacts, leads and targets who did nothing since a day."""
        ids = idle(self._connection, before)
        found: list[Person] = []
        for module in ("Contacts", "Leads", "Prospects"):
            own = [id for of, id in ids if of == module]
            where = "id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
            found += self._records(module, where, [own])
        return found

    def known(self, people: Sequence[Person]) -> dict[str, list[dict[str, Any]]]:
        """Return every row that names a person, by table."""
        found = {}
        for table, where in self._naming(people):
            rows = self._connection.execute(f"SELECT * FROM {table} WHERE {where}")
            names = [column[0] for column in rows.description or ()]
            if listed := [dict(zip(names, row, strict=True)) for row in rows.fetchall()]:
                found[table] = listed
        return found

    def sizes(self) -> dict[str, int]:
        """Return how many rows each table has, which tells nothing of anybody."""
        return {
            table: self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            for table in self._texts()
        }

    def traces(self, people: Sequence[Person]) -> Traces:
        """Count the rows that `erase` takes away, or takes a reference and texts out of."""
        rows = {
            table: self._connection.execute(
                f"SELECT count(*) FROM {table} WHERE {where}"
            ).fetchall()[0][0]
            for table, where in self._naming(people)
        }
        return Traces({table: n for table, n in rows.items() if n}, self._wordless(people))

    def erase(self, people: Sequence[Person]) -> None:
        """Take people out of every table.

        Records that refer to them stay without the reference and without their texts.
        """
        wordless = self._wordless(people)
        with transaction(self._connection):
            for table, where in [*self._naming(people)]:
                kinds = _kinds(table)
                if kinds is None or table in TRACES:
                    self._connection.execute(_statement(table, where))
                else:
                    self._empty(table, kinds, where, people, wordless)

    def _empty(
        self,
        table: str,
        kinds: Mapping[str, str],
        where: str,
        people: Sequence[Person],
        wordless: Sequence[str],
    ) -> None:
        ids = _listed(canonical(one.id) for one in people)
        self._connection.execute(f"DELETE FROM {table} WHERE {canonical_sql('id')} IN ({ids})")
        about = " OR ".join(
            f"{name} IN ({_listed(wordless)})" for name in ("id", *ABOUT) if name in kinds
        )
        if table not in PERSONS and (written := texts(kinds)):
            emptied = ", ".join(f'"{name}" = NULL' for name in written)
            self._connection.execute(f"UPDATE {table} SET {emptied} WHERE ({where}) OR {about}")
        for name in references(kinds):
            self._connection.execute(
                f'UPDATE {table} SET "{name}" = NULL WHERE {_among(name, ids)}'
            )

    def _wordless(self, people: Sequence[Person]) -> list[str]:
        """Return the ids of the records that refer to people, or are linked to them."""
        ids = _listed(canonical(one.id) for one in people)
        asked = []
        for module in catalogue().modules.values():
            if module.table in PERSONS or module.table in TRACES:
                continue
            named = [_among(name, ids) for name in references(_kinds(module.table) or {})]
            if named:
                asked.append(f"SELECT id FROM {module.table} WHERE {' OR '.join(named)}")
        for link in catalogue().links.values():
            if link.other_module in _MODULES and link.module not in _MODULES:
                asked.append(
                    f"SELECT {link.own_id} FROM {link.table}"
                    f" WHERE {canonical_sql(link.other_id)} IN ({ids})"
                )
        rows = self._connection.execute(f"{' UNION '.join(asked)} ORDER BY 1").fetchall()
        return [id for (id,) in rows]

    def _naming(self, people: Sequence[Person]) -> Iterator[tuple[str, str]]:
        """Yield each table with a condition that holds of its rows that name a person."""
        ids = _listed(canonical(one.id) for one in people)
        told = {words.lower() for one in people for words in (one.id, *one.told)}
        long = sorted(words for words in told if len(words) >= _SHORTEST)
        for table, columns in self._texts().items():
            kinds = _kinds(table)
            parts = [_among(name, ids) for name in columns]
            looked = columns if kinds is None else texts(kinds)
            if table not in PERSONS:
                parts += [
                    f'contains(lower(CAST("{name}" AS VARCHAR)), {_quoted(words)})'
                    for name in looked
                    for words in long
                ]
            yield table, " OR ".join(f"coalesce({part}, false)" for part in parts)

    def _texts(self) -> dict[str, list[str]]:
        """Return by table the columns that may hold a text, lists and JSON too."""
        found: dict[str, list[str]] = {}
        for table, column in self._connection.execute(
            "SELECT c.table_name, c.column_name FROM duckdb_columns() c JOIN duckdb_tables() t"
            " USING (database_name, schema_name, table_name)"
            " WHERE NOT c.internal AND NOT t.temporary AND c.database_name = current_database()"
            " AND c.schema_name = 'main' AND (c.data_type LIKE '%VARCHAR%' OR c.data_type = 'JSON')"
            " ORDER BY ALL"
        ).fetchall():
            found.setdefault(table, []).append(column)
        return found


def _kinds(table: str) -> dict[str, str] | None:
    """Return the columns of a mirrored module's table, None where it is another one."""
    known = catalogue()
    keys = [key for key, module in known.modules.items() if module.table == table]
    return known.columns_of(keys[0]) if keys else None


def _statement(table: str, where: str) -> str:
    form = {"runs": _RUNS, "scans": _SCANS}.get(table, f"DELETE FROM {table} WHERE {{where}}")
    return form.replace("{where}", where).replace("{{}}", "{}")


def _listed(values: Collection[str] | Iterator[str]) -> str:
    return ", ".join(map(_quoted, values)) or "NULL"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _among(column: str, ids: str) -> str:
    """Return an expression of SQL that tells whether a column holds one of some ids."""
    return canonical_sql(f'CAST("{column}" AS VARCHAR)') + f" IN ({ids})"
