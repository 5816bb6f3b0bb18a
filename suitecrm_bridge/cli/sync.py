"""The commands that run the main job and its stages: sync, pull, score, push."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import (
    accept,
    as_of,
    dry_run,
    full,
    output_format,
    past,
    take_over,
)
from suitecrm_bridge.cli.output import show
from suitecrm_bridge.cli.summary import show_summary
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.i18n import text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.context import Context
    from suitecrm_bridge.jobs.score_files import Work
    from suitecrm_bridge.jobs.summary import Summary


@click.command("sync", cls=Command)
@dry_run
@full
@as_of
@past
@accept
@take_over
@output_format
@click.pass_obj
def sync(
    app: App,
    dry_run: bool,
    full: bool,
    as_of: date | None,
    past: bool,
    accept: bool,
    take_over: bool,
    form: str,
) -> None:
    """Pull, score and push."""
    from suitecrm_bridge.jobs.sync import sync as run_sync

    _run(
        app,
        form,
        lambda context, summary: run_sync(
            context,
            summary,
            as_of=as_of,
            full=full,
            dry_run=dry_run,
            accept=accept,
            past=past,
            take_over=take_over,
        ),
    )


@click.command("pull", cls=Command)
@full
@click.option("--module", "modules", multiple=True, cls=Option, help="option_module")
@click.option("--forget", multiple=True, cls=Option, help="option_forget")
@output_format
@click.pass_obj
def pull(
    app: App, full: bool, modules: tuple[str, ...], forget: tuple[str, ...], form: str
) -> None:
    """Mirror what changed."""
    from suitecrm_bridge.jobs.pull import pull as run_pull

    _run(
        app,
        form,
        lambda context, summary: run_pull(context, summary, modules, full=full, forget=forget),
    )


@click.command("score", cls=Command)
@as_of
@past
@accept
@click.option("--purchases", cls=Option, help="option_purchases")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    cls=Option,
    help="option_scores_output",
)
@click.option("--memory", type=click.IntRange(64), cls=Option, help="option_memory")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), cls=Option, help="option_engine")
@click.option("--master", cls=Option, help="option_master")
@output_format
@click.pass_obj
def score(
    app: App,
    as_of: date | None,
    past: bool,
    accept: bool,
    purchases: str | None,
    output: Path | None,
    memory: int | None,
    engine: Work | None,
    master: str | None,
    form: str,
) -> None:
    """Score every mirrored customer, or those whose purchases lie in files."""
    from suitecrm_bridge.jobs.score import score as run_score

    if purchases and output and not past and (engine == "spark" or not master):
        from suitecrm_bridge.cli.score_files import FileOptions, score_purchases

        work: Work = engine or "duckdb"
        choices = FileOptions(accept, memory, work, master)
        score_purchases(app, purchases, output, as_of, choices, form)
        return
    if any((purchases, output, memory, engine, master)):
        raise click.UsageError(text("cli.purchases_and_output"))
    _run(
        app,
        form,
        lambda context, summary: run_score(
            context, summary, as_of or context.today(), accept=accept, past=past
        ),
    )


@click.command("push", cls=Command)
@dry_run
@click.option("--changes", is_flag=True, cls=Option, help="option_changes")
@past
@accept
@take_over
@output_format
@click.pass_obj
def push(
    app: App,
    dry_run: bool,
    changes: bool,
    past: bool,
    accept: bool,
    take_over: bool,
    form: str,
) -> None:
    """Write back what differs."""
    from suitecrm_bridge.jobs.push import push as run_push

    if changes:
        with app.open() as context:
            show_changes(context, form)
    else:
        _run(
            app,
            form,
            lambda context, summary: run_push(
                context,
                summary,
                dry_run=dry_run,
                accept=accept,
                past=past,
                take_over=take_over,
            ),
        )


def show_changes(context: Context, form: str) -> None:
    """Print what a push would write, a line a field; nothing is written."""
    from suitecrm_bridge.jobs.push import planned
    from suitecrm_bridge.jobs.summary import Summary

    rows = [
        (change.module, change.record_id, field, change.mirrored[field], _in_a_line(value, form))
        for change in planned(context, Summary())
        for field, value in change.attributes.items()
    ]
    columns = ("module", "record_id", "field", "now", "then")
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    show(frame, form, {name: text(f"cli.{name}") for name in columns})


def _in_a_line(value: Any, form: str) -> Any:
    return " ".join(value.split()) if form == "table" and isinstance(value, str) else value


def _run(app: App, form: str, job: Callable[[Context, Summary], None]) -> None:
    from suitecrm_bridge.jobs.summary import Summary

    summary, opened = Summary(), app.open()
    # Around all of it: a wish to stop that comes while everything is closed cuts nothing off.
    with opened.stop.on_signals(), opened as context:
        try:
            job(context, summary)
        finally:
            # Also when it was cut off: what was done until then is done.
            if summary.seconds:
                context.progress.close()
                show_summary(summary, form)
