"""Faults as a client meets them, over HTTP."""

import json
import time
from email.utils import parsedate_to_datetime

import pytest
import requests

from suitecrm_bridge.sandbox import Faults, Sandbox
from tests.sandbox.conftest import NOON

PLACES = {"stock": "module/Contacts?page[size]=10", "fast": "custom/bridge/v1/records/Contacts"}
QUERY = {"stock": "", "fast": "?columns=last_name&limit=10"}


@pytest.fixture
def server(crm):
    crm.store.load("Contacts", [{"last_name": f"N{number:02}"} for number in range(25)])
    with crm.sandbox.serve() as running:
        yield running


@pytest.fixture(params=PLACES)
def page(request, session, server):
    """Read a page by one of the two paths: (ids, whether more follow)."""
    place = PLACES[request.param] + QUERY[request.param]

    def read():
        answer = session.get(f"{server.url}/Api/V8/{place}", timeout=10).json()
        if "rows" in answer:
            return [row[0] for row in answer["rows"]], not answer["complete"]
        return [row["id"] for row in answer["data"]], answer["meta"]["total-pages"] > 1

    return read


def get(session, server, path="current-user", timeout=10):
    return session.get(f"{server.url}/Api/V8/{path}", timeout=timeout)


def change(session, server, id, name):
    data = {"type": "Contacts", "id": id, "attributes": {"last_name": name}}
    return session.patch(f"{server.url}/Api/V8/module", json={"data": data}, timeout=10)


def test_without_faults_nothing_changes(server, session):
    assert get(session, server).status_code == 200
    assert not server.faults.counts


@pytest.mark.parametrize("kind", ["500", "502", "503", "504"])
def test_a_status_is_answered(server, session, kind):
    server.faults = Faults.parse(f"{kind}=1,late=0")
    assert get(session, server).status_code == int(kind)
    assert server.faults.counts == {kind: 1}


@pytest.mark.parametrize("kind", ["429", "503-after"])
def test_a_pause_is_asked_for_in_seconds(server, session, kind):
    server.faults = Faults.parse(f"{kind}=1:7,late=0")
    answer = get(session, server)
    assert (answer.status_code, answer.headers["Retry-After"]) == (int(kind[:3]), "7")


def test_a_pause_is_asked_for_by_the_sandboxs_own_clock(server, session):
    server.faults = Faults.parse("429-date=1:30")
    until = parsedate_to_datetime(get(session, server).headers["Retry-After"])
    assert (until - NOON).total_seconds() == 30


@pytest.mark.parametrize("late", [0, 1])
@pytest.mark.parametrize("kind", ["reset", "500", "html", "empty"])
def test_a_write_takes_effect_when_the_fault_comes_late_and_not_before(
    crm, server, session, kind, late
):
    contact = crm.store.rows("Contacts")[0]["id"]
    server.faults = Faults.parse(f"{kind}=1,late={late}")
    try:
        change(session, server, contact, "New")
    except requests.ConnectionError:
        assert kind == "reset"
    assert (crm.store.row("Contacts", contact)["last_name"] == "New") is bool(late)
    assert server.faults.counts == {f"{kind} late" if late else kind: 1}


def test_a_connection_is_reset(server, session):
    server.faults = Faults.parse("reset=1")
    with pytest.raises(requests.ConnectionError) as caught:
        get(session, server)
    assert isinstance(caught.value.args[0].args[1], ConnectionResetError)


def test_a_client_waits_in_vain(server, session):
    server.faults = Faults.parse("timeout=1")
    with pytest.raises(requests.ReadTimeout):
        get(session, server, timeout=0.1)


def test_a_connection_that_was_held_ends(server, session):
    server.faults = Faults.parse("timeout=1:0.05")
    with pytest.raises(requests.ConnectionError):
        get(session, server)


def test_a_closed_server_waits_for_no_client_that_is_held(crm):
    server = crm.sandbox.serve()
    server.start()
    server.faults = Faults.parse("timeout=1")
    with pytest.raises(requests.ReadTimeout):
        requests.get(server.url, timeout=0.1)
    server.close()


def test_a_body_is_cut(server, session):
    server.faults = Faults.parse("cut=1")
    with pytest.raises(requests.RequestException):
        get(session, server)


def test_a_body_dribbles_and_is_whole(server, session):
    right = get(session, server).text
    server.faults = Faults.parse("slow=1:0.1")
    began = time.monotonic()
    assert get(session, server).text == right
    assert time.monotonic() - began > 0.05


def test_an_answer_is_delayed(server, session):
    server.faults = Faults.parse("latency=1:0.05")
    began = time.monotonic()
    assert get(session, server).status_code == 200
    assert time.monotonic() - began >= 0.05


def test_the_login_page_comes_in_the_place_of_json(server, session):
    server.faults = Faults.parse("html=1")
    answer = get(session, server)
    assert (answer.status_code, answer.text[:15]) == (200, "<!DOCTYPE html>")


