"""An installation with segments and cut-points of its own, over the fast routes and on screens."""

from datetime import timedelta

import pytest

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import CatalogueError, UnknownField
from suitecrm_bridge.jobs.doctor import diagnose
from tests.flows.world import DAY
from tests.own_rules import VIP
from tests.own_rules import shipped_again as shipped_again


@pytest.fixture
def own(fast_synced):
    """A bridge that has own segments, beside a package that does not know them yet."""
    (fast_synced.home / "segments.toml").write_text(VIP, encoding="utf-8")
    return fast_synced


def doctor_of(world):
    with world.context() as context:
        return next(f for f in diagnose(context) if f.check == "Fast routes")


def test_own_segments_stay_on_the_fast_path_and_a_package_without_them_is_told(own):
    with own.context() as context:
        assert context.path == "fast"
    with pytest.raises(UnknownField, match="does not know these segments: vip"):
        own.sync()
    assert "vip" not in {row["rfm_segment_c"] for row in own.store.rows("Contacts")}
    found = doctor_of(own)
    assert found.status == "WARN"
    assert "package build" in found.remedy


def test_a_package_that_was_built_with_own_segments_takes_them(own):
    own.sandbox.install(Rules(own.home))
    own.sync()
    held = {row["id"]: row for row in own.store.rows("Contacts")}
    vips = {id for id, row in held.items() if row["rfm_segment_c"] == "vip"}
    assert vips == {id for id, row in held.items() if (row["rfm_score_c"] or "")[:2] == "55"}
    assert vips
    assert doctor_of(own).status == "PASS"
    assert "vip" in own.command("customers", "--help").stdout
    shown = own.command("--lang", "fr", "customers", "--segment", "vip")
    assert shown.stdout.count("Privilégiés") == len(vips)


@pytest.mark.story
def test_a_move_from_a_segment_that_was_given_up_is_still_counted(own):
    own.sandbox.install(Rules(own.home))
    own.sync()
    (own.home / "segments.toml").unlink()
    own.sandbox.install()
    own.clock.advance(days=1)
    own.sync(as_of=DAY + timedelta(days=1))
    moved = own.command("migration", "--format", "json")
    assert moved.exit_code == 0, moved.stderr
    assert '"vip"' in moved.stdout


@pytest.mark.story
def test_own_limits_of_the_lifecycle_and_cut_points_decide_scores(fast_synced):
    before = [row["lifecycle_c"] for row in fast_synced.store.rows("Contacts")]
    (fast_synced.home / "lifecycle.toml").write_text(
        "[lapsed]\nleast_days = 30000\n", encoding="utf-8"
    )
    fast_synced.sync()
    after = [row["lifecycle_c"] for row in fast_synced.store.rows("Contacts")]
    assert "lapsed" in before
    assert "lapsed" not in after


@pytest.mark.story
def test_own_thresholds_cut_the_scores(fast_synced):
    points = "[invoices]\nrecency = [30000, 30000, 30000, 30000]\n"
    (fast_synced.home / "rfm.toml").write_text(points, encoding="utf-8")
    fast_synced.sync(BRIDGE_RFM="thresholds")
    bought = [r for r in fast_synced.store.rows("Contacts") if r["rfm_recency_c"] is not None]
    assert {row["rfm_recency_c"] for row in bought} == {5}


def test_segments_that_cannot_be_used_stop_a_command_and_help_is_there_all_the_same(own):
    (own.home / "segments.toml").write_text("[lost]\ncells = [[1, 9]]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"segments\.toml, line 1"):
        own.sync()
    refused = own.command("sync")
    assert refused.exit_code != 0
    assert "segments.toml, line 1: [lost]: cell [1, 9] is not a pair" in refused.stderr
    assert own.command("customers", "--help").exit_code == 0
