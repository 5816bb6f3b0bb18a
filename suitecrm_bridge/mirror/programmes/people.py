"""What the people of programmes are called."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

_EVERYBODY = (
    "SELECT id, 'Contacts' AS module, concat_ws(' ', first_name, last_name) AS name FROM contacts"
    " UNION ALL SELECT id, 'Accounts', name FROM accounts"
    " UNION ALL SELECT id, 'Leads', concat_ws(' ', first_name, last_name) FROM leads"
)


def called(connection: duckdb.DuckDBPyConnection, people: Collection[str]) -> dict[str, str]:
    """Return the names of contacts, accounts and leads by their ids."""
    rows = connection.execute(
        f"SELECT id, name FROM ({_EVERYBODY}) WHERE id IN (SELECT unnest(?::VARCHAR[]))",
        [list(people)],
    ).fetchall()
    return {id: name or "" for id, name in rows}


def found(connection: duckdb.DuckDBPyConnection, words: str) -> list[tuple[str, str, str]]:
    """Return id, module and name of those with this id or exactly this name."""
    return connection.execute(
        f"SELECT id, module, name FROM ({_EVERYBODY})"
        " WHERE id = $words OR lower(name) = lower($words) ORDER BY module, id",
        {"words": words},
    ).fetchall()
