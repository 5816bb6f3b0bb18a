"""The codes of coupons that people of programmes have, and texts in which they may be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

import duckdb

_TEXTS: Mapping[str, str] = {
    "invoices": "SELECT i.invoice_id, i.cents, t.words FROM invoice_facts i JOIN ("
    " SELECT id, name AS words FROM invoices UNION ALL"
    " SELECT parent_id, name FROM invoice_lines WHERE parent_type = 'AOS_Invoices'"
    ") t ON t.id = i.invoice_id WHERE i.status <> 'Cancelled'",
    "opportunities": "SELECT o.opportunity_id, o.cents, t.words FROM opportunity_facts o JOIN ("
    " SELECT id, concat_ws(' / ', name, description) AS words FROM opportunities"
    ") t ON t.id = o.opportunity_id WHERE o.stage = 'Closed Won'",
}
"""Purchases with their texts: names of invoices and of their lines, and what deals are about."""


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

    def texts(
        self, source: Literal["invoices", "opportunities"], prefixes: Collection[str]
    ) -> list[tuple[str, int, str]]:
        """Return (purchase, its cents, text) where a prefix may stand in a text of a purchase."""
        plain = r"upper(regexp_replace(words, '[^\pL\d]+', '', 'g'))"
        return self._connection.execute(
            f"SELECT * FROM ({_TEXTS[source]}) WHERE EXISTS (SELECT 1 FROM"
            f" (SELECT unnest(?::VARCHAR[]) AS prefix) WHERE contains({plain}, prefix))"
            " ORDER BY ALL",
            [list(prefixes)],
        ).fetchall()
