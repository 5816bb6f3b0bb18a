"""The command about the whole portfolio."""

from __future__ import annotations

from datetime import date

import click

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.i18n import current_language
from suitecrm_bridge.insights.ways import BREAKDOWNS


@click.command("indicators", cls=Command)
@entity
@as_of_scores
@click.option("--by", type=click.Choice(tuple(BREAKDOWNS)), cls=Option, help="option_by")
@click.option("--formulas", is_flag=True, cls=Option, help="option_formulas")
@output_format
@click.pass_obj
def indicators(
    app: App, entity: Entity, as_of: date | None, by: str | None, formulas: bool, form: str
) -> None:
    """Show the indicators of the whole portfolio."""
    from suitecrm_bridge.insights.indicators import breakdown_table, indicator_table
    from suitecrm_bridge.insights.portfolio import portfolio

    lang = current_language()
    with app.open() as context:
        found = portfolio(context.mirror, context.choices, entity, as_of)
        note = amounts_are(context)
    if by is None:
        wordy = formulas or app.verbosity > 0
        show_table(indicator_table(found, lang, formulas=wordy), form, note)
        return
    about_money = "money" in BREAKDOWNS[by].values()
    show_table(breakdown_table(found, by, lang), form, note if about_money else "")
