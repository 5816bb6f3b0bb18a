import traceback

import pytest
import requests
import responses

from suitecrm_bridge.crm import HttpTransport, Request
from suitecrm_bridge.errors import ApiError, BrokenAnswer, CrmUnreachable, RetriableApiError

URL = "https://crm.example.com/Api/V8/x"
REQUEST = Request("GET", URL, {"Authorization": "Bearer t0p.s3cr.et"})


@pytest.fixture
def transport():
    transport = HttpTransport(timeout=120, parallel=2)
    yield transport
    transport.close()


@pytest.fixture
def web():
    with responses.RequestsMock() as mock:
        yield mock


def test_an_answer_holds_status_lower_case_headers_and_body(transport, web):
    web.get(URL, status=201, body="hello", headers={"Retry-After": "3"})
    answer = transport.send(REQUEST)
    assert (answer.status, answer.headers["retry-after"], answer.body) == (201, "3", b"hello")


def test_connecting_gets_less_time_than_answering(transport, web):
    web.get(URL, body="{}")
    transport.send(REQUEST)
    assert web.calls[0].request.req_kwargs["timeout"] == (10.0, 120)


def test_a_redirect_is_not_followed(transport, web):
    web.get(URL, status=302, headers={"Location": "https://evil.example.com/"})
    assert transport.send(REQUEST).headers["location"] == "https://evil.example.com/"
    assert len(web.calls) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_no_redirect_takes_the_token_to_another_host(transport, web, status, method):
    web.add(method, URL, status=status, headers={"Location": "https://evil.example.com/"})
    request = Request(method, URL, REQUEST.headers)
    assert transport.send(request).status == status
    assert [call.request.url for call in web.calls] == [URL]


def test_cookies_are_not_kept(transport, web):
    web.get(URL, body="{}", headers={"Set-Cookie": "PHPSESSID=1; Path=/"})
    transport.send(REQUEST)
    transport.send(REQUEST)
    assert "Cookie" not in web.calls[1].request.headers


def test_a_netrc_file_does_not_replace_the_token(transport, web, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine crm.example.com login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    web.get(URL, body="{}")
    transport.send(REQUEST)
    assert web.calls[0].request.headers["Authorization"] == "Bearer t0p.s3cr.et"


@pytest.mark.parametrize("verify", [True, False, "/etc/ssl/own.pem"])
def test_the_certificate_is_checked_as_told_whatever_the_environment_says(web, verify, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/elsewhere.pem")
    web.get(URL, body="{}")
    HttpTransport(verify_tls=verify).send(REQUEST)
    expected = "/elsewhere.pem" if verify is True else verify
    assert web.calls[0].request.req_kwargs["verify"] == expected


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (requests.ConnectionError("refused"), CrmUnreachable, "refused"),
        (requests.ReadTimeout(), CrmUnreachable, "within 120 s"),
        (requests.ConnectTimeout(), CrmUnreachable, "within 10 s"),
        (requests.exceptions.ProxyError("x"), CrmUnreachable, "HTTPS_PROXY"),
        (requests.exceptions.ChunkedEncodingError("x"), BrokenAnswer, "was interrupted"),
        (requests.exceptions.ContentDecodingError("x"), BrokenAnswer, "was interrupted"),
    ],
)
def test_a_passing_fault_of_the_network_may_be_tried_again(transport, web, error, kind, words):
    web.get(URL, body=error)
    with pytest.raises(kind, match=words) as caught:
        transport.send(REQUEST)
    assert isinstance(caught.value, RetriableApiError)
    assert "https://crm.example.com" in str(caught.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.exceptions.SSLError("self-signed certificate"), "SUITECRM_VERIFY_TLS"),
        (OSError("Could not find a suitable TLS CA certificate bundle"), "SUITECRM_VERIFY_TLS"),
        (requests.exceptions.InvalidHeader("value: 'Bearer t0p.s3cr.et'"), "InvalidHeader"),
    ],
)
def test_a_lasting_fault_is_not_tried_again(transport, web, error, words):
    web.get(URL, body=error)
    with pytest.raises(ApiError, match=words) as caught:
        transport.send(REQUEST)
    assert not isinstance(caught.value, RetriableApiError)


def test_the_token_shows_in_no_part_of_an_error(transport, web):
    web.get(URL, body=requests.exceptions.InvalidHeader("value: 'Bearer t0p.s3cr.et'"))
    with pytest.raises(ApiError) as caught:
        transport.send(REQUEST)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "s3cr" not in shown
    assert caught.value.__context__ is None


def test_headers_and_body_do_not_show_in_a_request():
    assert "s3cr" not in repr(Request("POST", URL, REQUEST.headers, b'{"password": "s3cr"}'))


def test_a_refused_connection_names_its_cause():
    transport = HttpTransport(timeout=5)
    with pytest.raises(CrmUnreachable, match=r"refused|Connection|connection"):
        transport.send(Request("GET", "http://127.0.0.1:9/"))
    transport.close()


@pytest.mark.parametrize(
    ("url", "packing"),
    [
        (URL, "gzip, deflate"),
        ("http://127.0.0.1:8080/Api", "identity"),
        ("http://localhost/Api", "identity"),
        ("http://[::1]/Api", "identity"),
    ],
)
def test_an_answer_is_packed_unless_it_stays_on_this_machine(transport, web, url, packing):
    web.get(url, body="{}")
    transport.send(Request("GET", url, {}))
    assert web.calls[0].request.headers["Accept-Encoding"] == packing
