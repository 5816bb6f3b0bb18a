"""The command that shows who moved between two snapshots."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import Day, entity, output_format, pseudonyms
from suitecrm_bridge.cli.output import say, show_json, show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.i18n import current_language, day, text
from suitecrm_bridge.tables import Table, records

if TYPE_CHECKING:
    from suitecrm_bridge.insights.moves import Migration


@click.command("migration", cls=Command)
@entity
@click.option("--from", "before", type=Day(), cls=Option, help="option_from")
@click.option("--to", "after", type=Day(), cls=Option, help="option_to")
@click.option(
    "--movers",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    cls=Option,
    help="option_movers",
)
@output_format
@pseudonyms
@click.pass_obj
def migration(
    app: App, entity: Entity, before: date | None, after: date | None, movers: int, form: str
) -> None:
    """Show who moved from which segment to which."""
    from suitecrm_bridge.insights.moves import migration as compare

    with app.open() as context:
        found = compare(context.mirror, entity, context.today(), before, after, movers)
        note = amounts_are(context)
    moves, moved = found.moves(current_language()), found.movers_table()
    if form == "json":
        show_json(
            {
                "from": found.before,
                "to": found.after,
                "method_changed": found.changed() or None,
                "matrix": records(moves.frame),
                "movers": records(moved.frame),
            }
        )
    elif form == "csv":
        show_table(moves, form)
    else:
        _show(found, moves, moved, note)


def _show(found: Migration, moves: Table, moved: Table, note: str) -> None:
    say(text("cli.migration_between", before=day(found.before), after=day(found.after)))
    if changed := found.changed():
        say(changed)
    say()
    show_table(moves, "table")
    if len(moved.frame):
        say()
        show_table(moved, "table", note)
