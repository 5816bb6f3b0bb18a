"""The mirror's schema: named migrations, recorded, then the catalogue's columns."""

from __future__ import annotations

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import MigrationError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.transaction import transaction

SQL_TYPE = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "enum": "VARCHAR",
    "int": "BIGINT",
    "number": "DECIMAL(26,6)",
    "money": "DECIMAL(26,6)",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}
"""Column type in DuckDB by column type of the catalogue. Datetimes are UTC."""

MIGRATIONS: dict[str, str] = {
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
}


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema up to date; each migration and its record in one transaction.

    Raises:
        MigrationError: a migration fails, or the file was made by a newer version.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations (name VARCHAR PRIMARY KEY)")
    applied = {
        name for (name,) in connection.execute("SELECT name FROM schema_migrations").fetchall()
    }
    newer = sorted(applied - set(MIGRATIONS))
    if newer:
        raise MigrationError(text("mirror.newer", names=", ".join(newer)))
    for name, script in MIGRATIONS.items():
        if name not in applied:
            _apply(connection, name, script)
    with transaction(connection):
        _add_catalogue_columns(connection)


def _apply(connection: duckdb.DuckDBPyConnection, name: str, script: str) -> None:
    try:
        with transaction(connection):
            connection.execute(script)
            connection.execute("INSERT INTO schema_migrations VALUES (?)", [name])
    except duckdb.Error as error:
        raise MigrationError(text("mirror.migration_failed", name=name, error=error)) from error


def _add_catalogue_columns(connection: duckdb.DuckDBPyConnection) -> None:
    present: dict[str, set[str]] = {}
    # Asked at once: a question a table would take longer than all the rest of opening a mirror.
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'"
    ).fetchall():
        present.setdefault(table, set()).add(column)
    for key, module in catalogue().modules.items():
        if module.table not in present:
            connection.execute(f"CREATE TABLE {module.table} (id VARCHAR PRIMARY KEY)")
        for column, kind in catalogue().columns_of(key).items():
            if column not in present.get(module.table, {"id"}):
                connection.execute(
                    f'ALTER TABLE {module.table} ADD COLUMN "{column}" {SQL_TYPE[kind]}'
                )
    for link in catalogue().links.values():
        if link.table not in present:
            connection.execute(
                f"CREATE TABLE {link.table} ({link.own_id} VARCHAR NOT NULL,"
                f" {link.other_id} VARCHAR NOT NULL, PRIMARY KEY ({link.own_id}, {link.other_id}))"
            )
