"""Open the mirror file: one process at a time, schema up to date, transactions."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType

import duckdb

from suitecrm_bridge.errors import LockedError, StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.dead_letters import MOST_ATTEMPTS, DeadLetters
from suitecrm_bridge.mirror.facts import Facts
from suitecrm_bridge.mirror.failures import explained
from suitecrm_bridge.mirror.migrations import migrate
from suitecrm_bridge.mirror.records import Records
from suitecrm_bridge.mirror.runs import Runs
from suitecrm_bridge.mirror.scores import Scores
from suitecrm_bridge.mirror.snapshots import Snapshots
from suitecrm_bridge.mirror.writeback import WriteBack

MIRROR_FILE = "mirror.duckdb"

# DuckDB would fetch extensions from the internet by itself.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Python objects are text, whatever the first of them look like.
    "pandas_analyze_sample": 0,
}


class Mirror:
    """The open mirror.

    `records` holds what was read, `facts` turns it into canonical facts, `scores` what was
    computed, `snapshots` how that stood on earlier days, `writeback` what was written,
    `dead_letters` what failed, to be tried `max_attempts` times, `runs` the history.
    `connection` is for the analytics engine.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, *, max_attempts: int = MOST_ATTEMPTS
    ) -> None:
        self.connection = connection
        migrate(connection)
        self.records = Records(connection)
        self.facts = Facts(connection)
        self.scores = Scores(connection)
        self.snapshots = Snapshots(connection)
        self.dead_letters = DeadLetters(connection, max_attempts)
        self.runs = Runs(connection)
        self.writeback = WriteBack(connection, self.dead_letters)

    @classmethod
    def open(cls, home: Path, *, max_attempts: int = MOST_ATTEMPTS) -> Mirror:
        """Open, or make, the mirror in the folder `home`.

        Raises:
            LockedError: another process has it open.
            StoreError: the file cannot be opened, or is not a mirror.
        """
        file = home / MIRROR_FILE
        try:
            home.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect(str(file), config=_OFFLINE)
        except (OSError, duckdb.Error) as error:
            raise _opening_error(file, error) from error
        try:
            return cls(connection, max_attempts=max_attempts)
        except BaseException:
            connection.close()
            raise

    @classmethod
    def in_memory(cls) -> Mirror:
        """Return a mirror that is gone when it is closed."""
        return cls(duckdb.connect(":memory:", config=_OFFLINE))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Mirror:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, duckdb.Error):
            raise explained(error) from error


def _opening_error(file: Path, error: Exception) -> StoreError:
    words = str(error)
    # DuckDB takes the file lock itself, on every system, and says so only in words.
    if re.search(r"could not set lock|being used by another process|already open", words, re.I):
        holder = re.search(r"PID (\d+)", words)
        return LockedError(text("mirror.locked", file=file, pid=holder[1] if holder else "?"))
    return StoreError(text("mirror.unusable", file=file, error=words))
