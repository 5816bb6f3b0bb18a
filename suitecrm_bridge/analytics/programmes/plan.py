"""The plan of a night: one decision for each person and programme, the important ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects.assignment import CONTROL, arms, held_out, period_of
from suitecrm_bridge.analytics.programmes.deciding import COLUMNS, DECISIONS, Deciding, Mask
from suitecrm_bridge.analytics.programmes.journeys import caps_of, continued
from suitecrm_bridge.analytics.programmes.quotas import QUOTA, Quotas
from suitecrm_bridge.analytics.programmes.reach import forbidden, holds, owners, put_off
from suitecrm_bridge.analytics.programmes.situation import Situation
from suitecrm_bridge.analytics.programmes.slots import Slots
from suitecrm_bridge.analytics.programmes.taken import Taken
from suitecrm_bridge.catalogue.programmes import Addressing, Programme


def plan(
    programmes: Sequence[Programme], addressing: Addressing, situation: Situation
) -> pd.DataFrame:
    """Return what becomes of everybody that a programme has, or could have.

    Nobody is addressed that a channel may not reach, nobody more often than a cap allows, nobody by
    two programmes for one product; who waits is looked at again when it is due. The programmes that
    come first have the first choice.

    Columns out, a row for each programme and person: programme, wave, person, decision (of
    `DECISIONS`), reason (a key, "" where none is needed), arm ("" where none is drawn), due (the
    day on which it is looked at again; -1 for none), occasion, product, new (whether the programme
    did not have the person before).

    Args:
        programmes: those that run, the most important first.
        addressing: what holds for all of them.
        situation: what is known.
    """
    slots = Slots(situation.made, situation.as_of)
    quotas = Quotas(situation.given, addressing.calls_a_day)
    taken = Taken(situation.enrolled)
    found = []
    for programme in programmes:
        for decided in (
            continued(programme, addressing, situation, slots, quotas),
            _begun(programme, addressing, situation, slots, taken, quotas),
        ):
            taken.note(programme.key, decided)
            found.append(decided.table(programme.key))
    filled = [table for table in found if len(table)]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return pd.concat(filled, ignore_index=True)


def counts(found: pd.DataFrame) -> Mapping[str, int]:
    """Return how many have each decision."""
    by = found["decision"].value_counts()
    return {decision: int(by.get(decision, 0)) for decision in DECISIONS}


def _begun(
    programme: Programme,
    addressing: Addressing,
    situation: Situation,
    slots: Slots,
    taken: Taken,
    quotas: Quotas,
) -> Deciding:
    """Decide on those that the programme does not have yet."""
    first, tomorrow = programme.waves[0], situation.as_of + 1
    found = Deciding(_candidates(programme, situation), first.key)
    reach = situation.reach[programme.of]
    closed = first.channel in situation.unreadable.get(programme.of, ())
    why = forbidden(reach, found.person, first.channel, unreadable=closed)
    found.decide(why != "", "excluded", why)
    why = put_off(reach, found.person, first.channel)
    found.decide(why != "", "deferred", why, tomorrow)
    if not programme.recovery:
        serious = holds(reach, found.person, "serious")
        found.decide(serious, "deferred", "serious_complaint", tomorrow)
    same = taken.same_product(programme.key, found.person, found.product)
    found.decide(same, "deferred", "same_product", tomorrow)
    until = slots.full_until(found.person, caps_of(programme, addressing))
    found.decide(until > 0, "deferred", "cap", until)
    _draw(programme, addressing, situation, found, quotas)
    slots.take(found.of(found.decision == "enters"))
    return found


def _candidates(programme: Programme, situation: Situation) -> pd.DataFrame:
    """Return who could enter now: person, occasion, product, worth, those who bring most first."""
    audience = situation.audience[programme.key]
    waiting = situation.waiting[situation.waiting["programme"] == programme.key]
    waited = dict(zip(waiting["person"], waiting["occasion"], strict=True))
    own = _counting(programme, situation)
    barred = _barred(programme, own, situation.as_of)
    used = set(zip(own["person"], own["occasion"], strict=True))
    chosen, occasions = [], []
    for place, (person, begun) in enumerate(
        zip(audience["person"], audience["occasion"], strict=True)
    ):
        occasion = begun if isinstance(begun, str) else waited.get(person)
        if occasion is None or person in barred or (occasion and (person, occasion) in used):
            continue
        chosen.append(place)
        occasions.append(occasion)
    known = audience.iloc[chosen].assign(occasion=np.array(occasions, dtype=object))
    ranked = known.sort_values(["worth", "person"], ascending=[False, True], kind="stable")
    return ranked[["person", "occasion", "product", "worth"]].reset_index(drop=True)


def _counting(programme: Programme, situation: Situation) -> pd.DataFrame:
    """Return the entries that may keep somebody from entering: all but those that were reset.

    Nobody enters twice on a day.
    """
    own = situation.enrolled[situation.enrolled["programme"] == programme.key]
    if not situation.resets:
        return own
    entries = zip(own["person"], own["since"], strict=True)
    counts = [
        since == situation.as_of or (programme.key, person, since) not in situation.resets
        for person, since in entries
    ]
    return own[np.array(counts, dtype=bool)]


def _barred(programme: Programme, own: pd.DataFrame, as_of: int) -> set[str]:
    """Return who is in the programme, or was in it too short a time ago."""
    if programme.again_days is None:
        return set(own["person"])
    recent = own["ended"].isna() | (own["ended"] + programme.again_days > as_of)
    return set(own.loc[recent.fillna(True).to_numpy(dtype=bool), "person"])


def _draw(
    programme: Programme,
    addressing: Addressing,
    situation: Situation,
    found: Deciding,
    quotas: Quotas,
) -> None:
    """Draw who is addressed, as far as budget and quotas go, and who is only measured."""
    share, period = float(addressing.control), period_of(situation.as_of, addressing.rotates_days)
    held = found.open
    if share:
        held[held] = [held_out(situation.salt, period, p, share) for p in found.of(held)]
        found.decide(held, "control", "held_out")
    beyond = _beyond_budget(programme, situation, found.open)
    found.decide(beyond, "deferred", "budget", situation.as_of + 1)
    left = found.open
    salt, key, first = situation.salt + programme.salt, programme.key, programme.waves[0]
    drawn = arms(salt, key, first.key, found.of(left), float(programme.control))
    found.arm[left] = drawn.to_numpy(dtype=object)
    own = owners(situation.reach[programme.of], found.person)
    treated, in_order = np.asarray(found.arm != CONTROL, dtype=bool), np.arange(len(found))
    late = quotas.late(key, first, own, left, treated, in_order)
    found.arm[late] = ""
    found.decide(late, "deferred", QUOTA, situation.as_of + 1)
    found.decide(found.arm == CONTROL, "control", "drawn")
    found.decide(left, "enters")


def _beyond_budget(programme: Programme, situation: Situation, left: Mask) -> Mask:
    """Return who comes after the last one that the budget reaches, controls counted as the others.

    So that those who are only measured are as good as those who are addressed.
    """
    beyond = np.zeros(len(left), dtype=bool)
    if programme.budget is None or not programme.cost:
        return beyond
    made = int((situation.made["programme"] == programme.key).sum())
    rest = programme.budget - programme.cost * made
    affordable = max(Decimal(0), rest / programme.cost)
    beyond[np.flatnonzero(left)[int(affordable) :]] = True
    return beyond
