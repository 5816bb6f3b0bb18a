"""The route `cards`: what the customer card shows beside the fields."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD, catalogue, routes
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.marks import Marks
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

KEYS = ("rows", "gone", "bridge")
WHAT = ("segment", "action", "programme", "complaint")
_WIDTH = 7
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MONTHS = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(,-?[0-9]{1,17}){12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_CHANGES, _MOST_AMOUNT = 100, 1e16

Told = dict[str, Any]


class Cards:
    """What was told of customers, kept with the marks."""

    def __init__(self, schema: Schema, store: Store, marks: Marks) -> None:
        self._schema = schema
        self._store = store
        self._marks = marks

    def told(self, module: str) -> Told:
        """Return the rows of a module by the customers' ids, each without its id."""
        found: Told = json.loads(self._marks.get(_name(module)) or "{}")
        return found

    def tell(self, module: str, body: bytes, user: User) -> dict[str, int]:
        """Keep what a request tells of the customers that the user may write."""
        if module not in catalogue().fields[SEGMENT_FIELD].modules:
            raise refusal("unknown_module", name=module)
        bean = self._schema.beans[module]
        user.check_writes(bean)
        given = options.read_object(body, KEYS, KEYS)
        rows = read_cards(options.read_list(given, "rows"))
        gone = options.read_list(given, "gone")
        for place, id_ in enumerate(gone):
            options.record_id(id_, f"gone[{place}]")
        options.check_size(len(rows) + len(gone), routes().limits["cards"], "rows")
        if (why := self._marks.admit(given)) is not None:
            raise why
        there = {row["id"]: row for row in self._store.rows(module) if not row["deleted"]}
        known = {i: row for i, row in rows.items() if i in there and user.may_write(bean, there[i])}
        kept = {i: row for i, row in self.told(module).items() if i not in rows and i not in gone}
        self._marks.put(_name(module), json.dumps(kept | known))
        return {"told": len(known)}


def _name(module: str) -> str:
    return f"cards_{module}"


def read_cards(given: list[Any]) -> Told:
    """Return rows by their ids.

    Raises:
        Declined: one has not the form that it must have.
    """
    options.check_size(len(given), routes().limits["cards"], "rows")
    found: Told = {}
    for place, row in enumerate(given):
        where = f"rows[{place}]"
        if not isinstance(row, list) or len(row) != _WIDTH:
            raise refusal("bad_row", where, count=_WIDTH)
        id_ = options.record_id(row[0], f"{where}.id")
        if id_ in found:
            raise refusal("twice", f"{where}.id", id=id_)
        _check_card(row, where)
        found[id_] = row[1:]
    return found


def _check_card(row: list[Any], where: str) -> None:
    _, rule, expected, kept, attempts, months, changes = row
    _check(rule is None or _matches(_WORD, rule), f"{where}.rule")
    _check_day(expected, f"{where}.expected")
    amount = type(kept) in (int, float) and 0 <= kept < _MOST_AMOUNT
    _check(kept is None or amount, f"{where}.kept")
    _check(attempts is None or (type(attempts) is int and attempts >= 0), f"{where}.attempts")
    _check(months is None or _matches(_MONTHS, months), f"{where}.months")
    of_use = isinstance(changes, list) and len(changes) <= _MOST_CHANGES
    _check(of_use, f"{where}.changes")
    for place, change in enumerate(changes):
        at = f"{where}.changes[{place}]"
        _check(isinstance(change, list) and len(change) == 3 and change[0] in WHAT, at)
        _check(isinstance(change[1], str), at)
        _check_day(change[1], at)
        _check(change[2] == "" or _matches(_WORD, change[2]), at)


def _check_day(value: Any, where: str) -> None:
    if value is None:
        return
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return
    raise refusal("bad_date", where, field=where)


def _matches(form: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(form.fullmatch(value))


def _check(right: bool, where: str) -> None:
    if not right:
        raise refusal("bad_card", where, field=where)
