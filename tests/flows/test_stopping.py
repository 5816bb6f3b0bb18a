"""Asked to stop, a run finishes what is in flight, records it, and ends; the next one goes on."""

import os
import signal
from concurrent.futures import Future

import pytest

from suitecrm_bridge.errors import Stopped
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from tests.flows.conftest import assert_as_undisturbed
from tests.flows.processes import start_sync
from tests.flows.test_fast_path import figures
from tests.flows.world import DAY, WRITES, crm_rows

pytestmark = pytest.mark.usefixtures("standing_figures")

posix = pytest.mark.skipif(os.name == "nt", reason="Windows cannot send such a signal to a child")
PATIENCE = 60


class Interrupter:
    """Asks the process that sends the nth request of a kind to stop, and lets the answer wait
    until it has understood."""

    def __init__(self, method, ending, nth, times=1):
        self.process, self.done = Future(), Future()
        self.fits = lambda asked, path: asked == method and path.endswith(ending)
        self.left, self.times = nth, times

    def __call__(self, method, path):
        if not self.fits(method, path) or self.done.done():
            return
        self.left -= 1
        if self.left == 0:
            process = self.process.result()
            process.send_signal(signal.SIGTERM)
            while "Stopping" not in process.stderr.readline():
                assert process.poll() is None
            if self.times == 2:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)
            self.done.set_result(True)


def run_and_stop(world, interrupter, folder):
    """Return exit code and the last words of the sync that was interrupted."""
    world.server.before_request.append(interrupter)
    process = start_sync(world.environment(BRIDGE_PARALLEL="1"), folder)
    interrupter.process.set_result(process)
    try:
        interrupter.done.result(PATIENCE)
        _, words = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.communicate()
    world.server.before_request.remove(interrupter)
    return process.returncode, words


def results(world):
    with world.context() as context:
        return {run.result for run in context.mirror.runs.history(10)}


@pytest.mark.story
@posix
def test_a_sync_stopped_while_it_logs_out_ends_as_usual(synced, tmp_path):
    code, words = run_and_stop(synced, Interrupter("POST", "/logout", 1), tmp_path)
    assert code == 0, words
    assert results(synced) == {"done"}


@pytest.mark.long
@posix
def test_a_sync_stopped_while_reading_keeps_what_was_answered(filled, undisturbed, tmp_path):
    moment = Interrupter("GET", "/module/AOS_Products_Quotes", 4)
    code, words = run_and_stop(filled, moment, tmp_path)
    assert code == 130
    assert "the next run continues" in words
    asked = filled.count("GET", "/module/AOS_Products_Quotes")
    ((read,),) = filled.mirrored("SELECT count(*) FROM invoice_lines")
    # The first requests of a module look for its fields and estimate how much there is.
    assert read == (asked - 2) * 100
    assert results(filled) == {"stopped"}
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


@pytest.mark.story
@posix
def test_a_sync_stopped_while_writing_repeats_no_write(scored, undisturbed, tmp_path):
    code, _ = run_and_stop(scored, Interrupter("PATCH", "/module", 30), tmp_path)
    assert code == 130
    sent = len(scored.patches)
    assert 30 <= sent < 34
    assert scored.mirrored("SELECT count(*) FROM ledger") == [(sent,)]
    scored.forget()
    scored.sync()
    assert len(scored.patches) == WRITES - sent
    assert_as_undisturbed(scored, undisturbed)


@pytest.mark.story
@posix
def test_a_sync_stopped_on_the_fast_path_records_its_request_and_tells_the_crm(
    fast, undisturbed, tmp_path
):
    code, _ = run_and_stop(fast, Interrupter("POST", "/scores/Contacts", 1), tmp_path)
    assert code == 130
    assert fast.count("POST", "/scores/Accounts") == 0
    ((written,),) = fast.mirrored("SELECT count(*) FROM ledger")
    assert 0 < written < 60
    assert [run.result for run in fast.sandbox.runs] == ["stopped"]
    with fast.announced() as announced:
        assert fast.sync().written == WRITES - written
    assert announced == [], "the rest of a first load was announced"
    assert figures(crm_rows(fast)) == figures(undisturbed[1])


@pytest.mark.story
@posix
def test_a_second_signal_ends_at_once(scored, undisturbed, tmp_path):
    moment = Interrupter("PATCH", "/module", 30, times=2)
    code, _ = run_and_stop(scored, moment, tmp_path)
    assert code == 130
    scored.sync()
    assert results(scored) >= {"cut_off", "done"}
    assert_as_undisturbed(scored, undisturbed)


def test_a_stop_before_a_stage_ends_the_run_there(scored):
    with scored.context() as context:
        context.stop.set()
        with pytest.raises(Stopped):
            sync(context, Summary(), as_of=DAY)
    assert scored.patches == []


def test_a_long_pause_ends_when_the_run_is_asked_to_stop():
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped, match="the next run continues"):
        stop.sleep(3600)


def test_a_short_pause_belongs_to_what_is_in_flight():
    stop = Stop()
    stop.set()
    stop.sleep(0)


def test_nobody_waits_for_a_stop_that_was_asked_for():
    stop = Stop()
    assert not stop.wait(0)
    stop.set()
    assert stop.wait(3600)


def test_the_handlers_of_others_are_back_after_the_run():
    before = signal.getsignal(signal.SIGINT)
    with Stop().on_signals():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
