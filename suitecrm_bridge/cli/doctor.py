"""The command that checks an installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import broken, print_grid, say, show_json, value_room
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.harmless import harmless
from suitecrm_bridge.i18n import text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.checks.finding import Finding

COLOURS = {"PASS": "green", "WARN": "yellow", "FAIL": "red"}


@click.command("doctor", cls=Command)
@click.option("--json", "as_json", is_flag=True, cls=Option, help="option_json")
@click.option(
    "--bundle",
    type=click.Path(dir_okay=False, path_type=Path),
    cls=Option,
    help="option_bundle",
)
@click.option("--write-test", is_flag=True, cls=Option, help="option_write_test")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, bundle: Path | None, write_test: bool) -> None:
    """Check the installation, with the remedy for each fault."""
    from suitecrm_bridge.jobs.doctor import diagnose

    app: App = ctx.obj
    with app.open() as context:
        findings = list(diagnose(context, write=write_test))
        if bundle is not None:
            from suitecrm_bridge.jobs.support import bundle as write

            write(context, findings, bundle)
    if as_json:
        show_json([finding.as_dict() for finding in findings])
    else:
        show_findings(findings)
    if bundle is not None:
        say(text("doctor.bundled", file=bundle), err=True)
    failed = [finding for finding in findings if finding.status == "FAIL"]
    if failed:
        ctx.exit(failed[0].exit_code)


def show_findings(findings: list[Finding]) -> None:
    """Print what was found, with the remedies."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    room = value_room([one.status for one in findings], [one.check for one in findings])
    for finding in findings:
        words = "\n".join(filter(None, (finding.text, finding.remedy and f"→ {finding.remedy}")))
        status = Text(finding.status, style=COLOURS[finding.status])
        table.add_row(status, finding.check, broken(harmless(words), room))
    print_grid(table)
