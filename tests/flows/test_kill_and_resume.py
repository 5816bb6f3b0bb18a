"""A sync may be killed at any moment: run again, it ends as if nothing had happened."""

from concurrent.futures import Future
from threading import Lock

import pytest

from tests.flows.world import (
    DAY,
    child,
    crm_rows,
    mirror_rows,
    synced_base,
    world_of,
)

MOMENTS = {
    "the token": ("POST", "/access_token", 1),
    "the first page": ("GET", "/module/Contacts", 2),
    "the links of a page": ("GET", "/relationships/contacts", 3),
    "between two modules": ("GET", "/meta/fields/AOS_Invoices", 1),
    "amid a module": ("GET", "/module/AOS_Products_Quotes", 4),
    "the last module": ("GET", "/module/Opportunities", 2),
    "the first write": ("PATCH", "/module", 1),
    "amid the writes": ("PATCH", "/module", 30),
    "the last write": ("PATCH", "/module", 72),
}


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
    process = child(
        "-m", "suitecrm_bridge", "sync", "--as-of", str(DAY),
        environment=world.environment(BRIDGE_PARALLEL="1"), folder=folder,
    )  # fmt: skip
    killer.process.set_result(process)
    process.communicate()
    world.server.before_request.remove(killer)
    assert killer.left <= 0, "the sync ended before the moment came"
    assert process.returncode != 0


@pytest.fixture(scope="module")
def undisturbed(bases, tmp_path_factory):
    """What mirror and CRM hold after a sync that nothing disturbed, and its requests."""
    database, home, requests = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("undisturbed"), database, home) as world:
        return mirror_rows(world.home), crm_rows(world), requests


def assert_as_undisturbed(world, undisturbed):
    mirror, crm, _ = undisturbed
    rows = mirror_rows(world.home)
    assert [table for table in mirror if rows[table] != mirror[table]] == []
    assert crm_rows(world) == crm


def test_the_undisturbed_sync_has_rows_in_every_table(undisturbed):
    mirror, _, requests = undisturbed
    assert {table for table, rows in mirror.items() if not rows} == {"scans", "dead_letters"}
    for method, ending, nth in MOMENTS.values():
        assert sum(m == method and path.endswith(ending) for m, path in requests) >= nth


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_sync_killed_at_this_moment_ends_right_when_run_again(
    filled, undisturbed, tmp_path, moment
):
    run_and_kill(filled, Killer(*moment), tmp_path)
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


def test_a_sync_killed_before_its_write_arrived_ends_right_when_run_again(
    filled, undisturbed, tmp_path
):
    run_and_kill(filled, Killer("PATCH", "/module", 50, handled=False), tmp_path)
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


def test_a_sync_killed_again_and_again_ends_right(filled, undisturbed, tmp_path):
    for moment in (
        ("GET", "/module/AOS_Products_Quotes", 3),
        ("GET", "/module/AOS_Products_Quotes", 3),
        ("PATCH", "/module", 10),
    ):
        run_and_kill(filled, Killer(*moment), tmp_path)
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


def test_a_killed_pull_goes_on_where_it_stopped(filled, undisturbed, tmp_path):
    run_and_kill(filled, Killer("GET", "/module/AOS_Products_Quotes", 5), tmp_path)
    filled.forget()
    filled.sync(BRIDGE_PARALLEL="1")
    pages = [path for method, path in undisturbed[2] if path.endswith("/AOS_Products_Quotes")]
    assert filled.count("GET", "/module/AOS_Products_Quotes") < len(pages) - 2


def test_writes_that_arrived_before_the_kill_are_not_sent_again(filled, tmp_path):
    run_and_kill(filled, Killer("PATCH", "/module", 30), tmp_path)
    filled.forget()
    filled.sync()
    assert len(filled.patches) == 72 - 30
