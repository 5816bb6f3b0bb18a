"""What docs/privacy.md says of encryption holds of the DuckDB that is installed."""

import duckdb
import pytest

from suitecrm_bridge.mirror.store import _OFFLINE


def test_duckdb_as_installed_writes_no_securely_encrypted_file_without_an_extension(tmp_path):
    """When this fails, the mirror can be encrypted: let it be, and say so in docs/privacy.md."""
    with duckdb.connect(":memory:", config=_OFFLINE) as connection:
        with pytest.raises(duckdb.Error, match="httpfs"):
            connection.execute(f"ATTACH '{tmp_path / 'e.duckdb'}' AS e (ENCRYPTION_KEY 'secret')")
        known = connection.execute(
            "SELECT loaded FROM duckdb_extensions() WHERE extension_name = 'httpfs'"
        ).fetchall()
    assert known == [(False,)]
