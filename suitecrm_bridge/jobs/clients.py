"""Sync many installations: one folder a client, each in a process of its own.

So one that fails, hangs or takes all memory harms no other, and none sees another's settings.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import children
from suitecrm_bridge.jobs.children import Ended
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.settings import SETTINGS_FILE, environment_of_others

LOG_FILE = "last-sync.log"
Command = Callable[[Path, Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Outcome:
    """How the sync of a client ended: seconds, exit code, and what it counted.

    `said` is the last line of what went wrong.
    """

    client: str
    ended: Ended
    seconds: float
    exit_code: int | None = None
    written: int = 0
    failed: int = 0
    said: str = ""


def found(folder: Path, only: Sequence[str] = ()) -> list[Path]:
    """Return the folders of clients: those below `folder` that have a settings file, by name.

    Raises:
        SettingError: there is none, or one that was asked for is not there.
    """
    known = {
        one.name: one
        for one in (folder.iterdir() if folder.is_dir() else ())
        if (one / SETTINGS_FILE).is_file()
    }
    missing = sorted({*only} - known.keys())
    if missing or not known:
        names = ", ".join(missing) or SETTINGS_FILE
        raise SettingError(text("clients.none", folder=folder, names=names))
    return [known[name] for name in sorted(known) if not only or name in only]


def ours(client: Path, arguments: Sequence[str]) -> Sequence[str]:
    """Return the command that syncs a client."""
    file = str(client / SETTINGS_FILE)
    words = ("--env-file", file, "--log-format", "text", "sync", "--format", "json")
    return (sys.executable, "-m", "suitecrm_bridge", *words, *arguments)


def sync_all(
    clients: Sequence[Path],
    *,
    parallel: int,
    seconds: float,
    stop: Stop,
    arguments: Sequence[str] = (),
    command: Command = ours,
) -> Iterator[Outcome]:
    """Sync clients, `parallel` at a time; yield how each ended, as they end.

    Args:
        clients: their folders.
        parallel: how many processes at once.
        seconds: after which a sync is asked to end, and ended a little later.
        stop: ends those under way, and begins no more.
        arguments: what else is said to each sync.
        command: what to run for a client.
    """
    with ThreadPoolExecutor(parallel, thread_name_prefix="client") as pool:
        under_way = [
            pool.submit(_sync, client, command(client, arguments), seconds, stop)
            for client in clients
        ]
        for one in as_completed(under_way):
            yield one.result()


def _sync(client: Path, command: Sequence[str], seconds: float, stop: Stop) -> Outcome:
    began = time.monotonic()
    if stop.is_set():
        return Outcome(client.name, "stopped", 0.0)
    child = children.run(
        command, seconds=seconds, stop=stop, environment=_environment(client), folder=client
    )
    if child.exit_code is not None:
        _keep(client, child.said)
    summary = _summary(child.printed)
    lines = child.said.strip().splitlines()
    return Outcome(
        client=client.name,
        ended=child.ended,
        seconds=time.monotonic() - began,
        exit_code=child.exit_code,
        written=int(summary.get("written", 0)),
        failed=int(summary.get("failed", 0)),
        said="" if child.ended == "done" or not lines else lines[-1],
    )


def _environment(client: Path) -> Mapping[str, str]:
    """Return the environment without anybody's settings; the client's own folder is its home.

    Its settings file may name another one.
    """
    named = (client / SETTINGS_FILE).read_text(encoding="utf-8", errors="replace")
    own = {} if "BRIDGE_HOME" in named else {"BRIDGE_HOME": str(client.absolute())}
    return {**environment_of_others(), **own, "PYTHONUTF8": "1"}


def _keep(client: Path, said: str) -> None:
    try:
        write_whole(client / LOG_FILE, said, private=True)
    except OSError:
        # The summary tells how it ended all the same.
        return


def _summary(printed: str) -> dict[str, Any]:
    try:
        found = json.loads(printed)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
