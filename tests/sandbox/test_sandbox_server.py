import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import SettingError


def get(session, server, path):
    return session.get(f"{server.url}/Api/V8/{path}", timeout=10)


def test_requests_are_answered_over_http(server, session):
    assert get(session, server, "current-user").status_code == 200


def test_the_password_client_works(server):
    given = {"grant_type": "password", "client_id": server.password_client_id}
    given |= {"client_secret": server.client_secret, "username": server.username}
    given["password"] = server.password
    answer = requests.post(f"{server.url}/Api/access_token", json=given, timeout=10)
    assert "refresh_token" in answer.json()


def test_a_connection_is_kept_for_the_next_request(server):
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as wire:
        for _ in range(2):
            wire.sendall(b"POST /Api/nope HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
            received = b""
            while b"Not found" not in received:
                received += wire.recv(4096)
            assert received.startswith(b"HTTP/1.1 404")


def test_the_date_header_is_the_sandboxs_own_time(server, session):
    answer = get(session, server, "current-user")
    assert answer.headers["Date"] == "Mon, 09 Mar 2026 12:00:00 GMT"


def test_requests_are_counted(server, session):
    before = server.requests
    get(session, server, "current-user")
    assert server.requests == before + 1


def test_a_hook_sees_method_and_path(server, session):
    seen = []
    server.before_request.append(lambda method, path: seen.append((method, path)))
    get(session, server, "module/Contacts?page[size]=1")
    assert seen == [("GET", "/Api/V8/module/Contacts")]


def test_a_hook_may_answer_instead(server, session):
    server.before_request.append(lambda method, path: Response("later", 503))
    assert get(session, server, "current-user").status_code == 503


def test_a_hook_that_raises_drops_the_connection(server, session):
    def fail(method, path):
        raise RuntimeError("cut")

    server.before_request.append(fail)
    with pytest.raises(requests.ConnectionError):
        get(session, server, "current-user")


def test_a_mistake_in_the_sandbox_is_500_and_logged(crm, server, session, caplog):
    crm.store.close()
    assert get(session, server, "module/Contacts").status_code == 500
    assert "GET /Api/V8/module/Contacts" in caplog.text


def test_many_clients_are_served_at_once(crm, server, session):
    crm.store.load("Contacts", [{"last_name": f"N{number}"} for number in range(50)])
    headers = dict(session.headers)

    def read(page):
        url = f"{server.url}/Api/V8/module/Contacts?page[size]=5&page[number]={page}"
        return len(requests.get(url, headers=headers, timeout=30).json()["data"])

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(read, range(1, 11))) == [5] * 10


def test_a_closed_server_no_longer_listens(crm):
    server = crm.sandbox.serve()
    server.start()
    server.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=10)


def test_a_taken_port_is_named(crm, server):
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(SettingError, match=f"port {port}"):
        crm.sandbox.serve(port=port)
