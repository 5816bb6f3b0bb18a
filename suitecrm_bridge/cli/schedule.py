"""The commands about syncing by itself: run, show, install."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.installing import install, remove
from suitecrm_bridge.cli.options import format_without_csv
from suitecrm_bridge.cli.output import say, show_json, show_pairs, show_table
from suitecrm_bridge.cli.translated import Command, Group, Option
from suitecrm_bridge.errors import LockedError
from suitecrm_bridge.i18n import decimal, text
from suitecrm_bridge.jobs.now import utc_now
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
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=720,
    show_default=True,
    cls=Option,
    help="option_sync_minutes",
)
@click.pass_obj
def run(app: App, minutes: float) -> None:
    """Sync at each time of the schedule until asked to stop."""
    from suitecrm_bridge.jobs.one_sync import OneSync
    from suitecrm_bridge.jobs.schedule import Timetable, serve, shown
    from suitecrm_bridge.jobs.stop import Stop

    if app.verbosity == 0:
        # A service that says nothing leaves nobody the wiser.
        app = replace(app, verbosity=1)
    settings = app.settings()
    settings.require_crm()
    timetable = Timetable(settings.schedule, LastSync.read(app).began())
    app.log()
    stop = Stop()
    once = OneSync(app.words(), minutes, stop, app.open)
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


schedule.add_command(install)
schedule.add_command(remove)
