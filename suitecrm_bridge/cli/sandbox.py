"""The command that serves the embedded SuiteCRM."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Group, Option
from suitecrm_bridge.i18n import text
from suitecrm_bridge.sandbox.faults import Faults, described


class Serve(Command):
    """A command whose help lists the faults, too."""

    def _speak(self) -> None:
        super()._speak()
        listed = "\n\n".join(f"* {line}" for line in described())
        self.help = f"{self.help}\n\n{text('cli.help_faults')}\n\n{listed}"


@click.group("sandbox", cls=Group)
def sandbox() -> None:
    """An embedded SuiteCRM to try things on."""


@sandbox.command("serve", cls=Serve)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    cls=Option,
    help="option_port",
)
@click.option(
    "--customers",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    cls=Option,
    help="option_customers",
)
@click.option("--seed", type=int, default=1, show_default=True, cls=Option, help="option_seed")
@click.option(
    "--package/--no-package", default=True, show_default=True, cls=Option, help="option_package"
)
@click.option("--faults", default="", cls=Option, help="option_faults")
@click.option(
    "--faults-seed", type=int, default=1, show_default=True, cls=Option, help="option_faults_seed"
)
@click.pass_obj
def serve(
    app: App, port: int, customers: int, seed: int, package: bool, faults: str, faults_seed: int
) -> None:
    """Serve it on this machine until Ctrl-C."""
    from suitecrm_bridge.jobs.demo import filled_sandbox
    from suitecrm_bridge.sandbox import CLIENT_ID, CLIENT_SECRET

    wanted = Faults.parse(faults, faults_seed)
    as_of = datetime.now(UTC).astimezone().date()
    box = filled_sandbox(customers, seed, as_of, package=package)
    with box.serve(port=port) as server:
        server.faults = wanted
        say(
            text("cli.sandbox_ready", url=server.url, client=CLIENT_ID, secret=CLIENT_SECRET),
            err=True,
        )
        server.wait()
