"""How fast requests follow each other."""

import math
import threading

import pytest

from suitecrm_bridge.crm import Answer, SuiteCRM, Timing
from suitecrm_bridge.crm.pace import BURST, Pace
from suitecrm_bridge.errors import RateLimited, RetriableApiError
from tests.crm.conftest import CLIENT, CONTACTS, TOKEN_PATH, URL, answer, listing, token

RATE = 10


@pytest.fixture
def pace(clock):
    return Pace(RATE, clock.timing)


def test_no_more_than_the_rate_and_a_small_burst_go_in_any_time(pace, clock):
    sent = []
    for _ in range(100):
        pace.wait()
        sent.append(clock.now)
    for first, last in ((0, 50), (10, 99), (0, 99)):
        assert last - first + 1 <= (sent[last] - sent[first] + 1e-6) * RATE + BURST


def test_requests_that_come_seldom_do_not_wait(pace, clock):
    for _ in range(20):
        pace.wait()
        clock.now += 1
    assert clock.pauses == []


def test_a_long_rest_does_not_allow_more_than_a_small_burst(pace, clock):
    clock.now += 3600
    for _ in range(BURST + 1):
        pace.wait()
    assert clock.pauses == [pytest.approx(1 / RATE)]


def test_nobody_goes_before_a_pause_that_was_asked_for_has_passed(pace, clock):
    pace.hold(30)
    pace.wait()
    assert clock.now == pytest.approx(30)


def test_a_shorter_pause_does_not_end_a_longer_one(pace, clock):
    pace.hold(30)
    pace.hold(1)
    pace.wait()
    assert clock.now == pytest.approx(30)


def test_a_request_in_waiting_heeds_a_pause_that_is_asked_for_meanwhile(clock):
    def sleep(seconds):
        clock.sleep(seconds)
        if len(clock.pauses) == 1:
            pace.hold(60)

    pace = Pace(RATE, Timing(sleep=sleep, monotonic=lambda: clock.now))
    for _ in range(BURST + 1):
        pace.wait()
    assert clock.now == pytest.approx(60 + 1 / RATE)


def test_every_request_of_a_client_is_paced_the_token_too(transport, clock):
    transport.on("GET", CONTACTS, listing())
    crm = SuiteCRM(URL, CLIENT, transport, max_rate=RATE, timing=clock.timing)
    for _ in range(50):
        crm.module("Contacts").page(fields=["id"])
    asked = len(transport.requests)
    assert len(transport.sent(TOKEN_PATH)) == 1
    assert clock.now == pytest.approx((asked - BURST) / RATE)


def dated(seconds):
    return {
        "date": "Mon, 09 Mar 2026 12:00:00 GMT",
        "retry-after": f"Mon, 09 Mar 2026 12:00:{seconds:02d} GMT",
    }


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("headers", [{"retry-after": "40"}, dated(40)], ids=["seconds", "date"])
def test_a_pause_that_the_server_asks_for_holds_every_thread(transport, clock, status, headers):
    transport.on("GET", CONTACTS, Answer(status, headers), listing())
    crm = SuiteCRM(URL, CLIENT, transport, retries=0, max_rate=math.inf, timing=clock.timing)
    with pytest.raises(RetriableApiError):
        crm.module("Contacts").page(fields=["id"])
    other = threading.Thread(target=lambda: crm.module("Contacts").page(fields=["id"]))
    other.start()
    other.join()
    assert clock.now == pytest.approx(40)


def test_a_pause_before_a_token_holds_the_client_too(transport, clock):
    transport.on("POST", TOKEN_PATH, Answer(503, {"retry-after": "25"}), token())
    SuiteCRM(
        URL, CLIENT, transport, retries=1, max_rate=math.inf, timing=clock.timing
    ).current_user()
    assert clock.now == pytest.approx(25)


def test_logging_out_does_not_wait_for_the_end_of_a_pause(transport, clock):
    transport.on("GET", CONTACTS, answer(b"", 429, {"retry-after": "300"}))
    with (
        pytest.raises(RateLimited),
        SuiteCRM(URL, CLIENT, transport, retries=0, timing=clock.timing) as crm,
    ):
        crm.module("Contacts").page(fields=["id"])
    assert transport.closed
    assert clock.now < 300
