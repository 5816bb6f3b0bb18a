import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from suitecrm_bridge.crm import Answer, SuiteCRM
from suitecrm_bridge.crm.address import split_address
from suitecrm_bridge.errors import (
    BrokenAnswer,
    CrmUnreachable,
    NotASuiteCrm,
    RequestRefused,
    ServerFailure,
    SettingError,
)
from tests.crm.conftest import CLIENT, URL, Scripted, answer, denied

META = "/V8/meta/modules"
NOTHING = answer(b"<!DOCTYPE HTML><html>Not Found</html>", 404)
PING = "/Api/V8/custom/bridge/v1/ping"
PREFIXES = ["/Api", "/legacy/Api", "/public/legacy/Api", "/Api/index.php", "/legacy/Api/index.php"]


def server_at(prefix, base=""):
    transport = Scripted()
    for known in PREFIXES:
        transport.on("GET", f"{base}{known}{META}", NOTHING)
    transport.on("GET", f"{base}{prefix}{META}", denied())
    return transport


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_prefix_is_found_by_trying(prefix):
    assert SuiteCRM(URL, CLIENT, server_at(prefix)).prefix == prefix


def test_the_prefix_is_looked_for_once():
    transport = server_at("/legacy/Api")
    crm = SuiteCRM(URL, CLIENT, transport)
    assert crm.prefix == crm.prefix
    assert len(transport.requests) == 2


def test_no_token_is_sent_while_looking_for_the_prefix():
    transport = server_at("/Api")
    assert SuiteCRM(URL, CLIENT, transport).prefix
    assert "Authorization" not in transport.requests[0].headers


@pytest.mark.parametrize(
    ("address", "base", "first"),
    [
        ("https://x.test", "https://x.test", "/Api"),
        ("https://x.test/", "https://x.test", "/Api"),
        ("https://x.test:8443/crm/", "https://x.test:8443/crm", "/Api"),
        ("https://x.test/crm/index.php?module=Home", "https://x.test/crm", "/Api"),
        ("https://x.test/Api/V8", "https://x.test", "/Api"),
        ("https://x.test/Api/V8/meta/modules", "https://x.test", "/Api"),
        ("https://x.test/Api/access_token", "https://x.test", "/Api"),
        ("https://x.test/a/legacy/Api", "https://x.test/a", "/legacy/Api"),
        ("https://x.test/public/legacy/Api/", "https://x.test", "/public/legacy/Api"),
        ("https://x.test/Api/index.php", "https://x.test", "/Api/index.php"),
    ],
)
def test_an_address_may_go_on_to_the_api(address, base, first):
    found, prefixes = split_address(address)
    assert (found, prefixes[0]) == (base, first)
    assert set(PREFIXES) <= set(prefixes)


@pytest.mark.parametrize("address", ["crm.example.com", "ftp://x.test", "https://", ""])
def test_what_is_no_address_is_refused_by_name_of_the_setting(address):
    with pytest.raises(SettingError, match="SUITECRM_URL"):
        SuiteCRM(address, CLIENT, Scripted())


def test_a_password_in_the_address_is_refused_without_showing_it():
    with pytest.raises(SettingError) as caught:
        SuiteCRM("https://anna:s3cr@x.test", CLIENT, Scripted())
    assert "s3cr" not in str(caught.value)


def test_an_address_without_the_api_is_not_a_suitecrm():
    transport = Scripted()
    for prefix in PREFIXES:
        transport.on("GET", f"{prefix}{META}", answer(b"<html>Welcome</html>"))
    with pytest.raises(NotASuiteCrm, match=r"https://crm.example.com answers.*/public/legacy/Api"):
        SuiteCRM(URL, CLIENT, transport).current_user()


def test_an_address_that_redirects_names_its_aim():
    transport = Scripted()
    for prefix in PREFIXES:
        moved = Answer(301, {"location": f"https://www.example.com{prefix}{META}"})
        transport.on("GET", f"{prefix}{META}", moved)
    with pytest.raises(NotASuiteCrm, match=r"https://www\.example\.com/Api"):
        SuiteCRM(URL, CLIENT, transport).current_user()


def test_a_server_that_is_down_is_not_taken_for_something_else(crm, transport):
    transport.on("GET", "/Api/V8/meta/modules", answer(b"", 503))
    with pytest.raises(ServerFailure):
        crm.current_user()


def test_the_whole_effort_stays_within_the_retries(crm, transport):
    transport.on("GET", "/Api/V8/meta/modules", CrmUnreachable("down"))
    with pytest.raises(CrmUnreachable):
        crm.current_user()
    assert len(transport.requests) == 4


@pytest.mark.parametrize(
    "fault", [answer(b""), answer(b"<html>login"), answer(b'{"data": ['), answer(b"", 502)]
)
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_what_may_be_done_twice_is_tried_again(crm, transport, method, fault):
    transport.on(method, "/Api/V8/x", fault, answer({"data": []}))
    assert crm.api.request(method, "/V8/x") == {"data": []}


