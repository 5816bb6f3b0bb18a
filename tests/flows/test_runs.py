"""SuiteCRM is told what a run did, where the package is there to listen."""

import pytest

from suitecrm_bridge.errors import WriteBackError
from tests.flows.hooks import always, refusal


@pytest.fixture
def fast(fast_synced):
    """A world in which an account's score was changed since its sync."""
    account = fast_synced.store.rows("Accounts")[0]["id"]
    fast_synced.clock.advance(hours=1)
    fast_synced.store.update("Accounts", account, {"rfm_score_c": "9"})
    return fast_synced


def told(world):
    """The runs that SuiteCRM was told of since that sync."""
    return list(world.sandbox.runs)[1:]


def test_a_sync_is_recorded_with_its_figures(fast):
    summary = fast.sync()
    (run,) = told(fast)
    assert run.result == "done"
    assert run.figures["written"] == summary.written == 1
    assert run.figures["scored"] == summary.scored


@pytest.mark.story
def test_a_dry_run_is_not_recorded(fast):
    assert fast.sync(dry_run=True).planned == 1
    assert told(fast) == []


@pytest.mark.long
def test_a_sync_with_failed_writes_is_recorded_as_such(fast):
    fast.server.before_request.append(always("POST", "/scores/Accounts", lambda: refusal("no")))
    with pytest.raises(WriteBackError):
        fast.sync()
    assert [run.result for run in told(fast)] == ["partial"]


@pytest.mark.story
def test_a_run_that_cannot_be_recorded_is_done_all_the_same(fast, caplog):
    fast.server.before_request.append(always("POST", "/runs", lambda: refusal("no", 400)))
    assert fast.sync().failed == 0
    assert "SuiteCRM could not be informed" in caplog.text
