"""The route `runs`: what the bridge reports of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD, catalogue, routes
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.answers import dumps
from suitecrm_bridge.sandbox.bridge import options
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.marks import Marks, check_customers
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

KEPT = 10
"""Runs that are remembered."""
RUNS = "runs"
_WORD = re.compile(r"[a-z_]{1,30}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
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
    """The last runs."""

    def __init__(self, schema: Schema, store: Store, marks: Marks) -> None:
        self._schema = schema
        self._store = store
        self._marks = marks

    @property
    def kept(self) -> Sequence[Run]:
        """The last runs, oldest first."""
        return [Run(**run) for run in json.loads(self._marks.get(RUNS) or "[]")]

    def record(self, body: bytes, user: User) -> dict[str, bool]:
        """Remember a run."""
        check_customers(user)
        given = options.read_object(body, (*KEYS, "bridge"), KEYS)
        started = options.moment(given["started_at"], "started_at")
        finished = options.moment(given["finished_at"], "finished_at")
        result = given["result"]
        if not isinstance(result, str) or not _WORD.fullmatch(result):
            raise refusal("bad_result", "result")
        _check_figures(given["figures"], "figures", nested=True)
        most = routes().sizes["figures"]
        if len(dumps(given["figures"])) > most:
            raise refusal("long_figures", "figures", length=most)
        if (why := self._marks.admit(given)) is not None:
            raise why
        modules = catalogue().fields[SEGMENT_FIELD].modules
        segments = {module: self._segments(module) for module in modules}
        run = Run(started, finished, result, given["figures"], segments)
        runs = [asdict(one) for one in [*self.kept, run][-KEPT:]]
        with self._store.transaction():
            self._marks.put(RUNS, json.dumps(runs))
            if "bridge" not in given:
                self._marks.disturb()
        return {"recorded": True}

    def _segments(self, module: str) -> dict[str, int]:
        table = self._schema.beans[module].table
        return dict(self._store.select(sql.count_by(table, SEGMENT_FIELD)))


def _check_figures(figures: Any, where: str, *, nested: bool) -> None:
    if not isinstance(figures, dict) or not all(map(_NAME.fullmatch, figures)):
        raise refusal("bad_figures", where)
    for name, figure in figures.items():
        if nested and isinstance(figure, dict):
            _check_figures(figure, f"{where}.{name}", nested=False)
        elif not _is_figure(figure):
            raise refusal("bad_figures", f"{where}.{name}")


def _is_figure(figure: Any) -> bool:
    if isinstance(figure, str):
        return len(figure) <= routes().sizes["figure"]
    return isinstance(figure, int | float) and not isinstance(figure, bool)
