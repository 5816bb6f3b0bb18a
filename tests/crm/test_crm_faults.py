"""The word of a web server, a proxy or a firewall is not the word of SuiteCRM."""

import re

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.crm import Answer, SuiteCRM
from suitecrm_bridge.crm.answers import Scrubber, read
from suitecrm_bridge.crm.faults import Asked, first_words
from suitecrm_bridge.crm.transport import _tls_fault
from suitecrm_bridge.errors import (
    AccessDenied,
    ApiError,
    AuthenticationError,
    BrokenAnswer,
    Intercepted,
    NotASuiteCrm,
    PackageFailed,
    RequestRefused,
    ServerFailure,
)
from tests.crm.conftest import (
    CLIENT,
    CONTACTS,
    NO_ACCESS,
    TOKEN_PATH,
    URL,
    Scripted,
    answer,
    listing,
    meta,
    refusal,
)

PAGE = b"<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>"
META = "/V8/meta/modules"
LIST = Asked("GET", "/V8/module/Contacts", "Contacts", parameters=("filter[id][gt]", "page[size]"))
PATCH = Asked("PATCH", "/V8/module", "Contacts", "id-1")
ROUTE = Asked("GET", "/V8/custom/bridge/v1/records/Contacts", "Contacts")


def page(status: int, body: bytes = PAGE, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"server": "Apache/2.4.57 (Debian)", **named}, body)


def error_of(given: Answer, asked: Asked = LIST, secrets=()) -> ApiError:
    with pytest.raises(ApiError) as caught:
        read(given, asked, Scrubber(secrets))
    return caught.value


FOREIGN = {
    "a firewall's page": (page(403), "or a firewall before it, refuses"),
    "a page without a name": (Answer(403, {}, PAGE), "or a firewall before it, refuses"),
    "an empty 403": (page(403, b""), "or a firewall before it, refuses"),
    "a firewall's JSON": (page(403, b'{"message": "Forbidden"}'), "refuses the request"),
    "a gateway's JSON": (page(403, b'{"error": "blocked by policy"}'), "refuses the request"),
    "mod_security's 406": (page(406), "mod_security"),
    "a host's 418": (page(418), "refuses the request"),
    "a law": (page(451), "refuses the request"),
    "a basic login": (page(401, PAGE, www_authenticate='Basic realm="x"'), "login (Basic)"),
    "a digest login": (page(401, PAGE, www_authenticate='Digest realm="x"'), "login (Digest)"),
    "a Windows login": (page(401, b"", www_authenticate="Negotiate"), "login (Negotiate)"),
    "a 401 page": (page(401), "refuses the request"),
    "a proxy's login": (page(407), "HTTPS_PROXY"),
    "a method that is not let through": (page(405), "does not let GET through"),
    "a method that is not built in": (page(501), "does not let GET through"),
    "a body that is too large": (page(413), "LimitRequestBody"),
    "an address that is too long": (page(414), "LimitRequestLine"),
    "headers that are too large": (page(431), "large_client_header_buffers"),
    "Apache's 400 for http on a TLS port": (
        page(400, b"<p>You're speaking plain HTTP to an SSL-enabled server port.</p>"),
        "Write https://",
    ),
    "nginx's 400 for http on a TLS port": (
        page(400, b"<title>400 The plain HTTP request was sent to HTTPS port</title>"),
        "Write https://",
    ),
    "a 400 page": (page(400), "refuses the request"),
}


@pytest.mark.parametrize(("given", "remedy"), FOREIGN.values(), ids=FOREIGN)
def test_what_stands_before_suitecrm_is_not_taken_for_it(given, remedy):
    error = error_of(given)
    assert isinstance(error, Intercepted)
    assert error.exit_code == 4
    assert remedy in str(error)
    assert "role" not in str(error).lower()


OWN = {
    "no right": (refusal("[SuiteCRM] [Not Allowed] no access", 403), AccessDenied),
    "no right, in a list": (answer({"errors": [{"detail": "Not allowed"}]}, 403), AccessDenied),
    "a package's refusal": (
        answer({"error": {"code": "no_access", "message": "no"}}, 403),
        AccessDenied,
    ),
    "a refused token": (
        answer({"error": "access_denied", "message": "no", "hint": "x"}, 401),
        AuthenticationError,
    ),
    "a refused token of 7.12": (
        answer({"error": "access_denied", "error_description": "no", "hint": "x"}, 401),
        AuthenticationError,
    ),
    "a route that is not there": (answer({"message": "Not found"}, 404), RequestRefused),
    "a plain text of 7.15": (page(400, b"Database failure."), RequestRefused),
}


