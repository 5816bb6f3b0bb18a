"""A mirror that is changed for good is copied first, and whoever runs the command is told."""

import logging
from contextlib import contextmanager

import pytest

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror, backup
from suitecrm_bridge.mirror.columns import MARK


def age(home, statement, *values):
    with Mirror.open(home) as mirror:
        mirror.connection.execute("INSERT INTO contacts (id, last_name) VALUES ('c', 'Quervezec')")
        mirror.connection.execute(statement, list(values))


@pytest.fixture(params=["another duckdb", "earlier columns"])
def old(request, tmp_path):
    if request.param == "another duckdb":
        age(tmp_path, "UPDATE made_by SET value = '1.99.0' WHERE what = 'duckdb'")
    else:
        age(tmp_path, "DELETE FROM schema_migrations WHERE starts_with(name, ?)", MARK)
    return tmp_path


def test_a_mirror_is_copied_before_it_is_brought_up_to_date_and_that_is_said(old, caplog):
    with caplog.at_level(logging.WARNING), Mirror.open(old):
        pass
    kept = old / backup.BACKUP_FILE
    (said,) = [one.message for one in caplog.records if str(kept) in one.message]
    assert "one way back" in said
    kept.replace(old / MIRROR_FILE)
    with Mirror.open(old) as mirror:
        rows = mirror.connection.execute("SELECT last_name FROM contacts").fetchall()
    assert rows == [("Quervezec",)]


def test_a_mirror_that_is_up_to_date_is_not_copied(old):
    with Mirror.open(old):
        pass
    (old / backup.BACKUP_FILE).unlink()
    with Mirror.open(old):
        pass
    assert not (old / backup.BACKUP_FILE).exists()


def test_a_new_mirror_is_not_copied(tmp_path):
    for _ in range(2):
        with Mirror.open(tmp_path):
            pass
    assert not (tmp_path / backup.BACKUP_FILE).exists()


def test_without_room_for_the_copy_the_mirror_stays_as_it_was(old, monkeypatch):
    @contextmanager
    def full(file, *, private):
        raise OSError(28, "No space left on device")
        yield

    before = (old / MIRROR_FILE).read_bytes()
    monkeypatch.setattr(backup, "replacing", full)
    with pytest.raises(StoreError, match=backup.BACKUP_FILE):
        Mirror.open(old)
    assert (old / MIRROR_FILE).read_bytes() == before
