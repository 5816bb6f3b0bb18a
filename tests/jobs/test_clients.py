"""Many installations at once: each ends in its own way, and harms no other."""

import json
import sys
import time

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.jobs import children, clients
from suitecrm_bridge.jobs.stop import Stop

SYNCS = {
    "done": """print('{"written": 3, "failed": 0}')""",
    "failing": "import sys; print('Error: no', file=sys.stderr); sys.exit(3)",
    "busy": "import sys; sys.exit(8)",
    "hanging": "import time; time.sleep(600)",
    "chatty": "import sys; sys.stderr.write('x' * 200_000 + '\\nlast'); sys.exit(1)",
    "told": "import os; print(sorted(k for k in os.environ if k[:7] in ('BRIDGE_', 'SUITECR')))",
}


def stub(client, arguments):
    return [sys.executable, "-S", "-c", SYNCS[client.name]]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "TO_END", 2.0)
    for name in SYNCS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.env").write_text("SUITECRM_URL=http://x\n", "utf-8")
    (tmp_path / "not a client").mkdir()
    return tmp_path


def ended(folder, *only, seconds=60.0, stop=None, parallel=3):
    found = clients.sync_all(
        clients.found(folder, only),
        parallel=parallel,
        seconds=seconds,
        stop=stop or Stop(),
        command=stub,
    )
    return {one.client: one for one in found}


def test_each_client_ends_in_its_own_way(folder):
    found = ended(folder, seconds=3.0)
    assert {name: one.ended for name, one in found.items()} == {
        "done": "done",
        "failing": "failed",
        "busy": "busy",
        "hanging": "timeout",
        "chatty": "failed",
        "told": "done",
    }
    assert (found["done"].written, found["failing"].exit_code) == (3, 3)
    assert (found["failing"].said, found["chatty"].said) == ("Error: no", "last")
    assert (folder / "failing" / "last-sync.log").read_text("utf-8").strip() == "Error: no"


def test_no_client_sees_the_settings_of_another(folder, monkeypatch):
    monkeypatch.setenv("SUITECRM_PASSWORD", "of somebody else")
    environment = clients._environment(folder / "told")
    ours = {name: v for name, v in environment.items() if name.startswith(("SUITECRM_", "BRIDGE_"))}
    assert ours == {"BRIDGE_HOME": str(folder / "told")}


def test_a_client_that_names_its_home_keeps_it(folder):
    (folder / "told" / "config.env").write_text("BRIDGE_HOME=/nowhere/told\n", "utf-8")
    assert "BRIDGE_HOME" not in clients._environment(folder / "told")


def test_who_asks_to_stop_waits_for_nobody_that_hangs(folder):
    stop = Stop()
    stop.set()
    began = time.monotonic()
    assert {one.ended for one in ended(folder, stop=stop).values()} == {"stopped"}
    assert time.monotonic() - began < 5


def test_no_more_clients_are_at_work_than_was_said(folder, monkeypatch):
    at_once, most = [0], [0]

    def awaited(process, until, stop):
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        found = process.communicate()
        at_once[0] -= 1
        return *found, False

    monkeypatch.setattr(children, "awaited", awaited)
    ended(folder, "done", "told", "busy", "failing", parallel=1)
    assert most == [1]


@pytest.mark.parametrize("only", [("nobody",), ("done", "not a client")])
def test_a_client_that_is_not_there_is_named(folder, only):
    with pytest.raises(SettingError, match=only[-1]):
        clients.found(folder, only)


def test_the_command_names_the_clients_own_settings_file(folder):
    words = clients.ours(folder / "done", ["--dry-run"])
    assert words[words.index("--env-file") + 1] == str(folder / "done" / "config.env")
    assert words[-1] == "--dry-run"


def test_the_summary_of_a_sync_is_what_is_counted():
    assert clients._summary(json.dumps({"written": 3})) == {"written": 3}
    assert clients._summary("[1]") == clients._summary("") == {}
