"""What the programmes of an installation can show and should bring, said beside a preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effect_outlook import foreseen
from suitecrm_bridge.insights.programme_effects import declared_of
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Table

ENTERING = ("enters", "control")
"""Decisions on people who enter a programme."""


def with_outlooks(
    mirror: Mirror, rules: Rules, choices: Choices, counted: Table, people: Table
) -> Table:
    """Return the first table of a preview with what each programme can show and should bring.

    How many will enter later nobody knows: it is said as if nobody but those who enter now did.
    Programmes for leads, and those without a control, can show nothing.

    Args:
        mirror: what is known.
        rules: those of the installation.
        choices: what counts as a purchase, the day, and in which language is spoken.
        counted: the table to add to.
        people: who enters: programme, person, decision.
    """
    said = list(_said(mirror, rules, choices, people))
    return replace(counted, said=[*counted.said, *said])


def _said(mirror: Mirror, rules: Rules, choices: Choices, people: Table) -> Iterator[str]:
    entering = people.frame[people.frame["decision"].isin(ENTERING)]
    for key, group in entering.groupby("programme", sort=False):
        one = rules.programmes[str(key)]
        if one.of == "leads" or not one.control:
            continue
        ids = [str(person) for person in group["person"]]
        declared, count = declared_of(one, len(ids), running=True), float(len(ids))
        found = foreseen(mirror, choices, ids, declared, choices.today, per_day=count, days=1)
        if found is not None:
            words = " ".join(found.said)
            label = one.label[choices.lang]
            yield text("effects.outlook", choices.lang, programme=label, said=words)
