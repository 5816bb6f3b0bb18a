"""The commands about dated snapshots of the scores."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import Day, output_format
from suitecrm_bridge.cli.output import say, show
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import day as shown
from suitecrm_bridge.i18n import number, text

if TYPE_CHECKING:
    from suitecrm_bridge.mirror import Snapshot

COLUMNS = ("as_of", "entity", "customers", "purchases", "basis")


@click.group("snapshots", cls=Group)
def snapshots() -> None:
    """Look at snapshots of the scores, and drop wrong ones."""


@snapshots.command("list")
@output_format
@click.pass_obj
def list_snapshots(app: App, form: str) -> None:
    """List the days that have a snapshot."""
    with app.open() as context:
        kept = context.mirror.snapshots.listed()
    _show(kept, form)


@snapshots.command("drop")
@click.argument("day", type=Day())
@click.option("--yes", is_flag=True, cls=Option, help="option_yes")
@click.pass_obj
def drop(app: App, day: date, yes: bool) -> None:
    """Drop the snapshots of a day, that a comparison of days no longer meets them."""
    with app.open() as context:
        known = context.mirror.snapshots.listed()
        kept = [one for one in known if one.as_of == day]
        if not kept:
            days = ", ".join(dict.fromkeys(shown(one.as_of) for one in known)) or "–"
            raise NotFound(text("cli.no_snapshot", day=shown(day), known=days))
        _show(kept, "table")
        if not yes and not click.confirm(text("cli.drop_snapshots", day=shown(day)), err=True):
            say(text("cli.nothing_dropped"), err=True)
            return
        count = context.mirror.snapshots.drop(day)
    say(text("cli.snapshots_dropped", count=count, number=number(count)), err=True)


def _show(kept: list[Snapshot], form: str) -> None:
    import pandas as pd

    rows = [[getattr(one, name) for name in COLUMNS] for one in kept]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    show(frame, form, {name: text(f"cli.snapshot_{name}") for name in COLUMNS})