@pytest.mark.parametrize(("given", "kind"), OWN.values(), ids=OWN)
def test_the_word_of_suitecrm_is_taken_for_it(given, kind):
    error = error_of(given)
    assert isinstance(error, kind)
    assert not isinstance(error, Intercepted | NotASuiteCrm)


def test_an_error_says_who_answered_what_to_which_request():
    message = str(error_of(page(403)))
    assert "(Apache/2.4.57 (Debian), HTTP 403, to GET /V8/module/Contacts" in message
    assert "?filter[id][gt]&page[size]: “403 Forbidden Forbidden”)" in message


def test_an_error_of_suitecrm_says_that_it_is_suitecrms():
    message = str(error_of(refusal("Not allowed", 403), PATCH))
    assert message.endswith("(SuiteCRM, HTTP 403, to PATCH /V8/module)")


def test_secrets_are_masked_in_the_words_of_whoever_answers():
    given = page(403, b"<p>Bearer s3cr3t-token was blocked</p>", server="s3")
    message = str(error_of(given, secrets=["s3cr3t-token"]))
    assert "s3cr3t" not in message
    assert "was blocked" in message


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", ""),
        (b"<title>A</title><script>var x = 1;</script><p>B &amp; C", "A B & C"),
        (b"<style>p {}</style><!-- hidden --> shown", "shown"),
        (b"\x1b[31mred\x1b]0;title\x07", "[31mred ]0;title"),
        (b"caf\xe9", "caf\ufffd"),
        (b"x" * 200, "x" * 119 + "…"),
        (b"<" + b"p" * 500, ""),
    ],
)
def test_the_first_words_are_what_a_person_would_read(body, words):
    assert first_words(body) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (page(502), "got no answer from SuiteCRM in time (502)"),
        (page(504, b""), "got no answer from SuiteCRM in time (504)"),
        (page(522), "got no answer from SuiteCRM in time (522)"),
        (page(503), "under maintenance or overloaded"),
        (page(500, b"<p>Internal Server Error"), "the server failed (500)"),
        (page(508), "the server failed (508)"),
    ],
)
def test_a_server_that_fails_is_told_by_how_it_fails(given, words):
    error = error_of(given)
    assert isinstance(error, ServerFailure)
    assert words in str(error)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"NULL", "holds no data: NULL"),
        (b"null", "holds no data: null"),
        (b"false", "holds no data: false"),
        (b'"text"', 'holds no data: "text"'),
        (b"0", "holds no data: 0"),
        (b"[1, 2]", "holds no data: [1, 2]"),
        (b"{", "not complete JSON"),
        (b"Out of memory", "not complete JSON"),
        (b"", "is empty"),
        (b"<html>login", "a web page came instead of data"),
    ],
)
def test_what_came_instead_of_data_is_named(body, words):
    error = error_of(page(200, body))
    assert isinstance(error, BrokenAnswer)
    assert words in str(error)


def test_a_redirect_says_where_it_leads():
    given = page(302, b"", location="https://www.x.test/index.php?action=Login")
    assert "(https://www.x.test/index.php?action=Login)" in str(error_of(given))


REFUSED = {"error": {"code": "invalid_value", "message": "clv_c is wrong", "where": "rows[3]"}}


def test_the_packages_refusal_is_shown_in_words():
    message = str(error_of(answer(REFUSED, 400), ROUTE))
    assert "clv_c is wrong — rows[3]" in message
    assert "{" not in message


