"""The commands about programmes: look at them, see what they would do, start and stop them."""

from __future__ import annotations

from decimal import Decimal

import click

from suitecrm_bridge.catalogue.programmes import CHANNELS
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import Amount, output_format
from suitecrm_bridge.cli.output import say, show_table, show_tables
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.tables import Table

COUNT = click.IntRange(min=0)
SHOWN = 20
"""People that a preview names, unless more are asked for."""


@click.group("programmes", cls=Group)
def programmes() -> None:
    """Look at programmes, start and stop them."""


@programmes.command("list")
@output_format
@click.pass_obj
def list_programmes(app: App, form: str) -> None:
    """List the programmes, which of them run, and their people."""
    from suitecrm_bridge.insights.programme_tables import listed

    with app.open() as context:
        found = listed(context.mirror, context.rules, context.lang)
    show_table(found, form)


@programmes.command("preview")
@click.argument("keys", metavar="[PROGRAMME]...", nargs=-1)
@click.option("--people", is_flag=True, cls=Option, help="option_people")
@click.option("--limit", type=click.IntRange(min=0), cls=Option, help="option_limit_people")
@output_format
@click.pass_obj
def preview(app: App, keys: tuple[str, ...], people: bool, limit: int | None, form: str) -> None:
    """Show who would enter, leave and wait, and why, and what it would cost."""
    from suitecrm_bridge.insights.programme_outlooks import with_outlooks
    from suitecrm_bridge.insights.programme_tables import preview as previewed
    from suitecrm_bridge.jobs.switches import foreseen_in_words

    with app.open() as context:
        for line in foreseen_in_words(context):
            say(line, err=True)
        counted, listed = previewed(
            context.mirror, context.rules, context.today(), keys, context.lang
        )
        counted = with_outlooks(context.mirror, context.rules, context.choices, counted, listed)
    if people:
        show_table(_first(listed, limit), form)
        return
    most = SHOWN if limit is None and form == "table" else limit
    show_tables([counted, _first(listed, most)], form)


@programmes.command("start")
@click.argument("keys", metavar="PROGRAMME...", nargs=-1, required=True)
@click.pass_obj
def start(app: App, keys: tuple[str, ...]) -> None:
    """Start programmes: from the next sync on they address people."""
    from suitecrm_bridge.jobs import programmes as jobs

    with app.open() as context:
        jobs.start(context, keys)
    for key in keys:
        say(text("programmes.started", key=key), err=True)


@programmes.command("stop")
@click.argument("keys", metavar="PROGRAMME...", nargs=-1, required=True)
@click.pass_obj
def stop(app: App, keys: tuple[str, ...]) -> None:
    """Stop programmes: everybody leaves them, and their target lists are emptied."""
    from suitecrm_bridge.insights.programme_messages import maybe_queued, still_scheduled
    from suitecrm_bridge.jobs import programmes as jobs
    from suitecrm_bridge.jobs.summary import Summary

    summary = Summary()
    with app.open() as context:
        jobs.stop(context, summary, keys)
        told = context.mirror.programmes.messages.told()
        left = [*still_scheduled(told, keys, context.lang)]
        if context.fast is None:
            left += maybe_queued(told, keys, context.lang)
    for key, counts in summary.programmes.items():
        count = counts["left"]
        say(text("programmes.stopped", key=key, count=count, number=number(count)), err=True)
    for line in left:
        say(line, err=True)


@programmes.command("reset")
@click.argument("key", metavar="PROGRAMME")
@click.argument("who", metavar="ID")
@click.pass_obj
def reset(app: App, key: str, who: str) -> None:
    """End a person's place in a programme, by id or exact name, and let them enter again."""
    from suitecrm_bridge.jobs.resets import reset as run_reset

    with app.open() as context:
        names = run_reset(context, key, who)
    for name in names:
        say(text("programmes.was_reset", key=key, name=name), err=True)


@programmes.command("measure")
@click.argument("keys", metavar="[PROGRAMME]...", nargs=-1)
@output_format
@click.pass_obj
def measure(app: App, keys: tuple[str, ...], form: str) -> None:
    """Show what programmes brought, against those who were left out of them."""
    from suitecrm_bridge.insights import programmes_together
    from suitecrm_bridge.insights.programme_answers import answered
    from suitecrm_bridge.insights.programme_effects import brought

    with app.open() as context:
        asked = (context.mirror, context.rules, context.choices)
        tables = brought(*asked, keys).tables(context.lang)
        tables.append(answered(context.mirror, context.rules, keys, context.lang))
        if not keys and (found := programmes_together.together(*asked)):
            tables.append(programmes_together.table(found, context.lang))
    show_tables(tables, form)


@programmes.command("budget")
@click.argument("keys", metavar="[PROGRAMME]...", nargs=-1)
@click.option("--budget", type=Amount(), cls=Option, help="option_budget")
@click.option("--mails", type=COUNT, cls=Option, help="option_mails")
@click.option("--calls", type=COUNT, cls=Option, help="option_calls")
@click.option("--tasks", type=COUNT, cls=Option, help="option_tasks")
@click.option("--letters", type=COUNT, cls=Option, help="option_letters")
@click.option("--webhooks", type=COUNT, cls=Option, help="option_webhooks")
@output_format
@click.pass_obj
def budget(
    app: App, /, keys: tuple[str, ...], budget: Decimal | None, form: str, **most: int | None
) -> None:
    """Show who is best addressed for a sum, and what more of it would bring."""
    from suitecrm_bridge.insights.programme_budget import Means, for_means

    capacities = {one: most.get(f"{one}s") for one in CHANNELS}
    means = Means(budget, {one: count for one, count in capacities.items() if count is not None})
    with app.open() as context:
        found = for_means(context.mirror, context.rules, context.choices, means, keys)
    show_table(found.table(), form)


@programmes.command("explain")
@click.argument("who", metavar="ID")
@output_format
@click.pass_obj
def explain(app: App, who: str, form: str) -> None:
    """Say what each programme has to do with a person, by id or exact name, and why."""
    from suitecrm_bridge.insights.programme_tables import explained

    with app.open() as context:
        found = explained(context.mirror, context.rules, context.today(), who, context.lang)
    show_table(found, form)


def _first(table: Table, most: int | None) -> Table:
    """Return the first rows of a table, and say how many more there are."""
    from dataclasses import replace

    if most is None or len(table.frame) <= most:
        return table
    more = len(table.frame) - most
    said = (text("programmes.more", count=more, number=number(more)),)
    return replace(table, frame=table.frame.head(most), said=said)
