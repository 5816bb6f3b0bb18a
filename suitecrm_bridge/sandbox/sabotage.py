"""Faults carried out: what becomes of a request, of its answer, and of the bytes on the wire."""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BufferedIOBase

from werkzeug.wrappers import Request, Response

from suitecrm_bridge.sandbox.errors import DATABASE_FAILURE
from suitecrm_bridge.sandbox.faults import Faults, Strike, Switchboard
from suitecrm_bridge.sandbox.oauth import Tokens
from suitecrm_bridge.sandbox.pages import SPOILERS, rows_of, set_text, shown, text_of, written

LOGIN_PAGE = "<!DOCTYPE html>\n<html><head><title>SuiteCRM</title></head><body>Log In</body></html>"
WARNING = (
    "<br />\n<b>Warning</b>:  Undefined array key &quot;assigned_user_id&quot; in"
    " <b>data/SugarBean.php</b> on line <b>2411</b><br />\n"
)
PIECES = 8
"""In how many pieces a slow body comes."""

REFUSED = frozenset({"429", "429-date", "expired", "revoked"})
"""Faults that no request survives to take effect."""

_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
_WRITING = ("PATCH", "POST")


class Unanswered(ConnectionAbortedError):
    """The connection ends in the place of an answer."""

    def __init__(self, strike: Strike) -> None:
        super().__init__(strike.kind)
        self._strike = strike

    def end(self, connection: socket.socket) -> None:
        """Let the client wait until it gives up, or reset the connection."""
        if self._strike.kind == "timeout":
            connection.settimeout(self._strike.seconds)
            with suppress(OSError):
                connection.recv(1)
        else:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)


def is_reset(connection: socket.socket) -> bool:
    """Whether closing the connection must not say goodbye."""
    with suppress(OSError):
        return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_LINGER)) == _LINGER
    return False


@dataclass(frozen=True)
class Delivery:
    """An answer and how its body goes out; `cut` and `slow` are the strikes that say how."""

    response: Response
    strike: Strike | None = None

    def write(self, body: bytes, wire: BufferedIOBase) -> bool:
        """Write the body; return whether the connection may be used again."""
        if self.strike is None:
            wire.write(body)
        elif self.strike.kind == "cut":
            wire.write(body[: self.strike.dice.randrange(len(body))])
            return False
        else:
            size = -(-len(body) // PIECES)
            for start in range(0, len(body), size):
                wire.write(body[start : start + size])
                wire.flush()
                time.sleep(self.strike.seconds / PIECES)
        return True


class Saboteur:
    """Stands between the server and the application.

    Args:
        board: holds what may strike.
        tokens: those in force.
        clock: what time it is.
    """

    def __init__(self, board: Switchboard, tokens: Tokens, clock: Callable[[], datetime]) -> None:
        self.board = board
        self._tokens = tokens
        self._clock = clock

    @property
    def _faults(self) -> Faults:
        return self.board.faults

    def deliver(self, request: Request, answer: Callable[[Request], Response]) -> Delivery:
        """Let a request be answered, or not.

        Raises:
            Unanswered: there is no answer.
        """
        if not self._faults.on:
            return Delivery(answer(request))
        strike = self._faults.strike(request)
        request.environ["sandbox.strike"] = strike
        if strike.latency:
            self._faults.count("latency")
            time.sleep(strike.latency)
        if self._is_poisoned(request):
            self._faults.count("poison")
            return Delivery(Response("", 500))
        if strike.kind in ("expired", "revoked"):
            self._end_token(request, strike.kind)
        elif strike.kind in REFUSED or (strike.kind in _INSTEAD and not strike.late):
            return self._instead(strike)
        return self._after(request, answer(request), strike)

    def _after(self, request: Request, response: Response, strike: Strike) -> Delivery:
        """Spoil the answer to a request that took effect."""
        if strike.kind in _INSTEAD:
            return self._instead(strike)
        rows = rows_of(request, response)
        if any(self._faults.marked("unreadable", id_) for id_ in shown(request, rows)):
            self._faults.count("unreadable")
            return Delivery(Response("", 500))
        if strike.kind in SPOILERS:
            if rows and SPOILERS[strike.kind](rows, strike.dice):
                self._faults.count(strike.kind)
                rows.put_back()
        elif strike.kind == "trailing":
            self._faults.count("trailing")
            set_text(response, WARNING + text_of(response) + DATABASE_FAILURE)
        elif strike.kind in ("cut", "slow") and response.get_data():
            self._faults.count(strike.kind)
            return Delivery(response, strike)
        return Delivery(response)

    def _instead(self, strike: Strike) -> Delivery:
        self._faults.count(
            f"{strike.kind} late" if strike.late and strike.kind not in REFUSED else strike.kind
        )
        return Delivery(_INSTEAD[strike.kind](strike, self._clock()))

    def _end_token(self, request: Request, kind: str) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer").strip()
        if token:
            self._faults.count(kind)
            end = self._tokens.revoke if kind == "revoked" else self._tokens.expire
            end(token)

    def _is_poisoned(self, request: Request) -> bool:
        if "poison" not in self._faults.values or request.method not in _WRITING:
            return False
        return any(self._faults.marked("poison", id_) for id_ in written(request))


def _status(code: int) -> Callable[[Strike, datetime], Response]:
    return lambda strike, now: Response(LOGIN_PAGE if code != 500 else "", code)


def _pause(code: int, *, dated: bool = False) -> Callable[[Strike, datetime], Response]:
    def made(strike: Strike, now: datetime) -> Response:
        until = now.astimezone(UTC) + timedelta(seconds=strike.seconds)
        asked = format_datetime(until, usegmt=True) if dated else f"{strike.seconds:.0f}"
        return Response("", code, {"Retry-After": asked})

    return made


def _unanswered(strike: Strike, now: datetime) -> Response:
    raise Unanswered(strike)


_INSTEAD: dict[str, Callable[[Strike, datetime], Response]] = {
    "timeout": _unanswered,
    "reset": _unanswered,
    "429": _pause(429),
    "429-date": _pause(429, dated=True),
    "500": _status(500),
    "502": _status(502),
    "503": _status(503),
    "503-after": _pause(503),
    "504": _status(504),
    "html": lambda strike, now: Response(LOGIN_PAGE, 200, content_type="text/html"),
    "empty": lambda strike, now: Response("", 200),
}
"""Faults that come in the place of the answer."""
