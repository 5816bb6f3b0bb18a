"""What a run leaves behind for monitoring, and whom it tells, over the whole command line."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from suitecrm_bridge.mirror import MIRROR_FILE, Mirror
from suitecrm_bridge.notify import webhook
from tests.flows.hooks import refusal
from tests.flows.test_exit_codes import holding

UNKNOWN = "http://127.0.0.1:9"
CAME_BACK = ["failed", "done"]


def states(listener):
    return [body["state"] for _, body in listener.heard]


def result_in(file):
    families = text_string_to_metric_families(file.read_text(encoding="utf-8"))
    (last,) = [family for family in families if family.name.endswith("last_run_result")]
    (result,) = [sample.labels["result"] for sample in last.samples if sample.value]
    return result


@pytest.mark.story
def test_syncs_tell_of_the_failure_once_and_of_the_recovery_once(synced, listener, tmp_path):
    own = {"BRIDGE_WEBHOOK": listener.url, "BRIDGE_METRICS_FILE": str(tmp_path / "bridge.prom")}
    results = []
    for url in (synced.server.url, UNKNOWN, UNKNOWN, synced.server.url, synced.server.url):
        synced.command("sync", "--past", "--as-of", "2026-03-08", SUITECRM_URL=url, **own)
        results.append(result_in(tmp_path / "bridge.prom"))
    assert results == ["done", "failed", "failed", "done", "done"]
    assert states(listener) == CAME_BACK
    failed, done = (body for _, body in listener.heard)
    assert UNKNOWN in failed["error"]
    assert done["error"] == ""
    assert done["figures"]["pulled"]["Contacts"] == 0


@pytest.mark.story
def test_a_sync_that_leaves_records_out_is_told_as_partial(scored, listener):
    row = scored.mirrored("SELECT customer_id FROM scores_contacts ORDER BY 1 LIMIT 1")[0][0]
    scored.refusals[row] = lambda: refusal("no")
    done = scored.command("sync", "--past", "--as-of", "2026-03-08", BRIDGE_WEBHOOK=listener.url)
    assert done.exit_code == 7
    assert states(listener) == ["partial"]


def test_a_mirror_that_cannot_be_used_is_told(empty, listener, tmp_path):
    empty.home.mkdir()
    (empty.home / MIRROR_FILE).write_bytes(b"x" * 8192)
    file = tmp_path / "bridge.prom"
    own = {"BRIDGE_WEBHOOK": listener.url, "BRIDGE_METRICS_FILE": str(file)}
    assert empty.command("sync", **own).exit_code == 5
    assert states(listener) == ["failed"]
    assert result_in(file) == "failed"


def test_a_mirror_that_another_run_holds_is_no_failure(synced, listener, tmp_path):
    with holding(synced, tmp_path):
        done = synced.command("sync", BRIDGE_WEBHOOK=listener.url)
    assert done.exit_code == 8
    assert listener.heard == []


def test_a_dry_run_tells_nobody(synced, listener, tmp_path):
    file = tmp_path / "bridge.prom"
    own = {"BRIDGE_WEBHOOK": listener.url, "BRIDGE_METRICS_FILE": str(file)}
    synced.command("sync", "--dry-run", SUITECRM_URL=UNKNOWN, **own)
    assert listener.heard == []
    assert not file.exists()


def test_a_notification_that_fails_changes_nothing_for_the_run(synced, monkeypatch):
    monkeypatch.setattr(webhook, "WEBHOOK_PAUSES", ())
    own = {"BRIDGE_WEBHOOK": "http://127.0.0.1:9/t0ken", "SUITECRM_URL": UNKNOWN}
    done = synced.command("sync", **own)
    assert done.exit_code == 4
    assert "BRIDGE_WEBHOOK" in done.stderr
    assert "t0ken" not in done.output
    with Mirror.open(synced.home) as mirror:
        assert mirror.runs.last().result == "failed"