@pytest.mark.parametrize(
    "given",
    [
        answer({"error": {"code": "failed", "message": "see the log"}}, 500),
        page(500, b"<b>Fatal error</b>: Call to undefined method"),
        page(500, b""),
    ],
)
def test_a_package_that_fails_is_told_from_a_suitecrm_that_fails(given):
    error = error_of(given, ROUTE)
    assert isinstance(error, PackageFailed)
    assert "suitecrm.log" in str(error)
    assert not isinstance(error_of(given), PackageFailed)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (ROUTE, "Install or update the package"),
        (Asked("GET", "/V8/meta/fields/Contacts", "Contacts"), "Update SuiteCRM"),
    ],
)
def test_a_missing_route_is_blamed_on_whoever_should_bring_it(asked, words):
    assert words in str(error_of(answer({"message": "Not found"}, 404), asked))


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", "no_tls"),
        ("[SSL] record layer failure (_ssl.c:1006)", "no_tls"),
        ("[SSL: HTTP_REQUEST] http request (_ssl.c:1006)", "no_tls"),
        ("[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] handshake failure", "tls_version"),
        ("[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert", "tls_version"),
        ("[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol", "tls_version"),
        ("[SSL: DH_KEY_TOO_SMALL] dh key too small", "tls_version"),
        ("certificate verify failed: certificate has expired", "certificate_expired"),
        ("certificate verify failed: certificate is not yet valid", "certificate_early"),
        ("certificate verify failed: Hostname mismatch, certificate is not valid for 'x'",
         "certificate_name"),
        ("IP address mismatch, certificate is not valid for '10.0.0.1'", "certificate_name"),
        ("certificate verify failed: self-signed certificate", "certificate_own"),
        ("certificate verify failed: self signed certificate in chain", "certificate_own"),
        ("certificate verify failed: unable to get local issuer certificate", "certificate_own"),
        ("certificate verify failed: CA md too weak", "certificate"),
    ],
)  # fmt: skip
def test_a_fault_of_the_certificate_has_the_remedy_that_fits(reason, fault):
    assert _tls_fault(reason) == f"faults.{fault}"


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
        (answer({"error": "access_denied", "message": "no",
                 "hint": 'Missing "Authorization" header'}, 401), "SetEnvIf Authorization"),
        (page(401, PAGE, www_authenticate="Basic"), "asks for a login (Basic)"),
        (page(403), "or a firewall before it"),
        (page(403, b'{"message": "Forbidden"}'), "or a firewall before it"),
        (page(404), "rewrite rules"),
        (page(502), "got no answer from SuiteCRM"),
        (page(503), "under maintenance"),
        (page(200, b"NULL"), "holds no data"),
    ],
)  # fmt: skip
def test_a_login_that_something_else_answers_is_not_blamed_on_the_secret(transport, given, words):
    transport.on("POST", TOKEN_PATH, given)
    with pytest.raises(ApiError) as caught:
        SuiteCRM(URL, CLIENT, transport, retries=0).current_user()
    assert words in str(caught.value)
    assert "SUITECRM_CLIENT_SECRET" not in str(caught.value)


UNTOLD = [answer({"message": "Not found"}, 404), page(404), page(403), NO_ACCESS]


@pytest.mark.parametrize("given", UNTOLD)
def test_without_a_list_of_its_fields_a_module_is_read_all_the_same(crm, transport, given):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", given)
    transport.on("GET", CONTACTS, listing())
    assert crm.module("Contacts").readable(["last_name"]) == (["last_name"], [])


def test_fields_that_are_not_there_are_learnt_from_the_refusals(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", page(404))
    refused = "The following fields in Contact module are not found: a_c, b_c"
    again = "The following field in Contact module is not found: c_c"
    transport.on("GET", CONTACTS, refusal(refused), refusal(again), listing())
    wanted = ["last_name", "a_c", "b_c", "c_c"]
    assert crm.module("Contacts").readable(wanted) == (["last_name"], ["a_c", "b_c", "c_c"])
    assert len(transport.sent(CONTACTS)) == 3


def test_a_refusal_that_names_no_field_is_told(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", page(404))
    transport.on("GET", CONTACTS, refusal("The option sort is not valid"))
    with pytest.raises(RequestRefused, match="option sort"):
        crm.module("Contacts").readable(["last_name", "a_c"])


def test_a_list_of_fields_is_asked_for_once(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", meta(last_name="varchar"))
    for _ in range(2):
        assert crm.module("Contacts").readable(["last_name", "x_c"]) == (["last_name"], ["x_c"])
    assert len(transport.sent("/Api/V8/meta/fields/Contacts")) == 1


def test_every_fault_is_told_in_french_too():
    i18n.use_language("fr")
    message = str(error_of(page(403)))
    assert re.search(r"pare-feu.*\(Apache.*, HTTP 403, à GET ", message)
