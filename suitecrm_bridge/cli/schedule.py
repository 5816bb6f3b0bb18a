"""The commands about syncing by itself: run, show, install."""

from __future__ import annotations

import getpass
import logging
import sys
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import format_without_csv
from suitecrm_bridge.cli.output import say, show_json, show_pairs, show_table
from suitecrm_bridge.cli.translated import Command, Group, Option
from suitecrm_bridge.errors import LockedError, SettingError
from suitecrm_bridge.i18n import decimal, text
from suitecrm_bridge.jobs.now import utc_now
from suitecrm_bridge.jobs.service import SYSTEMS, Installation, System, instructions
from suitecrm_bridge.settings import SETTINGS_FILE, Settings, default_file
from suitecrm_bridge.tables import Column, Table, words

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.schedule import Timetable
    from suitecrm_bridge.mirror import Run

logger = logging.getLogger(__name__)

COUNTED = {"pulled": "read", "deleted": "deleted", "rejected": "rejected"}
"""The figures of a run that are told by module, and the headings they go by."""


@dataclass(frozen=True)
class LastSync:
    """The last sync; `busy` says who holds the mirror where that cannot be told now."""

    run: Run | None = None
    busy: str | None = None

    @classmethod
    def read(cls, app: App) -> LastSync:
        """Look into the history."""
        try:
            with app.open() as context:
                return cls(run=context.mirror.runs.last(["sync"]))
        except LockedError as error:
            return cls(busy=str(error))

    def began(self) -> datetime | None:
        """Return when the last sync began; one that holds the mirror counts as just begun."""
        if self.busy:
            return utc_now()
        return self.run.started_at if self.run else None


@click.group("schedule", cls=Group)
def schedule() -> None:
    """Sync at the times of the schedule."""


@schedule.command("run", cls=Command)
@click.pass_obj
def run(app: App) -> None:
    """Sync at each time of the schedule until asked to stop."""
    from suitecrm_bridge.jobs.schedule import Timetable, serve, shown
    from suitecrm_bridge.jobs.stop import Stop
    from suitecrm_bridge.jobs.summary import Summary
    from suitecrm_bridge.jobs.sync import sync

    if app.verbosity == 0:
        # A service that says nothing leaves nobody the wiser.
        app = replace(app, verbosity=1)
    settings = app.settings()
    settings.require_crm()
    timetable = Timetable(settings.schedule, LastSync.read(app).began())
    stop = Stop()

    def once() -> None:
        # A context of its own for each sync: the mirror is free in between, settings are read anew.
        with app.open(stop=stop) as context:
            sync(context, Summary())

    begins = shown(_upcoming(timetable))
    logger.info("%s", text("schedule.started", plan=settings.schedule, time=begins))
    with stop.on_signals():
        serve(timetable, once, stop.wait)


@schedule.command("show", cls=Command)
@format_without_csv
@click.pass_obj
def show_schedule(app: App, form: str) -> None:
    """Show the plan, the next sync, and the last one."""
    from suitecrm_bridge.jobs.schedule import Timetable, shown

    plan = app.settings().schedule
    past = LastSync.read(app)
    following = _upcoming(Timetable(plan, past.began() if plan.every else None))
    if form == "json":
        last = past.run and _plain(past.run)
        show_json(
            {
                "schedule": str(plan),
                "next": following.isoformat(timespec="seconds"),
                "busy": past.busy,
                "last": last,
            }
        )
        return
    rows: list[tuple[str, Any]] = [
        (text("schedule.plan"), str(plan)),
        (text("schedule.next"), shown(following)),
    ]
    if past.busy:
        rows.append((text("schedule.busy"), past.busy))
    else:
        rows += _told(past.run)
    show_pairs(rows)
    if past.run and past.run.figures.get("pulled"):
        _show_modules(past.run)


def _upcoming(timetable: Timetable) -> datetime:
    """Return the next slot; one that was missed comes now."""
    return max(timetable.next(), utc_now().astimezone())


def _told(run: Run | None) -> list[tuple[str, Any]]:
    from suitecrm_bridge.jobs.schedule import shown

    if run is None:
        return [(text("schedule.last"), text("schedule.never"))]
    passed = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    ended = text(
        "schedule.ended",
        result=text(f"schedule.result_{run.result}"),
        began=shown(run.started_at),
        seconds="–" if passed is None else decimal(passed, 1),
        path=text(f"schedule.path_{run.path}") if run.path else "–",
    )
    rows: list[tuple[str, Any]] = [(text("schedule.last"), ended)]
    if run.error:
        rows.append((text("schedule.error"), run.error))
    for name in ("written", "unchanged", "failed", "deferred"):
        if count := run.figures.get(name):
            rows.append((text(f"cli.{name}"), count))
    return rows


def _show_modules(run: Run) -> None:
    """Print what was read of each module, without those in which nothing happened."""
    import pandas as pd

    counted = {name: run.figures.get(name) or {} for name in COUNTED}
    happened = {name: counts for name, counts in counted.items() if any(counts.values())}
    modules = [m for m in counted["pulled"] if any(counts.get(m) for counts in happened.values())]
    if not modules:
        return
    took = run.figures.get("module_seconds") or {}
    say()
    frame = pd.DataFrame(
        {
            "module": modules,
            **{name: [counts.get(m, 0) for m in modules] for name, counts in happened.items()},
            "seconds": [Decimal(f"{took.get(m, 0):.1f}") for m in modules],
        },
        dtype=object,
    )
    columns = [
        Column("module", "text", words("cli.module")),
        *(Column(name, "count", words(f"schedule.{COUNTED[name]}")) for name in happened),
        Column("seconds", "points", words("cli.seconds")),
    ]
    show_table(Table("modules", frame, columns), "table")


def _plain(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "command": run.command,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at and run.finished_at.isoformat(),
        "result": run.result,
        "path": run.path,
        "error": run.error,
        "figures": run.figures,
    }


@schedule.command("install", cls=Command)
@click.option("--for", "system", type=click.Choice(SYSTEMS), cls=Option, help="option_for")
@click.pass_obj
def install(app: App, system: System | None) -> None:
    """Print what the system's own scheduler needs."""
    settings = app.settings()
    file = app.env_file or default_file()
    if file is None:
        raise SettingError(text("schedule.no_settings_file", file=settings.home / SETTINGS_FILE))
    file = file.absolute()
    only_here = _only_in_the_environment(file)
    if only_here:
        names = ", ".join(only_here)
        say(text("schedule.only_here", names=names, file=file), err=True)
    written = [settings.home]
    if settings.metrics_file:
        written.append(settings.metrics_file.parent)
    installation = Installation(
        python=Path(sys.executable).absolute(),
        env_file=file,
        folder=Path.cwd(),
        written=tuple(folder.absolute() for folder in written),
        user=getpass.getuser(),
        plan=settings.schedule,
    )
    default: System = "windows" if sys.platform == "win32" else "systemd"
    say(instructions(system or default, installation), nl=False)


def _only_in_the_environment(file: Path) -> list[str]:
    here, there = Settings.read(env_file=file), Settings.read(environment={}, env_file=file)
    return [
        row.metadata["name"]
        for row in fields(Settings)
        if getattr(here, row.name) != getattr(there, row.name)
    ]
