"""The scores as they stand: a table each for contacts, accounts, cases and leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from suitecrm_bridge.catalogue import ENTITY_MODULES, LANGUAGES, Entity, Language, catalogue
from suitecrm_bridge.mirror.columns import SQL_TYPE
from suitecrm_bridge.mirror.conversion import run_with
from suitecrm_bridge.mirror.seeking import Sought, seek
from suitecrm_bridge.mirror.transaction import transaction

if TYPE_CHECKING:
    import pandas as pd

Scored = Literal["contacts", "accounts", "cases", "leads"]
SCORED_MODULES: Mapping[Scored, str] = {
    "contacts": ENTITY_MODULES["contacts"],
    "accounts": ENTITY_MODULES["accounts"],
    "cases": "Cases",
    "leads": "Leads",
}
"""Everything that is scored, customers first, with its SuiteCRM module."""
KEYS: Mapping[Scored, str] = {
    "contacts": "customer_id",
    "accounts": "customer_id",
    "cases": "case_id",
    "leads": "lead_id",
}
"""What the records are called in the table of their scores."""

_BESIDE_FIELDS: Mapping[str, str] = {
    "as_of": "DATE",
    "recency_days": "BIGINT",
    "expected_by": "DATE",
    "overdue_days": "BIGINT",
    "attempts": "BIGINT",
    "kept_value": SQL_TYPE["money"],
    "lost_value": SQL_TYPE["money"],
    "offer_tested": "BIGINT",
    "offer_hits": "BIGINT",
    "offer_naive_hits": "BIGINT",
}
"""Types of the columns that are no field of SuiteCRM; every other is a text."""

_AT_ONCE = 20_000
"""Rows whose values are there as texts at a time."""

_ONLY = "s.customer_id IN (SELECT unnest($only::VARCHAR[]))"

_NAMES: Mapping[Entity, str] = {
    "contacts": "concat_ws(' ', r.first_name, r.last_name)",
    "accounts": "r.name",
}


class Scores:
    """Score tables `scores_contacts`, `scores_accounts`, `scores_cases` and `scores_leads`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def save(self, entity: Scored, frame: pd.DataFrame, *, more: bool = False) -> None:
        """Replace the scores of `entity`, or add to them where these are `more` of the same.

        Columns in: customer_id, case_id or lead_id; any score columns of the catalogue, those of
        sentences once for each language (rfm_reason_en, rfm_reason_fr); as_of (date); recency_days.
        """
        types = self._types(entity, frame)
        with transaction(self._connection):
            for start in range(0, max(len(frame), 1), _AT_ONCE):
                part = frame.iloc[start : start + _AT_ONCE]
                new = f"CREATE OR REPLACE TABLE scores_{entity} AS"
                statement = f"INSERT INTO scores_{entity}" if more or start else new
                columns = (_values(part[name]) for name in part.columns)
                run_with(self._connection, statement, types, columns)

    def made_from(self, inputs: str) -> bool:
        """Return whether all scores stand that were made from these inputs."""
        marks = self._connection.execute(
            "SELECT comment FROM duckdb_tables()"
            " WHERE table_name IN (SELECT unnest(?::VARCHAR[])) AND NOT temporary",
            [[f"scores_{entity}" for entity in SCORED_MODULES]],
        ).fetchall()
        return marks == [(inputs,)] * len(SCORED_MODULES)

    def mark(self, inputs: str) -> None:
        """Note what all scores were made from; whatever replaces one of them takes it away."""
        literal = inputs.replace("'", "''")
        with transaction(self._connection):
            for entity in SCORED_MODULES:
                self._connection.execute(f"COMMENT ON TABLE scores_{entity} IS '{literal}'")

    def forget_inputs(self) -> None:
        """Let the next run score anew."""
        for entity in filter(self.exist, SCORED_MODULES):
            self._connection.execute(f"COMMENT ON TABLE scores_{entity} IS NULL")

    def _types(self, entity: Scored, frame: pd.DataFrame) -> dict[str, str]:
        fields = {f.column: f for f in catalogue().fields_of(SCORED_MODULES[entity], "bridge")}
        columns = catalogue().columns_of(SCORED_MODULES[entity])
        return {
            name: SQL_TYPE[columns[fields[name].name]]
            if name in fields
            else _BESIDE_FIELDS.get(name, "VARCHAR")
            for name in frame.columns
        }

    def exist(self, entity: Scored) -> bool:
        """Return whether `entity` was ever scored."""
        return bool(
            self._connection.execute(
                "SELECT 1 FROM information_schema.tables WHERE table_name = ?", [f"scores_{entity}"]
            ).fetchall()
        )

    def columns(self, entity: Scored) -> list[str]:
        """Return the columns of the score table."""
        rows = self._connection.execute(f"DESCRIBE scores_{entity}").fetchall()
        return [row[0] for row in rows]

    def count(self, entity: Scored) -> int:
        """Return how many customers, cases or leads are scored."""
        (count,) = self._connection.execute(f"SELECT count(*) FROM scores_{entity}").fetchall()[0]
        return int(count)

    def with_figures(self, scored: Scored) -> list[str]:
        """Return the records in which SuiteCRM holds a figure of the bridge, by their ids."""
        module = SCORED_MODULES[scored]
        held = [
            f'coalesce("{field.name}", false)'
            if field.type == "bool"
            else f'"{field.name}" IS NOT NULL'
            for field in catalogue().fields_of(module, "bridge")
        ]
        table = catalogue().modules[module].table
        rows = self._connection.execute(f"SELECT id FROM {table} WHERE {' OR '.join(held)}")
        return [row[0] for row in rows.fetchall()]

    def by_segment(self, entity: Entity) -> dict[str, int]:
        """Return how many customers each segment has, by name."""
        rows = self._connection.execute(
            f"SELECT rfm_segment, count(*) FROM scores_{entity}"
            " WHERE rfm_segment IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return dict(rows)

    def as_of(self, entity: Entity) -> date | None:
        """Return the day that the scores describe, None when there is no customer."""
        (day,) = self._connection.execute(f"SELECT max(as_of) FROM scores_{entity}").fetchall()[0]
        return day if isinstance(day, date) else None

    def days(self) -> list[date]:
        """Return the day of the scores of contacts and of accounts, where there are any."""
        found = [self.as_of(entity) for entity in ENTITY_MODULES if self.exist(entity)]
        return [day for day in found if day is not None]

    def customers(
        self,
        entity: Entity,
        lang: Language,
        segment: str | None = None,
        action: str | None = None,
        limit: int | None = None,
        only: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return scored customers, the most valuable first; those of an action by what is at stake.

        With `only` these customers alone.

        Columns out: customer_id, name, every score column, sentences in `lang`; what people
        filled into the bridge's fields.
        """
        return self._frame(
            f"SELECT {self._listed(entity, lang)} FROM {self._joined(entity)}"
            " WHERE ($segment IS NULL OR s.rfm_segment = $segment)"
            f" AND {_ONLY if only is not None else '$only::VARCHAR[] IS NULL'}"
            f" AND {'s.next_action = $action' if action else '$action IS NULL'}"
            f" ORDER BY {'s.value_at_stake DESC NULLS LAST,' if action else ''}"
            " s.purchase_total DESC NULLS LAST, s.customer_id LIMIT $limit",
            {
                "segment": segment,
                "action": action,
                "only": None if only is None else list(only),
                "limit": limit if limit is not None else 2**62,
            },
        )

    def find(self, words: str) -> Sought:
        """Find scored customers by an id or a name, or the beginning or a part of it."""
        everybody = " UNION ALL ".join(
            f"SELECT s.customer_id AS id, '{module}' AS module, {_NAMES[entity]} AS name"
            f" FROM {self._joined(entity)}"
            for entity, module in ENTITY_MODULES.items()
        )
        return seek(self._connection, everybody, words)

    def customer(self, entity: Entity, customer_id: str, lang: Language) -> pd.DataFrame:
        """Return the customer with this id, as `customers` does."""
        return self._frame(
            f"SELECT {self._listed(entity, lang)} FROM {self._joined(entity)}"
            " WHERE s.customer_id = ?",
            [customer_id],
        )

    def names(self, entity: Entity, customers: Sequence[str]) -> dict[str, str]:
        """Return the names of these customers by their ids, of those who are still there."""
        rows = self._connection.execute(
            f"SELECT r.id, {_NAMES[entity]} FROM {entity} r"
            " WHERE r.id IN (SELECT unnest(?::VARCHAR[]))",
            [list(customers)],
        )
        return dict(rows.fetchall())

    def _listed(self, entity: Entity, lang: Language) -> str:
        listed = ["s.customer_id", f"{_NAMES[entity]} AS name"]
        for column in self.columns(entity)[1:]:
            name, _, own = column.rpartition("_")
            if own not in LANGUAGES:
                listed.append(f's."{column}"')
            elif own == lang:
                listed.append(f's."{column}" AS "{name}"')
        filled_in = catalogue().fields_of(ENTITY_MODULES[entity], "people")
        listed += [f'r."{field.name}" AS "{field.column}"' for field in filled_in]
        return ", ".join(listed)

    def _joined(self, entity: Entity) -> str:
        return f"scores_{entity} s JOIN {entity} r ON r.id = s.customer_id"

    def _frame(self, query: str, parameters: list[Any] | dict[str, Any]) -> pd.DataFrame:
        import pandas as pd  # here, for a sync that changes nothing needs none

        rows = self._connection.execute(query, parameters)
        names = [column[0] for column in rows.description or []]
        # Row by row keeps Decimal and date as they are; pandas' own conversion makes floats.
        return pd.DataFrame(rows.fetchall(), columns=names, dtype=object)


def _values(column: pd.Series[Any]) -> Any:
    """Return a column as plain values, None where one is missing."""
    missing, values = column.isna().to_numpy(), column.to_numpy(dtype=object)
    if missing.any():
        values = values.copy()
        values[missing] = None
    return values
