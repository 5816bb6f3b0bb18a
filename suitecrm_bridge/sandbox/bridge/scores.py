"""The route `scores`: the bridge's own fields, written in one transaction a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD, Field, catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User, owner_column
from suitecrm_bridge.sandbox.bridge.refusals import (
    invalid_request,
    unknown,
    unknown_column,
)
from suitecrm_bridge.sandbox.bridge.values import checked
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.store import Row, Store

SCORES = 5_000
PART = 500
"""Rows that are looked up at once."""
UNKNOWN_RECORD = {
    "code": "unknown_record",
    "message": "the record does not exist, is deleted, or may not be edited by this user",
}

Wanted = dict[str, Row]


@dataclass(frozen=True)
class _Request:
    bean: Bean
    columns: list[str]
    wanted: Wanted
    notify: bool


class Scores:
    """Writes what differs from what the records hold."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def write(self, module: str, body: bytes, user: User) -> dict[str, Any]:
        """Write scores and answer what was done."""
        fields = {field.name: field for field in catalogue().fields_of(module, "bridge")}
        if not fields:
            raise unknown("module", module)
        bean = self._schema.beans[module]
        user.check_writes(bean)
        request = _read(bean, fields, body)
        with self._store.transaction():
            held = self._held(request, user)
            rejected = [id_ for id_ in request.wanted if id_ not in held]
            for id_ in rejected:
                del request.wanted[id_]
            answer = self._write(request, held, user)
        return answer | {"rejected": [{"id": id_, **UNKNOWN_RECORD} for id_ in rejected]}

    def _held(self, request: _Request, user: User) -> Wanted:
        """Return what the records hold that the user may edit, by id."""
        bean = request.bean
        names = list(dict.fromkeys(["id", owner_column(bean), *request.columns]))
        ids = list(request.wanted)
        held: Wanted = {}
        for start in range(0, len(ids), PART):
            part = ids[start : start + PART]
            where = f"deleted = 0 AND {sql.one_of('id', len(part))}"
            for found in self._store.select(sql.select(bean.table, names, where, "id"), part):
                row = dict(zip(names, found, strict=True))
                if user.may_write(bean, row):
                    held[row["id"]] = row
        return held

    def _write(self, request: _Request, held: Wanted, user: User) -> dict[str, Any]:
        silent: list[list[Any]] = []
        notified: list[list[Any]] = []
        stamps = self._store.stamps(request.bean) | {"modified_user_id": user.id}
        for id_, values in request.wanted.items():
            before = held[id_]
            if all(_same(before[name], value) for name, value in values.items()):
                continue
            if (
                request.notify
                and SEGMENT_FIELD in values
                and before[SEGMENT_FIELD] != values[SEGMENT_FIELD]
            ):
                notified.append([*values.values(), *stamps.values(), id_])
            else:
                silent.append([*values.values(), id_])
        table, columns = request.bean.table, request.columns
        self._store.write(sql.update(table, columns, "id = ?"), silent)
        self._store.write(sql.update(table, [*columns, *stamps], "id = ?"), notified)
        written = len(silent) + len(notified)
        unchanged = len(request.wanted) - written
        return {"written": written, "unchanged": unchanged, "notified": len(notified)}


def _read(bean: Bean, fields: Mapping[str, Field], body: bytes) -> _Request:
    keys = ("columns", "rows", "notify")
    given = options.read_object(body, keys, ("columns", "rows"))
    notify = given.get("notify", True)
    if not isinstance(notify, bool):
        raise invalid_request("notify must be true or false", "notify")
    names = options.read_list(given, "columns")
    _check_columns(bean.key, fields, names)
    rows = options.read_list(given, "rows")
    options.check_size(len(rows), SCORES, "rows")
    return _Request(
        bean, [name for name in names if name != "id"], _wanted(names, fields, rows), notify
    )


def _check_columns(module: str, fields: Mapping[str, Field], names: Sequence[Any]) -> None:
    for place, name in enumerate(names):
        where = f"columns[{place}]"
        if not isinstance(name, str):
            raise invalid_request("columns must be names", where)
        if name != "id" and name not in fields:
            raise unknown_column(module, name, where)
        if name in names[:place]:
            raise invalid_request(f"the column {name} comes twice", where)
    if "id" not in names or len(names) == 1:
        raise invalid_request("columns must hold id and a column to write", "columns")


def _wanted(names: Sequence[str], fields: Mapping[str, Field], rows: Sequence[Any]) -> Wanted:
    wanted: Wanted = {}
    for place, row in enumerate(rows):
        where = f"rows[{place}]"
        if not isinstance(row, list) or len(row) != len(names):
            raise invalid_request(f"a row must be a list of {len(names)} values", where)
        given = dict(zip(names, row, strict=True))
        id_ = options.record_id(given.pop("id"), f"{where}.id")
        if id_ in wanted:
            raise invalid_request(f"the id {id_} comes twice", f"{where}.id")
        wanted[id_] = {
            name: checked(fields[name], value, f"{where}.{name}") for name, value in given.items()
        }
    return wanted


def _same(held: Any, value: Any) -> bool:
    """Whether nothing would change; an empty text is as good as none."""
    return bool(held == value) or (held in (None, "") and value in (None, ""))
