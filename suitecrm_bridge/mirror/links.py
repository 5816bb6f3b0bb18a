"""The link tables of the mirror: which records belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb

from suitecrm_bridge.catalogue import Link, catalogue
from suitecrm_bridge.mirror.staging import PAGE
from suitecrm_bridge.mirror.suppression import is_used, was_erased

Links = Mapping[str, Mapping[str, Sequence[str]]]
"""Link table → id of the page's record → ids it is linked to: all of them, as they are now."""

Pair = tuple[str, str]

_UNKNOWN = ""
"""In the place of a record that is to be asked for."""


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

    def bring(self, table: str, pairs: Iterable[Sequence[Pair]]) -> list[Pair]:
        """Add what is new in `pairs`, every link that SuiteCRM shows; return what it does not.

        `pairs` come in lists.
        """
        self._stage(pairs)
        link = catalogue().links[table]
        columns = f"{link.own_id}, {link.other_id}"
        self._connection.execute(
            f"INSERT INTO {table} ({columns})"
            f" (SELECT own, other FROM links) EXCEPT SELECT {columns} FROM {table}"
        )
        return self._connection.execute(
            f"SELECT {columns} FROM {table} EXCEPT SELECT own, other FROM links ORDER BY ALL"
        ).fetchall()

    def absent(self, table: str, linked: Mapping[str, Sequence[str]]) -> list[Pair]:
        """Return the links of some records that are not among these: own id → every other id."""
        link = catalogue().links[table]
        self._stage([[(own, other) for own, others in linked.items() for other in others]])
        columns = f"{link.own_id}, {link.other_id}"
        return self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE {link.own_id} IN (SELECT unnest(?::VARCHAR[]))"
            " EXCEPT SELECT own, other FROM links ORDER BY ALL",
            [list(linked)],
        ).fetchall()

    def end(self, table: str, pairs: Sequence[Pair]) -> None:
        """Take links away."""
        link = catalogue().links[table]
        self._stage([pairs])
        self._connection.execute(
            f"DELETE FROM {table} WHERE ({link.own_id}, {link.other_id})"
            " IN (SELECT own, other FROM links)"
        )

    def count(self, table: str) -> int:
        """Return how many links a table has."""
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    def doubt(self, table: str, pairs: Sequence[Pair]) -> None:
        """Remember links of which nobody knows whether they ended."""
        self._stage([pairs])
        self._connection.execute(
            "INSERT OR IGNORE INTO lost_links SELECT ?, own, other FROM links", [table]
        )

    def expect(self, module: str) -> None:
        """Remember the staged records that are new: links to what was read before may come along.

        Adding a link leaves the dates of both records alone.
        """
        held = catalogue().modules[module].table
        for link in catalogue().links.values():
            if link.other_module == module and link.other_link:
                self._connection.execute(
                    f"INSERT OR IGNORE INTO lost_links SELECT '{link.table}', '{_UNKNOWN}', id"
                    f" FROM {PAGE} ANTI JOIN {held} USING (id)"
                )

    def expected(self, table: str) -> list[str]:
        """Return the records whose links are to be asked for from their end."""
        rows = self._connection.execute(
            "SELECT other_id FROM lost_links WHERE link = ? AND own_id = ? ORDER BY other_id",
            [table, _UNKNOWN],
        ).fetchall()
        return [id for (id,) in rows]

    def asked(self, table: str, other_ids: Sequence[str]) -> None:
        """Note that the links of records were asked for from their end."""
        self._connection.execute(
            f"DELETE FROM lost_links WHERE link = ? AND own_id = '{_UNKNOWN}'"
            " AND other_id IN (SELECT unnest(?::VARCHAR[]))",
            [table, list(other_ids)],
        )

    def returned(self, table: str) -> list[str]:
        """Return the records that lost a link, or may have, and whose other record is there."""
        link = catalogue().links[table]
        own, other = (catalogue().modules[m].table for m in (link.module, link.other_module))
        rows = self._connection.execute(
            f"SELECT DISTINCT own_id FROM lost_links SEMI JOIN {own} o ON o.id = own_id"
            f" SEMI JOIN {other} r ON r.id = other_id WHERE link = ? ORDER BY own_id",
            [table],
        ).fetchall()
        return [id for (id,) in rows]

    def settle(self, table: str, own_ids: Sequence[str]) -> None:
        """Forget what records have lost: it is read again."""
        self._connection.execute(
            "DELETE FROM lost_links WHERE link = ? AND own_id IN (SELECT unnest(?::VARCHAR[]))",
            [table, list(own_ids)],
        )

    def drop(self, module: str, ids: Sequence[str]) -> None:
        """Take the links of records of `module` away, whichever end they are, and remember them.

        SuiteCRM does so too when it deletes a record, and leaves the other end's date alone. Where
        the record was only out of sight, they are to be read again when it is back.
        """
        among = "IN (SELECT unnest(?::VARCHAR[]))"
        for link in catalogue().links.values():
            ends = ((link.module, link.own_id), (link.other_module, link.other_id))
            for end in (column for of, column in ends if of == module):
                self._connection.execute(
                    f"INSERT OR IGNORE INTO lost_links SELECT '{link.table}', {link.own_id},"
                    f" {link.other_id} FROM {link.table} WHERE {end} {among}",
                    [list(ids)],
                )
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
        if is_used(self._connection):
            erased = f"{was_erased('own')} OR {was_erased('other')}"
            self._connection.execute(f"DELETE FROM links WHERE {erased}")

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
