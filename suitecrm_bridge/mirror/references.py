"""An id is an id: what refers to a record is spelled as the record itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.mirror.transaction import transaction

_ANYTHING = (
    "Contacts", "Accounts", "Cases", "Opportunities", "Leads", "AOS_Invoices",
)  # fmt: skip
"""Where a column leads whose module another column names."""

_LEADS_TO: Mapping[str, Sequence[str]] = {
    "account_id": ("Accounts",),
    "billing_account_id": ("Accounts",),
    "billing_contact_id": ("Contacts",),
    "campaign_id": ("Campaigns",),
    "case_id": ("Cases",),
    "contact_created_by_id": ("Contacts",),
    "contact_id": ("Contacts",),
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


class References:
    """The columns and link tables that name records of other modules."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def settle(self) -> int:
        """Spell every reference as the record that it names; return how many were not.

        One that names no record stays as it is.
        """
        with transaction(self._connection):
            columns = sum(self._settle_column(*one) for one in _columns())
            links = sum(self._settle_link(*one) for one in _ends())
            history = sum(self._settle_history(key) for key in catalogue().modules)
        return columns + links + history

    def _settle_column(self, table: str, column: str, target: str) -> int:
        if not self._find(table, column, target):
            return 0
        return self._count(
            f'UPDATE {table} SET "{column}" = r.id FROM respelled r WHERE "{column}" = r.given'
        )

    def _settle_history(self, module: str) -> int:
        if not catalogue().modules[module].history:
            return 0
        table = catalogue().modules[module].table
        if not self._find("history", "record_id", table, f"WHERE module = '{module}'"):
            return 0
        return self._count(
            "UPDATE history SET record_id = r.id FROM respelled r"
            f" WHERE record_id = r.given AND module = '{module}'"
        )

    def _settle_link(self, table: str, end: str, other: str, target: str) -> int:
        if not self._find(table, end, target):
            return 0
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

    def _find(self, table: str, column: str, target: str, where: str = "") -> bool:
        """Leave in `respelled` what names a record of `target` otherwise than it is spelled."""
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE unfound AS SELECT DISTINCT given"
            f' FROM (SELECT "{column}" AS given FROM {table} {where})'
            f" ANTI JOIN {target} t ON t.id = given WHERE given <> ''"
        )
        if not self._count("SELECT count(*) FROM unfound"):
            return False
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE respelled AS SELECT u.given, min(t.id) AS id"
            f" FROM unfound u JOIN {target} t"
            f" ON {canonical_sql('t.id')} = {canonical_sql('u.given')} GROUP BY u.given"
        )
        return bool(self._count("SELECT count(*) FROM respelled"))

    def _count(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchall()[0][0])


def _columns() -> Iterator[tuple[str, str, str]]:
    modules = catalogue().modules
    for key, module in modules.items():
        for column, targets in leads_to(key).items():
            yield from ((module.table, column, modules[target].table) for target in targets)


def _ends() -> Iterator[tuple[str, str, str, str]]:
    modules = catalogue().modules
    for link in catalogue().links.values():
        yield link.table, link.own_id, link.other_id, modules[link.module].table
        yield link.table, link.other_id, link.own_id, modules[link.other_module].table
