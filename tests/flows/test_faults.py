"""A CRM that stumbles once in the middle of a sync."""

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import AuthenticationError, CrmDown
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from tests.flows.conftest import assert_as_undisturbed
from tests.flows.hooks import dies, once, refusal
from tests.flows.world import DAY, WRITES, mirror_rows, scored_base

HTML = "<!DOCTYPE html><html><body>Maintenance</body></html>"


def cut_off():
    raise ConnectionAbortedError


FAULTS = {
    "too many requests": lambda: Response("", 429, {"Retry-After": "0"}),
    "unavailable": lambda: Response(HTML, 503, {"Retry-After": "0"}),
    "server failure": lambda: Response("", 500),
    "a page in the place of JSON": lambda: Response(HTML, 200, content_type="text/html"),
    "a body that is cut": lambda: Response('{"data": [{"type": "Contact", "id"', 200),
    "an empty body": lambda: Response("", 200),
    "a dropped connection": cut_off,
}
PLACES = {
    "the token": ("POST", "/access_token", 1),
    "the fields": ("GET", "/meta/fields/Cases", 1),
    "a page": ("GET", "/module/Cases", 2),
    "the links": ("GET", "/relationships/contacts", 2),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_that_passes_leaves_no_trace_in_what_is_read(filled, bases, fault):
    undisturbed = mirror_rows(scored_base(bases)[1])
    hooks = [once(method, ending, fault, nth) for method, ending, nth in PLACES.values()]
    filled.server.before_request += hooks
    filled.pull("Cases", BRIDGE_RETRIES="1")
    for table in ("cases", "contacts_cases"):
        assert filled.mirrored(f"SELECT * FROM {table} ORDER BY ALL") == undisturbed[table]


@pytest.mark.story
def test_faults_that_pass_leave_no_trace_in_what_is_written(scored, undisturbed):
    for place, fault in enumerate(FAULTS.values()):
        scored.server.before_request.append(once("PATCH", "/module", fault, 1 + 10 * place))
    summary = scored.push(BRIDGE_RETRIES="1")
    assert (summary.written, summary.failed) == (WRITES, 0)
    assert scored.dead_letters() == []
    assert_as_undisturbed(scored, undisturbed)


@pytest.mark.story
def test_a_sync_stopped_by_a_fault_that_lasts_goes_on_at_the_next_run(filled, undisturbed):
    filled.server.before_request.append(dies("GET", "/module/AOS_Products_Quotes", 3))
    with pytest.raises(CrmDown):
        filled.sync()
    filled.server.before_request.pop()
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)


@pytest.mark.story
def test_a_token_that_is_refused_in_the_middle_is_replaced(filled, undisturbed):
    body = '{"error": "access_denied", "hint": "Access token has been revoked"}'
    expired = once("GET", "/module/AOS_Invoices", lambda: Response(body, 401), 2)
    filled.server.before_request.append(expired)
    filled.sync()
    assert filled.count("POST", "/access_token") == 2
    assert_as_undisturbed(filled, undisturbed)


def test_credentials_refused_while_writing_stop_the_writing(synced):
    """Nobody wants 10,000 dead letters because a client was deleted."""
    body = '{"error": "invalid_client", "message": "Client authentication failed"}'
    synced.store.update("Contacts", synced.store.rows("Contacts")[0]["id"], {"rfm_score_c": "1"})

    def closed(method, path):
        return Response(body, 401) if method == "PATCH" or path.endswith("_token") else None

    with synced.context() as context:
        context.crm.current_user()
        synced.server.before_request.append(closed)
        with pytest.raises(AuthenticationError):
            sync(context, Summary(), as_of=DAY)
    assert synced.dead_letters() == []


@pytest.mark.long
def test_a_module_that_the_user_may_not_read_is_left_out_and_named(filled):
    filled.server.before_request.append(
        lambda method, path: refusal("no access") if path.endswith("/module/Cases") else None
    )
    assert filled.sync().unreadable == ["Cases"]
    assert filled.mirrored("SELECT count(*) FROM cases") == [(0,)]
