"""What the people of programmes are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import duckdb

from suitecrm_bridge.catalogue import Entity

if TYPE_CHECKING:
    import pandas as pd

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


def segments_of(connection: duckdb.DuckDBPyConnection, scored: Collection[Entity]) -> pd.DataFrame:
    """Return everybody's segment by the scores of these kinds: person, segment."""
    selects = [f"SELECT customer_id, rfm_segment FROM scores_{of}" for of in scored]
    none = "SELECT '' AS person, '' AS segment WHERE false"
    return connection.execute(" UNION ALL ".join([none, *selects])).df()


def mean_purchase(connection: duckdb.DuckDBPyConnection, scored: Collection[Entity]) -> float:
    """Return for how much customers buy at a time, in hundredths; 0 where nobody did.

    It is that of the first of these kinds of which somebody bought.
    """
    for of in scored:
        rows = connection.execute(
            f"SELECT 100 * sum(purchase_total) / sum(purchase_count) FROM scores_{of}"
        ).fetchall()
        if rows[0][0]:
            return float(rows[0][0])
    return 0.0
