"""The word of a web server, a proxy or a firewall is not the word of SuiteCRM."""

import re

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.crm import Answer
from suitecrm_bridge.crm.answers import Scrubber, read
from suitecrm_bridge.crm.faults import RequestInfo, first_words
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
    answer,
    refusal,
)
from tests.crm.foreign import FOREIGN, page

LIST = RequestInfo(
    "GET", "/V8/module/Contacts", "Contacts", parameters=("filter[id][gt]", "page[size]")
)


PATCH = RequestInfo("PATCH", "/V8/module", "Contacts", "id-1")


ROUTE = RequestInfo("GET", "/V8/custom/bridge/v1/records/Contacts", "Contacts")


def error_of(given: Answer, asked: RequestInfo = LIST, secrets=()) -> ApiError:
    with pytest.raises(ApiError) as caught:
        read(given, asked, Scrubber(secrets))
    return caught.value


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
        (RequestInfo("GET", "/V8/meta/fields/Contacts", "Contacts"), "Update SuiteCRM"),
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
        (
            "certificate verify failed: Hostname mismatch, certificate is not valid for 'x'",
            "certificate_name",
        ),
        ("IP address mismatch, certificate is not valid for '10.0.0.1'", "certificate_name"),
        ("certificate verify failed: self-signed certificate", "certificate_own"),
        ("certificate verify failed: self signed certificate in chain", "certificate_own"),
        ("certificate verify failed: unable to get local issuer certificate", "certificate_own"),
        ("certificate verify failed: CA md too weak", "certificate"),
    ],
)
def test_a_fault_of_the_certificate_has_the_remedy_that_fits(reason, fault):
    assert _tls_fault(reason) == f"faults.{fault}"


def test_every_fault_is_told_in_french_too():
    i18n.use_language("fr")
    message = str(error_of(page(403)))
    assert re.search(r"pare-feu.*\(Apache.*, HTTP 403, à GET ", message)
