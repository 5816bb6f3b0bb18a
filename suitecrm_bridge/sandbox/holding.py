"""Records that somebody is saving: whoever wants one of them meanwhile waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

Key = tuple[str, str]


class RecordTaken(Exception):
    """Somebody else has held the record for too long."""


class Holding:
    """One lock a record, as a database's lock on a row; never wanted inside a transaction."""

    def __init__(self) -> None:
        self._locks: dict[Key, threading.RLock] = {}
        self._wanted: dict[Key, int] = {}
        self._guard = threading.Lock()

    @contextmanager
    def hold(self, table: str, id: str, *, patience: float = -1) -> Iterator[None]:
        """Hold a record, after those who hold it now.

        Args:
            table: of the record.
            id: of the record.
            patience: seconds to wait for it at most, -1 for as long as it takes.

        Raises:
            RecordTaken: it was not free in time.
        """
        key = (table, id)
        with self._guard:
            lock = self._locks.setdefault(key, threading.RLock())
            self._wanted[key] = self._wanted.get(key, 0) + 1
        try:
            if not lock.acquire(timeout=patience):
                raise RecordTaken(id)
            try:
                yield
            finally:
                lock.release()
        finally:
            self._forget(key)

    def waiting(self, table: str, id: str) -> int:
        """Return how many hold a record or wait for it."""
        with self._guard:
            return self._wanted.get((table, id), 0)

    def _forget(self, key: Key) -> None:
        with self._guard:
            self._wanted[key] -= 1
            if not self._wanted[key]:
                del self._wanted[key], self._locks[key]
