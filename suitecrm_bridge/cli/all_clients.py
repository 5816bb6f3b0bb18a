"""The commands about many installations: one folder a client."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import format_without_csv
from suitecrm_bridge.cli.output import say, show_columns, show_json
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.i18n import decimal, number, text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.clients import Outcome

CLIENTS_FAILED = 10


@click.group("all", cls=Group)
def all() -> None:
    """Many installations, one folder a client."""


@all.command("sync")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", multiple=True, cls=Option, help="option_only_client")
@click.option(
    "--parallel",
    type=click.IntRange(1, 32),
    default=2,
    show_default=True,
    cls=Option,
    help="option_clients_parallel",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    cls=Option,
    help="option_client_minutes",
)
@click.option("--dry-run", is_flag=True, cls=Option, help="option_dry_run")
@format_without_csv
@click.pass_context
def sync(
    ctx: click.Context,
    folder: Path,
    only: tuple[str, ...],
    parallel: int,
    minutes: float,
    dry_run: bool,
    form: str,
) -> None:
    """Sync every client, some at a time."""
    from suitecrm_bridge.jobs.clients import found, sync_all
    from suitecrm_bridge.jobs.stop import Stop

    app: App = ctx.obj
    clients, stop, ended = found(folder, only), Stop(), []
    arguments = ("--dry-run",) if dry_run else ()
    with stop.on_signals():
        for one in sync_all(
            clients, parallel=parallel, seconds=minutes * 60, stop=stop, arguments=arguments
        ):
            ended.append(one)
            if app.verbosity >= 0:
                say(f"{one.client}: {text(f'clients.is_{one.ended}')}", err=True)
    _show(sorted(ended, key=lambda one: one.client), form)
    if any(one.ended != "done" for one in ended):
        ctx.exit(CLIENTS_FAILED)


def _show(ended: list[Outcome], form: str) -> None:
    if form == "json":
        show_json([vars(one) for one in ended])
        return
    names = ("client", "ended", "exit_code", "written", "failed", "seconds")
    show_columns(
        [text(f"clients.{name}") for name in names],
        [
            (
                one.client,
                text(f"clients.is_{one.ended}"),
                "–" if one.exit_code is None else str(one.exit_code),
                number(one.written),
                number(one.failed),
                decimal(one.seconds, 1),
            )
            for one in ended
        ],
    )
    for one in ended:
        if one.said:
            say(f"{one.client}: {one.said}", err=True)
    done = sum(one.ended == "done" for one in ended)
    say(text("clients.summary", done=number(done), all=number(len(ended))))
