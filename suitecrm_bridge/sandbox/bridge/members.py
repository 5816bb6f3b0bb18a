"""The route `members`: who is on a target list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suitecrm_bridge.catalogue import routes
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.bridge.scores import PART
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

LISTS = "ProspectLists"
TABLE = "prospect_lists_prospects"
MODULES = ("Contacts", "Accounts", "Leads")
_ON_LIST = sql.equal("prospect_list_id", "related_type")


class Members:
    """Adds and removes members; doing it twice changes nothing."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def change(self, list_id: str, body: bytes, user: User) -> dict[str, int]:
        """Change the members of a list and answer what was done."""
        lists = self._schema.beans[LISTS]
        options.record_id(list_id, "list")
        user.check_writes(lists)
        module, add, remove = _read(body)
        user.readable(self._schema.beans[module])
        found = self._store.find(lists, sql.equal("id"), [list_id])
        if not found or not user.may_write(lists, found[0]):
            raise refusal("unknown_list", name=list_id)
        self._check_records(module, add, user)
        hidden = self._hidden(module, remove, user)
        with self._store.transaction():
            members = self._members(list_id, module)
            new = [id_ for id_ in add if _bare(id_) not in members]
            gone = [id_ for id_ in remove if _bare(id_) in members and _bare(id_) not in hidden]
            role = {"prospect_list_id": list_id, "related_type": module}
            self._store.load_link(TABLE, [role | {"related_id": id_} for id_ in new])
            member = f"{_ON_LIST} AND {sql.same('related_id')}"
            end = sql.update(TABLE, ["deleted", "date_modified"], member)
            now = self._store.now()
            self._store.write(end, [[1, now, list_id, module, id_] for id_ in gone])
        unchanged = len(add) + len(remove) - len(new) - len(gone)
        return {"added": len(new), "removed": len(gone), "unchanged": unchanged}

    def _members(self, list_id: str, module: str) -> set[str]:
        statement = sql.select(TABLE, ["related_id"], _ON_LIST)
        return {_bare(id_) for (id_,) in self._store.select(statement, [list_id, module])}

    def _hidden(self, module: str, ids: Sequence[str], user: User) -> set[str]:
        """Return what the spellings of those that `user` may not read have in common."""
        there = self._found(module, ids) - self._found(module, ids, user)
        return {_bare(id_) for id_ in there}

    def _check_records(self, module: str, ids: Sequence[str], user: User) -> None:
        """Refuse records that are not there, or that the user may not read."""
        found = self._found(module, ids, user)
        for place, id_ in enumerate(ids):
            if id_ not in found:
                raise refusal("unknown_member", f"add[{place}]", id=id_)

    def _found(self, module: str, ids: Sequence[str], user: User | None = None) -> set[str]:
        """Return those that exist and are not deleted, that `user` may read if one is named."""
        bean = self._schema.beans[module]
        access = user.readable(bean) if user else Condition("1", ())
        found: set[str] = set()
        for start in range(0, len(ids), PART):
            part = ids[start : start + PART]
            where = f"deleted = 0 AND ({access.sql}) AND {sql.one_of('id', len(part))}"
            statement = sql.select(bean.table, ["id"], where, "id")
            found.update(id_ for (id_,) in self._store.select(statement, [*access.values, *part]))
        return found


def _read(body: bytes) -> tuple[str, list[str], list[str]]:
    given = options.read_object(body, ("module", "add", "remove"), ("module",))
    module = given["module"]
    if module not in MODULES:
        raise refusal("unknown_module", name=str(module))
    add, remove = _ids(given, "add"), _ids(given, "remove")
    options.check_size(len(add) + len(remove), routes().limits["members"], "add")
    for place, id_ in enumerate(remove):
        if id_ in add:
            raise refusal("twice", f"remove[{place}]", id=id_)
    return module, add, remove


def _ids(given: dict[str, Any], name: str) -> list[str]:
    values = options.read_list(given, name)
    ids = [options.record_id(value, f"{name}[{place}]") for place, value in enumerate(values)]
    return list(dict.fromkeys(ids))


def _bare(id_: str) -> str:
    """Return what the spellings of an id have in common for MySQL, accents aside."""
    return id_.rstrip(" ").lower()
