"""Writes that were sent and not answered: nobody knows what SuiteCRM holds in their fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from suitecrm_bridge.mirror.transaction import transaction


class Unanswered:
    """The fields of records that a request under way may have changed, or not.

    The fast routes leave the date of a record alone, so no later pull would tell.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.left_alone: dict[str, Collection[str]] = {}
        """Fields by module that nothing is sent of: what is unknown of them stays so."""

    def note(self, module: str, record_ids: Collection[str], fields: Collection[str]) -> None:
        """Note fields of records before they are sent."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT INTO unanswered SELECT ?, unnest(?::VARCHAR[]), ?::VARCHAR[]"
                " ON CONFLICT (module, record_id) DO UPDATE SET"
                " fields = list_distinct(list_concat(unanswered.fields, excluded.fields))",
                [module, list(record_ids), list(fields)],
            )

    def settle(self, module: str, record_ids: Collection[str]) -> None:
        """Forget records that were answered; joins the caller's transaction."""
        these = "WHERE module = ? AND record_id IN (SELECT unnest(?::VARCHAR[]))"
        left = [*self.left_alone.get(module, ())]
        self._connection.execute(
            f"DELETE FROM unanswered {these} AND NOT list_has_any(fields, ?::VARCHAR[])",
            [module, list(record_ids), left],
        )
        if left:
            self._connection.execute(
                f"UPDATE unanswered SET fields = list_intersect(fields, ?::VARCHAR[]) {these}",
                [left, module, list(record_ids)],
            )

    def failed(self) -> dict[str, list[str]]:
        """Return by module the records whose write failed by itself, and may have arrived."""
        found = self._connection.execute(
            "SELECT module, list(record_id ORDER BY record_id) FROM unanswered"
            " WHERE (module, record_id) IN (SELECT (module, record_id) FROM dead_letters"
            " WHERE direction = 'write') GROUP BY module"
        ).fetchall()
        return dict(found)

    def read(self, module: str, record_ids: Collection[str]) -> None:
        """Forget what was unknown of records that were read since."""
        self._connection.execute(
            "DELETE FROM unanswered WHERE module = ? AND record_id IN"
            " (SELECT unnest(?::VARCHAR[]))",
            [module, list(record_ids)],
        )

    def fields(self, module: str) -> Mapping[str, Collection[str]]:
        """Return what is unknown of the records of a module: record id → fields."""
        found = self._connection.execute(
            "SELECT record_id, fields FROM unanswered WHERE module = ?", [module]
        ).fetchall()
        return {record_id: frozenset(fields) for record_id, fields in found}
