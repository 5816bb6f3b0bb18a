"""A bridge whose runs are processes, the time it lives in, and what becomes of it all."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import chaos_child

from suitecrm_bridge.sandbox import SandboxServer

PER_REQUEST = timedelta(seconds=0.1)
DAY = date(2026, 3, 8)
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
LONGEST_RUN = 180.0
"""Seconds after which a run counts as hanging."""
_OF_THE_SERVER = {
    # It does not look where its parent looks for modules.
    "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass
class Result:
    """What became of a seed."""

    seed: int
    path: str
    only: tuple[str, ...] = ()
    mixture: dict[str, Any] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    disturbances: Counter[str] = field(default_factory=Counter)
    exits: list[int] = field(default_factory=list)
    runs: int = 0
    kills: int = 0
    stops: int = 0
    edits: int = 0
    requests: int = 0
    writes: int = 0
    dead_letters: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return dict(vars(self))


class Clock:
    """The time in this CRM: each request takes a while, and between runs it jumps.

    It owes nothing to the time that a seed takes, so a slow machine plays the same seed.
    """

    def __init__(self) -> None:
        self._now = NOON
        self.requests: Callable[[], int] = lambda: 0

    def __call__(self) -> datetime:
        """Return the time."""
        return self._now + self.requests() * PER_REQUEST

    def advance(self, hours: float) -> None:
        """Let time pass."""
        self._now += timedelta(hours=hours)

    def noon(self, days: int) -> None:
        """Let it be noon some days later, so that a day does not end before somebody looks."""
        until = self() + timedelta(days=days)
        self._now += until.replace(hour=12, minute=0, second=0) - self()

    @property
    def ahead(self) -> timedelta:
        """By how much it is ahead of the right time."""
        return self() - datetime.now(UTC)


class Bridge:
    """A bridge with a home of its own, whose runs are processes."""

    def __init__(self, server: SandboxServer, home: Path, clock: Clock, result: Result) -> None:
        self.home = home
        self._server, self._clock, self._result = server, clock, result
        self._processes = context()
        self.process: multiprocessing.process.BaseProcess | None = None

    def sync(
        self,
        *options: str,
        before: Sequence[str] = (),
        ahead: timedelta = timedelta(),
        **settings: str,
    ) -> int:
        """Run a sync and return its exit code; what it says must hold no secret.

        Its clock, and so the day of the scores, is `ahead` of the CRM's.
        """
        arguments = [*before, "sync", "--format", "json", *options]
        return self._run(arguments, settings, ahead, debug="-vv" in before)

    def command(self, *words: str) -> int:
        """Run another command and return its exit code."""
        return self._run(words, {}, timedelta(), debug=False)

    def letters(self) -> list[dict[str, Any]]:
        """Return what the bridge lists as failed or set apart."""
        self._run(["dead-letters", "list", "--format", "json"], {}, timedelta(), debug=False)
        found: list[dict[str, Any]] = json.loads(self._output.read_text(encoding="utf-8") or "[]")
        return found

    @property
    def _output(self) -> Path:
        return self.home.with_name(f"{self.home.name}-{self._result.runs - 1}.out")

    def _run(
        self,
        arguments: Sequence[str],
        settings: Mapping[str, str],
        ahead: timedelta,
        *,
        debug: bool,
    ) -> int:
        environment = {
            "SUITECRM_URL": self._server.url,
            "SUITECRM_CLIENT_ID": self._server.client_id,
            "SUITECRM_CLIENT_SECRET": self._server.client_secret,
            "BRIDGE_HOME": str(self.home),
            "BRIDGE_PAGE_SIZE": "40",
            "BRIDGE_PARALLEL": "2",
            "BRIDGE_MIN_BUYERS": "5",
            "BRIDGE_MAX_RATE": "1000",
            "BRIDGE_TIMEOUT": "1",
            **settings,
        }
        self._result.runs += 1
        output = self._output
        process = self._processes.Process(
            target=chaos_child.run,
            args=(arguments, environment, self._clock.ahead + ahead, output),
        )
        self.process = process
        process.start()
        process.join(LONGEST_RUN)
        if process.is_alive():
            self._result.findings.append(f"run {self._result.runs - 1} hangs")
            process.kill()
            process.join()
        self._result.exits.append(process.exitcode or 0)
        self._listen(output, debug=debug)
        return process.exitcode or 0

    def _listen(self, output: Path, *, debug: bool) -> None:
        for file in (output, output.with_suffix(".err")):
            words = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
            if self._server.client_secret in words or "Bearer ey" in words or '"ey' in words:
                self._result.findings.append(f"{file.name} holds a secret")
            # Asked for everything, the log says where an error comes from.
            if "Traceback" in words and not debug:
                end = words[words.index("Traceback") :].strip().splitlines()[-1]
                self._result.findings.append(f"{file.name} holds a traceback: {end}")


@cache
def context() -> multiprocessing.context.BaseContext:
    """Return what starts processes: where it can, one that has the bridge loaded already."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    started = multiprocessing.get_context("forkserver")
    started.set_forkserver_preload(["chaos_warm"])
    before = {name: os.environ.get(name) for name in _OF_THE_SERVER}
    os.environ.update(_OF_THE_SERVER)
    try:
        forkserver.ensure_running()
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})
    return started
