"""Deliveries to a server outside: signed, each processed once, whatever the network does."""

import json
import stat
import sys
from collections import deque
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from suitecrm_bridge.errors import NotTold, SettingError, WriteBackError
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.deliveries import Deliveries
from suitecrm_bridge.notify.signed import signature
from tests.flows.begun import HELLO, begin, change
from tests.flows.test_calls import treated
from tests.flows.test_letters import reached

HOOKS = HELLO.replace('"mail"', '"webhook"')
SECRET = "a-l0ng-s3cret"


class Receiver:
    """Processes each key once, and answers as it is told: a status, or "cut" for no answer.

    `answers` are those of the next requests, `by` those for a person; `processed` the contents.
    """

    def __init__(self, server):
        self.url = f"http://127.0.0.1:{server.server_port}/hooks/t0ken"
        self.answers = deque()
        self.by = {}
        self.processed = {}
        self.requests = []

    def hear(self, headers, body):
        key, content = headers["Idempotency-Key"], json.loads(body)
        signed = signature(SECRET, headers["Bridge-Timestamp"], body)
        assert headers["Bridge-Signature"] == f"v1={signed}"
        self.requests.append(key)
        answer = self.by.get(content["person"]["id"])
        answer = answer or (self.answers.popleft() if self.answers else 200)
        if answer in (200, "cut"):
            assert content["key"] == key
            self.processed.setdefault(key, content)
        return answer

    @property
    def people(self):
        found = [one["person"]["id"] for one in self.processed.values()]
        assert len(found) == len(set(found))
        return set(found)


@pytest.fixture
def receiver():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = heard.hear(self.headers, body)
            if answer == "cut":
                self.close_connection = True
                return
            self.send_response(answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        heard = Receiver(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield heard
        server.shutdown()
        thread.join()


class Patient(Stop):
    """Pauses without waiting."""

    def sleep(self, seconds):
        self.check()


def run(world, receiver=None, *, dry_run=False, **changes):
    own = {}
    if receiver is not None:
        own = {"BRIDGE_PROGRAMMES_WEBHOOK": receiver.url, "BRIDGE_PROGRAMMES_SECRET": SECRET}
    summary = Summary()
    with world.context(**own | changes) as context:
        context.stop = Patient()
        jobs.run(context, summary, dry_run=dry_run)
    return summary


@pytest.fixture
def world(fast_synced):
    begin(fast_synced, HOOKS)
    return fast_synced


def test_everybody_who_is_treated_is_handed_over_once_and_signed(world, receiver):
    foreseen = run(world, receiver, dry_run=True).deliveries
    assert receiver.requests == []
    summary = run(world, receiver)
    assert receiver.people == treated(world) != set()
    assert summary.deliveries == foreseen == {"webhook": len(receiver.people)}
    assert run(world, receiver).deliveries == {}
    assert len(receiver.requests) == len(receiver.people)


def test_a_receiver_that_fails_repeats_and_cuts_connections_processes_each_key_once(
    world, receiver
):
    receiver.answers.extend([500, "cut", 200, 429, "cut", "cut", 503, 200, "cut"])
    with pytest.raises(WriteBackError):
        run(world, receiver)
    assert not receiver.answers
    world.clock.advance(hours=2)
    run(world, receiver)
    assert receiver.people == treated(world)
    assert len(receiver.requests) > len(receiver.processed)
    assert world.mirrored("SELECT count(*) FROM dead_letters") == [(0,)]


@pytest.mark.parametrize("status", [400, 422, 500])
def test_one_that_is_refused_is_set_apart_with_the_reason_and_the_others_go_on(
    world, receiver, status
):
    begin(world, HOOKS.replace("share = 0.3", "share = 0"))
    bad = reached(world)[3]
    receiver.by = {bad: status}
    with pytest.raises(WriteBackError):
        run(world, receiver)
    assert receiver.people == treated(world) - {bad}
    [(module, reason)] = world.mirrored("SELECT module, reason FROM dead_letters")
    assert module == "webhook"
    assert str(status) in reason
    assert run(world, receiver).deliveries == {}
    receiver.by.clear()
    world.clock.advance(hours=2)
    assert run(world, receiver).deliveries == {"webhook": 1}
    assert receiver.people == treated(world)


@pytest.mark.parametrize(
    ("answers", "requests"),
    [([500] * 99, 9), (["cut"] * 99, 9), ([422] * 99, 20), ([401], 1), ([302], 1)],
)
def test_a_receiver_that_takes_nothing_is_an_error_and_sets_nothing_apart(
    world, receiver, answers, requests
):
    receiver.answers.extend(answers)
    with pytest.raises(NotTold) as caught:
        run(world, receiver)
    assert len(receiver.requests) == requests
    assert "127.0.0.1" in str(caught.value)
    assert "t0ken" not in str(caught.value)
    assert world.mirrored("SELECT count(*) FROM dead_letters") == [(0,)]
    receiver.answers.clear()
    run(world, receiver)
    assert receiver.people == treated(world)


class Killed(BaseException):
    """The process ended here."""


def test_a_run_that_is_killed_after_an_answer_repeats_the_key(world, receiver, monkeypatch):
    made = Deliveries.made

    def killed(deliveries, keys, day):
        raise Killed

    monkeypatch.setattr(Deliveries, "made", killed)
    with pytest.raises(Killed):
        run(world, receiver)
    monkeypatch.setattr(Deliveries, "made", made)
    run(world, receiver)
    assert receiver.people == treated(world)
    assert len(receiver.requests) == len(receiver.processed) + 1


def test_how_somebody_may_not_be_reached_is_not_told(world, receiver):
    begin(world, HOOKS.replace("share = 0.3", "share = 0"))
    two = reached(world)[:2]
    for one in two:
        change(world, one, email_opt_out=1, do_not_call=1)
    world.pull("Contacts")
    run(world, receiver)
    told = {one["person"]["id"]: one["person"] for one in receiver.processed.values()}
    for way in ("email", "phone", "mobile"):
        assert {told[one][way] for one in two} == {None}
        assert any(one[way] for one in told.values())


def test_without_a_receiver_everybody_stands_in_a_file_once(world):
    summary = run(world)
    [file] = sorted((world.home / "webhooks").iterdir())
    assert file.name == "hello-first-2026-03-09.ndjson"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert {row["person"]["id"] for row in rows} == treated(world)
    assert summary.deliveries == {"webhook": len(rows)}
    assert any(row["person"]["email"] for row in rows)
    assert run(world).deliveries == {}


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"BRIDGE_PROGRAMMES_WEBHOOK": "http://hooks.example.com/t0ken"}, "BRIDGE_ALLOW_HTTP"),
        ({"BRIDGE_PROGRAMMES_WEBHOOK": "ftp://x/t0ken"}, "is not an address"),
        (
            {"BRIDGE_PROGRAMMES_WEBHOOK": "https://x/t0ken", "BRIDGE_PROGRAMMES_SECRET": ""},
            "SECRET",
        ),
    ],
)
def test_an_address_that_others_can_listen_to_or_without_a_secret_is_refused(
    world, settings, complaint
):
    with pytest.raises(SettingError, match=complaint) as caught:
        run(world, **{"BRIDGE_PROGRAMMES_SECRET": SECRET} | settings)
    assert "t0ken" not in str(caught.value)
    assert SECRET not in str(caught.value)
