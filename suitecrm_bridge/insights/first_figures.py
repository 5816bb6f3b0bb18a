"""The figures of the five sentences that everybody reads first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Language, catalogue, standing_rules
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.complaints.figures import Complaints, complaints
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.insights.moves import migration
from suitecrm_bridge.insights.programme_effects import brought
from suitecrm_bridge.insights.sentences import (
    WORKS,
    Alarm,
    Call,
    FirstFigures,
    Left,
    Moved,
    Programmes,
    sentences,
)
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.summing import Calls, Sums
from suitecrm_bridge.tables import Sentence, label, of_dimension

WEEK, MONTH = timedelta(days=7), timedelta(days=28)
CALLS = ("call_now", "apologise", "win_back")
"""The actions for which somebody is called; the first of them that anybody has is spoken of."""
TOLD = (WORKS, "does_harm", "no_difference")
"""The verdicts with which a programme is spoken of, the first ones first."""


def first_sentences(
    mirror: Mirror, choices: Choices, entity: Entity | None = None, *, names: bool
) -> tuple[Sentence, ...]:
    """Return the five sentences about a kind of customers; default, of those who buy most.

    Raises:
        NotFound: nothing was scored yet.
        CatalogueError: a programme file cannot be used.
        DataError: a sum is out of range.
    """
    chosen = entity or main_entity(mirror)
    require_scores(mirror, chosen)
    found = first_figures(
        mirror,
        choices,
        chosen,
        looked_at(complaints(mirror, choices, mirror.facts.who_complains(), months=12)),
        effects(mirror, choices),
    )
    return sentences(found, names=names)


def first_figures(
    mirror: Mirror,
    choices: Choices,
    entity: Entity,
    complained: Complained,
    effect: pd.DataFrame | None,
) -> FirstFigures:
    """Gather the figures.

    Args:
        mirror: what is known.
        choices: what decides figures.
        entity: whose figures.
        complained: what is known of complaints.
        effect: what programmes brought, with the columns of `effect_tables.programmes`; None where
            none was ever started.
    """
    day = mirror.scores.as_of(entity) or choices.today
    week = _moved(mirror, entity, day, WEEK)
    month = _moved(mirror, entity, day, MONTH)
    return FirstFigures(
        left=_left(mirror, entity, day),
        call=call(Sums(mirror.connection, entity).to_call()),
        week=week or month,
        month=month,
        alarm=alarm(complained.alarms, choices.lang),
        complaints=complained.number,
        programmes=None if effect is None else programmes(effect),
    )


@dataclass(frozen=True)
class Complained:
    """What is said first of complaints, asked for at once.

    Figures of complaints come from tables that those of other customers take the place of, so they
    cannot be asked for any later.

    Args:
        alarms: the columns of `Complaints.alarms`.
        number: how many there were in the period that was looked at.
        trend: the columns of `Complaints.trend`, of 24 months.
    """

    alarms: pd.DataFrame
    number: int
    trend: pd.DataFrame


def looked_at(found: Complaints) -> Complained:
    """Return what is said first of complaints."""
    alarms, _ = found.alarms()
    counted = found.crossing()["number"]
    number = int(counted.iloc[0]) if len(counted) else 0
    return Complained(alarms, number, found.last_months(24).trend())


def main_entity(mirror: Mirror) -> Entity:
    """Return the kind of customers of which more have bought, contacts where it is the same."""
    counts = {entity: _buyers(mirror, entity) for entity in ENTITY_MODULES}
    return max(counts, key=lambda entity: counts[entity])


def effects(mirror: Mirror, choices: Choices) -> pd.DataFrame | None:
    """Return what programmes brought; None where none was ever started."""
    if not mirror.programmes.states():
        return None
    return brought(mirror, choices.rules, choices).tables(choices.lang)[0].frame


def call(found: Mapping[str, Calls]) -> Call | None:
    """Return who is to be called first; None where nobody is to be called."""
    for action in CALLS:
        if action in found:
            own = found[action]
            stake = Decimal(own.stake_cents).scaleb(-2)
            return Call(action, own.customers, stake, own.first_id, own.first_name)
    return None


def alarm(found: pd.DataFrame, lang: Language) -> Alarm | None:
    """Return the strongest alarm; None where there is none.

    Columns in: those of `Complaints.alarms`.
    """
    if not len(found):
        return None
    first = found.iloc[0]
    kind, key = of_dimension(first["dimension"]), first["what"]
    return Alarm(
        what=first["what_name"] or label(key, kind, lang),
        dimension=first["dimension"],
        dimension_value=str(key),
        since=first["since"],
        number=int(first["number"]),
        expected=Decimal(str(first["expected_number"])),
        others=len(found) - 1,
    )


def programmes(effect: pd.DataFrame) -> Programmes:
    """Return what programmes brought: the one that brought most, else one that does harm.

    Columns in: those of `effect_tables.programmes`.
    """
    people = int(effect["treated"].sum()) if len(effect) else 0
    for verdict in TOLD:
        own = effect[effect["verdict"] == verdict]
        if not len(own):
            continue
        gains = [_amount(gain) for gain in own["gain"]]
        first = own.iloc[max(range(len(gains)), key=lambda place: gains[place])]
        key = str(first["programme"])
        name = str(first["programme_name"])
        return Programmes(people, key, name, verdict, first["gain"])
    return Programmes(people)


def _left(mirror: Mirror, entity: Entity, day: date) -> Left:
    before = _day_before(mirror, entity, day, MONTH)
    view = "" if before is None else mirror.snapshots.view(entity, before)
    lapsed = standing_rules(catalogue())["lost"]["lifecycles"]
    customers, cost = Sums(mirror.connection, entity).lost(view, [*lapsed, "prospect"])
    return Left(customers, Decimal(cost).scaleb(-2), before)


def _moved(mirror: Mirror, entity: Entity, day: date, back: timedelta) -> Moved | None:
    before = _day_before(mirror, entity, day, back)
    if before is None:
        return None
    found = migration(mirror, entity, day, before, day, movers=0)
    ranks = {segment.key: segment.rank for segment in catalogue().segments.values()}
    better = worse = 0
    for move in found.matrix.to_dict("records"):
        start, end = (ranks.get(move[name]) for name in ("from_segment", "to_segment"))
        if start is None or end is None or start == end:
            continue
        better, worse = (
            better + (end < start) * move["customers"],
            worse + (end > start) * move["customers"],
        )
    return Moved(before, int(better), int(worse), bool(found.changed()))


def _day_before(mirror: Mirror, entity: Entity, day: date, back: timedelta) -> date | None:
    """Return the last day with a snapshot that is at least so long ago."""
    known = mirror.snapshots.dates(entity)
    if day not in known:
        return None
    return max((one for one in known if one <= day - back), default=None)


def _buyers(mirror: Mirror, entity: Entity) -> int:
    if not mirror.scores.exist(entity):
        return 0
    return Sums(mirror.connection, entity).key()[1]


def _amount(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
