"""What the users are called who look after customers or cases, and nothing else of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import duckdb

from suitecrm_bridge.mirror.transaction import transaction

TABLES = """
CREATE TABLE user_names (
    id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    asked_on DATE NOT NULL
);
"""
KEPT = timedelta(days=30)
"""After this time a name is asked for again: people marry, and come into sight."""
_OWNERS = (
    "SELECT DISTINCT assigned_user_id AS id FROM ("
    "SELECT assigned_user_id FROM contacts UNION ALL SELECT assigned_user_id FROM accounts"
    " UNION ALL SELECT assigned_user_id FROM cases) WHERE coalesce(assigned_user_id, '') <> ''"
)


class Owners:
    """The table `user_names`: "" where SuiteCRM did not show the user."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def unknown(self, today: date) -> list[str]:
        """Return the owners whose names are not known, or were asked for long ago."""
        rows = self._connection.execute(
            f"SELECT id FROM ({_OWNERS}) WHERE id NOT IN"
            " (SELECT id FROM user_names WHERE asked_on > ?) ORDER BY id",
            [today - KEPT],
        ).fetchall()
        return [row[0] for row in rows]

    def keep(self, names: Mapping[str, str], today: date) -> None:
        """Keep the names of owners; of who owns nothing any more they are forgotten."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR REPLACE INTO user_names SELECT unnest(?::VARCHAR[]),"
                " unnest(?::VARCHAR[]), ?",
                [list(names), list(names.values()), today],
            )
            self._connection.execute(f"DELETE FROM user_names WHERE id NOT IN ({_OWNERS})")

    def names(self) -> dict[str, str]:
        """Return the names that are known, by the ids of users."""
        rows = self._connection.execute("SELECT id, name FROM user_names WHERE name <> ''")
        return dict(rows.fetchall())
