"""The command that draws the dashboard."""

from __future__ import annotations

from pathlib import Path

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.report import FORMATS


@click.command("report", cls=Command)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("html",),
    show_default=True,
    cls=Option,
    help="option_formats",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    cls=Option,
    help="option_output",
)
@click.pass_obj
def report(app: App, formats: tuple[str, ...], output: Path | None) -> None:
    """Draw the dashboard."""
    from suitecrm_bridge.jobs.report import report as draw

    with app.open() as context:
        folder = output or context.settings.home / "report"
        for file in draw(context, formats, folder):
            say(str(file), wrap=False)
