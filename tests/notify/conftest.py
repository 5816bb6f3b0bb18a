import json
import socket
from collections import deque
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Listener:
    """A web server on this machine that remembers what it was sent.

    `answers` are the statuses of the next answers, 200 when there is none left.
    """

    def __init__(self, server):
        self.url = f"http://127.0.0.1:{server.server_port}/hooks/t0ken?key=s3cret"
        self.heard = []
        self.answers = deque()


@pytest.fixture
def listener():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.heard.append((self.headers["Content-Type"], json.loads(body)))
            self.send_response(heard.answers.popleft() if heard.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        heard = Listener(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield heard
        server.shutdown()
        thread.join()


class MailServer:
    """A mail server on this machine that remembers messages and logins."""

    def __init__(self, port):
        self.messages = []
        self.logins = []
        self.host = f"127.0.0.1:{port}"
        self.offers = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.messages.append(envelope)
        return "554 no" if self.refuses else "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        return [responses[0], *(f"250-{word}" for word in self.offers), *responses[1:]]

    def login(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"m@il-s3cret", handled=False)


@pytest.fixture
def mail_server():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    heard = MailServer(port)
    controller = Controller(
        heard,
        hostname="127.0.0.1",
        port=port,
        authenticator=heard.login,
        auth_require_tls=False,
        auth_exclude_mechanism=["LOGIN"],
    )
    controller.start()
    yield heard
    controller.stop()
