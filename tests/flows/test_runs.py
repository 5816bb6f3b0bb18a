"""SuiteCRM is told what a run did, where the package is there to listen."""

import pytest

from suitecrm_bridge.errors import WriteBackError
from tests.flows.world import always, refusal


def test_a_sync_is_recorded_with_its_figures(scored):
    summary = scored.sync()
    (run,) = scored.sandbox.runs
    assert run.result == "done"
    assert run.figures["written"] == summary.written
    assert run.figures["scored"] == summary.scored


def test_a_dry_run_is_not_recorded(scored):
    scored.sync(dry_run=True)
    assert list(scored.sandbox.runs) == []


def test_a_sync_with_failed_writes_is_recorded_as_such(scored):
    scored.refusals[scored.store.rows("Contacts")[7]["id"]] = lambda: refusal("no", 400)
    with pytest.raises(WriteBackError):
        scored.sync()
    assert [run.result for run in scored.sandbox.runs] == ["partial"]


def test_a_run_that_cannot_be_recorded_is_done_all_the_same(scored, caplog):
    scored.server.before_request.append(always("POST", "/runs", lambda: refusal("no", 400)))
    assert scored.sync().failed == 0
    assert "SuiteCRM could not be told" in caplog.text
