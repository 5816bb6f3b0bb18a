"""The commands about one person's data: show it, erase it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import format_without_csv
from suitecrm_bridge.cli.output import say, show_json, show_pairs
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.i18n import number, text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.privacy import Erasure


@click.group("privacy", cls=Group)
def privacy() -> None:
    """What is held of one person, and erasing it."""


@privacy.command("show")
@click.argument("person_id", metavar="ID")
@format_without_csv
@click.pass_obj
def show(app: App, person_id: str, form: str) -> None:
    """Show everything that is held of a person, row by row."""
    from suitecrm_bridge.jobs.privacy import known

    with app.open() as context:
        found = known(context, person_id)
    if not found:
        say(text("privacy.was_erased"), err=True)
    if form == "json":
        show_json({table: [_plain(row) for row in rows] for table, rows in found.items()})
        return
    for table, rows in found.items():
        for row in rows:
            say(table, bold=True)
            show_pairs([(name, value) for name, value in row.items() if value is not None])
            say()


@privacy.command("erase")
@click.argument("person_id", metavar="ID")
@click.option("--yes", is_flag=True, cls=Option, help="option_yes")
@click.option("--local", is_flag=True, cls=Option, help="option_erase_local")
@click.pass_obj
def erase(app: App, person_id: str, yes: bool, local: bool) -> None:
    """Erase a person, after a preview."""
    from suitecrm_bridge.jobs.privacy import erase as run_erase
    from suitecrm_bridge.jobs.privacy import preview

    with app.open() as context:
        _show(preview(context, person_id))
        if not yes and not click.confirm(text("privacy.erase_them"), err=True):
            say(text("privacy.nothing_erased"), err=True)
            return
        done = run_erase(context, person_id, local=local)
    for file in done.left:
        say(text("privacy.still_in", file=file), err=True)
    say(text("privacy.erased_local" if local else "privacy.erased"), err=True)


@privacy.command("retention")
@click.option(
    "--months", type=click.IntRange(min=1), required=True, cls=Option, help="option_idle_months"
)
@click.option("--erase", "erasing", is_flag=True, cls=Option, help="option_erase_idle")
@click.option("--yes", is_flag=True, cls=Option, help="option_yes")
@click.option("--local", is_flag=True, cls=Option, help="option_erase_local")
@click.pass_obj
def retention(app: App, months: int, erasing: bool, yes: bool, local: bool) -> None:
    """List who has done nothing for so long, and erase them where that is asked for."""
    from suitecrm_bridge.jobs.privacy import erase_idle, idle

    with app.open() as context:
        found = idle(context, months)
        show_pairs([(one.module, f"{one.name}  {one.id}") for one in found])
        count = len(found)
        say(text("privacy.idle", count=count, number=number(count), months=months), err=True)
        if not (found and erasing):
            return
        if not yes and not click.confirm(text("privacy.erase_them"), err=True):
            say(text("privacy.nothing_erased"), err=True)
            return
        left = erase_idle(context, found, local=local)
    for file in left:
        say(text("privacy.still_in", file=file), err=True)
    say(text("privacy.erased_local" if local else "privacy.erased"), err=True)


def _show(found: Erasure) -> None:
    pairs: list[tuple[str, Any]] = [
        (one.module or text("privacy.noted"), f"{one.name}  {one.id}".strip())
        for one in found.people
    ]
    pairs += [(table, number(count)) for table, count in found.rows.items()]
    pairs += [(text("privacy.file"), str(file)) for file in found.files]
    show_pairs(pairs)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    kept = (str, int, float, bool, list, dict, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in row.items()}
