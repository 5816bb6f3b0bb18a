"""What programmes would do on a day: who enters, stays, leaves and waits, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.programmes.plan import plan
from suitecrm_bridge.analytics.programmes.situation import Situation
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.catalogue.programmes import Programme, Stop
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.audiences import Audiences

SALT = "suitecrm-bridge"
"""Draws the arms. It stays the same when a mirror is made anew; ids differ between installations,
and a programme's own salt draws its people anew."""


@dataclass(frozen=True)
class Planned:
    """A plan, and what else is to be kept with it.

    `programmes` are those that were planned, `channels` by programme and wave, `insides` of whom
    the condition holds that begins each.
    """

    programmes: Sequence[Programme]
    plan: pd.DataFrame
    channels: Mapping[tuple[str, str], str]
    insides: Mapping[str, Collection[str]]


def planned(mirror: Mirror, rules: Rules, day: date, also: Collection[str] = ()) -> Planned:
    """Plan the programmes that run.

    Args:
        mirror: what is known.
        rules: those of the installation.
        day: the day that it is.
        also: programmes that count as running although they do not.

    Raises:
        NotFound: there is no such programme, or nothing was scored yet.
        CatalogueError: a programme file cannot be used.
    """
    known = rules.programmes
    for key in also:
        find(rules, key)
    running = {key for key, state in mirror.programmes.states().items() if state.running}
    chosen = [_on(one, day) for key, one in known.items() if key in running | {*also}]
    chosen = [one for one in chosen if one.begins is None or one.begins <= day]
    if any(one.of != "leads" and not mirror.scores.exist(one.of) for one in chosen):
        raise NotFound(text("jobs.no_scores"))
    audiences = Audiences(mirror.connection, day)
    kinds = {one.of for one in chosen}
    situation = Situation(
        as_of=to_day(day),
        salt=SALT,
        audience={one.key: _audience(audiences, one, day) for one in chosen},
        reach={of: audiences.reach(of) for of in kinds},
        unreadable={of: audiences.unreadable(of) for of in kinds},
        enrolled=mirror.programmes.enrolled(),
        waiting=mirror.programmes.waiting(),
        made=mirror.programmes.made(),
    )
    return Planned(
        programmes=chosen,
        plan=plan(chosen, rules.addressing, situation),
        channels={(one.key, wave.key): wave.channel for one in chosen for wave in one.waves},
        insides={one.key: audiences.inside(one) for one in chosen},
    )


def find(rules: Rules, key: str) -> Programme:
    """Return a programme.

    Raises:
        NotFound: there is none with this key.
    """
    if key not in rules.programmes:
        raise NotFound(text("programmes.unknown", key=key, known=", ".join(rules.programmes)))
    return rules.programmes[key]


def _on(programme: Programme, day: date) -> Programme:
    """Return a programme as it is on a day: one whose period is over lets everybody go."""
    if programme.ends is None or programme.ends >= day:
        return programme
    return replace(programme, stop=Stop(programme.stop.harm, 0))


def _audience(audiences: Audiences, programme: Programme, day: date) -> pd.DataFrame:
    found = audiences.of(programme)
    if programme.ends is not None and programme.ends < day:
        return found.assign(occasion=None)
    return found
