"""Whose mirror this is, and by what SuiteCRM is known again."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from suitecrm_bridge.mirror.transaction import transaction

_BRIDGE, _INSTALLATION, _STATE, _SENT = "bridge", "installation", "state", "sent"
_CODES = "codes"


@dataclass(frozen=True)
class KnownState:
    """How SuiteCRM was left: the installation's mark, and the states that may stand there.

    Two may, where the answer to the last one got lost.
    """

    installation: str | None
    states: frozenset[str]


class Identity:
    """The table `marks`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @property
    def bridge(self) -> str:
        """The mark of this mirror's bridge, made with the mirror."""
        found = self._marks().get(_BRIDGE)
        if found is None:
            found = uuid.uuid4().hex
            self._put({_BRIDGE: found})
        return found

    @property
    def codes_secret(self) -> str:
        """What this mirror alone makes coupon codes with; made at random when first asked for."""
        found = self._marks().get(_CODES)
        if found is None:
            found = secrets.token_hex(32)
            self._put({_CODES: found})
        return found

    def known(self) -> KnownState | None:
        """Return how SuiteCRM was left, None where no marks were seen yet."""
        marks = self._marks()
        if _INSTALLATION not in marks:
            return None
        states = {marks[name] for name in (_STATE, _SENT) if name in marks}
        return KnownState(marks[_INSTALLATION] or None, frozenset(states - {""}))

    def note(self, installation: str | None, state: str | None) -> None:
        """Note that the mirror holds what SuiteCRM with these marks has."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM marks WHERE name = ?", [_SENT])
            self._put({_INSTALLATION: installation or "", _STATE: state or ""})

    def sending(self, state: str) -> None:
        """Note a state before it is sent."""
        self._put({_SENT: state})

    def _marks(self) -> Mapping[str, str]:
        return dict(self._connection.execute("SELECT name, value FROM marks").fetchall())

    def _put(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self._connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", [name, value])
