"""A command in a process of its own: ended where it takes too long, or when asked to stop."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from suitecrm_bridge.errors import LockedError
from suitecrm_bridge.jobs.stop import Stop

LOOK_EVERY = 0.1
TO_END = 15.0
"""Seconds that a process has to finish what is in flight once it was asked to end."""

Ended = Literal["done", "failed", "busy", "timeout", "stopped"]


@dataclass(frozen=True)
class Child:
    """How a process ended; `exit_code` is None where it could not even begin."""

    ended: Ended
    exit_code: int | None = None
    printed: str = ""
    said: str = ""


def run(
    command: Sequence[str],
    *,
    seconds: float,
    stop: Stop,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    heard: bool = True,
) -> Child:
    """Run a command to its end, or until it has to be ended.

    Args:
        command: program and arguments.
        seconds: after which it is asked to end, and ended a little later.
        stop: asks it to end, too.
        environment: default, that of this process.
        folder: where it runs; default, where this process does.
        heard: keep what it prints and says; else it goes where this process' own words go.
    """
    began = time.monotonic()
    pipe = subprocess.PIPE if heard else None
    try:
        with subprocess.Popen(  # noqa: S603, the bridge itself
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            text=True,
            encoding="utf-8",
            errors="replace",
            # Ctrl-C goes to all processes of a terminal; this one hears of it once, from here.
            start_new_session=True,
        ) as process:
            printed, said, late = awaited(process, began + seconds, stop)
    except OSError as error:
        return Child("failed", said=str(error))
    code = process.returncode
    return Child(_ended(code, late=late, stopped=stop.is_set()), code, printed or "", said or "")


def awaited(process: subprocess.Popen[str], until: float, stop: Stop) -> tuple[str, str, bool]:
    """Return what a process printed and said, and whether it had to be ended."""
    late = False
    while True:
        try:
            # Read all the while: a pipe that is full would hold the process up.
            printed, said = process.communicate(timeout=LOOK_EVERY)
            return printed, said, late
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        if not late and (now > until or stop.is_set()):
            late, until = True, now + TO_END
            process.terminate()
        elif late and now > until:
            process.kill()


def _ended(code: int, *, late: bool, stopped: bool) -> Ended:
    if late:
        return "stopped" if stopped else "timeout"
    if code == LockedError.exit_code:
        return "busy"
    return "failed" if code else "done"
