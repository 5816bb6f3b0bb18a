"""What becomes of those in a programme: they stay, go on to the next wave, wait, or leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from suitecrm_bridge.analytics.effects.assignment import CONTROL
from suitecrm_bridge.analytics.programmes.deciding import Days, Deciding, Mask
from suitecrm_bridge.analytics.programmes.quotas import QUOTA, Quotas
from suitecrm_bridge.analytics.programmes.reach import (
    UNREADABLE,
    forbidden,
    holds,
    owners,
    put_off,
)
from suitecrm_bridge.analytics.programmes.situation import Situation
from suitecrm_bridge.analytics.programmes.slots import Slots
from suitecrm_bridge.catalogue.conditions import Condition, happened
from suitecrm_bridge.catalogue.programmes import Addressing, Cap, Programme

LISTED_DAYS = 7
"""Whoever had the last wave stays on its list at least as long, so that it is sent by then."""
LEFT, OVER, DONE, EXITS = "left_audience", "over", "done", "exits"
UNKNOWN = "unknown"
"""Why somebody waits for a wave of which nobody can tell whether its condition holds."""


def caps_of(programme: Programme, addressing: Addressing) -> Sequence[Cap]:
    """Return the caps that a programme keeps."""
    return [addressing.cap, *([programme.cap] if programme.cap else [])]


def continued(
    programme: Programme,
    addressing: Addressing,
    situation: Situation,
    slots: Slots,
    quotas: Quotas,
) -> Deciding:
    """Decide on everybody in the programme; one who goes on to a wave enters it."""
    enrolled = situation.enrolled
    own = enrolled[(enrolled["programme"] == programme.key) & enrolled["ended"].isna()]
    own = own.sort_values("person", kind="stable").reset_index(drop=True)
    found = Deciding(own)
    since, wave_since = (own[name].to_numpy(dtype=np.int64) for name in ("since", "wave_since"))
    audience = situation.audience[programme.key].set_index("person")
    _let_go(programme, situation, found, audience, since)
    _pause(programme, situation, found)
    goes = _go_on(programme, situation, found, audience, (since, wave_since))
    _enter_waves(programme, addressing, situation, slots, quotas, found, goes)
    found.decide(found.open, "stays")
    return found


def _let_go(
    programme: Programme,
    situation: Situation,
    found: Deciding,
    audience: pd.DataFrame,
    since: Days,
) -> None:
    """Let go who may not be addressed any more, and who is no longer meant."""
    reach = situation.reach[programme.of]
    for wave in programme.waves:
        if wave.channel not in situation.unreadable.get(programme.of, ()):
            there = found.wave == wave.key
            why = forbidden(reach, found.person, wave.channel)
            found.decide(there & (why != "") & (why != UNREADABLE), "leaves", why)
    meant = audience.index.get_indexer(pd.Index(found.person)) >= 0
    found.decide(~meant, "leaves", LEFT)
    if programme.exit is not None and not _unknown(programme.exit, programme, situation):
        found.decide(_fits(audience, found, "exits"), "leaves", EXITS)
    known = {wave.key for wave in programme.waves}
    found.decide(np.array([wave not in known for wave in found.wave], dtype=bool), "leaves", OVER)
    if programme.stop.after_days is not None:
        found.decide(since + programme.stop.after_days <= situation.as_of, "leaves", OVER)


def _pause(programme: Programme, situation: Situation, found: Deciding) -> None:
    """Put off who has a serious complaint now, and whatever cannot be read just now."""
    tomorrow = situation.as_of + 1
    if not programme.recovery:
        serious = holds(situation.reach[programme.of], found.person, "serious")
        found.decide(serious, "deferred", "serious_complaint", tomorrow)
    unread = holds(situation.reach[programme.of], found.person, UNREADABLE)
    found.decide(unread, "deferred", UNREADABLE, tomorrow)
    for wave in programme.waves:
        if wave.channel in situation.unreadable.get(programme.of, ()):
            found.decide(found.wave == wave.key, "deferred", UNREADABLE, tomorrow)


def _go_on(
    programme: Programme,
    situation: Situation,
    found: Deciding,
    audience: pd.DataFrame,
    moments: tuple[Days, Days],
) -> list[tuple[str, Mask]]:
    """Return by wave whose turn it is; one whose condition does not hold then is passed over.

    Who has had every wave leaves when what they do is no longer counted, and the last was sent.
    """
    since, wave_since = moments
    goes = []
    for place, wave in enumerate(programme.waves):
        pending, after = found.open & (found.wave == wave.key), 0
        for coming in programme.waves[place + 1 :]:
            after += coming.after_days
            if coming.choice and coming.choice == wave.choice:
                continue
            due = pending & (situation.as_of - wave_since >= after)
            if coming.condition is None:
                fits = due
            elif _unknown(coming.condition, programme, situation):
                found.decide(due, "deferred", UNKNOWN, situation.as_of + 1)
                fits = due
            else:
                fits = _fits(audience, found, f"if_{coming.key}")
            goes.append((coming.key, due & fits))
            # Who waits for this wave waits for those behind it too.
            pending = due & ~fits
        last = place == len(programme.waves) - 1
        had_all = found.open & (found.wave == wave.key) if last else pending
        finished = situation.as_of - since >= programme.measure.days
        finished &= situation.as_of - wave_since >= LISTED_DAYS
        found.decide(had_all & finished, "leaves", DONE)
    return goes


def _unknown(condition: Condition, programme: Programme, situation: Situation) -> bool:
    """Return whether nobody can tell if a condition on the time since a wave holds."""
    return bool(happened(condition) & {*situation.unknown.get(programme.of, ())})


def _fits(audience: pd.DataFrame, found: Deciding, column: str) -> Mask:
    places = audience.index.get_indexer(pd.Index(found.person))
    known = audience[column].to_numpy(dtype=bool)
    fits = np.zeros(len(found), dtype=bool)
    fits[places >= 0] = known[places[places >= 0]]
    return fits


def _enter_waves(
    programme: Programme,
    addressing: Addressing,
    situation: Situation,
    slots: Slots,
    quotas: Quotas,
    found: Deciding,
    goes: Sequence[tuple[str, Mask]],
) -> None:
    """Let people enter the wave whose turn it is, where channel, caps and quotas allow it."""
    waves = {wave.key: wave for wave in programme.waves}
    caps, reach = caps_of(programme, addressing), situation.reach[programme.of]
    in_order = _best_first(situation.audience[programme.key], found)
    for wave, turn in goes:
        channel = waves[wave].channel
        closed = channel in situation.unreadable.get(programme.of, ())
        due = turn & found.open
        if closed:
            found.decide(due, "deferred", UNREADABLE, situation.as_of + 1)
        else:
            why = forbidden(reach, found.person, channel)
            found.decide(due & (why != ""), "leaves", why)
            why = put_off(reach, found.person, channel)
            treated = np.asarray(found.arm != CONTROL, dtype=bool)
            found.decide(due & treated & (why != ""), "deferred", why, situation.as_of + 1)
        due &= found.open
        control = due & (found.arm == CONTROL)
        found.decide(control, "control", "drawn")
        until = np.zeros(len(found), dtype=np.int64)
        until[due] = slots.full_until(found.of(due), caps)
        found.decide(due & (until > 0), "deferred", "cap", until)
        enters = due & found.open
        own = owners(reach, found.person)
        late = quotas.late(programme.key, waves[wave], own, enters, enters, in_order)
        found.decide(late, "deferred", QUOTA, situation.as_of + 1)
        enters &= found.open
        found.decide(enters, "enters")
        slots.take(found.of(enters))
        found.wave[control | enters] = wave


def _best_first(audience: pd.DataFrame, found: Deciding) -> npt.NDArray[np.intp]:
    """Return the places of the people, those who bring most first."""
    worth = np.zeros(len(found))
    places = audience.set_index("person").index.get_indexer(pd.Index(found.person))
    worth[places >= 0] = audience["worth"].to_numpy(dtype=np.float64)[places[places >= 0]]
    return np.argsort(-worth, kind="stable")
