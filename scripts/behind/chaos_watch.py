"""What the CRM sees of the bridge: who writes what, and moments at which something happens."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from chaos_dress import Dress
from chaos_office import Office
from chaos_people import People
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.push.calls import CALLS
from suitecrm_bridge.push.lists import LISTS
from suitecrm_bridge.push.tasks import TASKS
from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.sandbox.pages import text_of

HARMLESS = {"", "latency", "slow", "trailing"}
"""Strikes that let the client have the answer to a write."""

Write = tuple[str, str, dict[str, Any]]


class Watch:
    """Stands before the application: notes the writes, lets people work and strokes fall.

    `stroke` is called at the request numbered `stroke_at` of a run, before the request is handled
    or after it. `office` has people with forms open. `log` holds what was written since somebody
    cleared it, and `dresses` change answers on their way.
    """

    def __init__(self, sandbox: Sandbox, people: People, dice: random.Random) -> None:
        self._people, self._dice = people, dice
        self._lock = threading.Lock()
        self._answer = sandbox.app.answer
        sandbox.app.answer = self._watch
        self._written: dict[tuple[str, str], dict[str, Any]] = {}
        self.findings: list[str] = []
        self.figures: Counter[str] = Counter()
        self.edit_chance = 0.0
        self.stroke: Callable[[], None] | None = None
        self.stroke_at, self.stroke_before = 0, False
        self.log: list[Write] = []
        self.dresses: list[Dress] = []
        self.office: Office | None = None

    def forgive(self) -> None:
        """Let writes be repeated: the bridge was killed before it could note them."""
        with self._lock:
            self._written.clear()

    def _watch(self, request: Request) -> Response:
        with self._lock:
            self.figures["requests"] += 1
            self.stroke_at -= 1
            falls = self.stroke is not None and self.stroke_at == 0
            if self._dice.random() < self.edit_chance:
                self._edit()
        self._let_work(request)
        if falls and self.stroke_before and self.stroke:
            self.stroke()
        response = self._answer(request)
        if response.status_code < 300:
            self._note(request, response)
        for dress in list(self.dresses):
            dress(request, response)
        self._let_work(request)
        if falls and not self.stroke_before and self.stroke:
            self.stroke()
        return response

    def _let_work(self, request: Request) -> None:
        """Let people with forms do something, most of all while the bridge writes."""
        if self.office:
            self.office.work(often=request.method == "PATCH" or "/scores/" in request.path)

    def _edit(self) -> None:
        self._excuse(self._people.edit())

    def excuse(self, id_: str) -> None:
        """Let the bridge write a record again that people have touched."""
        with self._lock:
            self._excuse(id_)

    def _excuse(self, id_: str) -> None:
        for key in [key for key in self._written if key[1] == id_]:
            del self._written[key]

    def edit(self) -> None:
        """Let people do one thing."""
        with self._lock:
            self._edit()

    def _note(self, request: Request, response: Response) -> None:
        strike = request.environ.get("sandbox.strike")
        arrives = strike is None or strike.kind in HARMLESS
        with self._lock:
            if created := _created(request):
                self.figures["writes"] += 1
                self.log.append((*created, {}))
                if created[0] not in (TASKS, CALLS, LISTS):
                    self.findings.append(f"created {' '.join(created)}")
                self._people.tasks.add(created[1])
            self.figures["patches"] += request.method == "PATCH"
            unwritten = _unwritten(request, response)
            for module, id_, values in _writes(request):
                self.figures["writes"] += 1
                self.log.append((module, id_, values))
                own = {field.name for field in catalogue().fields_of(module, "bridge")}
                if foreign := sorted(values.keys() - own):
                    self.findings.append(f"wrote {', '.join(foreign)} of {module} {id_}")
                if self._written.get((module, id_)) == values:
                    self.findings.append(
                        f"wrote {module} {id_} again, which had been answered: {values}"
                    )
                if arrives and id_ not in unwritten:
                    self._written[module, id_] = values
                else:
                    self._written.pop((module, id_), None)


def _writes(request: Request) -> Iterator[Write]:
    """Yield module, record and values of every write in a request."""
    path = request.path.split("/")
    if request.method == "PATCH":
        data = json.loads(request.get_data())["data"]
        yield data["type"], data["id"], data["attributes"]
    elif request.method == "POST" and path[-2] == "scores":
        body = json.loads(request.get_data())
        for row in body["rows"]:
            values = dict(zip(body["columns"], row, strict=True))
            yield path[-1], values.pop("id"), values


def _unwritten(request: Request, response: Response) -> set[str]:
    """Return the records of a batch that were not written, as its answer says."""
    if "/scores/" not in request.path:
        return set()
    rows = json.loads(text_of(response))["rows"]
    return {id_ for id_, word in rows.items() if word not in ("written", "unchanged")}


def _created(request: Request) -> tuple[str, str] | None:
    """Return module and id of the record that a request created."""
    if request.method != "POST" or request.path.split("/")[-1] != "module":
        return None
    data = json.loads(request.get_data())["data"]
    return data["type"], data.get("id", "")
