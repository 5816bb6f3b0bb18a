"""A sync may be killed at any moment: run again, it ends as if nothing had happened."""

from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

import pytest

from suitecrm_bridge.settings import Settings
from tests.flows.conftest import assert_as_undisturbed
from tests.flows.processes import start_sync
from tests.flows.world import NOON, WRITES

pytestmark = pytest.mark.usefixtures("standing_figures")

LINES = "AOS_Products_Quotes"
READING = {
    "the token": ("POST", "/access_token", 1),
    "the first page": ("GET", "/module/Contacts", 2),
    "the links of a page": ("GET", "/relationships/contacts", 3),
    "between two modules": ("GET", "/meta/fields/AOS_Invoices", 1),
    "amid a module": ("GET", f"/module/{LINES}", 4),
}
NTH = {"the first": 1, "in the middle": 30, "the last": WRITES}


class Killer:
    """Kills the process that sends the nth request of a kind, before or after it is handled."""

    def __init__(self, method, ending, nth, *, handled=True):
        self.process = Future()
        self.fits = lambda asked, path: asked == method and path.endswith(ending)
        self.left = nth
        self.handled = handled
        self.lock = Lock()

    def __call__(self, method, path):
        with self.lock:
            self.left -= self.fits(method, path)
            now = self.left == 0 and self.fits(method, path)
        if now:
            process = self.process.result()
            process.kill()
            process.wait()
            if not self.handled:
                raise ConnectionAbortedError


def run_and_kill(world, killer, folder):
    world.server.before_request.append(killer)
    process = start_sync(world.environment(BRIDGE_PARALLEL="1"), folder)
    killer.process.set_result(process)
    process.communicate()
    world.server.before_request.remove(killer)
    assert killer.left <= 0, "the sync ended before the moment came"
    assert process.returncode != 0


def test_the_undisturbed_sync_has_rows_in_every_table(undisturbed):
    mirror, _, requests = undisturbed
    assert {table for table, rows in mirror.items() if not rows} == {"scans", "dead_letters"}
    for method, ending, nth in READING.values():
        assert sum(m == method and path.endswith(ending) for m, path in requests) >= nth


def each(moments, usual):
    """Every moment by its name; only the usual one without --long."""
    return [
        pytest.param(moment, id=name, marks=[] if name == usual else [pytest.mark.long])
        for name, moment in moments.items()
    ]


@pytest.mark.story
@pytest.mark.parametrize("moment", each(READING, "amid a module"))
def test_a_sync_killed_while_reading_ends_right_when_run_again(
    filled, undisturbed, tmp_path, moment
):
    run_and_kill(filled, Killer(*moment), tmp_path)
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


@pytest.mark.story
@pytest.mark.parametrize("nth", each(NTH, "in the middle"))
def test_a_sync_killed_while_writing_ends_right_when_run_again(scored, undisturbed, tmp_path, nth):
    run_and_kill(scored, Killer("PATCH", "/module", nth), tmp_path)
    scored.forget()
    scored.sync()
    assert len(scored.patches) == WRITES - nth, "what had arrived was written again"
    assert_as_undisturbed(scored, undisturbed)


@pytest.mark.story
def test_a_write_lost_with_its_sender_is_sent_by_the_next_run(scored, undisturbed, tmp_path):
    run_and_kill(scored, Killer("PATCH", "/module", 50, handled=False), tmp_path)
    scored.sync()
    assert_as_undisturbed(scored, undisturbed)


@contextmanager
def asked_of(world, module):
    """What is asked of a module: after which id, changed since when, and how many records."""
    asked, answer = [], world.sandbox.app.answer

    def watch(request):
        if request.method == "GET" and request.path.endswith(f"/module/{module}"):
            said = request.args.get
            changed = "filter[date_modified][gte]"
            asked.append((said("filter[id][gt]"), said(changed), said("page[size]")))
        return answer(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.sandbox.app, "answer", watch)
        yield asked


@pytest.mark.story
def test_a_sync_killed_again_and_again_goes_on_where_it_stopped(filled, undisturbed, tmp_path):
    run_and_kill(filled, Killer("GET", f"/module/{LINES}", 6), tmp_path)
    ids = sorted(row["id"] for row in filled.store.rows(LINES))
    (stored,) = filled.mirrored("SELECT count(*) FROM invoice_lines")[0]
    assert stored in (200, 300), "the page before the one under way may be on its way to the disk"
    with asked_of(filled, LINES) as asked:
        run_and_kill(filled, Killer("PATCH", "/module", 10), tmp_path)
    columns, count, *pages, changes = asked
    assert columns == count == (None, None, "1")
    assert pages == [(id, None, "100") for id in ids[stored - 1 :: 100] if id != ids[-1]]
    # The records that were read before the first kill may have changed since.
    began = NOON - timedelta(minutes=Settings.read({}, filled.environment()).lag_minutes)
    assert changes == (None, f"{began:%Y-%m-%d %H:%M:%S}", "100")
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)
