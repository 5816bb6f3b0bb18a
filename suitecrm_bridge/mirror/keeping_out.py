"""What is taken out of each page before it gets into the mirror, because somebody was erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from suitecrm_bridge.mirror.staging import PAGE, Refused
from suitecrm_bridge.mirror.suppression import is_used, was_erased

ABOUT = ("case_id", "surveyresponse_id")
"""Columns that lead to a record whose texts are about the same person."""
_PLAIN = ("parent_type", "target_type", "related_type", "part_number")
"""Columns of words that are no text of anybody."""
PERSONS = ("contacts", "accounts", "leads", "targets")
"""Tables whose texts are those of whoever the record is."""
TRACES = ("campaign_log",)
"""Tables whose rows tell nothing but what somebody did."""


def references(kinds: Mapping[str, str]) -> list[str]:
    """Return the columns that lead to another record."""
    return [name for name, kind in kinds.items() if kind == "id" and name != "id"]


def texts(kinds: Mapping[str, str]) -> list[str]:
    """Return the columns in which people write."""
    return [name for name, kind in kinds.items() if kind == "text" and name not in _PLAIN]


def keep_out(connection: duckdb.DuckDBPyConnection, table: str, kinds: Mapping[str, str]) -> int:
    """Take those who were erased out of the staged page of a table; return how many rows.

    What refers to them stays without the reference and without its texts, so that figures about
    their company stay as they are.
    """
    if not is_used(connection):
        return 0
    leading = references(kinds)
    theirs = " OR ".join(was_erased(f'"{name}"') for name in leading) or "false"
    gone = theirs if table in TRACES else was_erased("id")
    left = connection.execute(f"DELETE FROM {PAGE} WHERE {gone} RETURNING 1").fetchall()
    about = " OR ".join(
        [was_erased("id", "wordless"), *(was_erased(n, "wordless") for n in ABOUT if n in kinds)]
    )
    written = () if table in PERSONS else texts(kinds)
    wordless = [f'"{name}" = NULL' for name in written]
    if wordless:
        connection.execute(f"UPDATE {PAGE} SET {', '.join(wordless)} WHERE {theirs} OR {about}")
    for name in leading:
        connection.execute(f'UPDATE {PAGE} SET "{name}" = NULL WHERE {was_erased(name)}')
    return len(left)


def not_erased(
    connection: duckdb.DuckDBPyConnection, refused: Sequence[Refused]
) -> Sequence[Refused]:
    """Return records that could not be read, but for those of people who were erased."""
    if not refused or not is_used(connection):
        return refused
    ids = [one.id for one in refused]
    rows = connection.execute(
        f"SELECT id FROM (SELECT unnest(?::VARCHAR[]) AS id) WHERE NOT {was_erased('id')}", [ids]
    ).fetchall()
    left = {id for (id,) in rows}
    return [one for one in refused if one.id in left]
