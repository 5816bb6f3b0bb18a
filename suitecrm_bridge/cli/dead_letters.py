"""The commands about records that could not be read or written."""

from __future__ import annotations

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import output_format
from suitecrm_bridge.cli.output import say, show
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical


@click.group("dead-letters", cls=Group)
def dead_letters() -> None:
    """Look at records that failed, and try them again."""


@dead_letters.command("list")
@output_format
@click.pass_obj
def list_letters(app: App, form: str) -> None:
    """List what failed or does not count, with the reason."""
    from suitecrm_bridge.insights.left_out import failed

    with app.open() as context:
        frame = failed(context.mirror, context.choices.source(context.mirror))
    if form == "table":
        frame["direction"] = [text(f"cli.direction_{name}") for name in frame["direction"]]
    columns = (
        "direction",
        "module",
        "record_id",
        "attempts",
        "given_up",
        "last_tried_at",
        "next_try_at",
        "reason",
    )
    show(frame, form, {name: text(f"cli.{name}") for name in columns})


@dead_letters.command("retry")
@click.argument("record_ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, cls=Option, help="option_all")
@click.pass_obj
def retry(app: App, record_ids: tuple[str, ...], everything: bool) -> None:
    """Let the next run try again what failed."""
    if everything == bool(record_ids):
        raise click.UsageError(text("cli.ids_or_all"))
    with app.open() as context:
        letters = context.mirror.dead_letters
        failed_ids = set(letters.frame()["record_id"])
        known = {canonical(id) for id in failed_ids}
        unknown = [one for one in record_ids if canonical(one) not in known]
        if unknown:
            raise NotFound(text("cli.no_letter", ids=", ".join(unknown)))
        asked = {canonical(one) for one in record_ids}
        # One record may have failed under several spellings, as it was read and as it was named.
        named = sorted(id for id in failed_ids if canonical(id) in asked)
        count = letters.retry(context.clock(), named or None)
    say(text("cli.retried", count=count), err=True)
