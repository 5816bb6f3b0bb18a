"""The route `scores`: the bridge's own fields, in bulk, or one by one where hooks see it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD, Field, catalogue, routes
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User, owner_column
from suitecrm_bridge.sandbox.bridge.checking import checked
from suitecrm_bridge.sandbox.bridge.refusals import refusal, words
from suitecrm_bridge.sandbox.holding import RecordTaken
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Row, Store

PART = 500
"""Rows that are looked up at once."""
PATIENCE = 5.0
"""Seconds for which somebody else may hold a record."""

Values = dict[str, Row]
SaveHook = Callable[[str, str], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Request:
    bean: Bean
    names: list[str]
    columns: list[str]
    wanted: Values
    notify: bool


@dataclass
class _Answer:
    """What became of each row."""

    rows: dict[str, str] = field(default_factory=dict)
    notified: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)

    def reject(self, id_: str) -> None:
        self.rows[id_] = "rejected"
        self.rejected.append(_reason(id_, "unknown_record"))

    def fail(self, id_: str, code: str) -> None:
        self.rows[id_] = "failed"
        self.failed.append(_reason(id_, code))

    def body(self) -> dict[str, Any]:
        words = list(self.rows.values())
        return {
            "written": words.count("written"),
            "unchanged": words.count("unchanged"),
            "notified": self.notified,
            "rows": self.rows,
            "rejected": self.rejected,
            "failed": self.failed,
        }


class Scores:
    """Writes what differs from what the records hold.

    `hooks` are called with module and id while a record is saved whose segment changes, as a
    customer's own hooks are; one that raises makes the save fail. `segments` are those that the
    package knows, None for the catalogue's.
    """

    def __init__(self, schema: Schema, store: Store, sight: Sight) -> None:
        self._sight = sight
        self.hooks: list[SaveHook] = []
        self.patience = PATIENCE
        self.segments: Collection[str] | None = None
        self._schema = schema
        self._store = store

    def write(self, module: str, body: bytes, user: User) -> dict[str, Any]:
        """Write scores and answer what was done."""
        fields = {field.name: field for field in catalogue().fields_of(module, "bridge")}
        if not fields:
            raise refusal("unknown_module", name=module)
        bean = self._schema.beans[module]
        user.check_writes(bean)
        request = read(bean, fields, body, self.segments)
        if gone := [name for name in request.columns if name not in bean.columns]:
            raise refusal(
                "unknown_column",
                f"columns[{request.names.index(gone[0])}]",
                module=module,
                column=gone[0],
            )
        answer = _Answer()
        announced = self._write_bulk(request, user, answer)
        for id_ in announced:
            self._announce(request, id_, user, answer)
        return answer.body()

    def _write_bulk(self, request: _Request, user: User, answer: _Answer) -> list[str]:
        """Write what no hook sees, in one transaction, and return the ids of the other records."""
        announced: list[str] = []
        silent: list[list[Any]] = []
        with self._store.transaction():
            held = self._held(request, list(request.wanted), user)
            for id_, values in request.wanted.items():
                if id_ not in held:
                    answer.reject(id_)
                elif is_same(held[id_], values):
                    answer.rows[id_] = "unchanged"
                elif request.notify and _moves(held[id_], values):
                    announced.append(id_)
                else:
                    answer.rows[id_] = "written"
                    silent.append([*values.values(), id_])
            if len(announced) > (most := routes().limits["announced"]):
                raise refusal("too_many_announced", "rows", limit=most)
            self._put(request, silent)
        return announced

    def _announce(self, request: _Request, id_: str, user: User, answer: _Answer) -> None:
        """Save a record from what it holds now; meanwhile nobody else saves it."""
        try:
            with self._store.holding.hold(request.bean.table, id_, patience=self.patience):
                self._save(request, id_, user, answer)
        except RecordTaken:
            answer.fail(id_, "busy")
        except Exception:
            _log.exception("saving %s %s", request.bean.key, id_)
            answer.fail(id_, "failed")

    def _save(self, request: _Request, id_: str, user: User, answer: _Answer) -> None:
        held, values = self._held(request, [id_], user), request.wanted[id_]
        if id_ not in held:
            answer.reject(id_)
            return
        if is_same(held[id_], values):
            answer.rows[id_] = "unchanged"
            return
        if moves := _moves(held[id_], values):
            for hook in self.hooks:
                hook(request.bean.key, id_)
        self._put(request, [[*values.values(), id_]])
        answer.rows[id_] = "written"
        answer.notified += moves

    def _put(self, request: _Request, rows: list[list[Any]]) -> None:
        self._store.write(sql.update(request.bean.table, request.columns, sql.same("id")), rows)

    def _held(self, request: _Request, ids: Sequence[str], user: User) -> Values:
        """Return what the records hold that the user may edit, by id."""
        bean = request.bean
        names = list(dict.fromkeys(["id", owner_column(bean), *request.columns]))
        held: Values = {}
        for start in range(0, len(ids), PART):
            part = ids[start : start + PART]
            listed = Condition(f"deleted = 0 AND {sql.one_of('id', len(part))}", (*part,))
            seen = self._sight.limited(bean, listed)
            statement = sql.select(bean.table, names, seen.sql, "id")
            for found in self._store.select(statement, seen.values):
                row = dict(zip(names, found, strict=True))
                if user.may_write(bean, row):
                    held[row["id"]] = row
        return held


def _reason(id_: str, code: str) -> dict[str, str]:
    return {"id": id_, "code": code, "message": words(routes().rows[code])}


def read(
    bean: Bean,
    fields: Mapping[str, Field],
    body: bytes,
    segments: Collection[str] | None = None,
) -> _Request:
    """Return what a request's body asks for.

    Raises:
        Declined: it has a wrong form, or a value that the catalogue does not allow.
    """
    keys = ("columns", "rows", "notify")
    given = options.read_object(body, keys, ("columns", "rows"))
    notify = given.get("notify", True)
    if not isinstance(notify, bool):
        raise refusal("bad_parameter", "notify", name="notify")
    names = options.read_list(given, "columns")
    _check_columns(bean.key, fields, names)
    rows = options.read_list(given, "rows")
    options.check_size(len(rows), routes().limits["scores"], "rows")
    wanted = _wanted(names, fields, rows, segments)
    return _Request(bean, names, [name for name in names if name != "id"], wanted, notify)


def _check_columns(module: str, fields: Mapping[str, Field], names: Sequence[Any]) -> None:
    for place, name in enumerate(names):
        where = f"columns[{place}]"
        if not isinstance(name, str) or name in names[:place]:
            raise refusal("bad_columns", where)
        if name != "id" and name not in fields:
            raise refusal("unknown_column", where, module=module, column=name)
    if "id" not in names or len(names) == 1:
        raise refusal("bad_columns", "columns")


def _wanted(
    names: Sequence[str],
    fields: Mapping[str, Field],
    rows: Sequence[Any],
    segments: Collection[str] | None,
) -> Values:
    wanted: Values = {}
    for place, row in enumerate(rows):
        where = f"rows[{place}]"
        if not isinstance(row, list) or len(row) != len(names):
            raise refusal("bad_row", where, count=len(names))
        given = dict(zip(names, row, strict=True))
        id_ = options.record_id(given.pop("id"), f"{where}.id")
        if id_ in wanted:
            raise refusal("twice", f"{where}.id", id=id_)
        wanted[id_] = {
            name: checked(fields[name], value, f"{where}.{name}", segments)
            for name, value in given.items()
        }
    return wanted


def is_same(held: Row, values: Row) -> bool:
    """Return whether nothing would change; an empty text is as good as none."""
    return all(
        held[name] == value or (held[name] in (None, "") and value in (None, ""))
        for name, value in values.items()
    )


def _moves(held: Row, values: Row) -> bool:
    """Whether the segment would change."""
    return SEGMENT_FIELD in values and not is_same(held, {SEGMENT_FIELD: values[SEGMENT_FIELD]})
