"""Tell whether the mirror holds anything else than when it was last scored."""

from __future__ import annotations

import duckdb

from suitecrm_bridge.catalogue import catalogue

_OWN_DOINGS = (
    "accepted_unreadable",
    "asked_columns",
    "believed_segments",
    "bookmarks",
    "card_changes",
    "cards_told",
    "dead_letters",
    "history_scans",
    "ledger",
    "lost_links",
    "made_by",
    "marks",
    "observed_statuses",
    "programme_bounds",
    "programme_codes",
    "programme_contacts",
    "programme_deliveries",
    "programme_enrolments",
    "programme_insides",
    "programme_list_readings",
    "programme_lists",
    "programme_members",
    "programme_messages",
    "programme_messages_looked",
    "programme_resets",
    "programme_switches",
    "programme_users",
    "programme_verdicts",
    "programme_waiting",
    "programme_words",
    "programmes",
    "reactions",
    "reconciliations",
    "runs",
    "scans",
    "schema_migrations",
    "segment_places",
    "snapshot_cuts",
    "snapshots",
    "sources",
    "stale_when_scored",
    "themes",
    "unanswered",
    "user_names",
    "wanted_reactions",
)
"""Tables that tell what the bridge did, and when; what they add to scores came with a record."""


def digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what two mirrors have in common that lead to the same scores.

    It covers every table but the scores and those above, every column but the fields that the
    bridge writes.
    """
    by_table = {module.table: key for key, module in catalogue().modules.items()}
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'"
        " AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)"
        " ORDER BY table_name, column_index"
    ).fetchall():
        if table not in _OWN_DOINGS and not table.startswith("scores_"):
            columns.setdefault(table, [])
            if column not in _written(by_table.get(table)):
                columns[table].append(column)
    # Ids differ, so no two rows cancel each other out; the sum does not mind their order.
    parts = [
        f"SELECT '{table}' AS name, count(*) AS size,"
        f" coalesce(sum(hash({', '.join(map(_quoted, names))})::HUGEINT), 0) AS total FROM {table}"
        for table, names in columns.items()
    ]
    rows = connection.execute(f"{' UNION ALL '.join(parts)} ORDER BY name").fetchall()
    return ";".join(f"{name}:{size}:{total:x}" for name, size, total in rows)


def _written(module: str | None) -> set[str]:
    return {field.name for field in catalogue().fields_of(module, "bridge")} if module else set()


def _quoted(column: str) -> str:
    return f'"{column}"'
