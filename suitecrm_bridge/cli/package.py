"""The commands about the package for SuiteCRM."""

from __future__ import annotations

from pathlib import Path

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Group, Option


@click.group("package", cls=Group)
def package() -> None:
    """The package that an administrator installs in SuiteCRM."""


@package.command("build", cls=Command)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    cls=Option,
    help="option_output",
)
@click.pass_obj
def build(app: App, output: Path) -> None:
    """Write the zip, with the installation's own segments and rules of complaints."""
    from suitecrm_bridge.catalogue import Rules
    from suitecrm_bridge.package import build as write_zip

    say(str(write_zip(output, rules=Rules(app.settings().home))), wrap=False)
