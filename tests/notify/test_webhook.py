import socket
from functools import partial
from itertools import count

import pytest

from suitecrm_bridge import wire
from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.notify import post, webhook
from suitecrm_bridge.patience import WEBHOOK_PAUSES
from suitecrm_bridge.settings import Secret
from tests.hostile import HEAD, bomb, endless, hostile, whole
from tests.notify.test_notices import FAILED


def told(url):
    """Post and return the pauses that were made."""
    pauses = []
    post(Secret(url), FAILED, "en", sleep=pauses.append)
    return pauses


def refused(url):
    pauses = []
    with pytest.raises(NotTold) as caught:
        post(Secret(url), FAILED, "en", sleep=pauses.append)
    return str(caught.value), pauses


def test_the_notice_arrives_as_json(listener):
    assert told(listener.url) == []
    assert listener.heard == [("application/json", FAILED.as_dict("en"))]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_may_pass_is_tried_twice_more(listener, status):
    listener.answers.extend([status, status])
    assert told(listener.url) == list(WEBHOOK_PAUSES)
    assert len(listener.heard) == 3


def test_a_server_that_keeps_failing_is_given_up(listener):
    listener.answers.extend([502] * 9)
    message, pauses = refused(listener.url)
    assert pauses == list(WEBHOOK_PAUSES)
    assert len(listener.heard) == 3
    assert "502" in message


@pytest.mark.parametrize("status", [404, 401, 302])
def test_a_refusal_is_final(listener, status):
    listener.answers.append(status)
    message, pauses = refused(listener.url)
    assert (len(listener.heard), pauses) == (1, [])
    assert str(status) in message


def test_the_message_names_the_host_and_nothing_of_the_secret(listener):
    listener.answers.append(404)
    message, _ = refused(listener.url)
    assert "127.0.0.1" in message
    assert "t0ken" not in message
    assert "s3cret" not in message


def test_a_closed_port_is_told_without_the_path():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    message, pauses = refused(f"http://127.0.0.1:{port}/t0ken")
    assert pauses == list(WEBHOOK_PAUSES)
    assert "ConnectionError" in message
    assert "t0ken" not in message


@pytest.mark.parametrize(
    "url", ["hooks.example.com/t0ken", "ftp://h/t0ken", "https://", "http://["]
)
def test_what_is_no_address_names_the_setting(url):
    message, pauses = refused(url)
    assert "BRIDGE_WEBHOOK" in message
    assert "t0ken" not in message
    assert pauses == []


@pytest.mark.parametrize(
    "script",
    [
        lambda: endless(b"x" * 65_536),
        lambda: endless(b"x" * 65_536, HEAD + b"Content-Length: 2147483648\r\n\r\n"),
        lambda: endless(b"x"),
        lambda: endless(b"x", b"HTTP/1.1 200 OK\r\nX-Long: "),
        lambda: bomb(20),
        lambda: whole(b"no gzip", "200 OK", "Content-Encoding: gzip"),
        lambda: endless(b"x" * 65_536, b"HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n"),
    ],
    ids=["endless", "2 GB", "drip", "drip of a header", "bomb", "garbled", "redirect"],
)
def test_an_answer_that_does_not_end_tells_nobody_and_hangs_nothing(script, monkeypatch):
    ticks = count()
    limits = partial(wire.Limits, clock=lambda: next(ticks) / 10)
    monkeypatch.setattr(webhook.wire, "Limits", limits)
    with hostile(lambda line: script()) as server:
        message, pauses = refused(f"{server.url}/t0ken")
    assert pauses == list(WEBHOOK_PAUSES)
    assert "t0ken" not in message
