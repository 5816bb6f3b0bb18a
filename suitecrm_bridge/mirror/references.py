"""An id is an id: what refers to a record is spelled as the record itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.mirror.transaction import transaction

_ANYTHING = (
    "Contacts",
    "Accounts",
    "Cases",
    "Opportunities",
    "Leads",
    "Prospects",
    "AOS_Invoices",
)
"""Where a column leads whose module another column names."""

_LEADS_TO: Mapping[str, Sequence[str]] = {
    "account_id": ("Accounts",),
    "billing_account_id": ("Accounts",),
    "billing_contact_id": ("Contacts",),
    "campaign_id": ("Campaigns",),
    "case_id": ("Cases",),
    "contact_created_by_id": ("Contacts",),
    "contact_id": ("Contacts",),
    "lead_id": ("Leads",),
    "opportunity_id": ("Opportunities",),
    "parent_id": _ANYTHING,
    "product_id": ("AOS_Products",),
    "related_id": _ANYTHING,
    "survey_id": ("Surveys",),
    "survey_question_id": ("SurveyQuestions",),
    "surveyquestion_id": ("SurveyQuestions",),
    "surveyresponse_id": ("SurveyResponses",),
    "target_id": _ANYTHING,
}
"""The modules whose records a column may name; users and currencies are not mirrored."""


def leads_to(module: str) -> dict[str, Sequence[str]]:
    """Return the columns of a module that name other records, with the modules of those."""
    fields = catalogue().fields_of(module)
    own = {f.id_name: (f.related_module,) for f in fields if f.id_name and f.related_module}
    known: dict[str, Sequence[str]] = {**_LEADS_TO, **own}
    return {
        column: [key for key in known[column] if key in catalogue().modules]
        for column in catalogue().columns_of(module)
        if column in known
    }


@dataclass(frozen=True)
class _Place:
    """A column that names records of the table `target`, in those of its `rows`.

    In a link table `other` is the column of the other end.
    """

    table: str
    column: str
    target: str
    rows: str = "true"
    other: str = ""

    @property
    def unfound(self) -> str:
        """The query of what names no record as it is spelled."""
        given = f'f."{self.column}"'
        return (
            f"SELECT {given} AS given FROM (FROM {self.table} WHERE {self.rows}) f"
            f" ANTI JOIN {self.target} t ON t.id = {given} WHERE {given} <> ''"
        )


_AT_ONCE = 8
"""Places looked at in one query: each keeps some megabytes for its join."""


class References:
    """The columns and link tables that name records of other modules."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def settle(self) -> int:
        """Spell every reference as the record that it names; return how many were not.

        One that names no record stays as it is.
        """
        with transaction(self._connection):
            return sum(self._settle(place) for place in self._misspelled())

    def _misspelled(self) -> list[_Place]:
        """Return the places where a record is named otherwise than it is spelled."""
        # First the few that an odd spelling stands in or leads to, without a join; then those of
        # them that name what is not there, then those that name it in another spelling.
        places = list(_places())
        odd = self._odd({(p.table, p.column) for p in places} | {(p.target, "id") for p in places})
        doubtful = [p for p in places if {(p.table, p.column), (p.target, "id")} & odd]
        unfound = self._where("{other}", doubtful)
        return self._where(
            "(SELECT DISTINCT given FROM {other}) u"
            f" SEMI JOIN {{target}} s ON {canonical_sql('s.id')} = {canonical_sql('u.given')}",
            unfound,
        )

    def _odd(self, columns: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return the columns that hold an id in another form than the one all spellings share."""
        by_table: dict[str, list[str]] = {}
        for table, column in sorted(columns):
            by_table.setdefault(table, []).append(column)
        parts = []
        for table, names in by_table.items():
            tests = ", ".join(
                f"""bool_or("{name}" <> {canonical_sql(f'"{name}"')})""" for name in names
            )
            parts.append(f"SELECT '{table}', [{tests}] FROM {table}")
        rows = self._connection.execute(" UNION ALL ".join(parts)).fetchall()
        return {
            (table, name)
            for table, found in rows
            for name, is_odd in zip(by_table[table], found, strict=True)
            if is_odd
        }

    def _where(self, query: str, places: Sequence[_Place]) -> list[_Place]:
        """Return the places of which `query` finds a row; {other} is what names no record there."""
        parts = (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE))
        return [place for part in parts for place in self._found(query, part)]

    def _found(self, query: str, places: Sequence[_Place]) -> list[_Place]:
        parts = (
            f"SELECT {number} AS number FROM "
            + query.format(other=f"({place.unfound})", target=place.target)
            for number, place in enumerate(places)
        )
        rows = self._connection.execute(
            f"SELECT DISTINCT number FROM ({' UNION ALL '.join(parts)}) ORDER BY number"
        )
        return [places[number] for (number,) in rows.fetchall()]

    def _settle(self, place: _Place) -> int:
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE respelled AS SELECT u.given, min(t.id) AS id"
            f" FROM (SELECT DISTINCT given FROM ({place.unfound})) u JOIN {place.target} t"
            f" ON {canonical_sql('t.id')} = {canonical_sql('u.given')} GROUP BY u.given"
        )
        if place.other:
            return self._settle_link(place.table, place.column, place.other)
        return self._count(
            f'UPDATE {place.table} SET "{place.column}" = r.id FROM respelled r'
            f' WHERE "{place.column}" = r.given AND {place.rows}'
        )

    def _settle_link(self, table: str, end: str, other: str) -> int:
        # Two spellings of a link become one.
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE mended AS SELECT DISTINCT r.id, l.{other} AS other"
            f" FROM {table} l JOIN respelled r ON l.{end} = r.given"
        )
        count = self._count(f"DELETE FROM {table} WHERE {end} IN (SELECT given FROM respelled)")
        self._connection.execute(
            f"INSERT INTO {table} ({end}, {other}) SELECT id, other FROM mended"
            f" EXCEPT SELECT {end}, {other} FROM {table}"
        )
        return count

    def _count(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchall()[0][0])


def _places() -> Iterator[_Place]:
    modules = catalogue().modules
    for key, module in modules.items():
        for column, targets in leads_to(key).items():
            for target in targets:
                yield _Place(module.table, column, modules[target].table)
    for link in catalogue().links.values():
        for ends in ((link.own_id, link.other_id), (link.other_id, link.own_id)):
            key = link.module if ends[0] == link.own_id else link.other_module
            yield _Place(link.table, ends[0], modules[key].table, other=ends[1])
    for key, module in modules.items():
        if module.history:
            yield _Place("history", "record_id", module.table, rows=f"module = '{key}'")
