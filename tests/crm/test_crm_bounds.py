"""No server decides what the bridge takes: bytes, memory, time, and how long it will not stop."""

import json
import math
import threading
import tracemalloc

import pytest

from suitecrm_bridge import wire
from suitecrm_bridge.crm import Credentials, HttpTransport, Request, SuiteCRM, Timing
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    AnswerTooSlow,
    BrokenAnswer,
    CrmDown,
    CrmUnreachable,
    NotASuiteCrm,
    Stopped,
)
from suitecrm_bridge.settings import Secret
from tests.hostile import HEAD, bomb, endless, hostile, whole, zipped

MOST = 2**20
TOKEN = json.dumps({"access_token": "a.b.c", "expires_in": 3600}).encode()
USER = json.dumps({"data": {"type": "User", "id": "1", "attributes": {}}}).encode()
META = b'{"data": {"attributes": {"description": {"type": "text"}, "id": {"type": "id"}}}}'
DENIED = whole(b'{"error": "access_denied", "hint": "The JWT string must have two dots"}', "401 No")


class Clock:
    """Goes on by a second at each look, and by the pauses that are made."""

    def __init__(self):
        self.now, self.stops_after = 0.0, math.inf

    def __call__(self):
        self.now += 1
        return self.now

    def sleep(self, seconds):
        self.now += seconds

    @property
    def timing(self):
        return Timing(
            sleep=self.sleep,
            random=lambda: 0.5,
            monotonic=self,
            stopping=lambda: self.now > self.stops_after,
        )


def suitecrm(script):
    """A SuiteCRM whose answers are right, but for those that the script has."""

    def answer(line):
        found = script(line)
        if found is not None:
            return found
        if "access_token" in line:
            return whole(TOKEN)
        if "current-user" in line:
            return whole(USER)
        if "meta/fields" in line:
            return whole(META)
        return DENIED if "meta/modules" in line else whole(b'{"meta": {}}')

    return hostile(answer)


def client(server, clock=None, **options):
    clock = clock or Clock()
    transport = HttpTransport(timeout=30, timing=clock.timing, most_bytes=MOST)
    return SuiteCRM(
        server.url,
        Credentials("x", Secret("y")),
        transport,
        max_rate=math.inf,
        timing=clock.timing,
        **options,
    )


def drip(piece=b"x", before=HEAD + b"\r\n"):
    return endless(piece, before)


