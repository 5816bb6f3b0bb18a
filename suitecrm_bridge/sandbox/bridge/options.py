"""The parameters of a request to the fast routes, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suitecrm_bridge.catalogue import routes
from suitecrm_bridge.sandbox.bridge.refusals import Declined, refusal
from suitecrm_bridge.sandbox.query import Condition

_ID = re.compile(r"[^\x00-\x1f\x7f]{1,36}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
WINDOW = ("after", "modified_from", "modified_to", "limit", "max_bytes", "deleted")
"""Parameters of both routes that read."""


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
            raise refusal("unknown_parameter", name, name=name)
    deleted = given.get("deleted", "0")
    if deleted not in ("0", "1"):
        raise refusal("bad_parameter", "deleted", name="deleted")
    parts = [] if deleted == "1" else ["deleted = 0"]
    values = []
    for name, comparison, check in _BOUNDS:
        if name in given:
            parts.append(comparison.format(changed=changed))
            values.append(check(given[name], name))
    bounds = Condition(" AND ".join(parts) or "1", tuple(values))
    limit = _limit(given.get("limit", str(most)), most)
    return Window(bounds, limit, _bytes(given.get("max_bytes")), deleted == "1")


def record_id(value: Any, where: str) -> str:
    """Return a value that has the form of an id."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise refusal("bad_id", where)
    return value


def moment(value: Any, where: str) -> str:
    """Return a value that is a date and time."""
    if isinstance(value, str) and _MOMENT.fullmatch(value) and _exists(value):
        return value
    raise refusal("bad_datetime", where, field=where.rpartition(".")[2])


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
        raise refusal("no_object")
    for name in found.keys() - set(keys):
        raise refusal("unknown_key", name, name=name)
    for name in needed:
        if name not in found:
            raise refusal("missing_key", name, name=name)
    return found


def read_list(given: Mapping[str, Any], name: str) -> list[Any]:
    """Return a key's value that must be a list; without the key it is empty."""
    value = given.get(name, [])
    if not isinstance(value, list):
        raise refusal("no_list", name, name=name)
    return value


def check_size(number: int, most: int, where: str) -> None:
    """Refuse more rows than a request may have."""
    if number > most:
        raise refusal("too_many_rows", where, limit=most)


def _limit(value: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        raise refusal("bad_limit", "limit", limit=most)
    check_size(int(value), most, "limit")
    return int(value)


def _bytes(value: str | None) -> int:
    most = routes().limits["bytes"]
    if value is None:
        return most
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
        raise refusal("bad_parameter", "max_bytes", name="max_bytes")
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
