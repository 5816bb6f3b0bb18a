"""The commands that run the main job and its stages: sync, pull, score, push."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.bilingual import Command, Option
from suitecrm_bridge.cli.options import as_of, dry_run, full, output_format
from suitecrm_bridge.cli.output import show_summary
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull as run_pull
from suitecrm_bridge.jobs.push import push as run_push
from suitecrm_bridge.jobs.score import score as run_score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync as run_sync


@click.command("sync", cls=Command)
@dry_run
@full
@as_of
@output_format
@click.pass_obj
def sync(app: App, dry_run: bool, full: bool, as_of: date | None, form: str) -> None:
    """Pull, score and push."""
    _run(
        app,
        form,
        lambda context, summary: run_sync(
            context, summary, as_of=as_of, full=full, dry_run=dry_run
        ),
    )


@click.command("pull", cls=Command)
@full
@click.option("--module", "modules", multiple=True, cls=Option, help="option_module")
@output_format
@click.pass_obj
def pull(app: App, full: bool, modules: tuple[str, ...], form: str) -> None:
    """Mirror what changed."""
    _run(app, form, lambda context, summary: run_pull(context, summary, modules, full=full))


@click.command("score", cls=Command)
@as_of
@output_format
@click.pass_obj
def score(app: App, as_of: date | None, form: str) -> None:
    """Score every mirrored customer."""
    _run(app, form, lambda context, summary: run_score(context, summary, as_of or context.today()))


@click.command("push", cls=Command)
@dry_run
@output_format
@click.pass_obj
def push(app: App, dry_run: bool, form: str) -> None:
    """Write back what differs."""
    _run(app, form, lambda context, summary: run_push(context, summary, dry_run=dry_run))


def _run(app: App, form: str, job: Callable[[Context, Summary], None]) -> None:
    summary = Summary()
    with app.open() as context:
        try:
            job(context, summary)
        finally:
            # Also when it was cut off: what was done until then is done.
            if summary.seconds:
                context.progress.close()
                show_summary(summary, form)
