"""The SQLite file, or memory, below the sandbox's store: one connection behind one lock."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Database:
    """Statements and transactions; every method may be called from any thread."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        target = str(path) if path else ":memory:"
        self._connection = sqlite3.connect(target, check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._connection.close)
        self._depth = 0

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen at once, or not at all."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._connection.execute("BEGIN")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def write(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement that changes rows, once for each of the parameters' rows."""
        with self.transaction():
            self._connection.executemany(sql, rows)

    def keep(self) -> sqlite3.Connection:
        """Return a copy of everything as it is now, for `restore`."""
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with self._lock:
            self._connection.backup(kept)
        return kept

    def restore(self, kept: sqlite3.Connection) -> None:
        """Let everything be as it was when the copy was made."""
        with self._lock:
            kept.backup(self._connection)
