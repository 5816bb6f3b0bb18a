"""Two runs at once cannot happen, and the second one says who is in the way."""

import json

import pytest

from suitecrm_bridge.errors import LockedError
from suitecrm_bridge.mirror.lock import HOLDER_FILE
from tests.flows.conftest import assert_as_undisturbed
from tests.flows.processes import child
from tests.flows.test_kill_and_resume import Killer, run_and_kill
from tests.flows.world import DAY

pytestmark = pytest.mark.usefixtures("standing_figures")


@pytest.mark.story
def test_a_second_sync_ends_with_8_and_names_the_first(filled, tmp_path):
    """The first one waits in the middle of its reading while the second one is tried."""
    seen = []

    def second(method, path):
        if path.endswith("/module/AOS_Invoices") and not seen:
            seen.append(json.loads((filled.home / HOLDER_FILE).read_text(encoding="utf-8")))
            seen.append(filled.command("sync", "--past", "--as-of", str(DAY)))

    filled.server.before_request.append(second)
    process = child(
        "-m",
        "tests.flows.at_noon",
        "sync",
        "--past",
        "--as-of",
        str(DAY),
        environment=filled.environment(),
        folder=tmp_path,
    )
    _, words = process.communicate(timeout=120)
    holder, done = seen
    assert process.returncode == 0, words
    assert done.exit_code == 8
    assert holder["pid"] == process.pid
    assert f"“sync --past --as-of {DAY}” (process {process.pid} on {holder['host']})" in done.stderr
    run_id = filled.mirrored("SELECT run_id FROM runs WHERE result = 'done'")
    assert run_id == [(holder["run_id"],)]


def test_two_contexts_of_one_process_cannot_share_a_mirror(synced):
    with synced.context() as first, synced.context() as second:
        assert first.mirror.runs.last() is not None
        with pytest.raises(LockedError):
            second.mirror  # noqa: B018


@pytest.mark.long
def test_the_lock_of_a_killed_run_is_taken_over(filled, undisturbed, tmp_path, caplog):
    run_and_kill(filled, Killer("GET", "/module/AOS_Invoices", 2), tmp_path)
    left = json.loads((filled.home / HOLDER_FILE).read_text(encoding="utf-8"))
    filled.sync()
    assert f"process {left['pid']}" in caplog.text
    assert "taken over" in caplog.text
    assert not (filled.home / HOLDER_FILE).exists()
    assert_as_undisturbed(filled, undisturbed)
