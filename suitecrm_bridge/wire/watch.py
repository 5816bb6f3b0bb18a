"""A watch over the bytes of one exchange, put under the connections of `requests`."""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from suitecrm_bridge.wire.ends import Interrupted, TooLarge, TooSlow

MOST_BYTES = 16 * 2**20
"""Bytes of one answer, as they come and unpacked."""
TIMES_TIMEOUT = 2
"""An answer must be complete within this multiple of what its first byte may take."""
STOP_SECONDS = 5.0
"""Seconds that an answer under way gets once the run is asked to stop."""
HEADERS = 2**17
"""Bytes around a body; an eighth of it may come as well, for the frames of its chunks."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Limits:
    """What one answer may take.

    Args:
        seconds: pause between two of its bytes; `TIMES_TIMEOUT` times as long in all.
        most_bytes: bytes, packed and unpacked.
        stopping: tells whether the run is asked to stop.
        clock: seconds that only grow.
        look: seconds between two looks at clock and wish while no byte comes.
    """

    seconds: float
    most_bytes: int = MOST_BYTES
    stopping: Callable[[], bool] = _never
    clock: Callable[[], float] = time.monotonic
    look: float = 0.25


class Watch:
    """Counts the bytes of one exchange and looks at the clock."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._began = self._heard = limits.clock()
        self._stopping_since: float | None = None
        self._bytes = 0

    def heard(self, count: int) -> None:
        """Note that bytes came."""
        self._bytes += count
        self._heard = self.limits.clock()
        if self._bytes > self.limits.most_bytes * 9 // 8 + HEADERS:
            raise TooLarge

    def check(self) -> None:
        """Raise what ends the wait for more, if anything does."""
        now = self.limits.clock()
        if now - self._began > TIMES_TIMEOUT * self.limits.seconds:
            raise TooSlow
        if self.limits.stopping():
            if self._stopping_since is None:
                self._stopping_since = now
            if now - self._stopping_since >= STOP_SECONDS:
                raise Interrupted

    @property
    def is_silent(self) -> bool:
        """Whether no byte has come for too long."""
        return self.limits.clock() - self._heard > self.limits.seconds


_current = threading.local()
"""The watch over what this thread exchanges."""


@contextmanager
def watching(limits: Limits) -> Iterator[Watch]:
    """Watch over what this thread exchanges in the block."""
    watch = _current.watch = Watch(limits)
    try:
        yield watch
    finally:
        _current.watch = None


class _Watched(io.RawIOBase):
    """The bytes of a socket, under a watch."""

    def __init__(self, plain: Any, wire: socket.socket, watch: Watch) -> None:
        self._plain, self._wire, self._watch = plain, wire, watch

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        before = self._wire.gettimeout()
        self._wire.settimeout(self._watch.limits.look)
        try:
            return self._received(buffer)
        finally:
            self._wire.settimeout(before)

    def _received(self, buffer: Any) -> int:
        while True:
            self._watch.check()
            try:
                count = self._wire.recv_into(buffer)
            except TimeoutError:
                if self._watch.is_silent:
                    raise
                continue
            self._watch.heard(count)
            return count

    def close(self) -> None:
        # http.client leaves the closing of the socket to the file that it made of it.
        self._plain.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer whose every byte is watched, status line and headers included."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        watch = getattr(_current, "watch", None)
        if watch is not None:
            self.fp = io.BufferedReader(_Watched(self.fp, sock, watch))


class _Connection(HTTPConnection):
    response_class = _Response


class _TlsConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class WatchedAdapter(HTTPAdapter):
    """Carries requests over connections whose bytes are watched."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of connections, watched ones."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the pools of connections through a proxy, watched ones."""
        manager = super().proxy_manager_for(proxy, **options)
        if type(manager) is urllib3.ProxyManager:  # One for SOCKS has pools of its own.
            manager.pool_classes_by_scheme = _POOLS
        return manager
