"""The command that tells what the forecasts are worth on this base."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import say, show, show_columns
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.i18n import current_language, text

if TYPE_CHECKING:
    from suitecrm_bridge.insights.portfolio import Forecasts
    from suitecrm_bridge.report.words import Words

WIDTH = 80


@click.command("backtest", cls=Command)
@entity
@as_of_scores
@output_format
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    cls=Option,
    help="option_backtest_output",
)
@click.pass_obj
def backtest(app: App, entity: Entity, as_of: date | None, form: str, output: Path | None) -> None:
    """Hold the forecasts of a year ago against what came."""
    from suitecrm_bridge.insights.portfolio import forecasts
    from suitecrm_bridge.jobs.report import backtest_page
    from suitecrm_bridge.report import backtest as told
    from suitecrm_bridge.report.words import Words

    with app.open() as context:
        found = forecasts(context.mirror, context.choices, entity, as_of)
        note = amounts_are(context)
        if output:
            say(str(backtest_page(context, found, entity, output, note)), wrap=False)
            return
    words = Words(current_language())
    if form == "table":
        _show(found, entity, words, note)
    else:
        show(told.frame(found, words), form, {})


def _show(found: Forecasts, entity: Entity, words: Words, note: str) -> None:
    """Print the page, with a note at its end."""
    from suitecrm_bridge.report import backtest as told

    _say(f"{text(f'backtest.of_{entity}')}. {told.span(found, words)}")
    for part in told.parts(found, words):
        say()
        say(part.headline, bold=True)
        if part.rows:
            show_columns(part.headers, part.rows)
        for line in part.notes:
            _say(line)
    say()
    _say(f"{told.closing(words)} {note}")


def _say(words: str) -> None:
    """Print a text in lines that any terminal holds."""
    for line in textwrap.wrap(words, WIDTH, break_long_words=False):
        say(line)
