"""Two bridges that write into one SuiteCRM are noticed over the fast routes, and one is refused."""

import shutil

import pytest

from suitecrm_bridge.errors import OtherBridge
from tests.flows.test_lost import figures
from tests.flows.world import other_base, synced_base, world_of


@pytest.fixture
def other(bases, fast_synced, tmp_path):
    """What lets another bridge, with a mirror of its own, work on the same SuiteCRM."""
    home = shutil.copytree(other_base(bases), tmp_path / "another home")
    return {"BRIDGE_HOME": str(home)}


def test_the_second_bridge_is_refused_before_it_reads_and_told_what_to_do(fast_synced, other):
    fast_synced.forget()
    done = fast_synced.command("sync", "--past", "--as-of", "2026-03-08", **other)
    assert done.exit_code == 2
    assert "--take-over" in done.stderr
    assert [path for _, path in fast_synced.requests if "/records/" in path] == []
    assert fast_synced.count("POST", "/runs") == 0


@pytest.mark.story
def test_a_push_of_the_second_bridge_is_refused(fast_synced, other):
    before = figures(fast_synced)
    fast_synced.pull(**other)
    fast_synced.score(**other)
    with pytest.raises(OtherBridge):
        fast_synced.push(**other)
    assert figures(fast_synced) == before


@pytest.mark.story
def test_the_second_bridge_may_read_and_score(fast_synced, other):
    fast_synced.pull(**other)
    fast_synced.score(**other)
    assert fast_synced.sync().written == 0


@pytest.mark.story
def test_a_dry_run_of_the_second_bridge_is_only_warned(fast_synced, other, caplog):
    summary = fast_synced.sync(dry_run=True, **other)
    assert summary.planned == 0
    assert "Another bridge" in caplog.text


@pytest.mark.story
def test_who_takes_over_shuts_the_first_bridge_out(fast_synced, other):
    done = fast_synced.command("sync", "--past", "--as-of", "2026-03-08", "--take-over", **other)
    assert done.exit_code == 0, done.stderr
    assert fast_synced.command("sync", "--past", "--as-of", "2026-03-08", **other).exit_code == 0
    with pytest.raises(OtherBridge):
        fast_synced.sync()


@pytest.mark.story
def test_the_first_bridge_can_be_brought_back(fast_synced, other):
    fast_synced.command("sync", "--past", "--as-of", "2026-03-08", "--take-over", **other)
    before = figures(fast_synced)
    done = fast_synced.command("push", "--past", "--take-over")
    assert done.exit_code == 0, done.stderr
    fast_synced.sync()
    assert figures(fast_synced) == before
    assert fast_synced.command("sync", "--past", "--as-of", "2026-03-08", **other).exit_code == 2


@pytest.mark.long
def test_what_the_other_bridge_wrote_meanwhile_is_read_by_the_one_that_is_brought_back(
    fast_synced, other
):
    fast_synced.clock.advance(hours=1)
    fast_synced.command("sync", "--past", "--as-of", "2026-03-08", "--take-over", "--full", **other)
    fast_synced.store.write("UPDATE contacts SET rfm_score_c = ? WHERE 1", [["111"]])
    fast_synced.command("push", "--past", "--take-over")
    assert fast_synced.sync().written > 0
    assert {held.get("rfm_score_c") for held in figures(fast_synced).values()} - {None} != {"111"}


def test_a_bridge_that_does_not_say_who_it_is_makes_the_first_one_look_again(fast_synced):
    with fast_synced.context() as context:
        fast_synced.store.write("UPDATE contacts SET rfm_score_c = ? WHERE 1", [["111"]])
        run = {"started_at": "2026-03-09 02:15:00", "finished_at": "2026-03-09 02:19:41"}
        context.fast.record_run({**run, "result": "done", "figures": {}})
    assert fast_synced.sync().written > 0
    assert {held.get("rfm_score_c") for held in figures(fast_synced).values()} - {None} != {"111"}


@pytest.mark.long
def test_without_the_fast_routes_nobody_can_tell(bases, tmp_path):
    database, home, _ = synced_base(bases)
    with world_of(tmp_path, database, home) as opened:
        summary = opened.sync(BRIDGE_HOME=str(tmp_path / "another home"))
        assert summary.path == "stock"
        assert opened.sync().failed == 0


@pytest.mark.long
def test_a_package_that_is_installed_anew_is_whose_that_comes_first(fast_synced, other):
    fast_synced.sandbox.uninstall()
    fast_synced.sandbox.install()
    assert fast_synced.command("sync", "--past", "--as-of", "2026-03-08", **other).exit_code == 0
    with pytest.raises(OtherBridge):
        fast_synced.sync()


@pytest.mark.story
def test_the_doctor_says_that_another_bridge_writes_there(fast_synced, other):
    fast_synced.pull(**other)
    told = fast_synced.command("doctor", **other)
    assert "Another bridge" in told.stdout
    assert "--take-over" in told.stdout
    assert "Another bridge" not in fast_synced.command("doctor").stdout


@pytest.mark.story
def test_the_doctor_says_what_was_lost(fast_synced):
    fine = fast_synced.command("doctor").stdout
    assert "what was last read or written" in fine
    fast_synced.store.write("UPDATE contacts SET rfm_score_c = ? WHERE 1", [["111"]])
    assert "other values than were last read or written: Contacts" in " ".join(
        fast_synced.command("doctor").stdout.split()
    )
    fast_synced.sync(full=True)
    assert "what was last read or written" in fast_synced.command("doctor").stdout


def test_the_doctor_says_that_the_package_was_installed_anew(fast_synced):
    fast_synced.sandbox.uninstall(drop_columns=False)
    fast_synced.sandbox.install()
    assert "not as this bridge left it" in " ".join(fast_synced.command("doctor").stdout.split())
