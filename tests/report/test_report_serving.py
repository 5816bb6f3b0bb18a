"""A report that is served to this machine alone."""

import http.client
import threading

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.report.serving import ReportServer

FILES = {"report.html": b"<p>page</p>", "report.xlsx": b"PK", "customers-contacts.csv": b"a,b"}


@pytest.fixture
def server(tmp_path):
    """A running server of three files, beside one that is not of the report."""
    for name, content in {**FILES, "secret.txt": b"secret"}.items():
        (tmp_path / name).write_bytes(content)
    stopping = threading.Event()
    with ReportServer([tmp_path / name for name in FILES], 0, "en") as running:
        thread = threading.Thread(target=running.serve_until, args=(stopping.is_set,))
        thread.start()
        yield running
        stopping.set()
        thread.join(timeout=10)
        assert not thread.is_alive()


def ask(server, path, *, method="GET", host=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    with connection.getresponse() as answer:
        return answer.status, answer.read(), dict(answer.getheaders())


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_report_can_be_had(server, name):
    status, body, headers = ask(server, f"/{server.secret}/{name}")
    assert (status, body) == (200, FILES[name])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ("attachment" in headers.get("Content-Disposition", "")) == (name != "report.html")


def test_the_address_leads_to_the_page_and_a_list_names_the_files(server):
    assert ask(server, f"/{server.secret}/")[1] == FILES["report.html"]
    listed = ask(server, f"/{server.secret}/files.html")[1].decode()
    assert all(f'href="{name}"' in listed for name in FILES)


def test_a_head_has_no_body(server):
    status, body, headers = ask(server, f"/{server.secret}/report.html", method="HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", "11")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "x"]
)
def test_a_request_for_another_host_is_refused(server, host):
    named = host.format(port=server.server_port)
    status, body, _ = ask(server, f"/{server.secret}/report.html", host=named)
    assert (status, body) == (421, b"")


def test_localhost_is_this_machine(server):
    host = f"LocalHost:{server.server_port}"
    assert ask(server, f"/{server.secret}/report.html", host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/report.html",
        "/wrong/report.html",
        "/{secret}",
        "/{secret}/secret.txt",
        "/{secret}/../secret.txt",
        "/{secret}/%2e%2e/secret.txt",
        "/{secret}/..%2fsecret.txt",
        "/{secret}/..\\secret.txt",
        "/{secret}/%00",
        "/{secret}/%ff",
        "/{secret}/report.html/",
        "/{secret}/C:%5Csecret.txt",
    ],
)
def test_nothing_but_the_files_can_be_had(server, path):
    status, body, _ = ask(server, path.format(secret=server.secret))
    assert (status, body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(server, method):
    assert ask(server, f"/{server.secret}/report.html", method=method)[0] == 501


def test_a_port_that_is_taken_is_an_error_that_names_it(server, tmp_path):
    with pytest.raises(SettingError, match=str(server.server_port)):
        ReportServer([], server.server_port, "en")


def test_each_start_has_a_secret_of_its_own():
    with ReportServer([], 0, "en") as one, ReportServer([], 0, "en") as other:
        assert one.secret != other.secret
        assert one.address.startswith("http://127.0.0.1:")
