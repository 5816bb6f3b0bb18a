"""What one person may bring a programme at most, fixed before anybody enters it."""

from __future__ import annotations

from decimal import Decimal

import duckdb


class Bounds:
    """The table `programme_bounds`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def fix(self, key: str, most: Decimal | None) -> None:
        """Fix the bound of a programme that is started; once somebody entered it stays.

        Args:
            key: of the programme.
            most: in units of the base currency; None for no bound.
        """
        self._connection.execute(
            "INSERT OR REPLACE INTO programme_bounds SELECT $key, $most"
            " WHERE NOT EXISTS (SELECT 1 FROM programme_enrolments WHERE programme = $key)",
            {"key": key, "most": most},
        )

    def fixed(self) -> dict[str, Decimal | None]:
        """Return the bound of each programme, None for no bound."""
        rows = self._connection.execute("SELECT programme, most FROM programme_bounds").fetchall()
        return {row[0]: row[1] for row in rows}