@pytest.mark.parametrize("fault", [CrmUnreachable("lost"), answer(b"", 502), answer(b"", 429)])
def test_what_must_not_be_done_twice_is_sent_once(crm, transport, fault):
    transport.on("POST", "/Api/V8/module", fault)
    with pytest.raises(Exception, match=r".+"):
        crm.api.request("POST", "/V8/module", body={})
    assert len(transport.sent("/Api/V8/module")) == 1


def test_a_post_that_may_be_done_twice_is_tried_again(crm, transport):
    transport.on("POST", "/Api/V8/custom/x", answer(b"", 502), answer({"written": 1}))
    assert crm.api.request("POST", "/V8/custom/x", body={}, repeatable=True) == {"written": 1}


def test_a_broken_answer_that_stays_is_raised(crm, transport):
    transport.on("GET", "/Api/V8/x", answer(b""))
    with pytest.raises(BrokenAnswer):
        crm.api.request("GET", "/V8/x")
    assert len(transport.sent("/Api/V8/x")) == 4


def test_the_query_is_percent_encoded(crm, transport):
    transport.on("GET", "/Api/V8/x", answer({"data": []}))
    crm.api.request("GET", "/V8/x", query=[("filter[a][gt]", "2026-01-01 00:00:00+é")])
    assert transport.requests[-1].url.endswith(
        "/x?filter%5Ba%5D%5Bgt%5D=2026-01-01%2000%3A00%3A00%2B%C3%A9"
    )


def test_the_body_is_json_with_exact_numbers(crm, transport):
    transport.on("PATCH", "/Api/V8/module", answer({"data": {}}))
    crm.api.request("PATCH", "/V8/module", body={"a": Decimal("1234567890.10"), "b": "é"})
    sent = transport.requests[-1]
    assert b'"a":1234567890.10' in (sent.body or b"")
    assert json.loads(sent.body or b"")["b"] == "é"
    assert sent.headers["Content-Type"] == "application/vnd.api+json"


def test_the_clock_of_the_server_is_kept(crm, transport):
    assert crm.server_time is None
    given = {"date": "Sat, 21 Nov 2026 20:40:00 GMT"}
    transport.on("GET", "/Api/V8/x", answer({"data": []}, headers=given))
    crm.api.request("GET", "/V8/x")
    assert crm.server_time == datetime(2026, 11, 21, 20, 40, tzinfo=UTC)


@pytest.mark.parametrize("missing", [answer({"message": "Not found"}, 404), NOTHING])
def test_a_ping_without_the_package_is_none(crm, transport, missing):
    transport.on("GET", PING, missing)
    assert crm.ping() is None


def test_a_ping_returns_what_the_package_says(crm, transport):
    transport.on("GET", PING, answer({"version": "0.1.0"}))
    assert crm.ping() == {"version": "0.1.0"}


def test_a_ping_that_is_refused_is_an_error(crm, transport):
    transport.on("GET", PING, answer({"errors": {"detail": "Not authorized"}}, 403))
    with pytest.raises(RequestRefused):
        crm.ping()


def test_the_modules_come_with_the_users_rights(crm, transport):
    entry = {"label": "Contacts", "access": ["edit", "list"]}
    listed = answer({"data": {"type": "modules", "attributes": {"Contacts": entry}}})
    transport.on("GET", "/Api/V8/meta/modules", denied(), listed)
    assert crm.modules() == {"Contacts": {"edit", "list"}}


def test_the_current_user_has_his_id(crm):
    assert crm.current_user() == {"user_name": "admin", "id": "1"}


def test_a_document_of_another_shape_is_a_broken_answer(crm, transport):
    transport.on("GET", "/Api/V8/current-user", answer({"user": "admin"}))
    with pytest.raises(BrokenAnswer, match="“data”"):
        crm.current_user()


def test_an_answer_may_be_had_as_it_is(crm, transport):
    transport.on("GET", "/Api/V8/x", answer(b"oops", 418))
    assert crm.api.answer("GET", "/V8/x?a=b c", authorization=None).status == 418
    assert transport.requests[-1].url.endswith("/V8/x?a=b%20c")


def test_closing_logs_out_with_the_token(crm, transport):
    with crm:
        crm.current_user()
    logout = transport.sent("/Api/V8/logout")
    assert [r.headers["Authorization"] for r in logout] == ["Bearer a.b.c"]
    assert transport.closed


def test_closing_without_a_token_asks_nothing(crm, transport):
    crm.close()
    assert transport.requests == []
    assert transport.closed


def test_closing_never_raises(crm, transport):
    transport.on("POST", "/Api/V8/logout", CrmUnreachable("gone"))
    crm.current_user()
    crm.close()
    assert transport.closed
    assert len(transport.sent("/Api/V8/logout")) == 1
