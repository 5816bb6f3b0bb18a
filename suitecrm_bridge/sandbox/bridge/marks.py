"""By what a bridge knows again the SuiteCRM that it wrote to: the route `claims`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from suitecrm_bridge.catalogue import SEGMENT_FIELD, catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import Declined, refusal
from suitecrm_bridge.sandbox.store import Store
from suitecrm_bridge.sandbox.tables import CONFIG

NAMES = ("installation", "bridge", "state")
_MARK = re.compile(r"[0-9a-f]{32}")


class Marks:
    """The marks, kept with the records, so that a restored database has those of its time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def install(self) -> None:
        """Make the mark of the installation; one that is there stays."""
        if self.get("installation") is None:
            self.put("installation", uuid4().hex)

    def forget(self) -> None:
        """Take every mark away, and the runs, as uninstalling does."""
        self._store.write(sql.delete(CONFIG, "1"), [()])

    def get(self, name: str) -> str | None:
        """Return a mark, None where there is none."""
        found = self._store.select(sql.select(CONFIG, ["value"], "name = ?"), [name])
        return str(found[0][0]) if found else None

    def put(self, name: str, value: str) -> None:
        """Set a mark."""
        with self._store.transaction():
            self._store.write(sql.delete(CONFIG, "name = ?"), [(name,)])
            self._store.write(sql.insert(CONFIG, ["name", "value"]), [(name, value)])

    def all(self) -> dict[str, str | None]:
        """Return every mark by its name."""
        return {name: self.get(name) for name in NAMES}

    def claim(self, body: bytes, user: User) -> dict[str, str | None]:
        """Let a bridge write here from now on."""
        check_customers(user)
        given = options.read_object(body, ("bridge", "state", "take_over"), ("bridge", "state"))
        take_over = given.get("take_over", False)
        if not isinstance(take_over, bool):
            raise refusal("bad_parameter", "take_over", name="take_over")
        bridge, state = mark(given["bridge"], "bridge"), mark(given["state"], "state")
        with self._store.transaction():
            if self.get("bridge") not in (None, bridge) and not take_over:
                raise refusal("other_bridge")
            self.install()
            self.put("bridge", bridge)
            self.put("state", state)
        return self.all()

    def admit(self, given: Mapping[str, Any]) -> Declined | None:
        """Return why a run is not that of the bridge that writes here, None where it is."""
        if "bridge" not in given:
            return None
        own = mark(given["bridge"], "bridge")
        return None if self.get("bridge") in (None, own) else refusal("other_bridge")

    def disturb(self) -> None:
        """Let whoever knows the state look again: somebody wrote who does not say who it is."""
        self.put("state", uuid4().hex)


def check_customers(user: User) -> None:
    """Refuse who may write no customers."""
    modules = catalogue().fields[SEGMENT_FIELD].modules
    if all(user.rights_in(module).write == "none" for module in modules):
        raise refusal("no_access", module=modules[0])


def mark(value: Any, where: str) -> str:
    """Return a value that has the form of a mark."""
    if not isinstance(value, str) or not _MARK.fullmatch(value):
        raise refusal("bad_mark", where, name=where)
    return value
