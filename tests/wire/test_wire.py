"""Every answer ends, whatever a server sends."""

import gzip
import itertools
import threading
import tracemalloc
import zlib

import pytest
import requests
import urllib3

from suitecrm_bridge import wire
from tests.hostile import HEAD, bomb, endless, hostile, whole, zipped

MOST = 2**20
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = b'{"data": [' + b"1, " * 50_000 + b"1]}"


PIECES = range(0, len(BODY), 999)
GZIP = "Content-Encoding: gzip"


class Clock:
    """Goes on by a second at each look."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1
        return self.now


def ask(server, method="GET", **changes):
    limits = {"seconds": 30, "most_bytes": MOST, "look": 0.01, **changes}
    with wire.session() as session:
        return wire.exchange(session, method, f"{server.url}/x", wire.Limits(**limits), timeout=30)


def ends(script, error, **changes):
    with hostile(lambda line: script()) as server, pytest.raises(error):
        ask(server, **changes)
    return server


@pytest.mark.parametrize(
    "answer",
    [
        whole(BODY),
        [HEAD + b"\r\n" + BODY],
        [HEAD + b"Connection: close\r\n\r\n", *(BODY[i : i + 999] for i in PIECES)],
        zipped(BODY),
        whole(gzip.compress(BODY), "200 OK", "Content-Encoding: x-gzip"),
        whole(zlib.compress(BODY), "200 OK", "Content-Encoding: deflate"),
        whole(zlib.compress(BODY)[2:-4], "200 OK", "Content-Encoding: deflate"),
        whole(gzip.compress(BODY[:70]) + gzip.compress(BODY[70:]), "200 OK", GZIP),
        whole(gzip.compress(BODY) + b"rubbish", "200 OK", GZIP),
        whole(BODY, "200 OK", "Content-Encoding: identity"),
        [CHUNKED, *(b"%x\r\n%s\r\n" % (len(p), p) for p in (BODY[:9], BODY[9:])), b"0\r\n\r\n"],
        [b"HTTP/1.1 100 Continue\r\n\r\n", *whole(BODY)],
    ],
    ids=[
        "with length",
        "without length",
        "in pieces",
        "gzip",
        "x-gzip",
        "deflate",
        "bare deflate",
        "two members",
        "rubbish behind",
        "identity",
        "chunked",
        "continue",
    ],
)
def test_an_answer_arrives_as_it_was_sent(answer):
    def once(line):
        yield from answer
        raise ConnectionError  # so that one without a length has an end

    with hostile(once) as server:
        assert ask(server).body == BODY


def test_what_unpacks_to_much_in_one_piece_arrives_whole():
    body = b"".join(b"%d," % n * 90 for n in range(2_000))
    with hostile(lambda line: zipped(body)) as server:
        assert ask(server).body == body


def test_a_connection_is_used_again_after_an_answer_was_read():
    with hostile(lambda line: whole(b"{}")) as server, wire.session() as session:
        for _ in range(3):
            wire.exchange(session, "GET", server.url, wire.Limits(30), timeout=30)
        assert len(server._open) == 1


def test_a_connection_is_given_up_after_an_answer_was_cut_off():
    with hostile(lambda line: whole(bytes(2 * MOST))) as server, wire.session() as session:
        for _ in range(2):
            with pytest.raises(wire.TooLarge):
                wire.exchange(session, "GET", server.url, wire.Limits(30, MOST), timeout=30)
        assert len(server._open) == 2


@pytest.mark.parametrize(
    "script",
    [
        lambda: endless(b"x" * 65_536),
        lambda: endless(b'{"data": [1, 2, 3]}'),
        lambda: endless(b"x" * 65_536, HEAD + b"Content-Length: 2147483648\r\n\r\n"),
        lambda: endless(b"x" * 65_536, HEAD + b"Content-Length: 9" + b"9" * 30 + b"\r\n\r\n"),
        lambda: endless(b"10000\r\n" + b"x" * 65_536 + b"\r\n", CHUNKED),
        lambda: endless(b"1\r\nx\r\n" * 999, CHUNKED),
        lambda: endless(b"x" * 65_536, b"HTTP/1.1 500 Oh\r\n\r\n"),
        lambda: endless(b"x" * 65_536, b"HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n"),
        lambda: endless(b"x" * 65_536, b"HTTP/1.1 401 Who\r\nWWW-Authenticate: x\r\n\r\n"),
        lambda: endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, b""),
        lambda: endless(b"x" * 65_536, HEAD + b"Content-Encoding: identity\r\n\r\n"),
    ],
    ids=[
        "endless",
        "endless json",
        "2 GB announced",
        "absurd length",
        "chunks",
        "tiny chunks",
        "error",
        "redirect",
        "refusal",
        "continue",
        "identity",
    ],
)
def test_an_answer_that_is_too_large_is_cut_off(script):
    server = ends(script, wire.TooLarge)
    assert server.sent < 2 * MOST + 2**24  # what the system's own buffers take


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_unpacks_to_too_much_is_cut_off(encoding):
    ends(lambda: bomb(40, encoding), wire.TooLarge)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_unpacks_further_than_any_answer_is_cut_off(encoding):
    ends(lambda: bomb(40, encoding), wire.TooPacked, most_bytes=2**30)


def test_a_large_answer_that_packs_well_is_none_of_those():
    row = b'["0000000c-0000-4000-8000-%012x",0,null,null,null,null],'
    body = b"".join(row % number for number in range(200_000))
    with hostile(lambda line: zipped(body)) as server:
        assert ask(server, most_bytes=2**25).body == body


def test_what_unpacks_to_much_takes_little_memory():
    answer = bomb(200)
    with hostile(lambda line: answer) as server:
        tracemalloc.start()
        try:
            with pytest.raises(wire.CutOff):
                ask(server)
            assert tracemalloc.get_traced_memory()[1] < 4 * MOST
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize(
    "script",
    [
        lambda: endless(b"1", b""),
        lambda: endless(b"H", b"HTTP/1.1 200 OK\r\nX-Long: "),
        lambda: endless(b"x", HEAD + b"Content-Length: 999999\r\n\r\n"),
        lambda: endless(b"x", HEAD + b"\r\n"),
        lambda: endless(b"0", CHUNKED),
        lambda: endless(b"1\r\nx\r\n", CHUNKED),
        lambda: endless(b"a: b\r\n", CHUNKED + b"0\r\n"),
        lambda: endless(gzip.compress(b""), HEAD + b"Content-Encoding: gzip\r\n\r\n"),
        lambda: endless(b"x", b"HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n"),
    ],
    ids=[
        "status line",
        "header",
        "length",
        "body",
        "chunk's length",
        "chunks",
        "trailers",
        "empty members",
        "redirect",
    ],
)
def test_an_answer_that_drips_for_ever_ends_in_twice_the_timeout(script):
    # The clock goes on by the second at each byte or so; the server sends as fast as it can.
    clock = Clock()
    ends(script, (wire.TooSlow, wire.Garbled, requests.ConnectionError), clock=clock, seconds=30)
    assert clock.now <= wire.TIMES_TIMEOUT * 30 + 10


def test_a_byte_before_each_timeout_does_not_keep_an_answer_alive():
    clock, asked = Clock(), threading.Event()

    def drip():
        yield HEAD + b"Content-Length: 1000\r\n\r\n"
        for _ in range(1000):
            asked.wait()
            asked.clear()
            yield b"x"

    def looked():
        asked.set()
        return clock()

    ends(drip, wire.TooSlow, clock=looked, seconds=30)
    assert clock.now <= wire.TIMES_TIMEOUT * 30 + 10


def test_a_server_that_says_nothing_is_given_up_at_the_timeout():
    def silence():
        threading.Event().wait(30)
        yield b""

    clock = Clock()
    with hostile(lambda line: silence()) as server, pytest.raises(requests.ReadTimeout):
        ask(server, clock=clock, seconds=10)
    assert clock.now <= 10 + 5


def test_a_body_that_stops_half_way_is_given_up_at_the_timeout():
    def half():
        yield HEAD + b"Content-Length: 1000\r\n\r\nx"
        threading.Event().wait(30)

    clock = Clock()
    with (
        hostile(lambda line: half()) as server,
        pytest.raises(urllib3.exceptions.ReadTimeoutError),
    ):
        ask(server, clock=clock, seconds=10)
    assert clock.now <= 10 + 20


@pytest.mark.parametrize(
    "before", [b"", HEAD, HEAD + b"Content-Length: 1000\r\n\r\nx", CHUNKED], ids=range(4)
)
def test_a_wish_to_stop_ends_a_slow_answer_within_five_seconds(before):
    clock, wish = Clock(), itertools.count()

    def slow():
        yield before
        threading.Event().wait(30)

    ends(slow, wire.Interrupted, clock=clock, seconds=10_000, stopping=lambda: next(wish) > 20)
    assert clock.now <= 3 * 21 + 3 * wire.STOP_SECONDS


def test_an_answer_that_comes_in_time_is_finished_though_the_run_is_to_stop():
    with hostile(lambda line: whole(BODY)) as server:
        assert ask(server, stopping=lambda: True).body == BODY


@pytest.mark.parametrize(
    "answer",
    [
        whole(gzip.compress(BODY)[:-9], "200 OK", GZIP),
        whole(b"no gzip", "200 OK", GZIP),
        whole(b"no deflate", "200 OK", "Content-Encoding: deflate"),
        whole(BODY, "200 OK", "Content-Encoding: br"),
        whole(BODY, "200 OK", "Content-Encoding: gzip, gzip"),
        whole(gzip.compress(b"") * 2_000, "200 OK", GZIP),
    ],
    ids=["cut", "no gzip", "no deflate", "unasked", "twice", "members"],
)
def test_what_cannot_be_unpacked_is_told(answer):
    ends(lambda: answer, wire.Garbled)


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_a_redirect_is_an_answer_like_any_other(body):
    answer = whole(body, "302 Found", "Location: http://[broken")
    with hostile(lambda line: answer) as server:
        reply = ask(server, "POST")
        assert (reply.status, reply.body) == (302, body)
        assert len(server.requests) == 1


def test_an_answer_without_a_body_that_claims_to_be_packed_is_empty():
    with hostile(lambda line: whole(b"", "200 OK", GZIP)) as server:
        assert ask(server).body == b""


def test_cookies_are_not_kept():
    answer = whole(b"{}", "200 OK", "Set-Cookie: a=b")
    with hostile(lambda line: answer) as server, wire.session() as session:
        wire.exchange(session, "GET", server.url, wire.Limits(30), timeout=30)
        assert not session.cookies
