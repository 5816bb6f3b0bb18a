"""What a new scoring would take away, compared with what stood before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, catalogue
from suitecrm_bridge.mirror.scores import KEYS
from suitecrm_bridge.mirror.soundness import LISTED

GROWING = ("purchase_count", "purchase_total", "complaint_count")
"""Figures that only ever grow by themselves: they are not to fall, either."""
LASTING = (
    *GROWING,
    "clv",
    "churn_risk",
    "alive_probability",
    "margin",
    "profit",
    "potential_score",
)
"""Figures that do not go away from many customers at once by themselves."""


@dataclass(frozen=True)
class Unreadable:
    """How many records of a module cannot be read or borne, of how many known, and accepted."""

    module: str
    records: int
    known: int
    accepted: int


@dataclass(frozen=True)
class Loss:
    """Of how many customers who had a figure it would be emptied or fall, with an example."""

    entity: Entity
    figure: str
    known: int
    emptied: int
    fallen: int
    customer_id: str | None


class Believing:
    """Compares, and remembers what the last scores were made by and what a person accepted."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def made_by(self, what: str) -> str | None:
        """Return what is noted under a name, None where nothing is."""
        rows = self._connection.execute(
            "SELECT value FROM made_by WHERE what = ?", [what]
        ).fetchall()
        return str(rows[0][0]) if rows else None

    def note(self, what: str, value: str | None) -> None:
        """Note a value under a name; None takes it away."""
        self._connection.execute("DELETE FROM made_by WHERE what = ?", [what])
        if value is not None:
            self._connection.execute("INSERT INTO made_by VALUES (?, ?)", [what, value])

    def unreadable(self) -> list[Unreadable]:
        """Return the modules of which some record cannot be read, or holds what cannot be borne."""
        rows = self._connection.execute(
            "SELECT module, list(DISTINCT record_id), any_value(coalesce(a.records, 0)) FROM ("
            "  SELECT module, record_id FROM dead_letters WHERE direction = 'read'"
            f"  UNION SELECT module, record_id FROM {LISTED}"
            ") LEFT JOIN accepted_unreadable a USING (module) GROUP BY module ORDER BY module"
        ).fetchall()
        known = catalogue().modules
        return [
            Unreadable(module, len(ids), self._known(known[module].table, ids), int(accepted))
            for module, ids, accepted in rows
            if module in known
        ]

    def _known(self, table: str, ids: list[str]) -> int:
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT id FROM {table} UNION SELECT unnest(?::VARCHAR[]))",
            [ids],
        ).fetchall()[0]
        return int(count)

    def accept_unreadable(self, records: Mapping[str, int]) -> None:
        """Remember how many records of each module may be unreadable; of others none may."""
        self._connection.execute("DELETE FROM accepted_unreadable")
        for module, count in records.items():
            self._connection.execute(
                "INSERT INTO accepted_unreadable VALUES (?, ?)", [module, count]
            )

    def remember(self) -> None:
        """Keep the scores as they stand, for `losses` to compare with."""
        for entity in ENTITY_MODULES:
            self._keep(entity, f"FROM scores_{entity}" if self._columns(entity) else None)

    def remember_crm(self) -> None:
        """Keep what SuiteCRM held when it was read, for `losses` to compare with."""
        for entity, module in ENTITY_MODULES.items():
            fields = [f for f in catalogue().fields_of(module, "bridge") if f.column in LASTING]
            listed = ", ".join(f'"{field.name}" AS "{field.column}"' for field in fields)
            self._keep(entity, f"SELECT id AS customer_id, {listed} FROM {entity}")

    def _keep(self, entity: Entity, query: str | None) -> None:
        query = query or "SELECT NULL::VARCHAR AS customer_id WHERE false"
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE before_{entity} AS {query}")

    def losses(self, share: int) -> list[Loss]:
        """Return what the scores take away from those that were kept.

        Args:
            share: percent by which a growing figure must fall to count.
        """
        return [loss for entity in ENTITY_MODULES for loss in self._losses(entity, share)]

    def _losses(self, entity: Entity, share: int) -> list[Loss]:
        now, before = self._columns(entity), self._columns(entity, "before")
        figures = [figure for figure in LASTING if figure in before]
        if not figures:
            return []
        key = KEYS[entity]
        counts = ", ".join(_counts(figure, key, share, there=figure in now) for figure in figures)
        row = self._connection.execute(
            f"SELECT {counts} FROM before_{entity} b JOIN scores_{entity} s USING ({key})"
        ).fetchall()[0]
        return [
            Loss(entity, figure, *row[4 * place : 4 * place + 4])
            for place, figure in enumerate(figures)
        ]

    def values(self, loss: Loss) -> tuple[str, str]:
        """Return the figure of the example before and now, as text."""
        now = self._columns(loss.entity)
        new = f's."{loss.figure}"' if loss.figure in now else "NULL"
        key = KEYS[loss.entity]
        row = self._connection.execute(
            f'SELECT CAST(b."{loss.figure}" AS VARCHAR), CAST({new} AS VARCHAR)'
            f" FROM before_{loss.entity} b JOIN scores_{loss.entity} s USING ({key})"
            f" WHERE b.{key} = ?",
            [loss.customer_id],
        ).fetchall()[0]
        return row[0] or "–", row[1] or "–"

    def _columns(self, entity: Entity, which: str = "scores") -> set[str]:
        rows = self._connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"{which}_{entity}"]
        ).fetchall()
        return {name for (name,) in rows}


def _counts(figure: str, key: str, share: int, *, there: bool) -> str:
    """The four counts of a figure's loss: known, emptied, fallen, and the id of an example."""
    growing = figure in GROWING
    held = f'b."{figure}" > 0' if growing else f'b."{figure}" IS NOT NULL'
    new = f's."{figure}"' if there else "NULL"
    emptied = f"coalesce({new}, 0) = 0" if growing else f"{new} IS NULL"
    fallen = f'{new} < b."{figure}" * {100 - share} / 100' if growing else "false"
    return (
        f"count(*) FILTER ({held}), count(*) FILTER ({held} AND {emptied}),"
        f" count(*) FILTER ({held} AND NOT ({emptied}) AND {fallen}),"
        f" min(b.{key}) FILTER ({held} AND (({emptied}) OR {fallen}))"
    )
