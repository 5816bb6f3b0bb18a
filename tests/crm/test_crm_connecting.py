"""What stands between the bridge and the API is named when it first connects."""

import pytest

from suitecrm_bridge.crm import Answer, SuiteCRM
from suitecrm_bridge.errors import (
    ApiError,
)
from tests.crm.conftest import (
    CLIENT,
    TOKEN_PATH,
    URL,
    Scripted,
    answer,
)
from tests.crm.foreign import FOREIGN, PAGE, page

META = "/V8/meta/modules"


def behind(*answers: Answer, prefix: str = "") -> Scripted:
    """A server that gives these answers to the prefixes in their order, the last to the rest."""
    transport = Scripted()
    prefixes = ("/Api", "/legacy/Api", "/public/legacy/Api", "/Api/index.php")
    for place, path in enumerate((*prefixes, "/legacy/Api/index.php")):
        transport.on("GET", f"{path}{META}", answers[min(place, len(answers) - 1)])
    return transport


def connecting(transport: Scripted) -> str:
    with pytest.raises(ApiError) as caught:
        SuiteCRM(URL, CLIENT, transport).current_user()
    return str(caught.value)


@pytest.mark.parametrize(("given", "remedy"), FOREIGN.values(), ids=FOREIGN)
def test_what_stands_before_the_api_is_named_and_not_the_address(given, remedy):
    message = connecting(behind(given))
    if given.status != 405:
        assert remedy in message
    assert "no SuiteCRM V8 API" not in message


def test_where_nothing_is_found_each_path_that_was_tried_is_told_with_its_status():
    message = connecting(behind(page(404)))
    assert "/Api: 404, /legacy/Api: 404" in message
    assert "/Api/index.php: 404" in message


def test_the_json_of_another_program_is_not_taken_for_the_api():
    assert "no SuiteCRM V8 API" in connecting(behind(page(404, b'{"status": "not found"}')))


def test_a_server_that_rewrites_no_addresses_is_asked_by_its_own():
    refused = answer({"error": "access_denied", "message": "no", "hint": "x"}, 401)
    transport = behind(page(404), page(404), page(404), refused)
    transport.on("POST", "/Api/index.php/access_token", answer({"access_token": "t"}))
    user = answer({"data": {"id": "1", "type": "User", "attributes": {"user_name": "anna"}}})
    transport.on("GET", "/Api/index.php/V8/current-user", user)
    assert SuiteCRM(URL, CLIENT, transport).current_user()["user_name"] == "anna"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            answer(
                {
                    "error": "access_denied",
                    "message": "no",
                    "hint": 'Missing "Authorization" header',
                },
                401,
            ),
            "SetEnvIf Authorization",
        ),
        (page(401, PAGE, www_authenticate="Basic"), "asks for a login (Basic)"),
        (page(403), "or a firewall in front of it"),
        (page(403, b'{"message": "Forbidden"}'), "or a firewall in front of it"),
        (page(404), "rewrite rules"),
        (page(502), "got no answer from SuiteCRM"),
        (page(503), "under maintenance"),
        (page(200, b"NULL"), "holds no data"),
    ],
)
def test_a_login_that_something_else_answers_is_not_blamed_on_the_secret(transport, given, words):
    transport.on("POST", TOKEN_PATH, given)
    with pytest.raises(ApiError) as caught:
        SuiteCRM(URL, CLIENT, transport, retries=0).current_user()
    assert words in str(caught.value)
    assert "SUITECRM_CLIENT_SECRET" not in str(caught.value)
