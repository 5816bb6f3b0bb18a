"""One seed: a CRM, a mixture of faults, people at work, a bridge that is killed, and the truth."""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from chaos_bad import BadRecords
from chaos_bridge import DAY, Bridge, Clock, Result
from chaos_checks import (
    DONE,
    PARTIAL,
    Rows,
    crm_rows,
    differences,
    mirror_rows,
    remember,
    set_apart,
    without,
)
from chaos_people import People
from chaos_programmes import copied
from chaos_runs import LASTING, calm_runs, disturbed_runs
from chaos_watch import Watch
from chaos_world import World, dice

from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.sandbox import Faults, Sandbox


def play(seed: int, path: str, customers: int = 40, only: tuple[str, ...] = ()) -> Result:
    """Play a seed over one of the two paths and return what became of it.

    Beside faults, strokes and edits come the disturbances that are drawn by chance, or `only` some.
    """
    result, began = Result(seed, path, only), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    try:
        with _mistakes(result):
            _play(result, folder, customers)
    except Exception as error:
        # The other seeds go on; this one says where it ended.
        place = traceback.extract_tb(error.__traceback__)[-1]
        result.findings.append(f"{type(error).__name__} in {place.name}, {place.lineno}: {error}")
    finally:
        result.seconds = round(time.monotonic() - began, 1)
        if not result.findings:
            shutil.rmtree(folder, ignore_errors=True)
    return result


def _play(result: Result, folder: Path, customers: int) -> None:
    faults = Faults.random(result.seed)
    lasting = {name: faults.values[name] for name in LASTING if name in faults.values}
    with _world(result, folder, customers) as world:
        bad = BadRecords(world, world.dice("bad records"))
        disturbed_runs(world, faults, bad)
        world.server.faults = Faults(lasting, result.seed)
        calm_runs(world)
        result.mixture, result.faults = faults.values, faults.counts + world.server.faults.counts
        _sum_up(world)
        if there := bad.there():
            result.findings += set_apart(world.bridge.letters(), there)
        crm = crm_rows(world.sandbox.store)
    copy = Path(shutil.copy(folder / "crm.sqlite", folder / "copy.sqlite"))
    _compare(world, crm, copy, Faults(lasting, result.seed), bad)


@contextlib.contextmanager
def _world(result: Result, folder: Path, customers: int) -> Iterator[World]:
    clock = Clock()
    with Sandbox(path=folder / "crm.sqlite", routes=result.path == "fast", clock=clock) as sandbox:
        fill(sandbox.store, customers, result.seed, DAY)
        with sandbox.serve() as server:
            clock.requests = lambda: server.requests
            people = People(sandbox.store, dice("people", result.seed), DAY)
            watch = Watch(sandbox, people, dice("watch", result.seed))
            bridge = Bridge(server, folder / "home", clock, result)
            yield World(result, sandbox, server, people, watch, clock, bridge)


def _sum_up(world: World) -> None:
    result, watch, people = world.result, world.watch, world.people
    result.edits = people.edits
    result.requests, result.writes = watch.figures["requests"], watch.figures["writes"]
    result.findings += watch.findings
    result.findings += [f"overwritten: {line}" for line in people.overwritten()]
    if office := watch.office:
        counts = {"form saved": office.saved, "form in conflict": office.conflicts}
        result.disturbances.update(counts)
        # Over the stock API each write is a save with its date.
        if office.disturbed and not watch.figures["patches"]:
            result.findings.append(f"{office.disturbed} forms met a conflict with the bridge alone")


def _compare(world: World, crm: Rows, database: Path, faults: Faults, bad: BadRecords) -> None:
    """Compare with a bridge that meets the CRM as it is now, for the first time.

    It meets it without what no figure can bear.
    """
    result, home = world.result, world.bridge.home
    with (
        Sandbox(path=database, routes=world.fast, clock=world.clock) as sandbox,
        sandbox.serve() as server,
    ):
        bad.leave(sandbox.store)
        server.faults = faults
        undisturbed = Bridge(server, home.with_name("undisturbed"), world.clock, Result(0, ""))
        remember(home, undisturbed.home)
        copied(home, undisturbed.home)
        code = undisturbed.sync("--take-over", BRIDGE_RETRIES="1")
        if code not in (DONE, PARTIAL):
            result.findings.append(f"the undisturbed run ended with {code}")
            return
        result.findings += differences("CRM", without(crm, bad.ids), crm_rows(sandbox.store))
    rows = mirror_rows(home)
    result.dead_letters = len(rows["dead_letters"])
    result.findings += differences("mirror", without(rows, bad.ids), mirror_rows(undisturbed.home))


@contextlib.contextmanager
def _mistakes(result: Result) -> Iterator[None]:
    """Note what goes wrong in the sandbox itself."""

    class Noted(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else ""
            # A killed client is gone before its answer; everything else is a mistake.
            if not isinstance(error, ConnectionError):
                result.findings.append(f"sandbox: {record.getMessage()}: {error!r}")

    log, handler = logging.getLogger("suitecrm_bridge.sandbox"), Noted(logging.WARNING)
    log.addHandler(handler)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = True


def replayed(result: Result) -> str:
    """Return the call that plays a seed again."""
    only = "".join(f' --only "{name}"' for name in result.only)
    return f"python scripts/chaos.py --first {result.seed} --seeds 1 --path {result.path}{only}"


def written(results: Sequence[Result]) -> str:
    """Return results as JSON."""
    return json.dumps([result.as_dict() for result in results], indent=1)
