"""What programmes would do on a day: who enters, stays, leaves and waits, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.programmes.plan import plan
from suitecrm_bridge.analytics.programmes.reach import forbidden, put_off
from suitecrm_bridge.analytics.programmes.situation import Situation
from suitecrm_bridge.catalogue import Language, Rules, Source
from suitecrm_bridge.catalogue.conditions import Audience
from suitecrm_bridge.catalogue.programmes import Programme, Stop
from suitecrm_bridge.catalogue.programmes.asked import asked_by
from suitecrm_bridge.errors import CatalogueError, NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import COUNTED
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.audiences import Audiences
from suitecrm_bridge.mirror.programmes.since import define_since

SALT = "suitecrm-bridge"
"""Draws the arms. It stays the same when a mirror is made anew; ids differ between installations,
and a programme's own salt draws its people anew."""


@dataclass(frozen=True)
class Planned:
    """A plan, and what else is to be kept with it.

    `programmes` are those that were planned, `channels` by programme and wave, `insides` those
    that the condition holds of which begins each.
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
    chosen, audiences, situation = prepared(mirror, rules, day, also)
    return Planned(
        programmes=chosen,
        plan=plan(chosen, rules.addressing, situation),
        channels={(one.key, wave.key): wave.channel for one in chosen for wave in one.waves},
        insides={one.key: audiences.inside(one) for one in chosen},
    )


def prepared(
    mirror: Mirror, rules: Rules, day: date, also: Collection[str] = ()
) -> tuple[Sequence[Programme], Audiences, Situation]:
    """Return what a plan is made from; else as `planned`."""
    known = rules.programmes
    for key in also:
        find(rules, key)
    since = {key: one.since for key, one in mirror.programmes.states().items() if one.running}
    chosen = [one for key, one in known.items() if key in since or key in also]
    chosen = [one for one in chosen if one.has_begun(day)]
    over = {one.key for one in chosen if _is_over(one, day, since.get(one.key, day))}
    chosen = [_bounded(one, over=one.key in over) for one in chosen]
    for module, column, where in unread(mirror, chosen):
        said = text("programmes.not_read", where=where, module=module, column=column)
        raise CatalogueError(said)
    if any(one.of != "leads" and not mirror.scores.exist(one.of) for one in chosen):
        raise NotFound(text("jobs.no_scores"))
    audiences = Audiences(mirror.connection, day)
    source = _source(mirror)
    if any(one.asks_since for one in chosen):
        define_since(mirror.facts, mirror.connection, source)
    kinds = {one.of for one in chosen}
    situation = Situation(
        as_of=to_day(day),
        salt=SALT,
        audience={one.key: _audience(audiences, one, over=one.key in over) for one in chosen},
        reach={of: audiences.reach(of) for of in kinds},
        unreadable={of: audiences.unreadable(of) for of in kinds},
        unknown={of: audiences.unknown(of, source) for of in kinds},
        enrolled=mirror.programmes.enrolled(day),
        resets=mirror.programmes.resets(),
        waiting=mirror.programmes.waiting(),
        made=mirror.programmes.made(),
        given=mirror.programmes.deliveries.given(day),
    )
    return chosen, audiences, situation


def unread(mirror: Mirror, programmes: Collection[Programme]) -> Iterator[tuple[str, str, str]]:
    """Yield module and name of the columns that programmes ask for and that were not read.

    With them comes where each is named. SuiteCRM has no such field, or does not show it, or it is
    to be read with the next sync.
    """
    bookmarks = mirror.records.bookmarks()
    for one in programmes:
        for module, column, where in asked_by(one):
            if module not in bookmarks or column not in bookmarks[module].columns:
                yield module, column, where


def reachable(mirror: Mirror, of: Audience, day: date, channel: str = "mail") -> list[str]:
    """Return the people that a channel may reach, by default those that e-mail may."""
    audiences = Audiences(mirror.connection, day)
    reach = audiences.reach(of)
    people = reach.index.to_series()
    why = forbidden(reach, people, channel, unreadable=channel in audiences.unreadable(of))
    return [str(person) for person in people[why == ""]]


def waits(mirror: Mirror, of: Audience, day: date, channel: str) -> set[str]:
    """Return the people who need something mended before a channel may reach them."""
    reach = Audiences(mirror.connection, day).reach(of)
    people = reach.index.to_series()
    return {str(person) for person in people[put_off(reach, people, channel) != ""]}


def words(programmes: Sequence[Programme], lang: Language) -> dict[tuple[str, str], str]:
    """Return what is said on a record of each programme and wave."""
    return {
        (one.key, wave.key): text(
            "programmes.place",
            lang,
            programme=one.label[lang],
            wave=wave.label[lang],
            description=one.description[lang],
        )
        for one in programmes
        for wave in one.waves
    }


def find(rules: Rules, key: str) -> Programme:
    """Return a programme.

    Raises:
        NotFound: there is none with this key.
    """
    if key not in rules.programmes:
        raise NotFound(text("programmes.unknown", key=key, known=", ".join(rules.programmes)))
    return rules.programmes[key]


def _source(mirror: Mirror) -> Source:
    """Return what the scores count as a purchase; without scores what they would by themselves."""
    counted = mirror.believing.made_by(COUNTED)
    if counted is None:
        return "invoices" if mirror.facts.has_invoices() else "opportunities"
    return "opportunities" if counted == "opportunities" else "invoices"


def _is_over(programme: Programme, day: date, since: date) -> bool:
    """Return whether a programme that runs since a day has come to its end."""
    after = programme.stop.after_days
    ended = programme.ends is not None and programme.ends < day
    return ended or (after is not None and since + timedelta(days=after) <= day)


def _bounded(programme: Programme, *, over: bool) -> Programme:
    """Return a programme that lets everybody go where it is over, and else nobody for that."""
    return replace(programme, stop=Stop(programme.stop.harm, 0 if over else None))


def _audience(audiences: Audiences, programme: Programme, *, over: bool) -> pd.DataFrame:
    found = audiences.of(programme)
    return found.assign(occasion=None) if over else found
