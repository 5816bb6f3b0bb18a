"""When a client stops asking."""

import math

import pytest

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import (
    BrokenAnswer,
    CrmDown,
    CrmUnreachable,
    RecordNotFound,
    RetriableApiError,
    ServerFailure,
)
from suitecrm_bridge.patience import MOST_FAILURES
from tests.crm.conftest import (
    CLIENT,
    CONTACTS,
    TOKEN_PATH,
    URL,
    answer,
    denied,
    listing,
    refusal,
    uuid,
)

LIFE = "/Api/V8/current-user"
FAULTS = {
    "no connection": CrmUnreachable("No connection."),
    "a failure": answer(b"", 500),
    "a page in the place of JSON": answer(b"<html>Maintenance</html>"),
}


@pytest.fixture
def module(crm, transport, clock):
    """Contacts of a client that tries nothing twice."""
    once = SuiteCRM(URL, CLIENT, transport, retries=0, max_rate=math.inf, timing=clock.timing)
    return once.module("Contacts")


def get(module, number=1):
    return module.get(uuid(number), ["last_name"])


def record(number):
    return f"{CONTACTS}/{uuid(number)}"


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_crm_that_gives_no_sign_of_life_is_down(module, transport, fault):
    transport.on("GET", record(1), fault)
    transport.on("GET", LIFE, fault)
    with pytest.raises(CrmDown, match=r"GET Contacts .* run again"):
        get(module)


def test_what_is_asked_of_a_crm_that_is_down_fails_at_once(module, transport):
    transport.on("GET", record(1), FAULTS["a failure"])
    transport.on("GET", LIFE, FAULTS["a failure"])
    for _ in range(3):
        with pytest.raises(CrmDown):
            get(module)
    assert len(transport.sent(LIFE)) == len(transport.sent(record(1))) == 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_request_that_fails_alone_does_not_end_the_conversation(module, transport, fault):
    transport.on("GET", record(1), fault)
    transport.on("GET", CONTACTS, listing())
    with pytest.raises(RetriableApiError) as caught:
        get(module)
    assert not isinstance(caught.value, CrmDown)
    assert module.page(fields=["last_name"]).complete


@pytest.mark.parametrize("life", [denied(), refusal("no"), answer(b"", 429)], ids=str)
def test_a_refusal_is_a_sign_of_life(module, transport, life):
    transport.on("GET", record(1), FAULTS["a failure"])
    transport.on("GET", LIFE, life)
    with pytest.raises(ServerFailure):
        get(module)


def test_the_sign_of_life_is_asked_for_once_and_only_after_every_attempt(crm, transport, clock):
    transport.on("GET", record(1), FAULTS["a failure"])
    transport.on("GET", LIFE, FAULTS["a failure"])
    with pytest.raises(CrmDown):
        get(crm.module("Contacts"))
    assert (len(transport.sent(record(1))), len(transport.sent(LIFE))) == (4, 1)


def test_many_different_failures_in_a_row_mean_that_the_crm_is_down(module, transport):
    for number in range(MOST_FAILURES):
        transport.on("GET", record(number), FAULTS["a failure"])
    for number in range(MOST_FAILURES - 1):
        with pytest.raises(ServerFailure):
            get(module, number)
    with pytest.raises(CrmDown, match=str(MOST_FAILURES)):
        get(module, MOST_FAILURES - 1)


def test_one_request_that_fails_again_and_again_counts_once(module, transport):
    transport.on("GET", record(1), FAULTS["a failure"])
    for _ in range(2 * MOST_FAILURES):
        with pytest.raises(ServerFailure):
            get(module)


def test_an_answer_in_between_makes_the_count_begin_anew(module, transport):
    for number in range(2 * MOST_FAILURES):
        transport.on("GET", record(number), FAULTS["a failure"])
    transport.on("GET", record(77), refusal(f"Contact module with id {uuid(77)} is not found"))
    for number in range(2 * MOST_FAILURES):
        with pytest.raises(ServerFailure):
            get(module, number)
        if number % (MOST_FAILURES - 1) == 0:
            with pytest.raises(RecordNotFound):
                get(module, 77)


def test_no_token_is_a_failure_of_its_own_where_the_rest_answers(crm, transport):
    transport.on("POST", TOKEN_PATH, answer(b"", 500))
    transport.on("GET", LIFE, denied())
    with pytest.raises(ServerFailure, match="token"):
        crm.module("Contacts").get(uuid(1), [])


def test_the_message_says_since_when_nothing_is_answered(crm, transport, clock):
    transport.on("GET", record(1), FAULTS["no connection"])
    transport.on("GET", LIFE, FAULTS["no connection"])
    with pytest.raises(CrmDown, match=r"came 5 s ago.*No connection\."):
        get(crm.module("Contacts"))


def test_a_shape_that_was_not_promised_is_tried_again(crm, transport, clock):
    transport.on("GET", CONTACTS, answer({"data": [{"id": None}]}), listing())
    assert crm.module("Contacts").page(fields=["last_name"]).complete
    assert len(clock.pauses) == 1


def test_a_shape_that_stays_wrong_is_a_broken_answer(module, transport):
    transport.on("GET", CONTACTS, answer({"data": [{"id": None}]}))
    with pytest.raises(BrokenAnswer):
        module.page(fields=["last_name"])
