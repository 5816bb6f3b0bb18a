"""A report on this machine's own address alone, under a path that nobody can guess.

Whoever else is logged in here gets nothing, and neither does a page in the browser that has another
name point to this address: the path holds a secret of this start, and a request for another host is
refused.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copyfileobj
from urllib.parse import unquote, urlsplit

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import text

logger = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
PAGE, LIST = "report.html", "files.html"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
WAIT = 0.3
"""Seconds between two looks at whether to stop."""
PATIENCE = 30
"""Seconds until a connection that says nothing is closed."""


class ReportServer(ThreadingHTTPServer):
    """Serves the files of one report; leave the `with` block to close it.

    Args:
        files: the files that may be had, by nothing but their names.
        port: where; 0 takes a free one.
        lang: of the list of files.

    Raises:
        SettingError: the port is taken.
    """

    daemon_threads = True
    # On Windows the word lets a second program listen at the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, files: Sequence[Path], port: int, lang: Language) -> None:
        self.files: Mapping[str, Path] = {file.name: file for file in files}
        self.lang: Language = lang
        self.secret = secrets.token_urlsafe(16)
        try:
            super().__init__((ADDRESS, port), _Handler)
        except (OSError, OverflowError) as error:
            raise SettingError(text("report.port_taken", port=port, error=error)) from error
        self.timeout = WAIT

    @property
    def address(self) -> str:
        """Where the report is."""
        return f"http://{ADDRESS}:{self.server_port}/{self.secret}/"

    def serve_until(self, stopping: Callable[[], bool]) -> None:
        """Answer requests until it is time to stop."""
        while not stopping():
            self.handle_request()

    def handle_error(self, request: object, client_address: object) -> None:
        """Note that somebody went away in the middle of an answer."""
        logger.debug("a request was not answered", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: ReportServer
    timeout = PATIENCE
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        """Send a file."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Say what there would be."""
        self._answer(body=False)

    def version_string(self) -> str:
        """Name no versions."""
        return "SuiteCRM Bridge"

    def log_message(self, format: str, *args: object) -> None:
        """Keep the secret of the path out of the log."""
        told = in_line(format % args).replace(self.server.secret, "…")
        logger.debug("%s", told)

    def _answer(self, *, body: bool) -> None:
        if self.headers.get("Host", "").lower() not in self._hosts():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        name = self._asked()
        if name is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif name in self.server.files:
            self._send(self.server.files[name], body=body)
        else:
            self._send_list(body=body)

    def _hosts(self) -> set[str]:
        return {f"{name}:{self.server.server_port}" for name in NAMES}

    def _asked(self) -> str | None:
        """Return the name of a file, None where nobody may know of anything."""
        try:
            parts = unquote(urlsplit(self.path).path, errors="strict").split("/")
        except ValueError:
            return None
        if (
            len(parts) != 3
            or parts[0]
            or not secrets.compare_digest(parts[1].encode(), self.server.secret.encode())
        ):
            return None
        name = parts[2] or (PAGE if PAGE in self.server.files else LIST)
        return name if name == LIST or name in self.server.files else None

    def _send(self, file: Path, *, body: bool) -> None:
        try:
            opened = file.open("rb")
        except OSError:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        with opened as source:
            size = os.fstat(source.fileno()).st_size
            self._head(TYPES.get(file.suffix, "application/octet-stream"), size, file)
            if body:
                copyfileobj(source, self.wfile)

    def _send_list(self, *, body: bool) -> None:
        title = escape(text("report.files", self.server.lang))
        lines = [
            f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in self.server.files
        ]
        page = (
            f'<!doctype html><html lang="{self.server.lang}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
            f"<main><h1>{title}</h1><ul>{''.join(lines)}</ul></main></html>"
        ).encode()
        self._head(TYPES[".html"], len(page), None)
        if body:
            self.wfile.write(page)

    def _head(self, kind: str, size: int, file: Path | None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        if file is not None and file.suffix != ".html":
            self.send_header("Content-Disposition", f'attachment; filename="{file.name}"')
        self._guard()

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self._guard()

    def _guard(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
