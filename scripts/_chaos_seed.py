"""One seed: a CRM, a mixture of faults, people at work, a bridge that is killed, and the truth."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from _chaos_bridge import DAY, Bridge, Clock, Result
from _chaos_checks import crm_rows, differences, mirror_rows, remember
from _chaos_people import People
from _chaos_watch import Watch

from suitecrm_bridge import errors
from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.sandbox import Faults, Sandbox, SandboxServer

TRIES = 16
"""Runs within which one or two must succeed."""
STROKES = 4
"""The first runs; only these are killed or told to stop."""
LASTING = ("poison", "unreadable")
"""Faults that no later run escapes."""
DONE, PARTIAL = 0, errors.WriteBackError.exit_code
STOPPED = errors.Stopped.exit_code
PASSING = {
    DONE, PARTIAL, STOPPED, errors.ApiError.exit_code, errors.AuthenticationError.exit_code,
    errors.DataError.exit_code, errors.Incomplete.exit_code,
}  # fmt: skip
"""How a run under faults may end. Any other code is a finding: 1 is a mistake of the bridge's own,
2 a wrong setting, 5 a spoilt mirror, 8 a lock that a dead run left behind."""


def play(seed: int, path: str, customers: int = 60) -> Result:
    """Play a seed over one of the two paths and return what became of it."""
    result, began = Result(seed, path), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    try:
        with _mistakes(result):
            _play(result, folder, customers)
    finally:
        result.seconds = round(time.monotonic() - began, 1)
        if not result.findings:
            shutil.rmtree(folder, ignore_errors=True)
    return result


def _play(result: Result, folder: Path, customers: int) -> None:
    dice = random.Random(f"chaos {result.seed}")  # noqa: S311 (chance, no secrets)
    clock, database = Clock(), folder / "crm.sqlite"
    with Sandbox(path=database, routes=result.path == "fast", clock=clock) as sandbox:
        fill(sandbox.store, customers, result.seed, DAY)
        people = People(sandbox.store, dice, DAY)
        watch = Watch(sandbox, people, dice)
        with sandbox.serve() as server:
            clock.requests = lambda: server.requests
            faults = Faults.random(result.seed)
            bridge = Bridge(server, folder / "home", clock, result)
            _disturbed_runs(result, bridge, server, watch, clock, dice, faults)
            lasting = {name: faults.values[name] for name in LASTING if name in faults.values}
            server.faults = Faults(lasting, result.seed)
            _calm_runs(result, bridge, watch, clock)
        result.mixture, result.faults = faults.values, faults.counts + server.faults.counts
        result.edits = people.edits
        result.requests, result.writes = watch.figures["requests"], watch.figures["writes"]
        result.findings += watch.findings
        result.findings += [f"overwritten: {line}" for line in people.overwritten()]
        crm = crm_rows(sandbox.store)
    copy = Path(shutil.copy(database, folder / "copy.sqlite"))
    _compare(result, bridge.home, copy, crm, Faults(lasting, result.seed), clock)


def _disturbed_runs(
    result: Result, bridge: Bridge, server: SandboxServer, watch: Watch, clock: Clock,
    dice: random.Random, faults: Faults,
) -> None:  # fmt: skip
    """Sync until enough runs have succeeded."""
    lasting = any(name in faults.values for name in LASTING)
    wanted = dice.randint(1, 2)
    for number in range(TRIES):
        for _ in range(dice.randrange(4)):
            watch.edit()
        server.faults, watch.edit_chance = faults, 0.01
        struck = number < STROKES and dice.random() < 0.8
        kills = struck and _prepare_stroke(result, bridge, watch, dice)
        options = dice.choice([(), (), (), ("--full",)])
        before = dice.choice([(), ("-v",), ("-vv",), ("-q",)])
        code = bridge.sync(*options, before=before, BRIDGE_RETRIES=str(dice.randint(2, 5)))
        fallen, watch.stroke = watch.stroke is None, None
        watch.edit_chance = 0.0
        if struck and fallen:
            result.kills, result.stops = result.kills + kills, result.stops + (not kills)
            watch.forgive()
        _check_exit(result, code, killed=bool(kills and fallen))
        clock.advance(dice.choice([0.02, 0.3, 3, 20, 30, 170]))
        wanted -= code == DONE or (code == PARTIAL and lasting)
        if not wanted:
            return
    result.findings.append(f"{wanted} runs too few of {TRIES} succeeded")


def _prepare_stroke(result: Result, bridge: Bridge, watch: Watch, dice: random.Random) -> bool:
    """Let the run be killed, or told to stop, at a request by chance; return whether killed."""
    kills = dice.random() < 0.6

    def stroke() -> None:
        watch.stroke = None
        if bridge.process is not None:
            (bridge.process.kill if kills else bridge.process.terminate)()

    watch.stroke_at = dice.randint(1, dice.choice([10, 50, 200]))
    watch.stroke_before = dice.random() < 0.5
    watch.stroke = stroke
    return kills


def _check_exit(result: Result, code: int, *, killed: bool) -> None:
    # Where there are no signals, a process that is told to stop is killed.
    allowed = code in PASSING or (killed and code < 0) or os.name == "nt"
    if not allowed:
        result.findings.append(f"run {result.runs - 1} ended with {code}")


def _calm_runs(result: Result, bridge: Bridge, watch: Watch, clock: Clock) -> None:
    """Sync until everything is due that ever waits, and once more, which must write nothing."""
    clock.advance(hours=24 * 8)
    first = bridge.sync(BRIDGE_RETRIES="1")
    # A write that SuiteCRM saved as a record has a new date, which the next run reads.
    clock.advance(hours=0.5)
    before = watch.figures["writes"]
    second = bridge.sync(BRIDGE_RETRIES="1")
    if {first, second} - {DONE, PARTIAL}:
        result.findings.append(f"the calm runs ended with {first} and {second}")
    if watch.figures["writes"] != before:
        result.findings.append(f"{watch.figures['writes'] - before} writes when nothing changed")


def _compare(
    result: Result, home: Path, database: Path, crm: dict[str, Any], faults: Faults, clock: Clock
) -> None:
    """Compare with a bridge that meets the CRM as it is now, for the first time."""
    with (
        Sandbox(path=database, routes=result.path == "fast", clock=clock) as sandbox,
        sandbox.serve() as server,
    ):
        server.faults = faults
        undisturbed = Bridge(server, home.with_name("undisturbed"), clock, Result(0, ""))
        remember(home, undisturbed.home)
        code = undisturbed.sync("--take-over", BRIDGE_RETRIES="1")
        if code not in (DONE, PARTIAL):
            result.findings.append(f"the undisturbed run ended with {code}")
            return
        result.findings += differences("CRM", crm, crm_rows(sandbox.store))
    rows = mirror_rows(home)
    result.dead_letters = len(rows["dead_letters"])
    result.findings += differences("mirror", rows, mirror_rows(undisturbed.home))


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
    return f"python scripts/chaos.py --first {result.seed} --seeds 1 --path {result.path}"


def written(results: Sequence[Result]) -> str:
    """Return results as JSON."""
    return json.dumps([result.as_dict() for result in results], indent=1)
