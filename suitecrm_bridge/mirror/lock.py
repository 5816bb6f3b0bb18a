"""Who has the mirror open.

DuckDB locks the file against other processes, on every system, and the system takes the lock of
a dead process away. It does not lock it against the same process, and does not say who holds it:
that is what this file is for.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from suitecrm_bridge.errors import LockedError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import day, text

logger = logging.getLogger(__name__)

MIRROR_FILE, HOLDER_FILE = "mirror.duckdb", "holder.json"

_open_here: set[Path] = set()
_guard = threading.Lock()


@dataclass(frozen=True)
class Holder:
    """A process that has the mirror open; `since` is ISO 8601, `run_id` that of its run."""

    pid: int
    host: str
    command: str
    since: str
    run_id: str | None = None

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone()
        return text(
            "mirror.holder",
            command=self.command,
            pid=self.pid,
            host=self.host,
            since=f"{day(since.date())} {since:%H:%M}",
        )


class Lock:
    """The lock of the mirror in the folder `home`."""

    def __init__(self, home: Path) -> None:
        self._mirror = home.resolve()
        self._file = home / HOLDER_FILE
        self._holder = Holder(os.getpid(), socket.gethostname(), _command(), _now())

    def claim(self) -> None:
        """Keep the rest of this process out.

        Raises:
            LockedError: this process has the mirror open already.
        """
        with _guard:
            if self._mirror in _open_here:
                raise self.refusal(os.getpid())
            _open_here.add(self._mirror)

    def free(self) -> None:
        """Let this process open the mirror again."""
        with _guard:
            _open_here.discard(self._mirror)

    def sign(self, run_id: str | None = None) -> None:
        """Leave word of who has the mirror open, once DuckDB's lock is got."""
        left = self._read()
        if left is not None and replace(left, run_id=None) != self._holder:
            logger.warning("%s", text("mirror.taken_over", holder=left))
        holder = replace(self._holder, run_id=run_id)
        try:
            write_whole(self._file, json.dumps(asdict(holder), ensure_ascii=False), private=True)
        except OSError as error:
            # It only informs; DuckDB keeps others out all the same.
            logger.info("%s could not be written: %s", self._file, error)

    def unsign(self) -> None:
        """Take the word away before DuckDB's lock is given back."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            logger.info("%s could not be removed: %s", self._file, error)

    def refusal(self, pid: int | None) -> LockedError:
        """Return the error that names the holder.

        Args:
            pid: the process that has the file open, where the system tells.
        """
        signed = self._read()
        if signed is not None and pid in (None, signed.pid):
            holder = str(signed)
        elif pid is not None:
            holder = text("mirror.holder_process", pid=pid)
        else:
            holder = text("mirror.holder_unknown")
        return LockedError(text("mirror.locked", home=self._mirror, holder=holder))

    def _read(self) -> Holder | None:
        try:
            holder = Holder(**json.loads(self._file.read_text(encoding="utf-8")))
            datetime.fromisoformat(holder.since)
        except (OSError, ValueError, TypeError):
            return None
        return holder


def _command() -> str:
    return " ".join(sys.argv[1:]) or Path(sys.argv[0]).name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
