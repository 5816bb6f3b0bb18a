"""Who was erased, as hashes with a secret: so that they do not come back with the next reading.

It lies in a file beside the mirror, and so outlives a mirror that is made anew.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical, canonical_sql

FILE = "erased.json"
_SECRET = "erased_secret"  # noqa: S105, the name of a variable


@dataclass(frozen=True)
class Suppressed:
    """Hashes of the ids of those who were erased, and of records whose texts are about them."""

    secret: str
    people: frozenset[str] = frozenset()
    wordless: frozenset[str] = frozenset()

    @classmethod
    def read(cls, home: Path) -> Suppressed:
        """Return what the file says, with a new secret where there is none.

        Raises:
            StoreError: it cannot be understood; nobody may come back for that.
        """
        file = home / FILE
        if not file.is_file():
            return cls(secrets.token_hex(32))
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            return cls(said["secret"], frozenset(said["people"]), frozenset(said["wordless"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(text("privacy.unreadable", file=file, error=error)) from error

    def hash(self, id: str) -> str:
        """Return by what an id is known again, however it is spelled."""
        return hashlib.sha256(f"{self.secret}{canonical(id)}".encode()).hexdigest()

    def knows(self, id: str) -> bool:
        """Return whether who has this id was erased."""
        return self.hash(id) in self.people

    def with_more(self, people: Iterable[str], wordless: Iterable[str]) -> Suppressed:
        """Return the same with more ids."""
        return Suppressed(
            self.secret,
            self.people | {self.hash(id) for id in people},
            self.wordless | {self.hash(id) for id in wordless},
        )

    def keep(self, home: Path) -> None:
        """Write the file.

        Raises:
            StoreError: it cannot be written.
        """
        said = {
            "secret": self.secret,
            "people": sorted(self.people),
            "wordless": sorted(self.wordless),
        }
        try:
            write_whole(home / FILE, json.dumps(said), private=True)
        except OSError as error:
            raise StoreError(text("privacy.unwritable", file=home / FILE, error=error)) from error

    def use(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep them out of whatever this connection takes in from now on."""
        if not self.people:
            return
        connection.execute(f"SET VARIABLE {_SECRET} = '{self.secret}'")
        connection.execute("CREATE OR REPLACE TEMP TABLE erased (what VARCHAR, hash VARCHAR)")
        for what, hashes in (("people", self.people), ("wordless", self.wordless)):
            connection.execute(
                "INSERT INTO erased SELECT ?, unnest(?::VARCHAR[])", [what, sorted(hashes)]
            )


def is_used(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether this connection keeps anybody out who was erased."""
    rows = connection.execute(f"SELECT getvariable('{_SECRET}')").fetchall()
    return rows[0][0] is not None


def was_erased(column: str, what: str = "people") -> str:
    """Return an expression of SQL that tells whether an id is one of those, never null."""
    hashed = f"sha256(getvariable('{_SECRET}') || {canonical_sql(column)})"
    return f"coalesce({hashed} IN (SELECT hash FROM erased WHERE what = '{what}'), false)"
