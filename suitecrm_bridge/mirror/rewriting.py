"""Write the mirror's file anew, so that no page of it keeps what was deleted."""

from __future__ import annotations

from pathlib import Path

import duckdb

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.i18n import text

_NEW = ".rewritten"


def rewrite(file: Path) -> None:
    """Copy a mirror that nobody has open into a new file, which takes its place.

    Raises:
        StoreError: it is open elsewhere, or there is no room for a second one; it is as it was.
    """
    beside = file.with_name(file.name + _NEW)
    _remove(beside)
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"ATTACH '{_path(file)}' AS old")
            connection.execute(f"ATTACH '{_path(beside)}' AS new")
            connection.execute("COPY FROM DATABASE old TO new")
            for table, comment in connection.execute(
                "SELECT table_name, comment FROM duckdb_tables()"
                " WHERE database_name = 'old' AND comment IS NOT NULL"
            ).fetchall():
                said = comment.replace("'", "''")
                connection.execute(f"COMMENT ON TABLE new.{table} IS '{said}'")
            connection.execute("DETACH new")
            connection.execute("DETACH old")
        # What the old one had not yet taken into itself lies beside it.
        file.with_name(file.name + ".wal").unlink(missing_ok=True)
        beside.chmod(0o600)
        beside.replace(file)
    except (OSError, duckdb.Error) as error:
        _remove(beside)
        raise StoreError(text("privacy.not_rewritten", file=file, error=error)) from error


def _remove(file: Path) -> None:
    for one in (file, file.with_name(file.name + ".wal")):
        one.unlink(missing_ok=True)


def _path(file: Path) -> str:
    return str(file.absolute()).replace("'", "''")
