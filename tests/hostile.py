"""A server on this machine that sends what a test tells it to, for as long as anybody listens."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
Script = Callable[[str], Iterable[bytes]]


class Hostile:
    """Answers every request by a script, which gets the request's first line.

    `sent` counts the bytes that went out, `requests` holds the first lines.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[str] = []
        self.sent = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.append(connection)
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as incoming:
            while line := incoming.readline():
                self.requests.append(line.decode().strip())
                length = 0
                while (header := incoming.readline().strip()) != b"":
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                incoming.read(length)
                for piece in self.script(self.requests[-1]):
                    connection.sendall(piece)
                    self.sent += len(piece)

    def close(self) -> None:
        self._socket.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def hostile(script: Script) -> Iterator[Hostile]:
    server = Hostile(script)
    try:
        yield server
    finally:
        server.close()


def whole(body: bytes, status: str = "200 OK", *headers: str) -> list[bytes]:
    """An answer as it should be."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return ["\r\n".join(lines).encode() + body]


def endless(piece: bytes, before: bytes = HEAD + b"\r\n") -> Iterator[bytes]:
    """A beginning, and then the same for ever."""
    yield before
    yield from repeat(piece)


def bomb(megabytes: int, encoding: str = "gzip") -> list[bytes]:
    """Zeros that are small on the way. (Their checksum is wrong; nobody should get that far.)"""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    one = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    frame = b"\x1f\x8b\x08" + bytes(7) if encoding == "gzip" else b"\x78\x9c"
    return whole(frame + one * megabytes, "200 OK", f"Content-Encoding: {encoding}")


def zipped(body: bytes) -> list[bytes]:
    return whole(gzip.compress(body), "200 OK", "Content-Encoding: gzip")
