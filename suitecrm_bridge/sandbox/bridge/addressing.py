"""The route `addressing`: which lists are programmes', and how often anybody is addressed."""

from __future__ import annotations

import json
from typing import Any

from suitecrm_bridge.catalogue import routes
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.marks import Marks, check_customers, mark
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.schema import Schema

KEYS = ("mark", "contacts", "days", "lists")
_NAME = "addressing"
_MOST_CONTACTS, _MOST_DAYS = 1_000, 3_650


class Addressing:
    """What the bridge told last, kept with the marks."""

    def __init__(self, schema: Schema, marks: Marks) -> None:
        self._schema = schema
        self._marks = marks

    @property
    def told(self) -> dict[str, Any] | None:
        """Everything, None where nothing was told."""
        found = self._marks.get(_NAME)
        return None if found is None else json.loads(found)

    @property
    def mark(self) -> str | None:
        """By what the bridge knows it again."""
        return None if self.told is None else str(self.told["mark"])

    def tell(self, body: bytes, user: User) -> dict[str, int]:
        """Keep what a request says."""
        check_customers(user)
        user.check_writes(self._schema.beans["ProspectLists"])
        given = options.read_object(body, KEYS, KEYS)
        told = {
            "mark": mark(given["mark"], "mark"),
            "contacts": _number(given["contacts"], _MOST_CONTACTS, "contacts"),
            "days": _number(given["days"], _MOST_DAYS, "days"),
        }
        rows = options.read_list(given, "lists")
        options.check_size(len(rows), routes().limits["lists"], "lists")
        lists = dict(_row(row, f"lists[{place}]") for place, row in enumerate(rows))
        self._marks.put(_NAME, json.dumps(told | {"lists": lists}))
        return {"lists": len(lists)}


def _row(row: Any, where: str) -> tuple[str, list[Any]]:
    if not isinstance(row, list) or len(row) != 4:
        raise refusal("bad_row", where, count=4)
    id_, control, contacts, days = row
    return options.record_id(id_, where), [
        None if control is None else options.record_id(control, where),
        None if contacts is None else _number(contacts, _MOST_CONTACTS, where),
        None if days is None else _number(days, _MOST_DAYS, where),
    ]


def _number(value: Any, most: int, where: str) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise refusal("bad_integer", where, field=where, min=1, max=most)
    return value
