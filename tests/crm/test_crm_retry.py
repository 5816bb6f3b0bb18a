import logging

import pytest

from suitecrm_bridge.crm.retry import Retry, Timing
from suitecrm_bridge.errors import (
    BrokenAnswer,
    CrmUnreachable,
    InvalidRequest,
    RateLimited,
    ServerFailure,
)
from tests.crm.conftest import Clock


def failing(*errors):
    left = list(errors)

    def attempt():
        if left:
            raise left.pop(0)
        return "done"

    return attempt


@pytest.mark.parametrize(
    "error", [CrmUnreachable("x"), ServerFailure("x"), RateLimited("x"), BrokenAnswer("x")]
)
def test_a_passing_fault_is_tried_again(error, clock):
    assert Retry(1, clock.timing)(failing(error), "GET /x") == "done"


def test_the_last_failure_is_raised_when_trying_again_did_not_help(clock):
    with pytest.raises(CrmUnreachable, match="third"):
        Retry(2, clock.timing)(failing(*map(CrmUnreachable, ["first", "second", "third"])), "x")


def test_a_refusal_is_not_tried_again(clock):
    with pytest.raises(InvalidRequest):
        Retry(5, clock.timing)(failing(InvalidRequest("no")), "x")
    assert clock.pauses == []


def test_the_pause_doubles_up_to_a_limit(clock):
    Retry(10, clock.timing)(failing(*[CrmUnreachable("x")] * 10), "x")
    assert clock.pauses[:4] == [0.75, 1.5, 3.0, 6.0]
    assert max(clock.pauses) == 45.0


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 0.5), (1.0, 1.0)])
def test_chance_makes_up_half_of_the_pause(chance, pause):
    clock = Clock()
    timing = Timing(clock.sleep, lambda: chance, lambda: 0.0)
    Retry(1, timing)(failing(CrmUnreachable("x")), "x")
    assert clock.pauses == [pause]


@pytest.mark.parametrize("kind", [RateLimited, ServerFailure])
def test_the_pause_that_the_server_asks_for_is_made(kind, clock):
    Retry(1, clock.timing)(failing(kind("x", retry_after=17.0)), "x")
    assert clock.pauses == [17.0]


def test_an_endless_pause_is_cut_short(clock):
    Retry(1, clock.timing)(failing(RateLimited("x", retry_after=86_400.0)), "x")
    assert clock.pauses == [300.0]


def test_each_new_attempt_is_logged(clock, caplog):
    caplog.set_level(logging.INFO)
    Retry(1, clock.timing)(failing(CrmUnreachable("No connection.")), "GET /V8/x")
    assert "GET /V8/x: No connection. Trying again in 0.8 s (1 of 1)." in caplog.text
