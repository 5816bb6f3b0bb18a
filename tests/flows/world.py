"""A small SuiteCRM filled with demo data, served over HTTP, and a home folder of the bridge."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.cli import app
from suitecrm_bridge.crm import Credentials, SuiteCRM, Timing
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.demo import fill
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
from tests.sandbox.conftest import NOON as NOON
from tests.sandbox.conftest import Clock

DAY = date(2026, 3, 8)
CUSTOMERS = 60
ENOUGH = 80
"""So large a base has 50 buyers, as many as the models of lifetimes ask for."""
WRITES = 76
"""Records that the first sync of that base writes: contacts, accounts and complaints."""
NO_ACCESS = "[SuiteCRM] [Not Allowed] The API user does not have access to this module."

Synced = tuple[Path, Path, tuple[tuple[str, str], ...]]


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
            patch.setattr(app, "Context", partial(Context, clock=self.clock))
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
        with Mirror.open(self.home) as mirror:
            return mirror.connection.execute(query, list(parameters)).fetchall()

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
def world(
    home: Path, *, database: Path | None = None, package: bool = True, routes: bool = False
) -> Iterator[World]:
    """Serve a sandbox, on a file that holds a base or empty."""
    clock = Clock()
    with (
        Sandbox(path=database, package=package, routes=routes, clock=clock) as sandbox,
        sandbox.serve() as server,
    ):
        yield World(sandbox, server, clock, home)


def filled_base(folder: Path, customers: int = CUSTOMERS) -> Path:
    """Return the database of a SuiteCRM that the bridge has not met yet."""
    return _filled(folder, customers)


@cache
def _filled(folder: Path, customers: int) -> Path:
    # Only with its defaults filled in is a call the same call to the cache.
    database = folder / f"filled-{customers}.sqlite"
    with Sandbox(path=database, clock=Clock()) as sandbox:
        fill(sandbox.store, customers, 1, DAY)
    return database


def synced_base(folder: Path, customers: int = CUSTOMERS) -> Synced:
    """Return database, home and the requests of a sync that nothing disturbed."""
    return _synced(folder, customers)


@cache
def _synced(folder: Path, customers: int) -> Synced:
    database = Path(
        shutil.copy(filled_base(folder, customers), folder / f"synced-{customers}.sqlite")
    )
    home = folder / f"synced home of {customers}"
    with world(home, database=database) as undisturbed:
        undisturbed.sync(BRIDGE_PARALLEL="1")
        return database, home, tuple(undisturbed.requests)


@cache
def settled_base(folder: Path, customers: int = CUSTOMERS) -> tuple[Path, Path]:
    """Return database and home after that sync, when its writes were read and scored, too.

    The next run finds that the scores stand, as it does every night but the first.
    """
    database, synced_home, _ = synced_base(folder, customers)
    home = folder / f"settled home of {customers}"
    home.mkdir(0o700)
    shutil.copy(synced_home / MIRROR_FILE, home / MIRROR_FILE)
    with world(home, database=database) as opened, opened.context() as context:
        # Past the history of runs, in which that sync is the only one.
        pull.__wrapped__(context, Summary())  # type: ignore[attr-defined]
        score.__wrapped__(context, Summary(), DAY, past=True)  # type: ignore[attr-defined]
    return database, home


@cache
def fast_base(folder: Path) -> tuple[Path, Path]:
    """Return database and home after one sync over the fast routes."""
    database = Path(shutil.copy(filled_base(folder), folder / "fast.sqlite"))
    home = folder / "fast home"
    with world(home, database=database, routes=True) as opened:
        opened.sync()
    return database, home


@cache
def scored_base(folder: Path) -> tuple[Path, Path]:
    """Return database and home of a bridge that has read and scored, and not yet written."""
    database, home = filled_base(folder), folder / "scored home"
    with world(home, database=database) as opened:
        opened.pull()
        opened.score()
    return database, home


@contextmanager
def world_of(
    base: Path, database: Path, home: Path | None = None, *, routes: bool = False
) -> Iterator[World]:
    """Serve a copy of a database, with a copy of a home; `routes` are the package's fast ones."""
    copied = Path(shutil.copy(database, base / "crm.sqlite"))
    own = base / "home of the bridge"
    if home:
        own.mkdir(0o700)
        shutil.copy(home / MIRROR_FILE, own / MIRROR_FILE)
    with world(own, database=copied, routes=routes) as opened:
        yield opened


def mirror_rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that a mirror holds, but the ledger, which tells who wrote when."""
    tables = [module.table for module in catalogue().modules.values()]
    tables += [*catalogue().links, "scores_contacts", "scores_accounts"]
    tables += ["bookmarks", "scans", "dead_letters"]
    with Mirror.open(home) as mirror:
        return {
            table: mirror.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            for table in tables
        }


def crm_rows(opened: World) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the modules that the bridge knows."""
    return {module: opened.store.rows(module) for module in catalogue().modules}


@contextmanager
def log_left_alone() -> Iterator[None]:
    root = logging.getLogger("suitecrm_bridge")
    before = (root.handlers[:], root.level, root.propagate)
    try:
        yield
    finally:
        root.handlers[:], root.level, root.propagate = before
