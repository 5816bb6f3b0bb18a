"""The themes of complaints, by the names under which they were found first."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from suitecrm_bridge.catalogue import Theme
from suitecrm_bridge.mirror.transaction import transaction


class Themes:
    """What is known of themes from one scoring to the next."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def known(self) -> tuple[Theme, ...]:
        """Return the themes, in the order of their slugs."""
        rows = self._connection.execute(
            "SELECT slug, title, weights, words FROM themes ORDER BY slug"
        ).fetchall()
        return tuple(
            Theme(slug, title, json.loads(weights), tuple(words))
            for slug, title, weights, words in rows
        )

    def keep(self, themes: Sequence[Theme]) -> None:
        """Replace what is known."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM themes")
            for theme in themes:
                self._connection.execute(
                    "INSERT INTO themes VALUES (?, ?, ?, ?)",
                    [theme.slug, theme.title, json.dumps(theme.weights), list(theme.words)],
                )
