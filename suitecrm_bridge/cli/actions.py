"""The commands about what to do next, and about who is at risk or lost."""

from __future__ import annotations

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import entity, output_format
from suitecrm_bridge.cli.output import show_table
from suitecrm_bridge.cli.translated import Command
from suitecrm_bridge.cli.wording import amounts_are


@click.command("actions", cls=Command)
@entity
@output_format
@click.pass_obj
def actions(app: App, entity: Entity, form: str) -> None:
    """Count the customers of each action, and what is at stake."""
    from suitecrm_bridge.insights import actions as asked

    with app.open() as context:
        found, note = asked.actions(context.mirror, entity), amounts_are(context)
    show_table(found, form, note)


@click.command("leaving", cls=Command)
@entity
@output_format
@click.pass_obj
def leaving(app: App, entity: Entity, form: str) -> None:
    """Show who is at risk or lost: segment, lifecycle and churn risk side by side, with sums."""
    from suitecrm_bridge.insights import actions as asked

    with app.open() as context:
        found, note = asked.leaving(context.mirror, entity), amounts_are(context)
    show_table(found, form, note)
