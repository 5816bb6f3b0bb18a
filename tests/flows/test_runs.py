"""SuiteCRM is told what a run did, where the package is there to listen."""

import pytest

from suitecrm_bridge.errors import WriteBackError
from tests.flows.hooks import always, refusal


def test_a_sync_is_recorded_with_its_figures(fast):
    summary = fast.sync()
    (run,) = fast.sandbox.runs
    assert run.result == "done"
    assert run.figures["written"] == summary.written
    assert run.figures["scored"] == summary.scored


def test_a_dry_run_is_not_recorded(fast):
    fast.sync(dry_run=True)
    assert list(fast.sandbox.runs) == []


def test_a_sync_with_failed_writes_is_recorded_as_such(fast):
    fast.server.before_request.append(always("POST", "/scores/Accounts", lambda: refusal("no")))
    with pytest.raises(WriteBackError):
        fast.sync()
    assert [run.result for run in fast.sandbox.runs] == ["partial"]


def test_a_run_that_cannot_be_recorded_is_done_all_the_same(fast, caplog):
    fast.server.before_request.append(always("POST", "/runs", lambda: refusal("no", 400)))
    assert fast.sync().failed == 0
    assert "SuiteCRM could not be told" in caplog.text
