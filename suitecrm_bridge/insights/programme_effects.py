"""What the programmes of an installation brought, by what their files say of measuring it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, cast, get_args

import pandas as pd

from suitecrm_bridge.analytics.effects.verdict import Verdict
from suitecrm_bridge.catalogue import Language, Rules
from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.i18n import amount, text
from suitecrm_bridge.insights import effect_tables
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects import Declared, Measured, measured
from suitecrm_bridge.insights.programme_codes import used
from suitecrm_bridge.insights.programmes import find
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import cents
from suitecrm_bridge.tables import Table

Outcome = Literal["margin", "conversion"]

FEWEST_PLANNED = 200
"""A programme is not taken to be meant for fewer. The number only says at which size the limits of
its effect are narrowest; they hold whatever it is."""


@dataclass(frozen=True)
class Brought:
    """What each programme brought, beside what its file says of measuring it, and its codes."""

    found: Mapping[str, Measured]
    declared: Mapping[str, Declared]
    programmes: Mapping[str, Programme]
    codes: Table | None = None

    def tables(self, lang: Language) -> list[Table]:
        """Return a row a programme, one for each of its segments, and what codes became."""
        labels = {key: one.label[lang] for key, one in self.programmes.items()}
        overall = effect_tables.programmes(self.found, self.declared, lang, labels)
        overall = replace(overall, said=[*overall.said, *self._otherwise(lang)])
        codes = [self.codes] if self.codes is not None else []
        return [overall, effect_tables.segments(self.found, labels), *codes]

    def _otherwise(self, lang: Language) -> Iterator[str]:
        """Yield where a file says something else by now than what was fixed before the start."""
        for key, declared in self.declared.items():
            one = self.programmes[key]
            if declared.most == one.measure.most:
                continue
            kind = "fixed_none" if declared.most is None else "fixed"
            fixed = "" if declared.most is None else amount(cents(declared.most), lang)
            yield text(f"effects.{kind}", lang, programme=one.label[lang], fixed=fixed)


def brought(mirror: Mirror, rules: Rules, choices: Choices, keys: Collection[str] = ()) -> Brought:
    """Measure programmes that run or ran, all of them or those that are named.

    A programme for leads is measured by how many of them became customers.

    Raises:
        NotFound: there is no such programme.
        CatalogueError: a programme file cannot be used.
        DataError: a sum is out of range.
    """
    for key in keys:
        find(rules, key)
    states, held = mirror.programmes.states(), mirror.programmes.verdicts.held()
    fixed = mirror.programmes.bounds.fixed()
    declared = {
        key: declared_of(one, held[key].planned, running=states[key].running, most=fixed.get(key))
        for key, one in rules.programmes.items()
        if key in states and key in held and (not keys or key in keys)
    }
    stands = {key: one.verdict for key, one in held.items() if one.verdict in get_args(Verdict)}
    found = measured(
        mirror,
        choices,
        _entries(mirror, declared, choices.today),
        declared,
        choices.today,
        cast(Mapping[str, Verdict], stands),
    )
    chosen = {key: rules.programmes[key] for key in declared}
    return Brought(found, declared, chosen, used(mirror, choices, keys))


def declared_of(
    one: Programme, planned: int, *, running: bool, most: Decimal | None = None
) -> Declared:
    """Return what a programme's file says of measuring it.

    Args:
        one: the programme.
        planned: how many are to enter.
        running: whether anybody still enters.
        most: what one person may bring at most, as it was fixed before the start.
    """
    return Declared(
        of=one.of,
        outcome=cast(Outcome, one.measure.outcome),
        days=one.measure.days,
        cost=one.cost * len(one.waves),
        least=one.measure.least,
        control_share=float(one.control),
        planned=max(planned, FEWEST_PLANNED),
        running=running,
        most=most,
    )


def _entries(mirror: Mirror, declared: Collection[str], day: date) -> pd.DataFrame:
    """Return who entered, with the segment of the last snapshot before."""
    found = mirror.programmes.enrolled(day)
    found = found[found["programme"].isin(list(declared))]
    return found.merge(mirror.programmes.segments(), "left", ["programme", "person", "since"])
