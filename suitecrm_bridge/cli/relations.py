"""The command about the relation with customers beside buying."""

from __future__ import annotations

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import entity, output_format, pseudonyms
from suitecrm_bridge.cli.output import say, show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.insights.ways import RELATIONS


@click.command("relations", cls=Command)
@entity
@click.option(
    "--by",
    type=click.Choice(RELATIONS),
    default=RELATIONS[0],
    show_default=True,
    cls=Option,
    help="option_relations_by",
)
@output_format
@pseudonyms
@click.pass_obj
def relations(app: App, entity: Entity, by: str, form: str) -> None:
    """Show the relation with customers beside buying."""
    from suitecrm_bridge.insights.relation_base import Asked
    from suitecrm_bridge.insights.relation_tables import TABLES

    with app.open() as context:
        asked = Asked(context.mirror, context.choices, entity)
        found, note = TABLES[by](asked), amounts_are(context)
    show_table(found, form, note)
    if form == "table":
        for line in found.said:
            say(line)
