"""The commands about the package for SuiteCRM."""

from __future__ import annotations

from pathlib import Path

import click

from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Group, Option
from suitecrm_bridge.package import build as write_zip


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
def build(output: Path) -> None:
    """Write the zip."""
    say(str(write_zip(output)))
