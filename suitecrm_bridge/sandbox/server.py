"""The sandbox over HTTP/1.1, its connections kept alive, one thread each."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from types import TracebackType
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.sandbox import oauth
from suitecrm_bridge.sandbox.app import Api
from suitecrm_bridge.sandbox.faults import Faults
from suitecrm_bridge.sandbox.sabotage import Delivery, Saboteur, Unanswered, is_reset

_log = logging.getLogger(__name__)

Hook = Callable[[str, str], Response | None]


class SandboxServer:
    """A running sandbox; leave the `with` block or call `close()` to stop it.

    `before_request` holds functions that are called with method and path before a request is
    handled; one that returns a response has it sent instead, one that raises makes the server
    drop the connection. `faults` may be exchanged at any time.
    """

    client_id = oauth.CLIENT_ID
    client_secret = oauth.CLIENT_SECRET
    password_client_id = oauth.PASSWORD_CLIENT_ID
    username = oauth.USERNAME
    password = oauth.PASSWORD

    def __init__(
        self,
        app: Api,
        host: str,
        port: int,
        date: Callable[[], datetime | None],
        saboteur: Saboteur,
    ) -> None:
        self.before_request: list[Hook] = []
        self._app = app
        self._saboteur = saboteur
        self._served = 0
        self._lock = threading.Lock()
        self._server = _Server(host, port, self._deliver, date)
        self._thread: threading.Thread | None = None
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._server.port}"

    @property
    def requests(self) -> int:
        """Requests that have come in so far."""
        return self._served

    @property
    def faults(self) -> Faults:
        """What may strike a request."""
        return self._saboteur.board.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._saboteur.board.faults = faults

    def start(self) -> None:
        """Serve in the background."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.daemon = True
        self._thread.start()

    def wait(self) -> None:
        """Block until the process is interrupted."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def close(self) -> None:
        """Stop serving and end every connection."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.stop()

    def __enter__(self) -> SandboxServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _deliver(self, request: Request) -> Delivery:
        with self._lock:
            self._served += 1
        return self._saboteur.deliver(request, self._answer)

    def _answer(self, request: Request) -> Response:
        for hook in list(self.before_request):
            try:
                instead = hook(request.method, request.path)
            except Exception as error:
                raise ConnectionAbortedError from error
            if instead is not None:
                return instead
        return self._answer_or_fail(request)

    def _answer_or_fail(self, request: Request) -> Response:
        try:
            return self._app.answer(request)
        except Exception:
            _log.exception("%s %s", request.method, request.path)
            return Response("", 500)


class _Server(ThreadedWSGIServer):
    """Knows its open connections, so that stopping leaves none behind."""

    daemon_threads = True

    def __init__(
        self,
        host: str,
        port: int,
        deliver: Callable[[Request], Delivery],
        date: Callable[[], datetime | None],
    ) -> None:
        self.deliver = deliver
        self.date = date
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        with _listening(host, port) as listening:
            super().__init__(host, port, Response(), handler=_Handler, fd=listening.fileno())

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        end = self.close_request if is_reset(request) else super().shutdown_request
        end(request)

    def stop(self) -> None:
        """Close the listening socket and every connection."""
        self.server_close()
        with self._guard:
            connections = list(self._open)
        for connection in connections:
            with suppress(OSError):  # its thread has closed it in the meantime
                connection.shutdown(socket.SHUT_RDWR)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise SettingError(
            text("sandbox.cannot_listen", host=host, port=port, error=error)
        ) from error


class _Handler(WSGIRequestHandler):
    """Reads the whole request before it answers, which is what keeping alive needs."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline:
            self.close_connection = True
        elif self.parse_request():
            self._answer_request()

    def _answer_request(self) -> None:
        environ = self.make_environ()
        length = environ.get("CONTENT_LENGTH") or "0"
        if not environ.get("wsgi.input_terminated"):
            environ["wsgi.input"] = BytesIO(self.rfile.read(int(length)))
        request = Request(environ)
        request.get_data(cache=True)
        try:
            delivery = self.server.deliver(request)
        except Unanswered as fault:
            fault.end(self.connection)
            raise
        response = delivery.response
        body = response.get_data()
        self.send_response(response.status_code)
        for name, value in response.headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and not delivery.write(body, self.wfile):
            self.close_connection = True
        self.wfile.flush()

    def send_header(self, keyword: str, value: str) -> None:
        if value:
            super().send_header(keyword, value)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the Date header, "" for none: the sandbox's own time, as its records have."""
        date = self.server.date()
        return format_datetime(date.astimezone(UTC), usegmt=True) if date else ""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def log_error(self, format: str, *args: Any) -> None:
        """Say nothing."""
