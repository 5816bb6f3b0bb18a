"""The route `runs`: what the bridge reports of itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import invalid_request, invalid_value
from suitecrm_bridge.sandbox.bridge.scores import SEGMENT
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

KEPT = 20
"""Runs that are remembered."""
KEYS = ("started_at", "finished_at", "result", "figures")


@dataclass(frozen=True)
class Run:
    """A reported run, with the customers by module and segment at that time."""

    started_at: str
    finished_at: str
    result: str
    figures: Mapping[str, Any]
    segments: Mapping[str, Mapping[str, int]]


class Runs:
    """The last runs, oldest first."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store
        self.kept: deque[Run] = deque(maxlen=KEPT)

    def record(self, body: bytes, user: User) -> dict[str, bool]:
        """Remember a run."""
        modules = catalogue().fields[SEGMENT].modules
        for module in modules:
            user.check_writes(self._schema.beans[module])
        given = options.read_object(body, KEYS, KEYS)
        started = options.moment(given["started_at"], "started_at")
        finished = options.moment(given["finished_at"], "finished_at")
        if finished < started:
            raise invalid_value("finished_at must not come before started_at", "finished_at")
        if not isinstance(given["result"], str) or not given["result"]:
            raise invalid_request("result must be a text", "result")
        if not isinstance(given["figures"], dict):
            raise invalid_request("figures must be an object", "figures")
        segments = {module: self._segments(module) for module in modules}
        self.kept.append(Run(started, finished, given["result"], given["figures"], segments))
        return {"recorded": True}

    def _segments(self, module: str) -> dict[str, int]:
        table = self._schema.beans[module].table
        return dict(self._store.select(sql.count_by(table, SEGMENT)))
