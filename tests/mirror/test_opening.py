"""A mirror that cannot be opened says why, and what to do."""

import pytest

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror

VERSION_AT = 52
"""Where a file of DuckDB names the version that wrote it."""


@pytest.fixture
def home(tmp_path):
    with Mirror.open(tmp_path):
        pass
    return tmp_path


def test_a_mirror_of_another_version_of_duckdb_names_both(home):
    file = home / MIRROR_FILE
    content = bytearray(file.read_bytes())
    assert content[VERSION_AT : VERSION_AT + 1] == b"v"
    content[VERSION_AT : VERSION_AT + 7] = b"v97.5.3"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"DuckDB 97\.5\.3.*Install DuckDB 97\.5\.3 or newer"):
        Mirror.open(home)


def test_a_file_that_is_no_mirror_is_not_blamed_on_a_version(home):
    (home / MIRROR_FILE).write_bytes(b"not a database" * 300)
    with pytest.raises(StoreError, match=r"cannot be opened.*rename it"):
        Mirror.open(home)


def test_a_damaged_file_of_this_version_is_not_blamed_on_a_version(home):
    file = home / MIRROR_FILE
    content = bytearray(file.read_bytes())
    content[200:208] = b"\xff" * 8
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Mirror.open(home)
    assert "DuckDB 2" not in str(caught.value).partition("(")[0]
