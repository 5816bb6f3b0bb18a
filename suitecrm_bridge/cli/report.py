"""The command that draws the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import pseudonyms
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.i18n import current_language, text
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
@click.option("--serve", is_flag=True, cls=Option, help="option_serve_report")
@click.option("--port", type=click.IntRange(0, 65535), cls=Option, help="option_port_report")
@pseudonyms
@click.pass_obj
def report(
    app: App, formats: tuple[str, ...], output: Path | None, serve: bool, port: int | None
) -> None:
    """Draw the dashboard."""
    from suitecrm_bridge.jobs.report import report as draw

    if port is not None and not serve:
        raise click.UsageError(text("cli.port_without_serve"))
    with app.open() as context:
        folder = output or context.settings.home / "report"
        files = draw(context, FORMATS if serve else formats, folder)
    # The mirror is closed by now: a sync may run while somebody reads.
    if serve:
        _serve(files, port or 0)
        return
    for file in files:
        say(str(file), wrap=False)


def _serve(files: Sequence[Path], port: int) -> None:
    from suitecrm_bridge.jobs.stop import Stop
    from suitecrm_bridge.report.serving import ReportServer

    stop = Stop()
    with stop.on_signals(), ReportServer(files, port, current_language()) as server:
        say(server.address, wrap=False)
        say(text("cli.report_served"), err=True)
        server.serve_until(stop.is_set)
