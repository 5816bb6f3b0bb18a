"""Dated snapshots of the scores, with the cut-points that they were made by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from suitecrm_bridge.catalogue import Cuts, Entity
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import day as shown
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.scores import Scores
from suitecrm_bridge.mirror.transaction import transaction

if TYPE_CHECKING:
    import pandas as pd

DAYS_KEPT = 90
"""How many days keep their snapshot; of the days before, the last of each month does."""

_COLUMNS = (
    "customer_id, rfm_segment, rfm_recency, rfm_frequency, rfm_monetary, lifecycle, total_cents"
)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot: whose, of which day, how many customers; what was a purchase, how it was cut."""

    entity: Entity
    as_of: date
    customers: int
    purchases: str | None
    basis: str | None


class Snapshots:
    """One snapshot a day and entity: the last run that scored for this day."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def save(self, entity: Entity, as_of: date, cuts: Cuts, source: str) -> None:
        """Keep the scores of `entity` as they stand, as the snapshot of the day `as_of`.

        Args:
            entity: whose scores.
            as_of: the day that they describe.
            cuts: the cut-points that they were made by; they are kept for good.
            source: what counted as a purchase, and how it was counted.
        """
        lifecycle = "lifecycle" if self._has_lifecycle(entity) else "NULL"
        with transaction(self._connection):
            self._connection.execute(
                "DELETE FROM snapshots WHERE entity = ? AND as_of = ?", [entity, as_of]
            )
            self._connection.execute(
                f"INSERT INTO snapshots SELECT ?, ?, customer_id, rfm_segment, rfm_recency,"
                f" rfm_frequency, rfm_monetary, {lifecycle},"
                f" CAST(round(100 * purchase_total) AS BIGINT)"
                f" FROM scores_{entity} ORDER BY customer_id",
                [entity, as_of],
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO snapshot_cuts VALUES (?, ?, ?, ?, ?)",
                [entity, as_of, source, cuts.basis, list(cuts.bounds().values())],
            )
            self._thin_out(entity)

    def dates(self, entity: Entity) -> list[date]:
        """Return the days that have a snapshot, the first one first."""
        rows = self._rows(
            "SELECT DISTINCT as_of FROM snapshots WHERE entity = ? ORDER BY 1", entity
        )
        return [row[0] for row in rows]

    def listed(self) -> list[Snapshot]:
        """Return every snapshot there is, the first day first."""
        rows = self._connection.execute(
            "SELECT entity, as_of, count(*), any_value(c.purchases), any_value(c.basis)"
            " FROM snapshots LEFT JOIN snapshot_cuts c USING (entity, as_of)"
            " GROUP BY entity, as_of ORDER BY as_of, entity DESC"
        ).fetchall()
        return [Snapshot(*row) for row in rows]

    def drop(self, day: date) -> int:
        """Take away the snapshots of a day with their cut-points; return how many there were.

        Raises:
            NotFound: there is none.
        """
        found = sum(one.as_of == day for one in self.listed())
        if not found:
            raise self._not_found("contacts", day)
        with transaction(self._connection):
            for table in ("snapshots", "snapshot_cuts"):
                self._connection.execute(f"DELETE FROM {table} WHERE as_of = ?", [day])
            # Whoever scores for this day makes it again.
            Scores(self._connection).forget_inputs()
        return found

    def view(self, entity: Entity, day: date) -> str:
        """Return the name of a temporary view of the snapshot of a day.

        Columns out: customer_id, rfm_segment, rfm_recency, rfm_frequency, rfm_monetary (1 to 5
        or missing), lifecycle, total_cents.

        Raises:
            NotFound: the day has no snapshot.
        """
        self._require(entity, day)
        name = f"snapshot_{entity}_{day:%Y%m%d}"
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {_COLUMNS} FROM snapshots"
            f" WHERE entity = '{entity}' AND as_of = DATE '{day:%Y-%m-%d}'"
        )
        return name

    def frame(self, entity: Entity, day: date) -> pd.DataFrame:
        """Return the snapshot of a day, in the columns of `view`, by customer.

        Raises:
            NotFound: the day has no snapshot.
        """
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {self.view(entity, day)} ORDER BY customer_id"
        ).fetchall()
        import pandas as pd

        return pd.DataFrame(rows, columns=_COLUMNS.split(", "), dtype=object)

    def history(self, entity: Entity, customer_id: str) -> pd.DataFrame:
        """Return when a customer came and moved from segment to segment, the latest move first.

        Columns out: as_of (the first snapshot in the segment), rfm_segment, lifecycle.
        """
        rows = self._rows(
            "SELECT as_of, rfm_segment, lifecycle FROM snapshots"
            " WHERE entity = ? AND customer_id = ?"
            " QUALIFY rfm_segment IS DISTINCT FROM lag(rfm_segment) OVER (ORDER BY as_of)"
            " ORDER BY as_of DESC",
            entity,
            customer_id,
        )
        import pandas as pd

        return pd.DataFrame(rows, columns=["as_of", "rfm_segment", "lifecycle"], dtype=object)

    def cuts(self, entity: Entity, day: date) -> Cuts:
        """Return the cut-points of the run that scored for a day.

        Raises:
            NotFound: no run did.
        """
        rows = self._rows(
            "SELECT basis, bounds FROM snapshot_cuts WHERE entity = ? AND as_of = ?", entity, day
        )
        if not rows:
            raise self._not_found(entity, day)
        return Cuts.of(*rows[0])

    def method(self, entity: Entity, day: date) -> tuple[str, str] | None:
        """Return what was a purchase and how scores were cut on a day; None where nobody knows."""
        rows = self._rows(
            "SELECT purchases, basis FROM snapshot_cuts WHERE entity = ? AND as_of = ?", entity, day
        )
        return rows[0] if rows else None

    def methods_before(self, day: date) -> dict[Entity, tuple[str, str]]:
        """Return the same of the last day before `day`, of each kind of customer that has one."""
        rows = self._rows(
            "SELECT entity, arg_max((purchases, basis), as_of) FROM snapshot_cuts"
            " WHERE as_of < ? GROUP BY entity ORDER BY entity",
            day,
        )
        return dict(rows)

    def all_cuts(self) -> list[tuple[Any, ...]]:
        """Return the cut-points of every run, in no matter what form, in a fixed order."""
        return self._rows("SELECT * FROM snapshot_cuts ORDER BY ALL")

    def frozen(self, entity: Entity, source: str, day: date | None = None) -> Cuts | None:
        """Return the cut-points to hold on to: those of a day, or the first made by fifths.

        Args:
            entity: whose scores.
            source: what counted as a purchase, and how it was counted.
            day: the day; None means the first one. Where there is none yet, the answer is None.

        Raises:
            NotFound: nobody was scored for this day from this kind of purchase.
        """
        rows = self._rows(
            "SELECT basis, bounds FROM snapshot_cuts WHERE entity = ? AND purchases = ?"
            " AND CASE WHEN CAST(? AS DATE) IS NULL THEN basis IN ('fifths', 'frozen')"
            " ELSE as_of = ? END ORDER BY as_of LIMIT 1",
            entity,
            source,
            day,
            day,
        )
        if not rows and day is not None:
            raise self._not_found(entity, day)
        if not rows:
            return None
        basis, bounds = rows[0]
        return Cuts.of("rhythm" if basis == "rhythm" else "frozen", bounds)

    def _thin_out(self, entity: Entity) -> None:
        # Counted in snapshots, not in time: one run for a day far ahead must not cost the rest.
        self._connection.execute(
            "DELETE FROM snapshots WHERE entity = $entity"
            " AND as_of NOT IN (SELECT DISTINCT as_of FROM snapshots WHERE entity = $entity"
            "  ORDER BY as_of DESC LIMIT $kept)"
            " AND as_of NOT IN (SELECT max(as_of) FROM snapshots WHERE entity = $entity"
            "  GROUP BY date_trunc('month', as_of))",
            {"entity": entity, "kept": DAYS_KEPT},
        )

    def _has_lifecycle(self, entity: Entity) -> bool:
        rows = self._connection.execute(f"DESCRIBE scores_{entity}").fetchall()
        return any(row[0] == "lifecycle" for row in rows)

    def _require(self, entity: Entity, day: date) -> None:
        if day not in self.dates(entity):
            raise self._not_found(entity, day)

    def _not_found(self, entity: Entity, day: date) -> NotFound:
        known = ", ".join(map(shown, self.dates(entity))) or "—"
        return NotFound(text("mirror.no_snapshot", entity=entity, day=shown(day), known=known))

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, list(values)).fetchall()
