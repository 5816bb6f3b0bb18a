"""The mirror's schema: named upgrades, each recorded, then the catalogue's columns."""

from __future__ import annotations

from contextlib import nullcontext

import duckdb

from suitecrm_bridge.errors import UpgradeError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror import cards, columns, owners
from suitecrm_bridge.mirror.programmes import tables as programmes
from suitecrm_bridge.mirror.statements import run
from suitecrm_bridge.mirror.transaction import transaction

_DUCKDB: str = duckdb.__version__

UPGRADES: dict[str, str] = {
    "0001_reading": """
        CREATE TABLE bookmarks (
            module VARCHAR PRIMARY KEY,
            through TIMESTAMP NOT NULL,
            columns VARCHAR[] NOT NULL
        );
        CREATE TABLE scans (
            module VARCHAR NOT NULL,
            range_number INTEGER NOT NULL,
            lower_id VARCHAR,
            upper_id VARCHAR,
            after_id VARCHAR,
            finished BOOLEAN NOT NULL,
            modified_from TIMESTAMP,
            started_at TIMESTAMP NOT NULL,
            columns VARCHAR[] NOT NULL,
            PRIMARY KEY (module, range_number)
        );
    """,
    "0002_writing": """
        CREATE TABLE ledger (
            module VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            attributes JSON NOT NULL,
            written_at TIMESTAMP NOT NULL,
            PRIMARY KEY (module, record_id)
        );
        CREATE TABLE dead_letters (
            module VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            reason VARCHAR NOT NULL,
            attributes JSON NOT NULL,
            attempts INTEGER NOT NULL,
            last_tried_at TIMESTAMP NOT NULL,
            PRIMARY KEY (module, record_id)
        );
    """,
    "0003_paths": """
        ALTER TABLE bookmarks ADD COLUMN path VARCHAR DEFAULT 'stock';
        ALTER TABLE scans ADD COLUMN path VARCHAR DEFAULT 'stock';
    """,
    "0004_runs_and_letters": """
        CREATE TEMP TABLE old_letters AS SELECT * FROM dead_letters;
        DROP TABLE dead_letters;
        CREATE TABLE dead_letters (
            direction VARCHAR NOT NULL,
            module VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            reason VARCHAR NOT NULL,
            attributes JSON NOT NULL,
            attempts INTEGER NOT NULL,
            first_failed_at TIMESTAMP NOT NULL,
            last_tried_at TIMESTAMP NOT NULL,
            next_try_at TIMESTAMP NOT NULL,
            PRIMARY KEY (direction, module, record_id)
        );
        INSERT INTO dead_letters SELECT 'write', module, record_id, reason, attributes, attempts,
            last_tried_at, last_tried_at, last_tried_at FROM old_letters;
        DROP TABLE old_letters;
        CREATE TABLE runs (
            run_id VARCHAR PRIMARY KEY,
            command VARCHAR NOT NULL,
            started_at TIMESTAMP NOT NULL,
            finished_at TIMESTAMP,
            result VARCHAR NOT NULL,
            path VARCHAR,
            figures JSON NOT NULL,
            error VARCHAR
        );
    """,
    "0005_reconciling": """
        CREATE TABLE reconciliations (
            module VARCHAR PRIMARY KEY,
            reconciled_at TIMESTAMP NOT NULL
        );
    """,
    "0006_snapshots": """
        CREATE TABLE snapshots (
            entity VARCHAR NOT NULL,
            as_of DATE NOT NULL,
            customer_id VARCHAR NOT NULL,
            rfm_segment VARCHAR NOT NULL,
            rfm_recency TINYINT,
            rfm_frequency TINYINT,
            rfm_monetary TINYINT,
            lifecycle VARCHAR,
            total_cents BIGINT NOT NULL
        );
        CREATE TABLE snapshot_cuts (
            entity VARCHAR NOT NULL,
            as_of DATE NOT NULL,
            purchases VARCHAR NOT NULL,
            basis VARCHAR NOT NULL,
            bounds BIGINT[] NOT NULL,
            PRIMARY KEY (entity, as_of)
        );
    """,
    "0007_history": """
        CREATE TABLE history (
            module VARCHAR NOT NULL,
            id VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            changed_at TIMESTAMP NOT NULL,
            field VARCHAR NOT NULL,
            before VARCHAR,
            after VARCHAR,
            PRIMARY KEY (module, id)
        );
        CREATE TABLE history_scans (
            module VARCHAR PRIMARY KEY,
            through TIMESTAMP,
            started_at TIMESTAMP,
            after_id VARCHAR
        );
        CREATE TABLE observed_statuses (
            case_id VARCHAR NOT NULL,
            number INTEGER NOT NULL,
            status VARCHAR,
            state VARCHAR,
            changed_at TIMESTAMP NOT NULL,
            seen_at TIMESTAMP NOT NULL,
            PRIMARY KEY (case_id, number)
        );
    """,
    "0008_unanswered": """
        CREATE TABLE unanswered (
            module VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            fields VARCHAR[] NOT NULL,
            PRIMARY KEY (module, record_id)
        );
    """,
    "0009_themes": """
        CREATE TABLE themes (
            slug VARCHAR PRIMARY KEY,
            title VARCHAR NOT NULL,
            weights JSON NOT NULL,
            words VARCHAR[] NOT NULL
        );
    """,
    "0010_reactions": """
        CREATE TABLE wanted_reactions (
            key VARCHAR PRIMARY KEY,
            rule VARCHAR NOT NULL,
            subject VARCHAR NOT NULL,
            rank INTEGER NOT NULL,
            since TIMESTAMP NOT NULL,
            created TIMESTAMP,
            due_minutes INTEGER NOT NULL,
            attributes JSON NOT NULL
        );
        CREATE TABLE reactions (
            key VARCHAR PRIMARY KEY,
            rule VARCHAR NOT NULL,
            subject VARCHAR NOT NULL,
            since TIMESTAMP NOT NULL,
            task_id VARCHAR NOT NULL,
            sent_at TIMESTAMP NOT NULL,
            created_at TIMESTAMP
        );
    """,
    "0012_marks": """
        CREATE TABLE marks (
            name VARCHAR PRIMARY KEY,
            value VARCHAR NOT NULL
        );
        CREATE TABLE believed_segments (
            module VARCHAR NOT NULL,
            record_id VARCHAR NOT NULL,
            segment VARCHAR NOT NULL,
            PRIMARY KEY (module, record_id)
        );
    """,
    "0013_believing": """
        CREATE TABLE made_by (
            what VARCHAR PRIMARY KEY,
            value VARCHAR NOT NULL
        );
        CREATE TABLE accepted_unreadable (
            module VARCHAR PRIMARY KEY,
            records BIGINT NOT NULL
        );
    """,
    "0014_sources": """
        CREATE TABLE sources (
            name VARCHAR PRIMARY KEY,
            read_at TIMESTAMP,
            refused_since TIMESTAMP,
            reason VARCHAR
        );
        CREATE TABLE stale_when_scored (name VARCHAR PRIMARY KEY, read_at TIMESTAMP);
        CREATE TABLE lost_links (
            link VARCHAR, own_id VARCHAR, other_id VARCHAR, PRIMARY KEY (link, own_id, other_id)
        );
        ALTER TABLE runs ADD COLUMN number BIGINT;
        UPDATE runs SET number = n.number FROM (
            SELECT run_id, row_number() OVER (ORDER BY started_at, rowid) AS number FROM runs
        ) n WHERE n.run_id = runs.run_id;
    """,
    **programmes.UPGRADES,
    "0023_cards": cards.TABLES,
    "0024_user_names": owners.TABLES,
}


