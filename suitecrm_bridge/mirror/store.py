"""Open the mirror file: one process at a time, schema up to date, transactions."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import for_owner_only, private_folder
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror import backup
from suitecrm_bridge.mirror.asked_columns import keep_asked
from suitecrm_bridge.mirror.believing import Believing
from suitecrm_bridge.mirror.cards import Cards
from suitecrm_bridge.mirror.complaint_tasks import Reactions
from suitecrm_bridge.mirror.dead_letters import DeadLetters
from suitecrm_bridge.mirror.digest import digest
from suitecrm_bridge.mirror.facts import USUAL, Counting, Facts
from suitecrm_bridge.mirror.failures import explained
from suitecrm_bridge.mirror.history import History
from suitecrm_bridge.mirror.identity import Identity
from suitecrm_bridge.mirror.left_out import LeftOuts
from suitecrm_bridge.mirror.lock import MIRROR_FILE, Lock
from suitecrm_bridge.mirror.owners import Owners
from suitecrm_bridge.mirror.privacy import Privacy
from suitecrm_bridge.mirror.programmes.states import Programmes
from suitecrm_bridge.mirror.reconciliation import Reconciliation
from suitecrm_bridge.mirror.records import Records
from suitecrm_bridge.mirror.references import References
from suitecrm_bridge.mirror.runs import Runs
from suitecrm_bridge.mirror.scores import Scores
from suitecrm_bridge.mirror.snapshots import Snapshots
from suitecrm_bridge.mirror.sources import Sources
from suitecrm_bridge.mirror.suppression import Suppressed
from suitecrm_bridge.mirror.themes import Themes
from suitecrm_bridge.mirror.transaction import transaction
from suitecrm_bridge.mirror.upgrades import is_due, upgrade
from suitecrm_bridge.mirror.writeback import WriteBack
from suitecrm_bridge.patience import RECORDS_AGAIN

# DuckDB would fetch extensions from the internet by itself.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Python objects are text, whatever the first of them look like.
    "pandas_analyze_sample": 0,
}

# DuckDB takes the file lock itself, on every system, and says so only in words.
_LOCKED = re.compile(r"could not set lock|being used by another process|already open", re.I)


class Mirror:
    """The open mirror.

    `records` holds what was read, `references` what leads from one record to another, `history`
    what stood there before, `facts` turns it into canonical facts, `left_out` tells which values
    do not count, `scores` what was computed,
    `believing` what a new scoring would take away, `snapshots` how that stood on earlier days,
    `themes` what complaints are about, `sources` what could be read and when,
    `writeback` what was written, `dead_letters` what failed, to be tried `max_attempts` times,
    `runs` what the bridge did, `reactions` the tasks that it opened,
    `programmes` who is in which programme, `cards` what SuiteCRM's card shows beside the fields,
    `identity` by what the bridge and SuiteCRM know each other again.
    `connection` is for the analytics engine.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        max_attempts: int = RECORDS_AGAIN,
        counting: Counting = USUAL,
    ) -> None:
        self._connection, self._counting = connection, counting
        self._lock: Lock | None = None
        self._closing = ExitStack()
        self._closing.callback(connection.close)
        upgrade(connection)
        keep_asked(connection)
        self.records = Records(connection)
        self.reconciliation = Reconciliation(connection)
        self.references = References(connection)
        self.history = History(connection)
        self.scores = Scores(connection)
        self.snapshots = Snapshots(connection)
        self.themes = Themes(connection)
        self.dead_letters = DeadLetters(connection, max_attempts)
        self.runs = Runs(connection)
        self.identity = Identity(connection)
        self.sources = Sources(connection)
        self.programmes = Programmes(connection)
        self.reactions = Reactions(connection)
        self.cards = Cards(connection)
        self.owners = Owners(connection)
        self.writeback = WriteBack(connection, self.dead_letters)

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        max_attempts: int = RECORDS_AGAIN,
        memory_mb: int | None = None,
        counting: Counting = USUAL,
    ) -> Mirror:
        """Open, or make, the mirror in the folder `home`.

        Args:
            home: the folder.
            max_attempts: how often a record that fails is tried in all.
            memory_mb: megabytes that the database may take before it uses the disk; None
                leaves that to it.
            counting: how records become facts.

        Raises:
            LockedError: another run has it open, in this process or in another.
            StoreError: the file cannot be opened, or is not a mirror.
        """
        with ExitStack() as closing:
            lock = Lock(home)
            lock.claim()
            closing.callback(lock.free)
            # As long as it is open: the database makes files whenever it likes.
            closing.enter_context(for_owner_only())
            connection = _connect(home, lock, memory_mb)
            if is_due(connection):
                connection.close()
                backup.keep(home)
                connection = _connect(home, lock, memory_mb)
            closing.callback(connection.close)
            lock.sign()
            closing.callback(lock.unsign)
            Suppressed.read(home).use(connection)
            mirror = cls(connection, max_attempts=max_attempts, counting=counting)
            mirror._lock, mirror._closing = lock, closing.pop_all()
            return mirror

    @classmethod
    def pseudonymised(
        cls, home: Path, *, memory_mb: int | None = None, counting: Counting = USUAL
    ) -> Mirror:
        """Return a copy in memory of the mirror in `home`, in which nobody can be known.

        Raises:
            LockedError: a run has it open.
            StoreError: it cannot be copied.
        """
        from suitecrm_bridge.mirror.pseudonyms import copied

        with cls.open(home, memory_mb=memory_mb):
            pass  # Its tables are those of this version now.
        lock = Lock(home)
        lock.claim()
        try:
            return cls(copied(home, _config(memory_mb)), counting=counting)
        finally:
            lock.free()

    @classmethod
    def in_memory(cls) -> Mirror:
        """Return a mirror that is gone when it is closed."""
        return cls(duckdb.connect(":memory:", config=_OFFLINE))

    @cached_property
    def facts(self) -> Facts:
        """The canonical facts: made for who first asks, since many a run needs none."""
        return Facts(self._connection, self._counting)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database, with the views of the facts."""
        return self.facts.connection

    @cached_property
    def left_out(self) -> LeftOuts:
        """Which values the figures leave out."""
        return LeftOuts(self.connection)

    @property
    def privacy(self) -> Privacy:
        """Everything that is held of one person."""
        return Privacy(self._connection)

    @cached_property
    def believing(self) -> Believing:
        """What a new scoring would take away."""
        return Believing(self.connection)

    def sign(self, run_id: str) -> None:
        """Let whoever finds the mirror locked know which run it is."""
        if self._lock is not None:
            self._lock.sign(run_id)

    def digest(self) -> str:
        """Return what two mirrors have in common that lead to the same scores."""
        return digest(self._connection)

    def whole(self) -> AbstractContextManager[None]:
        """Let everything inside happen at once, or not at all."""
        # With the facts' views there before: what is made inside goes when all is undone.
        return transaction(self.connection)

    def close(self) -> None:
        """Close the file."""
        self._closing.close()

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


def _config(memory_mb: int | None) -> dict[str, Any]:
    if memory_mb is None:
        return dict(_OFFLINE)
    return {**_OFFLINE, "memory_limit": f"{memory_mb}MB", "preserve_insertion_order": False}


def _connect(home: Path, lock: Lock, memory_mb: int | None) -> duckdb.DuckDBPyConnection:
    # In full: DuckDB takes what stands before a colon for the name of an extension.
    file = home.absolute() / MIRROR_FILE
    try:
        private_folder(home)
        return duckdb.connect(str(file), config=_config(memory_mb))
    except (OSError, duckdb.Error) as error:
        words = str(error)
        if _LOCKED.search(words):
            pid = re.search(r"PID (\d+)", words)
            raise lock.refusal(int(pid[1]) if pid else None) from error
        raise StoreError(_unusable(file, words)) from error


def _unusable(file: Path, words: str) -> str:
    written, installed = _written_by(file), duckdb.__version__
    if written in (None, installed):
        return text("mirror.unusable", file=file, error=words)
    return text("mirror.other_duckdb", file=file, written=written, installed=installed, error=words)


def _written_by(file: Path) -> str | None:
    """Return the version of DuckDB that last wrote a file, as the file's first bytes tell it."""
    try:
        with file.open("rb") as opened:
            found = re.search(rb"DUCK.{40}v(\d+\.\d+\.\d+)", opened.read(128), re.DOTALL)
    except OSError:
        return None
    return found[1].decode() if found else None