def test_an_answer_is_empty(server, session):
    server.faults = Faults.parse("empty=1")
    answer = get(session, server)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("place", PLACES)
def test_text_stands_around_the_json(server, session, place):
    path = PLACES[place] + QUERY[place]
    right = get(session, server, path).text
    server.faults = Faults.parse("trailing=1")
    answer = get(session, server, path).text
    assert answer.startswith("<br />")
    assert right in answer
    assert not answer.endswith("}")


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("expired", "could not be verified"), ("revoked", "has been revoked")],
)
def test_a_token_ends_in_the_middle_of_a_run(server, session, kind, hint):
    server.faults = Faults.parse(f"{kind}=1")
    refused = get(session, server)
    assert (refused.status_code, refused.json()["error"]) == (401, "access_denied")
    assert hint in refused.json()["hint"]
    server.faults = Faults.parse("")
    assert get(session, server).status_code == 401


def test_a_page_has_a_record_twice_and_says_that_more_follow(server, page):
    right, _ = page()
    server.faults = Faults.parse("duplicate=1")
    ids, more = page()
    assert (len(ids), len(set(ids))) == (10, 9)
    assert set(ids) < set(right)
    assert more


def test_a_short_page_says_that_more_follow(server, page):
    right, _ = page()
    server.faults = Faults.parse("short=1")
    ids, more = page()
    assert ids == right[: len(ids)]
    assert 0 < len(ids) < 10
    assert more


def test_a_page_lacks_a_record_that_no_later_page_makes_up_for(server, page):
    right, _ = page()
    server.faults = Faults.parse("gap=1")
    ids, _ = page()
    assert len(ids) == 9
    assert ids[-1] == right[-1]
    assert set(ids) < set(right)


def test_pages_are_spoiled_and_other_answers_are_not(server, session):
    server.faults = Faults.parse("gap=1")
    assert get(session, server, "meta/fields/Contacts").json()["data"]
    assert not server.faults.counts


def test_a_poisoned_record_is_never_written(crm, server, session):
    ids = [row["id"] for row in crm.store.rows("Contacts")]
    server.faults = Faults.parse("poison=0.3", 5)
    poisoned = {id for id in ids if server.faults.marked("poison", id)}
    for _ in range(2):
        failed = {id for id in ids if change(session, server, id, "New").status_code == 500}
        assert failed == poisoned != set()
    assert {r["id"] for r in crm.store.rows("Contacts") if r["last_name"] != "New"} == poisoned


def test_a_batch_with_a_poisoned_record_fails_as_a_whole(crm, server, session):
    ids = [row["id"] for row in crm.store.rows("Contacts")]
    server.faults = Faults.parse("poison=0.3", 5)
    sound = [id for id in ids if not server.faults.marked("poison", id)]
    address = f"{server.url}/Api/V8/custom/bridge/v1/scores/Contacts"

    def write(some):
        body = {"columns": ["id", "rfm_recency_c"], "rows": [[id, 5] for id in some]}
        return session.post(address, data=json.dumps(body), timeout=10).status_code

    assert write(ids) == 500
    assert {row["rfm_recency_c"] for row in crm.store.rows("Contacts")} == {None}
    assert write(sound) == 200


def test_of_an_unreadable_record_nothing_but_the_id_can_be_had(crm, server, session):
    server.faults = Faults.parse("unreadable=0.3", 5)
    ids = [row["id"] for row in crm.store.rows("Contacts")]
    marked = next(id for id in ids if server.faults.marked("unreadable", id))
    alone = f"module/Contacts?filter[id][eq]={marked}"
    for place in (PLACES["stock"], alone, f"module/Contacts/{marked}"):
        assert get(session, server, place).status_code == 500
    assert get(session, server, f"{alone}&fields[Contacts]=id").json()["data"][0]["id"] == marked
    fast = PLACES["fast"] + QUERY["fast"]
    assert len(get(session, server, fast).json()["rows"]) == 10


def test_a_wrong_clock_shows_in_the_date_header_and_in_what_is_saved(crm, server, session):
    server.faults = Faults.parse("clock=100", 3)
    contact = crm.store.rows("Contacts")[0]["id"]
    date = parsedate_to_datetime(change(session, server, contact, "New").headers["Date"])
    assert date - NOON == server.faults.offset != NOON - NOON
    assert crm.store.row("Contacts", contact)["date_modified"] == f"{date:%Y-%m-%d %H:%M:%S}"


def test_faults_that_are_switched_off_leave_a_sound_server(server, session):
    server.faults = Faults.parse("reset=1")
    with pytest.raises(requests.ConnectionError):
        get(session, server)
    server.faults = Faults.parse("")
    assert get(session, server).status_code == 200


def test_a_sandbox_may_begin_with_faults():
    with Sandbox(faults=Faults.parse("503=1,late=0")) as sandbox, sandbox.serve() as server:
        assert requests.get(server.url, timeout=10).status_code == 503