WAYS = {
    "too large": (lambda: endless(b" " * 65_536), BrokenAnswer),
    "announced as too large": (
        lambda: [HEAD + b"Content-Length: 2147483648\r\n\r\n"],
        BrokenAnswer,
    ),
    "a bomb": (lambda: bomb(50), BrokenAnswer),
    "a byte a second": (drip, CrmUnreachable),
    "a header's byte a second": (lambda: drip(b"x", b"HTTP/1.1 200 OK\r\nX: "), CrmUnreachable),
    "garbled": (lambda: whole(b"x", "200 OK", "Content-Encoding: gzip"), BrokenAnswer),
    "unasked": (lambda: whole(b"x", "200 OK", "Content-Encoding: zstd"), BrokenAnswer),
    "an error that is too large": (
        lambda: endless(b" " * 65_536, b"HTTP/1.1 500 Oh\r\n\r\n"),
        BrokenAnswer,
    ),
    "a redirect that is too large": (
        lambda: endless(b" " * 65_536, b"HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n"),
        BrokenAnswer,
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("where", ["meta/modules", "access_token", "module/Contacts", "ping"])
def test_an_answer_that_does_not_end_becomes_a_typed_error(where, way):
    script, kind = WAYS[way]
    clock = Clock()
    with suitecrm(lambda line: script() if where in line else None) as server:
        crm = client(server, clock, retries=5)
        act = crm.ping if where == "ping" else lambda: crm.module("Contacts").page(fields=[])
        with pytest.raises((kind, CrmDown)) as caught:
            act()
        crm.close()
    assert server.url in str(caught.value)
    assert sum(where in line for line in server.requests) <= (6 if kind is BrokenAnswer else 2) * 2


@pytest.mark.parametrize("way", ["too large", "a bomb"])
def test_what_is_too_large_says_how_large_it_may_be(way):
    with hostile(lambda line: WAYS[way][0]()) as server:
        transport = HttpTransport(timeout=30, most_bytes=MOST)
        with pytest.raises(AnswerTooLarge, match=r"larger than 1 MB|times its size"):
            transport.send(Request("GET", server.url))
        transport.close()


def test_what_is_too_slow_says_after_how_many_seconds_it_was_given_up():
    clock = Clock()
    with hostile(lambda line: drip()) as server:
        transport = HttpTransport(timeout=30, timing=clock.timing)
        with pytest.raises(AnswerTooSlow, match=r"after 60 s.*BRIDGE_TIMEOUT"):
            transport.send(Request("GET", server.url))
        transport.close()


@pytest.mark.parametrize("where", ["", "access_token", "module/Contacts"])
def test_a_crm_that_drips_ends_a_reading_within_ten_timeouts(where):
    # Looks at the clock are what costs seconds here; a drip is looked at more often than its pace.
    clock = Clock()
    with suitecrm(lambda line: drip() if where in line else None) as server:
        crm = client(server, clock, retries=5)
        with pytest.raises((CrmUnreachable, CrmDown)):
            crm.module("Contacts").page(fields=[])
        crm.close()
    assert clock.now < 10 * 30


def test_a_token_that_cannot_be_sent_is_none():
    answer = whole(json.dumps({"access_token": "a\nb\u20ac", "expires_in": 3600}).encode())
    with suitecrm(lambda line: answer if "access_token" in line else None) as server:
        crm = client(server, retries=0)
        with pytest.raises(BrokenAnswer):
            crm.current_user()
        crm.close()


@pytest.mark.parametrize("before", [b"", HEAD, HEAD + b"\r\n{"], ids=["silence", "head", "body"])
@pytest.mark.parametrize("retries", [0, 5])
def test_a_wish_to_stop_ends_an_answer_that_does_not_come(before, retries):
    clock = Clock()
    clock.stops_after = 12

    def stuck():
        yield before
        threading.Event().wait(20)

    with suitecrm(lambda line: stuck() if "Contacts" in line else None) as server:
        transport = HttpTransport(timeout=100_000, timing=clock.timing)
        crm = SuiteCRM(
            server.url,
            Credentials("x", Secret("y")),
            transport,
            retries=retries,
            max_rate=math.inf,
            timing=clock.timing,
        )
        with pytest.raises(Stopped, match="Asked to stop"):
            crm.module("Contacts").page(fields=[])
        crm.close()
    assert clock.now < 12 + 10 * wire.STOP_SECONDS


def test_a_page_that_is_too_large_is_read_in_smaller_ones_down_to_a_record():
    everybody = [f"0000000c-0000-4000-8000-{number:012x}" for number in range(1, 41)]
    sizes = []

    def page(line):
        asked = dict(
            part.split("=", 1)
            for part in line.split("?")[1].split(" ")[0].split("&")
            if "=" in part
        )
        sizes.append(int(asked["page%5Bsize%5D"]))
        after = asked.get("filter%5Bid%5D%5Bgt%5D", "")
        left = [id for id in everybody if id > after]
        data = [
            {"type": "Contact", "id": id, "attributes": {"description": "x" * 100_000}}
            for id in left[: sizes[-1]]
        ]
        return zipped(json.dumps({"meta": {"total-pages": len(left)}, "data": data}).encode())

    with suitecrm(lambda line: page(line) if "module/Contacts" in line else None) as server:
        crm = client(server, retries=0)
        read = [r["id"] for r in crm.module("Contacts").iterate(fields=["description"])]
        crm.close()
    assert read == everybody
    assert sizes[:3] == [500, 62, 7]
    assert len(sizes) < 20


def test_an_answer_of_any_size_takes_little_memory():
    big = HEAD + b"Content-Length: 1000000000\r\n\r\n"
    for script in (lambda: endless(b"x" * 65_536), lambda: endless(b"x", big), lambda: bomb(100)):
        with hostile(lambda line, script=script: script()) as server:
            transport = HttpTransport(timeout=30, timing=Clock().timing, most_bytes=MOST)
            tracemalloc.start()
            try:
                with pytest.raises((AnswerTooLarge, AnswerTooSlow)):
                    transport.send(Request("GET", server.url))
                # The server's own pieces are counted, too.
                assert tracemalloc.get_traced_memory()[1] < 8 * MOST
            finally:
                tracemalloc.stop()
                transport.close()


def test_what_answers_at_no_prefix_is_still_no_suitecrm():
    with hostile(lambda line: whole(b"<html>", "404 Not Found")) as server:
        crm = client(server, retries=0)
        with pytest.raises(NotASuiteCrm):
            crm.current_user()
        crm.close()
