"""The command about leads and targets."""

from __future__ import annotations

from datetime import date

import click

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, output_format, pseudonyms
from suitecrm_bridge.cli.output import show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are
from suitecrm_bridge.i18n import current_language
from suitecrm_bridge.insights.ways import LEAD_SOURCES


@click.command("leads", cls=Command)
@click.option("--by", type=click.Choice(LEAD_SOURCES), cls=Option, help="option_leads_by")
@click.option("--calibration", is_flag=True, cls=Option, help="option_leads_calibration")
@click.option("--limit", type=click.IntRange(min=1), cls=Option, help="option_limit")
@as_of_scores
@output_format
@pseudonyms
@click.pass_obj
def leads(
    app: App, by: str | None, calibration: bool, limit: int | None, as_of: date | None, form: str
) -> None:
    """Show which leads and targets will become customers, or where customers came from."""
    from suitecrm_bridge.insights import leads as asked

    lang = current_language()
    with app.open() as context:
        known = context.mirror, context.choices
        note = "" if calibration else amounts_are(context)
        if by is not None:
            found = asked.source_table(*known, by, lang, as_of)
        elif calibration:
            found = asked.calibration_table(*known, lang, as_of)
        else:
            found = asked.lead_table(*known, lang, as_of, limit)
    show_table(found, form, note)
