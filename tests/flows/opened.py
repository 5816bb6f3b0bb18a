"""What a test does with a served SuiteCRM and the home folder of a bridge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import Result
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.crm import Credentials, SuiteCRM, Timing
from suitecrm_bridge.jobs import context as contexts
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.push import push
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror
from suitecrm_bridge.sandbox import Sandbox, SandboxServer
from suitecrm_bridge.settings import Settings
from tests.flows.hooks import Answer, always
from tests.flows.processes import command
from tests.sandbox.conftest import Clock

DAY = date(2026, 3, 8)


class World:
    """A served sandbox and a home folder. What it scores may be a past day, and is written.

    `requests` lists what came in, `patches` the bodies of the writes. A write of a record in
    `refusals` is answered by what stands there.
    """

    def __init__(self, sandbox: Sandbox, server: SandboxServer, clock: Clock, home: Path) -> None:
        self.sandbox, self.store, self.sight = sandbox, sandbox.store, sandbox.sight
        self.server, self.clock, self.home = server, clock, home
        self.requests: list[tuple[str, str]] = []
        self.patches: list[dict[str, Any]] = []
        self.refusals: dict[str, Answer] = {}
        self._answer = sandbox.app.answer
        sandbox.app.answer = self._watch  # type: ignore[method-assign]
        server.before_request.append(lambda *asked: self.requests.append(asked))

    def _watch(self, request: Request) -> Response:
        if request.method == "PATCH":
            self.patches.append(json.loads(request.get_data())["data"])
            refusal = self.refusals.get(self.patches[-1]["id"])
            if refusal:
                return refusal()
        return self._answer(request)

    def forget(self) -> None:
        self.requests.clear()
        self.patches.clear()

    def count(self, method: str, ending: str = "") -> int:
        return sum(m == method and path.endswith(ending) for m, path in list(self.requests))

    def environment(self, **changes: str) -> dict[str, str]:
        return {
            "SUITECRM_URL": self.server.url,
            "SUITECRM_CLIENT_ID": self.server.client_id,
            "SUITECRM_CLIENT_SECRET": self.server.client_secret,
            "BRIDGE_HOME": str(self.home),
            "BRIDGE_PAGE_SIZE": "100",
            "BRIDGE_PARALLEL": "2",
            "BRIDGE_MIN_BUYERS": "5",
            "BRIDGE_RETRIES": "0",
            "BRIDGE_MAX_RATE": "1000",
            "BRIDGE_TIMEOUT": "30",
            "BRIDGE_REACTIONS_MOST": "20",
            **changes,
        }

    @contextmanager
    def announced(self) -> Iterator[list[str]]:
        """The ids of the records that are saved for hooks to see, as they are."""
        ids: list[str] = []

        def hook(module: str, id: str) -> None:
            ids.append(id)

        self.sandbox.scores.hooks.append(hook)
        yield ids
        self.sandbox.scores.hooks.remove(hook)

    @contextmanager
    def context(self, **changes: str) -> Iterator[Context]:
        """A context on the sandbox's clock, whose client never sleeps between two attempts."""
        settings = Settings.read({}, self.environment(**changes))
        with Context(settings, clock=self.clock) as context, patient(settings) as crm:
            context.crm = crm
            yield context

    def sync(
        self,
        *,
        as_of: date = DAY,
        full: bool = False,
        dry_run: bool = False,
        accept: bool = False,
        past: bool = True,
        **changes: str,
    ) -> Summary:
        summary = Summary()
        with self.context(**changes) as context:
            sync(
                context,
                summary,
                as_of=as_of,
                full=full,
                dry_run=dry_run,
                accept=accept,
                past=past,
            )
        return summary

    def pull(self, *modules: str, full: bool = False, **changes: str) -> Summary:
        summary = Summary()
        with self.context(**changes) as context:
            pull(context, summary, modules, full=full)
        return summary

    def score(
        self, as_of: date = DAY, *, accept: bool = False, past: bool = True, **changes: str
    ) -> Summary:
        summary = Summary()
        with self.context(**changes) as context:
            score(context, summary, as_of, accept=accept, past=past)
        return summary

    def push(
        self, *, dry_run: bool = False, accept: bool = False, past: bool = True, **changes: str
    ) -> Summary:
        summary = Summary()
        with self.context(**changes) as context:
            push(context, summary, dry_run=dry_run, accept=accept, past=past)
        return summary

    def command(self, *arguments: str, **changes: str) -> Result:
        """Run the command line in this process, on the sandbox's clock."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(contexts, "Context", partial(Context, clock=self.clock))
            return command(*arguments, environment=self.environment(**changes))

    def fields(self, module: str) -> dict[str, dict[str, Any]]:
        """Return what the CRM says about the fields of a module."""
        with self.context() as context:
            return context.crm.module(module).fields() or {}

    def pretend(self, module: str, fields: Mapping[str, Any]) -> None:
        """Let the CRM say from now on that a module has these fields."""
        body = json.dumps({"data": {"type": "fields", "attributes": fields}})
        hook = always("GET", f"/meta/fields/{module}", lambda: Response(body))
        self.server.before_request.append(hook)

    def mirrored(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask, or change, the tables of the mirror."""
        with tables_of(self.home) as connection:
            return connection.execute(query, list(parameters)).fetchall()

    def dead_letters(self) -> list[tuple[Any, ...]]:
        return self.mirrored("SELECT record_id, attempts, reason FROM dead_letters ORDER BY 1")


@contextmanager
def patient(settings: Settings) -> Iterator[SuiteCRM]:
    credentials = Credentials(settings.client_id, settings.client_secret)
    options = {"retries": settings.retries, "parallel": settings.parallel}
    with SuiteCRM(
        settings.url, credentials, timing=Timing(sleep=lambda seconds: None), **options
    ) as crm:
        yield crm


@contextmanager
def tables_of(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a mirror's file without what a mirror adds to it, which takes five times as long."""
    if not (home / MIRROR_FILE).exists():
        Mirror.open(home).close()
    with duckdb.connect(str(home / MIRROR_FILE)) as connection:
        yield connection
