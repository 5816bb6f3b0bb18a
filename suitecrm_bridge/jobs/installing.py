"""What puts a sync into the system's own scheduler, and takes it away: steps, shown and done."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from suitecrm_bridge.errors import ConfigurationError, SettingError
from suitecrm_bridge.files import replacing
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.service import UNITS, Installation, System, cron, service, timer
from suitecrm_bridge.jobs.task import task
from suitecrm_bridge.settings import said_by_the_system

NAMES = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
RUNNING = "/run/systemd/system"
"""Is there where systemd runs the machine."""
_PATIENCE = 60.0
"""Seconds that a command of the system's scheduler may take."""


@dataclass(frozen=True)
class Write:
    """Write a file."""

    file: Path
    content: str
    encoding: str = "utf-8"

    def shown(self) -> str:
        """Return what is done, for people."""
        return text("schedule.writes", file=self.file) + f"\n{self.content.rstrip()}"


@dataclass(frozen=True)
class Delete:
    """Delete a file, where it is there."""

    file: Path

    def shown(self) -> str:
        """Return what is done, for people."""
        return text("schedule.deletes", file=self.file)


@dataclass(frozen=True)
class Run:
    """Run a command of the system, with what it reads; `needed`: else it may fail."""

    command: tuple[str, ...]
    read: str = ""
    needed: bool = True

    def shown(self) -> str:
        """Return what is done, for people."""
        windows = self.command[0] == "schtasks"
        joined = subprocess.list2cmdline(self.command) if windows else shlex.join(self.command)
        line = text("schedule.runs", command=joined)
        return f"{line}\n{self.read.rstrip()}" if self.read else line


Step = Write | Delete | Run
Runner = Callable[[Sequence[str], str], subprocess.CompletedProcess[str]]


def here() -> System:
    """Return the scheduler that this system has."""
    if sys.platform == "win32":
        return "windows"
    # A machine may have its programs and run something else.
    runs = shutil.which("systemctl") and Path(RUNNING).is_dir()
    return "systemd" if runs else "cron"


def is_for_all() -> bool:
    """Return whether who asks may install for the whole machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def to_install(
    system: System, installation: Installation, name: str, run: Runner | None = None
) -> list[Step]:
    """Return what makes the system sync by itself.

    Raises:
        ConfigurationError: that system cannot keep such a schedule.
    """
    _check(name)
    if system == "systemd":
        return _systemd(installation, name)
    if system == "cron":
        lines = f"# {name}: begin\n{cron(installation)}# {name}: end\n"
        return [Run(("crontab", "-"), _others(name, run or ask) + lines)]
    file = _task_file(installation.written[0], name)
    return [
        Write(file, task(installation), "utf-16"),
        Run(("schtasks", "/Create", "/TN", name, "/XML", str(file), "/F")),
    ]


def to_remove(system: System, home: Path, name: str, run: Runner | None = None) -> list[Step]:
    """Return what takes away what was installed."""
    _check(name)
    if system == "systemd":
        files = [_units() / f"{name}.{kind}" for kind in ("timer", "service")]
        return [
            Run((*_systemctl(), "disable", "--now", f"{name}.timer"), needed=False),
            *(Delete(file) for file in files),
            Run((*_systemctl(), "daemon-reload")),
        ]
    if system == "cron":
        others = _others(name, run or ask)
        return [Run(("crontab", "-"), others) if others.strip() else Run(("crontab", "-r"))]
    return [
        Run(("schtasks", "/Delete", "/TN", name, "/F")),
        Delete(_task_file(home, name)),
    ]


def carry_out(step: Step, run: Runner | None = None) -> None:
    """Do a step.

    Raises:
        ConfigurationError: the system refuses it.
    """
    try:
        if isinstance(step, Write):
            step.file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(step.file, private=False) as opened:
                opened.write(step.content.encode(step.encoding))
        elif isinstance(step, Delete):
            step.file.unlink(missing_ok=True)
        else:
            _run(step, run or ask)
    except OSError as error:
        raise ConfigurationError(
            text("schedule.not_done", step=step.shown(), reason=error)
        ) from error


def ask(command: Sequence[str], read: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the system and return what it said."""
    return subprocess.run(  # noqa: S603, one of those above
        list(command),
        input=read,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=_PATIENCE,
    )


def _run(step: Run, run: Runner) -> None:
    try:
        done = run(step.command, step.read)
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(
            text("schedule.not_done", step=step.shown(), reason=error)
        ) from error
    if done.returncode and step.needed:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"exit {done.returncode}"]
        raise ConfigurationError(text("schedule.not_done", step=step.shown(), reason=said[-1]))


def _systemd(installation: Installation, name: str) -> list[Step]:
    alone = not is_for_all()
    steps: list[Step] = [
        Write(_units() / f"{name}.service", service(installation, alone=alone)),
        Write(_units() / f"{name}.timer", timer(installation.plan)),
        Run((*_systemctl(), "daemon-reload")),
        Run((*_systemctl(), "enable", "--now", f"{name}.timer")),
    ]
    if alone:
        # Without it, the user's timers stand still while nobody is logged in.
        steps.append(Run(("loginctl", "enable-linger", installation.user), needed=False))
    return steps


def _systemctl() -> tuple[str, ...]:
    return ("systemctl",) if is_for_all() else ("systemctl", "--user")


def _units() -> Path:
    if is_for_all():
        return Path(UNITS)
    base = said_by_the_system("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user"


def _others(name: str, run: Runner) -> str:
    """Return the user's crontab without what was installed under this name."""
    try:
        found = run(("crontab", "-l"), "")
    except OSError as error:
        raise ConfigurationError(text("schedule.no_cron", reason=error)) from error
    # It fails where there is none yet.
    lines = found.stdout if found.returncode == 0 else ""
    own = re.compile(rf"^# {re.escape(name)}: begin\n.*?^# {re.escape(name)}: end\n", re.M | re.S)
    return own.sub("", lines)


def _task_file(home: object, name: str) -> Path:
    return Path(str(home)) / f"{name}.xml"


def _check(name: str) -> None:
    if not NAMES.fullmatch(name):
        raise SettingError(text("schedule.bad_name", name=name))
