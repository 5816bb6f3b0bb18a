"""Where the package's routes fail, the bridge goes on over the stock API, and says so."""

import json

import pytest
from werkzeug.wrappers import Response

from tests.flows.hooks import always
from tests.flows.world import WRITES, crm_rows
from tests.places import places

pytestmark = pytest.mark.usefixtures("standing_figures")

FAILED = json.dumps({"error": {"code": "failed", "message": "see suitecrm.log"}})


def failing(world, method: str, route: str, body: str = FAILED) -> None:
    hook = always(method, f"/custom/bridge/v1/{route}", lambda: Response(body, 500))
    world.server.before_request.append(hook)


ROUTES = [
    ("GET", "links/contacts_cases"),
    ("GET", "ping"),
    ("GET", "records/Contacts"),
    ("POST", "scores/Contacts"),
    ("GET", "records/Cases"),
    ("GET", "history/Cases"),
    ("POST", "scores/Cases"),
]


@pytest.mark.parametrize(("method", "route"), places(ROUTES, every=3))
def test_a_route_that_fails_is_done_without(fast, undisturbed, caplog, method, route):
    failing(fast, method, route)
    summary = fast.sync()
    assert summary.written == WRITES
    assert summary.failed == 0
    assert "goes on over the stock API" in caplog.text
    assert dateless(crm_rows(fast)) == dateless(undisturbed[1])


def dateless(rows):
    """The rows without what differs by the path: who saved them when, and what history tells."""
    stamps = ("date_modified", "modified_user_id", "waiting_hours_c")
    return {
        module: [{name: row[name] for name in row if name not in stamps} for row in records]
        for module, records in rows.items()
    }


@pytest.mark.long
def test_a_package_that_dies_without_a_word_is_done_without(fast):
    failing(fast, "GET", "records/Contacts", "")
    assert fast.sync().path == "stock"


@pytest.mark.story
def test_the_next_sync_after_the_package_was_mended_is_fast_again(fast):
    failing(fast, "GET", "records/Contacts")
    fast.sync()
    fast.server.before_request.pop()
    complaints = [row["id"] for row in fast.store.rows("Cases") if row["complaint_c"]]
    summary = fast.sync()
    # Its history tells how long complaints waited, which the stock API does not know.
    assert (summary.path, summary.failed) == ("fast", 0)
    assert summary.written <= len(complaints)
    assert fast.sync().written == 0


@pytest.mark.long
def test_a_run_that_goes_on_over_stock_still_counts_as_done(fast):
    failing(fast, "GET", "records/Contacts")
    assert fast.command("sync", "--as-of", "2026-03-08").exit_code == 0
