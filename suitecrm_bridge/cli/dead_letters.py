"""The commands about writes that failed."""

from __future__ import annotations

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.bilingual import Group
from suitecrm_bridge.cli.options import output_format
from suitecrm_bridge.cli.output import show
from suitecrm_bridge.i18n import text


@click.group("dead-letters", cls=Group)
def dead_letters() -> None:
    """Look at writes that failed."""


@dead_letters.command("list")
@output_format
@click.pass_obj
def list_letters(app: App, form: str) -> None:
    """List the writes that failed, with the reason."""
    with app.open() as context:
        frame = context.mirror.writeback.dead_letters()
    columns = ("module", "record_id", "attempts", "last_tried_at", "reason")
    show(frame, form, {name: text(f"cli.{name}") for name in columns})
