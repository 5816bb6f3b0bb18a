import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from suitecrm_bridge.errors import (
    AuthenticationError,
    CrmUnreachable,
)
from tests.crm.conftest import (
    PASSWORD,
    SECRET,
    TOKEN_PATH,
    answer,
    denied,
    token,
)
from tests.crm.tokens import ME, WRONG_SECRET, bearers, oauth
from tests.crm.tokens import as_user as as_user


def test_a_client_asks_for_client_credentials_without_a_scope(crm, transport):
    crm.current_user()
    assert transport.forms() == [
        {"grant_type": "client_credentials", "client_id": "client-1", "client_secret": SECRET}
    ]


def test_a_user_asks_with_his_password(as_user, transport):
    as_user.current_user()
    form = transport.forms()[0]
    assert (form["grant_type"], form["username"], form["password"]) == (
        "password",
        "anna",
        PASSWORD,
    )
    assert "scope" not in form


def test_a_token_is_used_again(crm, transport):
    crm.current_user()
    crm.current_user()
    assert bearers(transport) == ["Bearer a.b.c"] * 2
    assert len(transport.forms()) == 1


@pytest.mark.parametrize(("age", "grants"), [(3539, 1), (3540, 2)])
def test_a_token_is_replaced_a_minute_before_it_ends(crm, transport, clock, age, grants):
    crm.current_user()
    clock.now += age
    crm.current_user()
    assert len(transport.forms()) == grants


def test_a_short_lived_token_serves_half_its_life(crm, transport, clock):
    transport.on("POST", TOKEN_PATH, token(expires_in=30))
    crm.current_user()
    clock.now += 14
    crm.current_user()
    assert len(transport.forms()) == 1


def test_a_token_without_an_end_is_kept_for_a_while(crm, transport):
    transport.on("POST", TOKEN_PATH, token(expires_in=None))
    crm.current_user()
    crm.current_user()
    assert len(transport.forms()) == 1


@pytest.mark.parametrize(
    "said",
    [
        0,
        -1,
        -3600,
        0.0,
        0.001,
        1,
        "0",
        "-5",
        "",
        "soon",
        "1 hour",
        None,
        True,
        False,
        [],
        {},
        float("nan"),
        float("inf"),
        float("-inf"),
        "NaN",
        "1e400",
        10**400,
    ],
    ids=str,
)
def test_a_token_that_says_it_lives_no_time_does_not_cost_one_a_request(
    crm, transport, clock, said
):
    transport.on("POST", TOKEN_PATH, token(expires_in=said))
    for _ in range(20):
        crm.current_user()
        clock.now += 1
    assert len(transport.forms()) <= 2


def test_a_refused_token_is_replaced_and_the_request_sent_again(crm, transport):
    transport.on("POST", TOKEN_PATH, token("one"), token("two"))
    transport.on("GET", ME, denied(), answer({"data": {"id": "1", "attributes": {}}}))
    assert crm.current_user() == {"id": "1"}
    assert bearers(transport) == ["Bearer one", "Bearer two"]


def test_a_second_refusal_is_an_error(crm, transport):
    transport.on("GET", ME, denied())
    with pytest.raises(AuthenticationError, match="has just issued"):
        crm.current_user()
    assert len(transport.sent(ME)) == 2


@pytest.mark.parametrize(
    "hint", ['Missing "Authorization" header', "The JWT string must have two dots"]
)
def test_a_header_that_the_web_server_takes_away_has_its_own_remedy(crm, transport, hint):
    transport.on("GET", ME, denied(hint))
    with pytest.raises(AuthenticationError, match="SetEnvIf Authorization"):
        crm.current_user()
    assert len(transport.sent(ME)) == 1


def test_a_refresh_token_is_used_once_the_token_ends(as_user, transport, clock):
    transport.on("POST", TOKEN_PATH, token("one", refresh="r-1"), token("two", refresh="r-2"))
    as_user.current_user()
    clock.now += 3600
    as_user.current_user()
    assert transport.forms()[1] == {
        "grant_type": "refresh_token",
        "refresh_token": "r-1",
        "client_id": "client-2",
        "client_secret": SECRET,
    }
    assert bearers(transport)[1] == "Bearer two"


@pytest.mark.parametrize(
    "failure",
    [
        WRONG_SECRET,
        oauth("invalid_request", "The refresh token is invalid.", 401),
        answer(b"", 500),
        CrmUnreachable("no"),
    ],
)
def test_a_refresh_that_fails_is_followed_by_a_full_grant(as_user, transport, clock, failure):
    transport.on("POST", TOKEN_PATH, token("one", refresh="r-1"), failure, token("two"))
    as_user.current_user()
    clock.now += 3600
    as_user.current_user()
    assert [form["grant_type"] for form in transport.forms()] == [
        "password",
        "refresh_token",
        "password",
    ]


def test_threads_that_need_a_token_ask_for_one_together(crm, transport):
    started = threading.Barrier(8, timeout=10)
    transport.on("POST", TOKEN_PATH, lambda request: token("shared"))

    def ask(_):
        started.wait()
        return crm.current_user()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert len(transport.forms()) == 1
    assert set(bearers(transport)) == {"Bearer shared"}


def test_threads_whose_token_is_refused_replace_it_once(crm, transport):
    both_refused = threading.Barrier(2, timeout=10)
    transport.on("POST", TOKEN_PATH, token("one"), token("two"))

    def me(request):
        if request.headers["Authorization"] == "Bearer one":
            both_refused.wait()
            return denied()
        return answer({"data": {"id": "1", "attributes": {}}})

    transport.on("GET", ME, me)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: crm.current_user(), range(2)))
    assert len(transport.forms()) == 2


def test_a_token_request_is_tried_again_after_a_passing_fault(crm, transport, clock):
    transport.on("POST", TOKEN_PATH, CrmUnreachable("no"), answer(b"<html>", 502), token())
    crm.current_user()
    assert len(clock.pauses) == 2
