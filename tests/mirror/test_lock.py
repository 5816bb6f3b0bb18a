import json
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import LockedError, StoreError
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror
from suitecrm_bridge.mirror.lock import HOLDER_FILE, Lock

DEAD = {
    "pid": 4711,
    "host": "old-machine",
    "command": "sync --full",
    "since": "2026-03-08T02:15:00+00:00",
    "run_id": "abc",
}


def holder(home):
    return json.loads((home / HOLDER_FILE).read_text(encoding="utf-8"))


def test_an_open_mirror_says_who_has_it_open_and_since_when(tmp_path):
    before = datetime.now(UTC).replace(microsecond=0)
    with Mirror.open(tmp_path):
        found = holder(tmp_path)
    assert (found["pid"], found["host"]) == (os.getpid(), socket.gethostname())
    assert timedelta(0) <= datetime.fromisoformat(found["since"]) - before < timedelta(minutes=1)
    assert found["run_id"] is None


def test_the_id_of_the_run_is_said_too(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.sign("some-run")
        assert holder(tmp_path)["run_id"] == "some-run"


def test_a_closed_mirror_names_nobody(tmp_path):
    with Mirror.open(tmp_path):
        pass
    assert [file.name for file in tmp_path.iterdir()] == [MIRROR_FILE]


def test_a_mirror_is_not_opened_twice_in_one_process(tmp_path):
    with Mirror.open(tmp_path), pytest.raises(LockedError, match=f"process {os.getpid()} on"):
        Mirror.open(tmp_path)
    with Mirror.open(tmp_path):
        pass


def test_the_same_folder_by_another_name_is_the_same_mirror(tmp_path):
    with Mirror.open(tmp_path), pytest.raises(LockedError):
        Mirror.open(tmp_path / "x" / "..")


def test_two_folders_are_two_mirrors(tmp_path):
    with Mirror.open(tmp_path / "a"), Mirror.open(tmp_path / "b"):
        assert holder(tmp_path / "a")["pid"] == holder(tmp_path / "b")["pid"]


def test_who_could_not_open_it_keeps_nobody_out(tmp_path):
    (tmp_path / MIRROR_FILE).write_bytes(b"x" * 8192)
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            Mirror.open(tmp_path)
        assert not isinstance(caught.value, LockedError)
    (tmp_path / MIRROR_FILE).unlink()
    with Mirror.open(tmp_path):
        pass


def test_the_lock_of_a_dead_process_is_taken_over_and_the_log_says_from_whom(tmp_path, caplog):
    (tmp_path / HOLDER_FILE).write_text(json.dumps(DEAD))
    with Mirror.open(tmp_path):
        assert holder(tmp_path)["pid"] == os.getpid()
    assert "“sync --full” (process 4711 on old-machine)" in caplog.text
    assert "taken over" in caplog.text


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"pid": 1}', json.dumps(DEAD | {"since": "x"})]
)
def test_a_damaged_word_about_the_holder_hinders_nobody(tmp_path, content):
    (tmp_path / HOLDER_FILE).write_text(content)
    with Mirror.open(tmp_path):
        assert holder(tmp_path)["pid"] == os.getpid()


def test_a_holder_that_is_not_the_one_that_the_system_names_is_not_blamed(tmp_path):
    (tmp_path / HOLDER_FILE).write_text(json.dumps(DEAD))
    lock = Lock(tmp_path)
    assert "4711 on old-machine" in str(lock.refusal(4711))
    assert "4711 on old-machine" in str(lock.refusal(None))
    assert str(lock.refusal(99)).count("process 99") == 1
    assert "old-machine" not in str(lock.refusal(99))


def test_the_holder_is_named_in_french_too(tmp_path):
    (tmp_path / HOLDER_FILE).write_text(json.dumps(DEAD))
    i18n.use_language("fr")
    try:
        words = str(Lock(tmp_path).refusal(None))
    finally:
        i18n.use_language("en")
    assert "processus 4711 sur old-machine), depuis le 08/03/2026" in words


def test_a_word_that_cannot_be_left_stops_nobody(tmp_path, monkeypatch):
    def full(*args, **options):
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with Mirror.open(tmp_path) as mirror:
        assert mirror.runs.last() is None
