"""How fast records come out of SuiteCRM and scores go in, beside other ways to do the same.

It reads and writes the SuiteCRM that the settings name (SUITECRM_URL, ...), or a sandbox of its
own where they name none; the sandbox runs in the same process, which flatters nobody. The scores
that it changes are put back at the end. Its mirrors lie in a temporary folder, so that a bridge
that wrote there before must be told `--take-over` afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import requests
from bench_floor import dump
from bench_timing import CannotDo, Task

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import Stopped
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.demo import filled_sandbox
from suitecrm_bridge.jobs.progress import Silent
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.push import planned, push
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push import Change, apply
from suitecrm_bridge.settings import Secret, Settings

MODULES = ("Contacts", "AOS_Invoices")
PYSUITECRM_PAGE = 100
"""Records of a page as the PyPI client pysuitecrm asks for them, one page after the other."""
TINY = ("--customers", "30", "--limit", "20", "--writes", "3")
"""Options for a test of the suite itself."""
JSON_API = {"Accept": "application/vnd.api+json", "Content-Type": "application/vnd.api+json"}


def options(parser: argparse._ArgumentGroup) -> None:
    """Add the options of this suite."""
    parser.add_argument("--limit", type=int, default=4_000, help="records read the slow ways")
    parser.add_argument("--writes", type=int, default=200, help="records written the slow ways")
    parser.add_argument("--dsn", help="mysql://user:password@host/database, for the floor")
    parser.add_argument("--customers", type=int, default=2_000, help="of the own sandbox")


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield reading, writing, and a sync with nothing to do."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings = stack.enter_context(_server(options))
        yield reading(settings, folder, options)
        home = folder / "synced"
        with _context(settings, home) as context:
            pull(context, Summary())
            score(context, Summary(), context.today())
            is_fast = context.fast is not None
        if is_fast:
            with writing(settings, home, options) as task:
                yield task
        yield nothing_to_do(settings, home)


@contextmanager
def _server(options: argparse.Namespace) -> Iterator[Settings]:
    settings = Settings.read()
    if settings.url:
        yield settings
        return
    today = datetime.now(UTC).date()
    with filled_sandbox(options.customers, 1, today) as sandbox, sandbox.serve() as server:
        secret = Secret(server.client_secret)
        yield replace(settings, url=server.url, client_id=server.client_id, client_secret=secret)


@contextmanager
def _context(settings: Settings, home: Path) -> Iterator[Context]:
    with Context(replace(settings, home=home, max_rate=1_000)) as context:
        yield context


class UpTo(Silent):
    """Stops a pull when that many records were stored, and counts them."""

    def __init__(self, context: Context, limit: int) -> None:
        self._context, self._limit = context, limit
        self.count = 0

    def advance(self, count: int) -> None:
        """Count what was stored."""
        self.count += count
        if self.count >= self._limit:
            self._context.stop.set()


def shares(limit: int) -> dict[str, int]:
    """Return how many records of each module are read the slow ways: one of six is a contact."""
    return dict(zip(MODULES, (limit // 6, limit - limit // 6), strict=True))


def reading(settings: Settings, folder: Path, options: argparse.Namespace) -> Task:
    """Return the task of reading customers and invoices for the first time."""

    def fast() -> int:
        rmtree(folder / "read", ignore_errors=True)
        with _context(settings, folder / "read") as context:
            if context.fast is None:
                raise CannotDo("the package is not installed")
            summary = Summary()
            pull(context, summary, MODULES)
            return sum(summary.pulled.values())

    def stock() -> int:
        rmtree(folder / "read", ignore_errors=True)
        read = 0
        for module, limit in shares(options.limit).items():
            with _context(settings, folder / "read") as context:
                context.fast = None
                context.progress = watched = UpTo(context, limit)
                with suppress(Stopped):
                    pull(context, Summary(), [module])
                read += watched.count
        return read

    def one_page_after_the_other() -> int:
        with _context(settings, folder / "read") as context:
            wanted = shares(options.limit).items()
            return sum(single_pages(context.crm, settings, *each) for each in wanted)

    def floor() -> int:
        if options.dsn:
            return dump(options.dsn, MODULES)
        with _context(settings, folder / "read") as context:
            return thrown_away(context)

    return Task(
        "read contacts and invoices",
        ("page after page (pysuitecrm)", one_page_after_the_other),
        [
            ("the bridge, stock API", stock),
            ("the bridge, fast routes", fast),
            ("floor: database client" if options.dsn else "floor: bare HTTP reads", floor),
        ],
        unit="records",
    )


def single_pages(crm: SuiteCRM, settings: Settings, module: str, limit: int) -> int:
    """Read records page by page by number, one request at a time, as they come."""
    session = requests.Session()
    session.headers.update({**JSON_API, "Authorization": crm.api.bearer()})
    read, page = 0, 1
    while read < limit:
        answer = session.get(
            f"{settings.url.rstrip('/')}{crm.prefix}/V8/module/{module}",
            params={"page[number]": str(page), "page[size]": str(PYSUITECRM_PAGE)},
            timeout=settings.timeout,
        )
        found = answer.json()["data"]
        read += len(found)
        page += 1
        if len(found) < PYSUITECRM_PAGE:
            break
    return read


def thrown_away(context: Context) -> int:
    """Read the pages of the fast routes and throw them away."""
    if context.fast is None:
        raise CannotDo("the package is not installed")
    read = 0
    for module in MODULES:
        columns = context.crm.module(module).readable(["id", "date_modified"])[0]
        page = context.fast.page(module, fields=columns)
        read += len(page.rows)
        while not page.complete:
            page = context.fast.page(module, fields=columns, after=page.last_id)
            read += len(page.rows)
    return read


CHANGED = (
    "rfm_frequency = CASE rfm_frequency WHEN 1 THEN 2 ELSE 1 END,"
    " rfm_recency = CASE rfm_recency WHEN 1 THEN 2 ELSE 1 END,"
    " purchase_count = purchase_count + 1, purchase_total = purchase_total + 1"
)
"""Other scores for everyone, whose segments stay."""


@contextmanager
def writing(settings: Settings, home: Path, options: argparse.Namespace) -> Iterator[Task]:
    """Yield the task of writing every contact's changed scores; then put the right ones back."""

    def bridge() -> int:
        with _context(settings, home) as context:
            context.mirror.connection.execute(f"UPDATE scores_contacts SET {CHANGED}")
            summary = Summary()
            push(context, summary, accept=True)
            return summary.written

    def changes(context: Context) -> list[Change]:
        context.mirror.connection.execute(f"UPDATE scores_contacts SET {CHANGED}")
        return planned(context, Summary())[: options.writes]

    def stock() -> int:
        with _context(settings, home) as context:
            outcomes = list(apply(context.crm, changes(context), settings.parallel))
            return sum(outcome.error is None for outcome in outcomes)

    def one_by_one() -> int:
        with _context(settings, home) as context:
            wanted = changes(context)
            for change in wanted:
                context.crm.module(change.module).update(change.record_id, change.attributes)
            return len(wanted)

    with _context(settings, home) as context:
        push(context, Summary(), accept=True, take_over=True)
    try:
        yield Task(
            "write changed scores of contacts",
            ("record after record (pysuitecrm)", one_by_one),
            [("the bridge, stock API", stock), ("the bridge, fast routes", bridge)],
            unit="records",
        )
    finally:
        with _context(settings, home) as context:
            context.mirror.scores.mark("changed by the benchmark")
            pull(context, Summary(), full=True)
            score(context, Summary(), context.today(), accept=True)
            push(context, Summary(), accept=True)


def nothing_to_do(settings: Settings, home: Path) -> Task:
    """Return the task of starting the program, and of a sync in it that finds nothing changed."""
    environment = {
        **os.environ,
        "SUITECRM_URL": settings.url,
        "SUITECRM_CLIENT_ID": settings.client_id,
        "SUITECRM_CLIENT_SECRET": settings.client_secret.reveal(),
        "BRIDGE_HOME": str(home),
        "BRIDGE_MAX_RATE": "1000",
    }

    def command(*arguments: str) -> None:
        program = [sys.executable, "-m", "suitecrm_bridge", *arguments]
        subprocess.run(program, env=environment, check=True, capture_output=True)

    return Task(
        "a sync with nothing changed",
        ("start only (segments)", lambda: command("segments")),
        [("sync", lambda: command("-q", "sync"))],
    )
