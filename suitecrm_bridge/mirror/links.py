"""The link tables of the mirror: which records belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb

from suitecrm_bridge.catalogue import Link, catalogue
from suitecrm_bridge.mirror.staging import PAGE

Links = Mapping[str, Mapping[str, Sequence[str]]]
"""Link table → id of the page's record → ids it is linked to: all of them, as they are now."""

Pair = tuple[str, str]


class LinkTables:
    """Changes link tables within the caller's transaction; what is right already stays."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def follow_columns(self, module: str, columns: Sequence[str]) -> None:
        """Bring the links that columns of the staged page carry into their tables."""
        for link in _links_of(module):
            if link.column is not None and link.column in columns:
                self._make_equal(
                    link,
                    f'SELECT id, "{link.column}" FROM {PAGE} WHERE "{link.column}" <> \'\'',
                    among=f"SELECT id FROM {PAGE}",
                )

    def replace_of(self, table: str, linked: Mapping[str, Sequence[str]]) -> None:
        """Replace the links of some records: own id → every other id."""
        pairs = [(own, other) for own, others in linked.items() for other in others]
        self._stage([pairs])
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE link_owners AS SELECT unnest(?::VARCHAR[]) AS id",
            [list(linked)],
        )
        self._make_equal(
            catalogue().links[table], "SELECT own, other FROM links", "SELECT id FROM link_owners"
        )

    def replace(self, table: str, pairs: Iterable[Sequence[Pair]]) -> None:
        """Replace every link of a table by `pairs`, which come in lists."""
        self._stage(pairs)
        self._make_equal(catalogue().links[table], "SELECT own, other FROM links")

    def drop(self, module: str, ids: Sequence[str]) -> None:
        """Take the links of records of `module` away, whichever end they are.

        SuiteCRM does so too when it deletes a record, and leaves the other end's date alone.
        """
        among = "IN (SELECT unnest(?::VARCHAR[]))"
        for link in catalogue().links.values():
            ends = ((link.module, link.own_id), (link.other_module, link.other_id))
            for end in (column for of, column in ends if of == module):
                self._connection.execute(
                    f"DELETE FROM {link.table} WHERE {end} {among}", [list(ids)]
                )
            if link.column is not None and link.other_module == module:
                table = catalogue().modules[link.module].table
                self._connection.execute(
                    f'UPDATE {table} SET "{link.column}" = NULL WHERE "{link.column}" {among}',
                    [list(ids)],
                )

    def _stage(self, pairs: Iterable[Sequence[Pair]]) -> None:
        self._connection.execute("CREATE OR REPLACE TEMP TABLE links (own VARCHAR, other VARCHAR)")
        for batch in pairs:
            self._connection.execute(
                "INSERT INTO links SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [[own for own, _ in batch], [other for _, other in batch]],
            )

    def _make_equal(self, link: Link, wanted: str, among: str | None = None) -> None:
        """Make the links (of the owners `among`) those that the query `wanted` finds."""
        columns = f"{link.own_id}, {link.other_id}"
        within = f"{link.own_id} IN ({among}) AND " if among else ""
        self._connection.execute(
            f"DELETE FROM {link.table} WHERE {within}({columns}) NOT IN ({wanted})"
        )
        self._connection.execute(
            f"INSERT INTO {link.table} ({columns})"
            f" ({wanted}) EXCEPT SELECT {columns} FROM {link.table}"
        )


def _links_of(module: str) -> Iterator[Link]:
    return (link for link in catalogue().links.values() if link.module == module)
