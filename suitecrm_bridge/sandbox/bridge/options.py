"""The parameters of a request to the fast routes, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suitecrm_bridge.sandbox.bridge.refusals import (
    Declined,
    invalid_request,
    invalid_value,
    too_many_rows,
)
from suitecrm_bridge.sandbox.query import Condition

_ID = re.compile(r"[^\x00-\x1f\x7f]{1,36}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
WINDOW = ("after", "modified_from", "modified_to", "limit", "max_bytes", "deleted")
"""Parameters of both routes that read."""
BYTES = 8 * 2**20
"""Bytes at which a page ends, where none are asked for, and the most that may be."""


@dataclass(frozen=True)
class Window:
    """Which rows a reading route is asked for."""

    bounds: Condition
    limit: int
    bytes: int
    deleted: bool


def read_window(
    given: Mapping[str, str],
    allowed: Collection[str],
    most: int,
    changed: str = "date_modified",
) -> Window:
    """Read the window of a request, `most` rows at a time; `changed` is SQL for when one changed.

    Raises:
        Declined: a parameter is unknown, or its value has the wrong form.
    """
    for name in given:
        if name not in allowed:
            raise invalid_request(f"the parameter {name} is not known", name)
    deleted = given.get("deleted", "0")
    if deleted not in ("0", "1"):
        raise invalid_request("deleted must be 0 or 1", "deleted")
    parts = [] if deleted == "1" else ["deleted = 0"]
    values = []
    for name, comparison, check in _BOUNDS:
        if name in given:
            parts.append(comparison.format(changed=changed))
            values.append(check(given[name], name))
    bounds = Condition(" AND ".join(parts) or "1", tuple(values))
    limit = _limit(given.get("limit", str(most)), most)
    return Window(bounds, limit, _bytes(given.get("max_bytes", str(BYTES))), deleted == "1")


def record_id(value: Any, where: str) -> str:
    """Return a value that has the form of an id."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        message = "an id has 1 to 36 characters, and no control characters"
        raise invalid_value(message, where)
    return value


def moment(value: Any, where: str) -> str:
    """Return a value that is a date and time."""
    if isinstance(value, str) and _MOMENT.fullmatch(value) and _exists(value):
        return value
    raise invalid_value(f"{where.rpartition('.')[2]} must be YYYY-MM-DD HH:MM:SS in UTC", where)


def read_object(body: bytes, keys: Collection[str], needed: Collection[str]) -> dict[str, Any]:
    """Return the JSON object of a request's body.

    Raises:
        Declined: it is no such object, a key is unknown, or one is missing.
    """
    try:
        found = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise invalid_request("the body must be a JSON object")
    for name in found.keys() - set(keys):
        raise invalid_request(f"the key {name} is not known", name)
    for name in needed:
        if name not in found:
            raise invalid_request(f"the key {name} is missing", name)
    return found


def read_list(given: Mapping[str, Any], name: str) -> list[Any]:
    """Return a key's value that must be a list; without the key it is empty."""
    value = given.get(name, [])
    if not isinstance(value, list):
        raise invalid_request(f"{name} must be a list", name)
    return value


def check_size(number: int, most: int, where: str) -> None:
    """Refuse more rows than a request may have."""
    if number > most:
        raise too_many_rows(most, where)


def _limit(value: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        raise invalid_request(f"limit must be a whole number from 1 to {most}", "limit")
    check_size(int(value), most, "limit")
    return int(value)


def _bytes(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= BYTES:
        raise invalid_request("the parameter max_bytes has a wrong form", "max_bytes")
    return int(value)


def _exists(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _no_constant(name: str) -> Declined:
    raise ValueError(name)


_BOUNDS = (
    ("after", "id > ?", record_id),
    ("to_id", "id < ?", record_id),
    ("modified_from", "{changed} >= ?", moment),
    ("modified_to", "{changed} < ?", moment),
)
