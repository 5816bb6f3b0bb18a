"""The command that shows who stays and who goes."""

from __future__ import annotations

from datetime import date

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import say, show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.ways import STAYING

NOTES = {"month": "final_months", "survival": "survival_bounds"}


@click.command("retention", cls=Command)
@entity
@as_of_scores
@click.option(
    "--by",
    type=click.Choice(STAYING),
    default="month",
    show_default=True,
    cls=Option,
    help="option_retention_by",
)
@output_format
@click.pass_obj
def retention(app: App, entity: Entity, as_of: date | None, by: str, form: str) -> None:
    """Show who stays and who goes."""
    from suitecrm_bridge.insights.portfolio import retention as compute
    from suitecrm_bridge.insights.staying import TABLES

    with app.open() as context:
        found = compute(context.mirror, context.choices, entity, as_of)
        note = amounts_are(context) if by == "revenue" else ""
    if form == "table":
        say(text("cli.silence_limit", count=found.first_limit, days=found.first_limit))
        if by in NOTES:
            say(text(f"cli.{NOTES[by]}"))
        say()
    show_table(TABLES[by](found), form, note)
