"""What an installation's programmes could do now for a sum of money, and what more would bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.effects.budget import Limits
from suitecrm_bridge.analytics.programmes.journeys import caps_of
from suitecrm_bridge.analytics.programmes.plan import plan
from suitecrm_bridge.analytics.programmes.situation import Situation
from suitecrm_bridge.analytics.programmes.slots import Slots
from suitecrm_bridge.catalogue import ENTITY_MODULES, Rules
from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.catalogue.programmes.model import Channel
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effect_budget import Budgeted, budgeted
from suitecrm_bridge.insights.programme_effects import brought
from suitecrm_bridge.insights.programmes import prepared
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.people import mean_purchase, segments_of

CANDIDATES = ("programme", "person", "channel", "product", "segment", "cost", "hoped", "room")


@dataclass(frozen=True)
class Means:
    """What there is to spend: a budget in units of the base currency, and messages by channel.

    None, and a channel that is not named, have no bound but those of the programme files.
    """

    budget: Decimal | None = None
    capacities: Mapping[Channel, int] = field(default_factory=dict)


def for_means(
    mirror: Mirror,
    rules: Rules,
    choices: Choices,
    means: Means,
    keys: Collection[str] = (),
) -> Budgeted:
    """Return those that programmes would best let enter now for what there is; nothing is written.

    Looked at are those that a programme, alone, would address tonight, but for its budget; whoever
    is in one already goes on in it, and is no part of this. Nobody gets more contacts than the caps
    leave them, or one product from two programmes.

    Args:
        mirror: what is known.
        rules: those of the installation.
        choices: what counts as a purchase, the day, and in which language is spoken.
        means: what there is to spend.
        keys: of the programmes; by default those that run.

    Raises:
        NotFound: there is no such programme, none runs and none is named, or nothing was scored.
    """
    day = choices.today
    known, _, situation = prepared(mirror, rules, day, keys)
    programmes = [one for one in known if not keys or one.key in keys]
    if not programmes:
        raise NotFound(text("programmes.none_runs", known=", ".join(rules.programmes)))
    spent = mirror.programmes.counts()
    budgets = {
        one.key: max(0.0, 100 * float(one.budget - one.cost * spent.get(one.key, (0,))[-1]))
        for one in programmes
        if one.budget is not None
    }
    limits = Limits(
        budget=None if means.budget is None else 100 * float(means.budget),
        contacts=rules.addressing.cap.contacts,
        budgets=budgets,
        capacities={name: float(most) for name, most in means.capacities.items()},
    )
    pairs = _candidates(mirror, rules, programmes, situation)
    ran = [one.key for one in programmes if one.key in mirror.programmes.states()]
    found = brought(mirror, rules, choices, ran).found if ran else {}
    labels = {one.key: one.label[choices.lang] for one in programmes}
    return budgeted(pairs, found, limits, choices.lang, labels)


def _candidates(
    mirror: Mirror, rules: Rules, programmes: Collection[Programme], situation: Situation
) -> pd.DataFrame:
    """Return who could enter each programme now: the columns of `CANDIDATES`, money in cents."""
    scored = [of for of in ENTITY_MODULES if mirror.scores.exist(of)]
    slots = Slots(situation.made, situation.as_of)
    purchase, parts = mean_purchase(mirror.connection, scored), []
    for one in programmes:
        alone = plan([replace(one, budget=None)], rules.addressing, situation)
        enters = alone[alone["new"].astype(bool) & (alone["decision"] == "enters")]
        people = enters["person"].reset_index(drop=True)
        cost = 100 * float(one.cost * len(one.waves))
        least = 100 * float(one.measure.least)
        money = one.measure.outcome == "margin"
        part = pd.DataFrame({"programme": one.key, "person": people})
        parts.append(
            part.assign(
                channel=one.waves[0].channel,
                product=enters["product"].to_numpy(dtype=object),
                cost=cost,
                hoped=cost + least if money else float(one.measure.least) * purchase,
                room=slots.left(people, caps_of(one, rules.addressing)),
            )
        )
    pairs = pd.concat(parts, ignore_index=True).astype({"cost": float, "hoped": float})
    return pairs.merge(segments_of(mirror.connection, scored), "left", "person")[list(CANDIDATES)]
