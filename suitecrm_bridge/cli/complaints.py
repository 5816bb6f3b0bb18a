"""The command about complaints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import Day, F, as_of_scores, entity, output_format, pseudonyms
from suitecrm_bridge.cli.output import say, show_pairs, show_table, show_tables, shown
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.i18n import current_language, day, money, text
from suitecrm_bridge.insights.ways import COMPLAINT_DIMENSIONS
from suitecrm_bridge.money import cents, is_missing
from suitecrm_bridge.tables import Column, Table

if TYPE_CHECKING:
    from suitecrm_bridge.insights.complaints.figures import Complaints


def _view(help: str) -> Callable[[F], F]:
    """Add a flag that shows something else than figures, one of `VIEWS`."""
    name = help.removeprefix("option_complaints_")
    return click.option(f"--{name}", "view", flag_value=name, cls=Option, help=help)


@click.command("complaints", cls=Command)
@entity
@as_of_scores
@click.option("--since", type=Day(), cls=Option, help="option_since")
@click.option("--until", type=Day(), cls=Option, help="option_until")
@click.option("--months", type=click.IntRange(min=1), cls=Option, help="option_months")
@click.option(
    "--by",
    type=click.Choice(COMPLAINT_DIMENSIONS),
    multiple=True,
    cls=Option,
    help="option_complaints_by",
)
@_view("option_complaints_process")
@_view("option_complaints_satisfaction")
@_view("option_complaints_causes")
@_view("option_complaints_themes")
@_view("option_complaints_alarms")
@_view("option_complaints_competitors")
@output_format
@pseudonyms
@click.pass_obj
def complaints(
    app: App,
    entity: Entity,
    as_of: date | None,
    since: date | None,
    until: date | None,
    months: int | None,
    by: tuple[str, ...],
    view: str | None,
    form: str,
) -> None:
    """Show figures about complaints."""
    from suitecrm_bridge.insights.complaints.figures import complaints as prepare
    from suitecrm_bridge.insights.complaints.parts import crossing, overview
    from suitecrm_bridge.insights.complaints.views import VIEWS

    if by and view:
        raise click.UsageError(text("cli.complaints_by_or_view", view=view))
    if since and months:
        raise click.UsageError(text("cli.since_or_months"))
    with app.open() as context:
        mirror, choices = context.mirror, context.choices
        found = prepare(mirror, choices, entity, as_of, since=since, until=until, months=months)
        if found.since > found.until:
            first, last = day(found.since), day(found.until)
            raise click.UsageError(text("cli.no_days", since=first, until=last))
        if view:
            _show_view(found, VIEWS[view](found), form)
        else:
            _show_figures(found, crossing(found, by) if by else overview(found), form)


def _show_view(found: Complaints, parts: Sequence[Table], form: str) -> None:
    if form == "table" and all(part.frame.empty and not part.said for part in parts):
        say(_nothing(found))
    else:
        show_tables(parts, form)


def _show_figures(found: Complaints, part: Table, form: str) -> None:
    if form == "table" and part.frame.empty:
        say(_nothing(found))
    elif form == "table" and part.name == "overview":
        _show_overview(found, part)
    else:
        show_table(part, form)


def _show_overview(found: Complaints, part: Table) -> None:
    since, until, lang = day(found.since), day(found.until), current_language()
    period = (
        text("complaints.period", since=since, until=until)
        if found.has_start
        else text("complaints.period_open", until=until)
    )
    (row,) = part.frame.to_dict("records")
    figures = [(column.heading[lang], _with_interval(row, column)) for column in part.columns]
    show_pairs([(text("complaints.days"), period), *figures])
    for line in part.said:
        say(line)


def _with_interval(row: dict[Any, Any], column: Column) -> str:
    name = column.name
    if column.kind == "money" and not is_missing(row[name]):
        return money(cents(row[name]))
    value, low, high = (shown(row.get(f"{name}{ending}")) for ending in ("", "_low", "_high"))
    if is_missing(row.get(f"{name}_low")):
        return value
    return text("complaints.with_interval", value=value, low=low, high=high)


def _nothing(found: Complaints) -> str:
    return text("complaints.none", until=day(found.until))
