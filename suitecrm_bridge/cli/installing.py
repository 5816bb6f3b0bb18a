"""The commands that put the sync into the system's own scheduler, and take it away."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.service import SYSTEMS, UNIT, Installation, System, instructions
from suitecrm_bridge.settings import SETTINGS_FILE, Settings, default_file, said_by_the_system

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.installing import Step

_system = click.option("--for", "system", type=click.Choice(SYSTEMS), cls=Option, help="option_for")
_name = click.option("--name", default=UNIT, show_default=True, cls=Option, help="option_task_name")
_yes = click.option("--yes", is_flag=True, cls=Option, help="option_yes")


@click.command("install", cls=Command)
@_system
@click.option("--do", "doing", is_flag=True, cls=Option, help="option_do")
@_yes
@_name
@click.pass_obj
def install(app: App, system: System | None, doing: bool, yes: bool, name: str) -> None:
    """Print what the system's own scheduler needs, or put it there."""
    from suitecrm_bridge.jobs import installing

    settings = app.settings()
    system = system or installing.here()
    installation = _installation(app, settings)
    if not (doing or yes):
        say(instructions(system, installation), nl=False)
        return
    steps = installing.to_install(system, installation, name)
    if carried_out(steps, yes=yes):
        say(text("schedule.installed", name=name, plan=settings.schedule))


@click.command("remove", cls=Command)
@_system
@_yes
@_name
@click.pass_obj
def remove(app: App, system: System | None, yes: bool, name: str) -> None:
    """Take the sync out of the system's own scheduler."""
    from suitecrm_bridge.jobs import installing

    home = app.settings().home.absolute()
    if carried_out(installing.to_remove(system or installing.here(), home, name), yes=yes):
        say(text("schedule.removed", name=name))


def carried_out(steps: Sequence[Step], *, yes: bool) -> bool:
    """Show steps, ask, and do them; return whether that was wanted."""
    from suitecrm_bridge.jobs.installing import carry_out

    for step in steps:
        say(step.shown(), err=True)
    if not yes and not click.confirm(text("schedule.do_it"), err=True):
        return False
    for step in steps:
        carry_out(step)
    return True


def _installation(app: App, settings: Settings) -> Installation:
    file = app.env_file or default_file()
    if file is None:
        raise SettingError(text("schedule.no_settings_file", file=settings.home / SETTINGS_FILE))
    return installation_of(settings, file.absolute())


def installation_of(settings: Settings, file: Path) -> Installation:
    """Return where the bridge is installed, and say what a scheduled sync would not see."""
    only_here = _only_in_the_environment(file)
    if only_here:
        names = ", ".join(only_here)
        say(text("schedule.only_here", names=names, file=file), err=True)
    written = [settings.home]
    if settings.metrics_file:
        written.append(settings.metrics_file.parent)
    return Installation(
        python=Path(sys.executable).absolute(),
        env_file=file,
        folder=Path.cwd(),
        written=tuple(folder.absolute() for folder in written),
        # Whoever asks by way of sudo does not mean the sync to be root's.
        user=said_by_the_system("SUDO_USER") or getpass.getuser(),
        plan=settings.schedule,
    )


def _only_in_the_environment(file: Path) -> list[str]:
    here, there = Settings.read(env_file=file), Settings.read(environment={}, env_file=file)
    return [
        row.metadata["name"]
        for row in fields(Settings)
        if getattr(here, row.name) != getattr(there, row.name)
    ]
