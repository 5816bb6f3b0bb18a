"""The command that shows everything, with nothing to configure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.summary import show_summary
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.i18n import text


@click.command("demo", cls=Command)
@click.option(
    "--customers",
    type=click.IntRange(min=0),
    default=500,
    show_default=True,
    cls=Option,
    help="option_customers",
)
@click.option("--seed", type=int, default=1, show_default=True, cls=Option, help="option_seed")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    cls=Option,
    help="option_output",
)
@click.pass_obj
def demo(app: App, customers: int, seed: int, output: Path) -> None:
    """Sandbox, sync and report."""
    from suitecrm_bridge.jobs.demo import demo as run_demo
    from suitecrm_bridge.jobs.summary import Summary

    summary = Summary()
    settings = app.settings()
    # The tour's own installation is whose command this is.
    settings = replace(settings, lang=app.lang or settings.lang)
    files = run_demo(app.open, settings, summary, customers, seed, output)
    show_summary(summary, "table")
    say(text("cli.demo_done"))
    for file in files:
        say(f"  {file}", wrap=False)
    say(text("cli.demo_next", home=output / "home"))
