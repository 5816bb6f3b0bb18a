"""The route `programmes`: what the bridge tells of programmes, and what administrators wish."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from suitecrm_bridge.catalogue import routes
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.marks import Marks, check_customers, mark
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.store import Store

TOLD, MARK, WISHES = "programmes", "programmes_mark", "programme_wishes"
KEYS = ("programmes", "mark", "done", "bridge")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LABEL, _DESCRIPTION, _LANGUAGES, _LISTS = 255, 1_000, 10, 100


class Programmes:
    """What was told last, and the wishes that wait."""

    def __init__(self, store: Store, marks: Marks) -> None:
        self._store = store
        self._marks = marks

    @property
    def told(self) -> list[dict[str, Any]]:
        """The programmes in the order in which they were told."""
        found: list[dict[str, Any]] = json.loads(self._marks.get(TOLD) or "[]")
        return found

    @property
    def wished(self) -> dict[str, dict[str, Any]]:
        """The wishes by programme, with the moment they were made at."""
        found: dict[str, dict[str, Any]] = json.loads(self._marks.get(WISHES) or "{}")
        return found

    def wish(self, key: str, *, running: bool, by: str = "admin") -> bool:
        """Do what the administration page does when its switch is pressed."""
        states = {one["key"]: one["state"] for one in self.told}
        if key not in states:
            return False
        wishes = {name: wish for name, wish in self.wished.items() if name != key}
        if (states[key] == "running") != running:
            made = {"programme": key, "running": running, "by": by, "id": uuid4().hex}
            wishes[key] = made | {"at": self._store.now()}
        self._marks.put(WISHES, json.dumps(wishes))
        return True

    def wishes(self, given: Mapping[str, str], user: User) -> dict[str, Any]:
        """Answer what is wished, and what the bridge called its last report."""
        check_customers(user)
        for name in given:
            raise refusal("unknown_parameter", name, name=name)
        now = datetime.fromisoformat(self._store.now())
        wishes = [
            {name: wish[name] for name in ("programme", "running", "by")}
            | {"seconds_ago": _since(wish["at"], now), "id": wish["id"]}
            for wish in self.wished.values()
        ]
        return {"wishes": wishes, "mark": self._marks.get(MARK)}

    def tell(self, body: bytes, user: User) -> dict[str, int]:
        """Keep what the bridge tells."""
        check_customers(user)
        given = options.read_object(body, KEYS, KEYS)
        programmes = read_programmes(options.read_list(given, "programmes"))
        named = mark(given["mark"], "mark")
        ids = [mark(id, f"done[{n}]") for n, id in enumerate(options.read_list(given, "done"))]
        if (why := self._marks.admit(given)) is not None:
            raise why
        known = {one["key"] for one in programmes}
        left = {k: w for k, w in self.wished.items() if w["id"] not in ids and k in known}
        with self._store.transaction():
            self._marks.put(TOLD, json.dumps(programmes))
            self._marks.put(MARK, named)
            self._marks.put(WISHES, json.dumps(left))
        return {"told": len(programmes)}


def read_programmes(given: list[Any]) -> list[dict[str, Any]]:
    """Return programmes as they are told.

    Raises:
        Declined: one has not the form that it must have.
    """
    most = routes().limits["programmes"]
    if len(given) > most:
        raise refusal("too_many_rows", "programmes", limit=most)
    for place, one in enumerate(given):
        _check(one, _PROGRAMME, f"programmes[{place}]")
        if len(json.dumps(one)) >= routes().sizes["text"]:
            raise refusal("bad_programme", f"programmes[{place}]")
    if len({one["key"] for one in given}) < len(given):
        raise refusal("bad_programme", "programmes")
    return given


Test = Callable[[Any, str], bool]


def _check(given: Any, parts: Mapping[str, Test], where: str) -> None:
    if not isinstance(given, dict) or given.keys() != parts.keys():
        raise refusal("bad_programme", where)
    for name, test in parts.items():
        at = f"{where}.{name}"
        if not test(given[name], at):
            raise refusal("bad_programme", at)


def _word(value: Any, where: str) -> bool:
    return isinstance(value, str) and bool(_WORD.fullmatch(value))


def _texts(most: int) -> Test:
    def test(value: Any, where: str) -> bool:
        if not isinstance(value, dict) or not 0 < len(value) <= _LANGUAGES:
            return False
        return all(
            re.fullmatch(r"[a-z]{2}", language) and isinstance(text, str) and len(text) <= most
            for language, text in value.items()
        )

    return test


def _day(value: Any, where: str) -> bool:
    if value is None:
        return True
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return True
    raise refusal("bad_date", where, field=where)


def _count(value: Any, where: str) -> bool:
    return type(value) is int and value >= 0


def _lists(value: Any, where: str) -> bool:
    if not isinstance(value, list) or len(value) > _LISTS:
        return False
    for place, one in enumerate(value):
        _check(one, _LIST, f"{where}[{place}]")
    return True


def _id(value: Any, where: str) -> bool:
    return bool(options.record_id(value, where))


_LIST: Mapping[str, Test] = {
    "id": _id,
    "wave": _texts(_LABEL),
    "arm": lambda value, where: value in ("treated", "control"),
}
_PROGRAMME: Mapping[str, Test] = {
    "key": _word,
    "label": _texts(_LABEL),
    "description": _texts(_DESCRIPTION),
    "state": lambda value, where: value in ("running", "stopped", "off"),
    "since": _day,
    "people": _count,
    "controls": _count,
    "waiting": _count,
    "contacts": _count,
    "verdict": lambda value, where: value is None or _word(value, where),
    "lists": _lists,
}


def _since(moment: str, now: datetime) -> int:
    return max(0, int((now - datetime.fromisoformat(moment)).total_seconds()))
