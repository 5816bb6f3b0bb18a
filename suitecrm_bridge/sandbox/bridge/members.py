"""The route `members`: who is on a target list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import invalid_request, no_access, unknown
from suitecrm_bridge.sandbox.bridge.scores import PART
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

MEMBERS = 5_000
LISTS = "ProspectLists"
TABLE = "prospect_lists_prospects"
MODULES = ("Contacts", "Accounts")
_ON_LIST = sql.equal("prospect_list_id", "related_type")


class Members:
    """Adds and removes members; doing it twice changes nothing."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def change(self, list_id: str, body: bytes, user: User) -> dict[str, int]:
        """Change the members of a list and answer what was done."""
        lists = self._schema.beans[LISTS]
        user.check_writes(lists)
        options.record_id(list_id, "target list")
        found = self._store.find(lists, sql.equal("id"), [list_id])
        if not found:
            raise unknown("list", list_id)
        if not user.may_write(lists, found[0]):
            raise no_access(LISTS)
        module, add, remove = _read(body)
        with self._store.transaction():
            members = self._members(list_id, module)
            new = self._readable(module, [id_ for id_ in add if id_.lower() not in members], user)
            gone = [id_ for id_ in remove if id_.lower() in members]
            role = {"prospect_list_id": list_id, "related_type": module}
            self._store.load_link(TABLE, [role | {"related_id": id_} for id_ in new])
            end = sql.update(TABLE, ["deleted", "date_modified"], f"{_ON_LIST} AND related_id = ?")
            now = self._store.now()
            self._store.write(end, [[1, now, list_id, module, id_] for id_ in gone])
        unchanged = len(add) + len(remove) - len(new) - len(gone)
        return {"added": len(new), "removed": len(gone), "unchanged": unchanged}

    def _members(self, list_id: str, module: str) -> set[str]:
        statement = sql.select(TABLE, ["related_id"], _ON_LIST)
        return {id_.lower() for (id_,) in self._store.select(statement, [list_id, module])}

    def _readable(self, module: str, ids: Sequence[str], user: User) -> list[str]:
        """Return those of the ids whose records are there and may be read by the user."""
        bean = self._schema.beans[module]
        access = user.readable(bean)
        found: list[str] = []
        for start in range(0, len(ids), PART):
            part = ids[start : start + PART]
            where = f"deleted = 0 AND ({access.sql}) AND {sql.one_of('id', len(part))}"
            rows = self._store.select(
                sql.select(bean.table, ["id"], where, "id"), [*access.values, *part]
            )
            found += [id_ for (id_,) in rows]
        return found


def _read(body: bytes) -> tuple[str, list[str], list[str]]:
    given = options.read_object(body, ("module", "add", "remove"), ("module",))
    module = given["module"]
    if module not in MODULES:
        raise invalid_request("module must be Contacts or Accounts", "module")
    add, remove = _ids(given, "add"), _ids(given, "remove")
    options.check_size(len(add) + len(remove), MEMBERS, "add")
    if both := set(add) & set(remove):
        raise invalid_request(f"{min(both)} is to be added and removed", "remove")
    return module, add, remove


def _ids(given: dict[str, Any], name: str) -> list[str]:
    values = options.read_list(given, name)
    ids = [options.record_id(value, f"{name}[{place}]") for place, value in enumerate(values)]
    return list(dict.fromkeys(ids))
