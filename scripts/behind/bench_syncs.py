"""What `schedule every 15` costs: a sync with nothing new, and one with ten new invoices.

With no programme and with all shipped ones running, over the fast routes, in the sandbox. The
bridge is a process of its own that stays, as the schedule's does; each label tells its CPU seconds
and its requests.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from uuid import uuid4

from bench_timing import Task

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.demo import filled_sandbox
from suitecrm_bridge.jobs.programmes import start
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from suitecrm_bridge.sandbox import Sandbox, SandboxServer
from suitecrm_bridge.settings import Settings

NEW = 10
"""Invoices that come between two syncs."""
TINY = ("--people", "30")
"""Options for a test of the suite itself."""


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument("--people", type=int, default=5_000, help="customers of the sandbox")


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield a task without programmes and one with all of them."""
    today = datetime.now(UTC).date()
    with (
        TemporaryDirectory() as folder,
        filled_sandbox(options.people, 1, today) as sandbox,
        sandbox.serve() as server,
        _bridge(server, Path(folder)) as bridge,
    ):
        bridge.sync()
        for keys in ([], [*Rules().programmes]):
            bridge.start(keys)
            # What has begun comes to rest.
            bridge.sync()
            bridge.sync()
            quiet, busy = bridge.sync(), _after_invoices(sandbox, bridge)
            yield Task(
                f"a sync, {options.people:,} customers, {len(keys)} programmes running",
                (_label("nothing new", quiet), lambda: bridge.sync() and 1),
                [(_label(f"{NEW} new invoices", busy), lambda: _count(sandbox, bridge))],
                "syncs",
            )


def _label(what: str, cost: dict[str, Any]) -> str:
    return f"{what}: {cost['cpu']:.2f} s of CPU, {cost['requests']} requests"


def _count(sandbox: Sandbox, bridge: Bridge) -> int:
    _after_invoices(sandbox, bridge)
    return 1


def _after_invoices(sandbox: Sandbox, bridge: Bridge) -> dict[str, Any]:
    store = sandbox.store
    models = [row for row in store.rows("AOS_Invoices") if not row["deleted"]][:NEW]
    stamps = {"date_modified": store.now(), "date_entered": store.now()}
    day = {"invoice_date": str(datetime.now(UTC).date())}
    store.load("AOS_Invoices", [m | stamps | day | {"id": str(uuid4())} for m in models])
    return bridge.sync()


class Bridge:
    """A bridge in a process that stays; each line that it is told is a sync or a start."""

    def __init__(self, server: SandboxServer, told: IO[str], heard: IO[str]) -> None:
        self._server, self._told, self._heard = server, told, heard

    def sync(self) -> dict[str, Any]:
        """Sync, and return the CPU seconds and the requests that it took."""
        before = self._server.requests
        cost: dict[str, Any] = self._ask([])
        return cost | {"requests": self._server.requests - before}

    def start(self, keys: list[str]) -> None:
        """Start programmes."""
        if keys:
            self._ask(keys)

    def _ask(self, keys: list[str]) -> Any:
        self._told.write(json.dumps(keys) + "\n")
        self._told.flush()
        return json.loads(self._heard.readline())


@contextmanager
def _bridge(server: SandboxServer, home: Path) -> Iterator[Bridge]:
    given = {
        "SUITECRM_URL": server.url,
        "SUITECRM_CLIENT_ID": server.client_id,
        "SUITECRM_CLIENT_SECRET": server.client_secret,
        "BRIDGE_HOME": str(home),
    }
    command = [sys.executable, __file__, json.dumps(given)]
    with subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        if run.stdin is None or run.stdout is None:
            raise RuntimeError("the bridge cannot be spoken to")
        yield Bridge(server, run.stdin, run.stdout)
        run.stdin.close()


def _serve(given: dict[str, str]) -> None:
    """Do what each line that comes in asks for: start programmes, or sync where it names none."""
    settings = Settings.read(given, {})
    for line in sys.stdin:
        keys, began = json.loads(line), time.process_time()
        with Context(settings) as context:
            if keys:
                start(context, keys)
            else:
                sync(context, Summary())
        print(json.dumps({"cpu": time.process_time() - began}), flush=True)


if __name__ == "__main__":
    _serve(json.loads(sys.argv[1]))
