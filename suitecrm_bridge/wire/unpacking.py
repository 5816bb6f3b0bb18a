"""Packed bytes, unpacked piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

from suitecrm_bridge.wire.ends import Garbled

PIECE = 2**18
"""Bytes that are taken in or unpacked at once."""
MOST_MEMBERS = 1_000


def unpacker(encoding: str) -> Callable[[bytes], Iterable[bytes]]:
    """Return what unpacks the pieces of an answer in this encoding; an empty one is the end.

    Raises:
        Garbled: it was not asked for.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda piece: (piece,)
    if name in ("gzip", "x-gzip"):
        return _Unpacked(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _Unpacked(zlib.MAX_WBITS)
    raise Garbled(encoding)


class _Unpacked:
    """Unpacks piece by piece, never more than a piece's size at once."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zip = zlib.decompressobj(window)
        self._members, self._begun = 0, False

    def __call__(self, piece: bytes) -> Iterator[bytes]:
        """Yield what `piece` unpacks to; an empty one is the end."""
        if not piece and self._begun and not self._zip.eof:
            yield self._next(b"")
            if not self._zip.eof:
                raise Garbled("cut")
        while piece:
            yield self._next(piece)
            piece = self._rest()

    def _next(self, piece: bytes) -> bytes:
        first, self._begun = not self._begun, True
        try:
            return self._zip.decompress(piece, PIECE)
        except zlib.error as error:
            if not first or self._window != zlib.MAX_WBITS:
                raise Garbled(str(error)) from None
        # Some servers leave out the frame that "deflate" means.
        self._zip = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._next_bare(piece)

    def _next_bare(self, piece: bytes) -> bytes:
        try:
            return self._zip.decompress(piece, PIECE)
        except zlib.error as error:
            raise Garbled(str(error)) from None

    def _rest(self) -> bytes:
        if not self._zip.eof:
            return self._zip.unconsumed_tail
        rest = self._zip.unused_data
        if not rest.startswith(b"\x1f\x8b"):
            return b""  # Nothing, or rubbish behind the end.
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise Garbled("members")
        self._zip = zlib.decompressobj(self._window)
        return rest
