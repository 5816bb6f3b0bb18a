"""What all programmes of an installation brought together, beside those left out of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from suitecrm_bridge.catalogue import ENTITY_MODULES, Language, Rules
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.insights import effect_tables
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects_over_all import Overall, bounds, over_all
from suitecrm_bridge.insights.programmes import SALT
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Table, words


def together(mirror: Mirror, rules: Rules, choices: Choices) -> dict[str, Overall]:
    """Return by kind of customers what all programmes brought in the last period that is over.

    Of a kind that nobody was addressed of in that time nothing is told, and neither where nobody
    is left out of all programmes.

    Raises:
        CatalogueError: a programme file cannot be used.
        DataError: a sum is out of range.
    """
    every = rules.addressing
    if not every.control:
        return {}
    first, last = bounds(choices.today, every.rotates_days)
    spent = _spent(mirror, rules, first, last)
    found = {
        of: over_all(
            mirror,
            choices,
            of,
            choices.today,
            salt=SALT,
            share=float(every.control),
            days=every.rotates_days,
            least=every.least,
            spent=spent[of],
        )
        for of in ENTITY_MODULES
        if of in spent and mirror.scores.exist(of)
    }
    return {of: one for of, one in found.items() if one is not None}


def table(found: dict[str, Overall], lang: Language) -> Table:
    """Return a row a kind of customers, with the columns of `effect_tables.programmes`."""
    labels = {
        of: text(
            "effects.all_of",
            lang,
            customers=text(f"report.{of}", lang),
            first=day(one.first, lang),
            last=day(one.last, lang),
        )
        for of, one in found.items()
    }
    measured = {of: one.found for of, one in found.items()}
    declared = {of: one.declared for of, one in found.items()}
    told = effect_tables.programmes(measured, declared, lang, labels)
    return replace(told, name="over_all", title=words("effects.title_over_all"))


def _spent(mirror: Mirror, rules: Rules, first: date, last: date) -> dict[str, Decimal]:
    """Return by kind of people what the contacts of some days cost, in units."""
    made: pd.DataFrame = mirror.connection.execute(
        "SELECT programme, count(*) AS made FROM programme_contacts WHERE day BETWEEN ? AND ?"
        " GROUP BY programme",
        [first, last],
    ).df()
    spent: dict[str, Decimal] = {}
    for key, count in zip(made["programme"], made["made"], strict=True):
        one = rules.programmes.get(str(key))
        if one is not None:
            spent[one.of] = spent.get(one.of, Decimal(0)) + one.cost * int(count)
    return spent
