"""The codes of coupons that people of programmes have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import duckdb


class Coupons:
    """The table `programme_codes`, which only grows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def lacking(self, programmes: Collection[str]) -> list[tuple[str, str]]:
        """Return programme and person of those who are addressed by one and have no code of it."""
        return self._connection.execute(
            "SELECT DISTINCT e.programme, e.person FROM programme_enrolments e"
            " LEFT JOIN programme_codes k USING (programme, person)"
            " WHERE e.ended IS NULL AND e.arm = 'treated' AND k.code IS NULL"
            " AND e.programme IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
            [list(programmes)],
        ).fetchall()

    def on_records(self) -> dict[str, str]:
        """Return the codes that stand on the records of contacts and accounts, by id."""
        rows = self._connection.execute(
            " UNION ALL ".join(
                f"SELECT id, programme_code_c FROM {table} WHERE programme_code_c <> ''"
                for table in ("contacts", "accounts")
            )
        )
        return dict(rows.fetchall())

    def give(self, codes: Sequence[tuple[str, str, str]], day: date) -> None:
        """Note codes with programme and person; a code or a place that is taken is left alone."""
        columns = [[row[place] for row in codes] for place in range(3)]
        self._connection.execute(
            "INSERT OR IGNORE INTO programme_codes SELECT unnest(?::VARCHAR[]),"
            " unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), ?",
            [*columns, day],
        )

    def of(self, people: Collection[str]) -> dict[tuple[str, str], str]:
        """Return the codes of people by programme and person."""
        rows = self._connection.execute(
            "SELECT programme, person, code FROM programme_codes"
            " WHERE person IN (SELECT unnest(?::VARCHAR[]))",
            [list(people)],
        ).fetchall()
        return {(programme, person): code for programme, person, code in rows}

    def programmes(self) -> dict[str, str]:
        """Return the programme of every code."""
        rows = self._connection.execute("SELECT code, programme FROM programme_codes")
        return dict(rows.fetchall())