def is_due(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether `upgrade`, or a newer DuckDB, would change a mirror for good."""
    applied = _applied(connection)
    current = {*UPGRADES, columns.mark(columns.of_catalogue())}
    return bool(applied) and (not current <= applied or _opened_by(connection) != _DUCKDB)


def upgrade(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema up to date; each upgrade and its record in one transaction.

    Raises:
        UpgradeError: an upgrade fails, or the file was made by a newer version.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations (name VARCHAR PRIMARY KEY)")
    applied = _applied(connection)
    newer = sorted(name for name in applied - set(UPGRADES) if not name.startswith(columns.MARK))
    if newer:
        raise UpgradeError(text("mirror.newer", names=", ".join(newer)))
    # A new mirror is made at once, for each transaction takes the disk's time.
    with nullcontext() if applied else transaction(connection):
        for name, script in UPGRADES.items():
            if name not in applied:
                _apply(connection, name, script)
        tables = columns.of_catalogue()
        known = columns.mark(tables)
        # Looking at every column takes longer than all the rest of opening a mirror.
        if known not in applied:
            with transaction(connection):
                columns.settle(connection, tables)
                connection.execute("INSERT INTO schema_migrations VALUES (?)", [known])
        if _opened_by(connection) != _DUCKDB:
            connection.execute("INSERT OR REPLACE INTO made_by VALUES ('duckdb', ?)", [_DUCKDB])


def _applied(connection: duckdb.DuckDBPyConnection) -> set[str]:
    there = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_migrations' AND NOT temporary"
    if not connection.execute(there).fetchall():
        return set()
    return {name for (name,) in connection.execute("FROM schema_migrations").fetchall()}


def _opened_by(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return which DuckDB opened the mirror last."""
    rows = connection.execute("SELECT value FROM made_by WHERE what = 'duckdb'").fetchall()
    return rows[0][0] if rows else None


def _apply(connection: duckdb.DuckDBPyConnection, name: str, script: str) -> None:
    try:
        with transaction(connection):
            run(connection, script)
            connection.execute("INSERT INTO schema_migrations VALUES (?)", [name])
    except duckdb.Error as error:
        raise UpgradeError(text("mirror.upgrade_failed", name=name, error=error)) from error
