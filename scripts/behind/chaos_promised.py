"""What programmes promise of everybody, held against what a run did; told from records alone.

Nothing here is the bridge's own way to decide: each rule is written a second time, for one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.catalogue.programmes import Programme, Wave
from suitecrm_bridge.mirror import Mirror

Row = dict[str, Any]
Member = tuple[str, str]
"""A list and who is on it."""
MODULES = {"Contacts": "contacts", "Accounts": "accounts", "Leads": "leads"}


@dataclass(frozen=True)
class Listed:
    """Who is on SuiteCRM's lists, whose place was changed by hand, and whether the run is done.

    `unwilling` were put on a list though SuiteCRM held that they had opted out.
    """

    members: Collection[Member]
    touched: Collection[Member]
    complete: bool
    unwilling: Collection[Member] = ()


def broken(mirror: Mirror, rules: Rules, listed: Listed, added: Sequence[Member]) -> Iterator[str]:
    """Yield the promises that are broken after a run which put some people on lists."""
    known, allowed = _lists(mirror), Allowed(mirror, rules)
    for list_id, person in added:
        if list_id in known and (why := allowed.why_not(known[list_id], person)):
            yield f"{person} was put on {_named(known[list_id])}: {why}"
        if (list_id, person) in listed.unwilling and allowed.by_mail(known.get(list_id)):
            yield f"{person} was put on {_named(known[list_id])}, and had opted out"
    if listed.complete:
        yield from _on_lists(mirror, known, allowed, listed)
    yield from _steps(mirror, rules)
    yield from _caps(mirror, rules)


class Allowed:
    """Whether a person may be addressed, by what the mirror holds of them."""

    def __init__(self, mirror: Mirror, rules: Rules) -> None:
        self._rules = rules
        self._people = {
            m: {row["id"]: row for row in rows_of(mirror, t)} for m, t in MODULES.items()
        }
        self._scores = {}
        for table in ("contacts", "accounts"):
            if mirror.scores.exist(table):
                rows = rows_of(mirror, f"scores_{table}")
                self._scores |= {row["customer_id"]: row["complaints"] for row in rows}
        letters = rows_of(mirror, "dead_letters")
        self._unread = {row["record_id"] for row in letters if row["direction"] == "read"}
        self._refused = self._addresses(mirror)

    def _addresses(self, mirror: Mirror) -> set[str]:
        """Return the addresses of which anybody who has them said no, or that are invalid."""
        left: dict[tuple[str, str], Any] = {}
        for row in rows_of(mirror, "campaign_log"):
            if row["activity_type"] == "removed" and row["activity_date"]:
                key = row["target_type"], row["target_id"]
                left[key] = max(left.get(key, row["activity_date"]), row["activity_date"])
        refused = set()
        for module, people in self._people.items():
            for row in people.values():
                since, changed = left.get((module, row["id"])), row["date_modified"]
                gone = since is not None and (changed is None or since >= changed)
                if row["email_opt_out"] or row["invalid_email"] or gone:
                    refused.add((row["email1"] or "").strip().lower())
        return refused

    def why_not(self, place: Row, person: str) -> str:
        """Return why a person may not be on a list, "" where they may."""
        if place["arm"] != "treated":
            return ""
        row = self._people[place["module"]].get(person)
        if row is None:
            return "is not there"
        programme, wave = self._wave(place)
        serious = place["module"] != "Leads" and self._scores.get(person, "serious") == "serious"
        recovers = programme is None or programme.recovery
        said = {
            "withdrew": "withdrawn" in (row.get("lawful_basis") or ""),
            "objects": row.get("no_profiling_c"),
            "cannot be read": person in self._unread,
            "cannot be reached": not self._reached(row, wave.channel if wave else "mail"),
            "has a serious complaint": serious and not recovers,
        }
        return ", ".join(why for why, holds in said.items() if holds)

    def reaches(self, module: str, person: str, channel: str) -> bool:
        """Return whether a channel may reach a person, whatever else is said of them."""
        row = self._people[module].get(person)
        if row is not None and channel == "letter":
            return all(
                row.get(f"primary_address_{part}") or row.get(f"billing_address_{part}")
                for part in ("street", "postalcode", "city")
            )
        return row is not None and self._reached(row, channel)

    def _reached(self, row: Row, channel: str) -> bool:
        if channel == "mail":
            email = (row["email1"] or "").strip().lower()
            return "@" in email and email not in self._refused
        phones = [row.get(name) for name in ("phone_work", "phone_mobile", "phone_office")]
        return channel != "call" or (any(phones) and not row.get("do_not_call"))

    def by_mail(self, place: Row | None) -> bool:
        """Return whether mail goes to a list of the bridge's."""
        if place is None or place["arm"] != "treated":
            return False
        wave = self._wave(place)[1]
        return wave is None or wave.channel == "mail"

    def _wave(self, place: Row) -> tuple[Programme | None, Wave | None]:
        programme = self._rules.programmes.get(place["programme"])
        waves = programme.waves if programme else ()
        return programme, next((wave for wave in waves if wave.key == place["wave"]), None)


def _on_lists(
    mirror: Mirror, known: dict[str, Row], allowed: Allowed, listed: Listed
) -> Iterator[str]:
    running = {key for key, state in mirror.programmes.states().items() if state.running}
    arms = {
        (row["programme"], row["person"]): row["arm"]
        for row in rows_of(mirror, "programme_enrolments")
        if row["ended"] is None
    }
    for list_id, person in sorted({*listed.members} - {*listed.touched}):
        place = known.get(list_id)
        if place is None:
            continue
        name = _named(place)
        if why := allowed.why_not(place, person):
            yield f"{person} is on {name}: {why}"
        if place["programme"].startswith(("again/", "segments/")):
            continue
        if place["programme"] not in running:
            yield f"{person} is on {name}, which was stopped"
        elif arms.get((place["programme"], person)) != place["arm"]:
            yield f"{person} is on {name} and is {arms.get((place['programme'], person))}"


def _steps(mirror: Mirror, rules: Rules) -> Iterator[str]:
    """Nobody has a step twice, too early or before the one before it; controls have none."""
    contacts: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows_of(mirror, "programme_contacts"):
        contacts[row["programme"], row["person"]].append(row)
    before: dict[tuple[str, str], list[Row]] = {}
    entries = {
        (row["programme"], row["person"], row["since"])
        for row in rows_of(mirror, "programme_enrolments")
    }
    reset = {tuple(row.values()) for row in rows_of(mirror, "programme_resets")}
    for one in rows_of(mirror, "programme_enrolments", "since"):
        key = one["programme"], one["person"]
        programme = rules.programmes[one["programme"]]
        end = one["ended"]
        # Who was reset may enter again that day: the first wave of it is that of the new entry.
        own = [
            c
            for c in contacts[key]
            if one["since"] <= c["day"]
            and (not end or c["day"] <= end)
            and not (
                c["day"] == end != one["since"]
                and (*key, end) in entries
                and c["wave"] == programme.waves[0].key
            )
        ]
        yield from (f"{key}: {line}" for line in _one_journey(programme, one, own))
        for row in own:
            contacts[key].remove(row)
        yield from (f"{key}: {line}" for line in _again(programme, one, before.get(key, [])))
        if (*key, one["since"]) not in reset:
            before.setdefault(key, []).append(one)
    for key, left in contacts.items():
        if left:
            yield f"{key}: addressed without being in it"


def _one_journey(programme: Programme, one: Row, contacts: list[Row]) -> Iterator[str]:
    if one["arm"] == "control":
        yield from ("a control was addressed" for _ in contacts)
        return
    waves = {wave.key: wave for wave in programme.waves}
    had = [row["wave"] for row in sorted(contacts, key=lambda row: row["day"])]
    order = sorted(contacts, key=lambda row: ([*waves].index(row["wave"]), row["day"]))
    if len({*had}) < len(had):
        yield f"a step twice: {had}"
    passable = [key for key in waves if key in had or waves[key].condition is None]
    if [row["wave"] for row in order] != passable[: len(order)]:
        yield f"a step was skipped: {had}"
    for earlier, later in pairwise(order):
        if (later["day"] - earlier["day"]).days < waves[later["wave"]].after_days:
            yield f"{later['wave']} came too early"
    if one["wave"] not in had[-1:]:
        yield f"stands at {one['wave']} after {had}"


def _again(programme: Programme, one: Row, before: Sequence[Row]) -> Iterator[str]:
    if not before:
        return
    if programme.again_days is None:
        yield "entered twice"
    elif (one["since"] - before[-1]["ended"]).days < programme.again_days:
        yield f"entered again within {programme.again_days} days"
    if one["occasion"] and one["occasion"] in {row["occasion"] for row in before}:
        yield f"twice for {one['occasion']}"


def _caps(mirror: Mirror, rules: Rules) -> Iterator[str]:
    cap = rules.addressing.cap
    days: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows_of(mirror, "programme_contacts"):
        days[row["person"]].append(row["day"])
    for person, had in days.items():
        for last in {*had}:
            within = sum(0 <= (last - day).days < cap.days for day in had)
            if within > cap.contacts:
                yield f"{person} was addressed {within} times in {cap.days} days up to {last}"


def _lists(mirror: Mirror) -> dict[str, Row]:
    return {row["id"]: row for row in rows_of(mirror, "programme_lists")}


def _named(place: Row) -> str:
    return f"{place['programme']}/{place['wave']}/{place['arm']}"


def rows_of(mirror: Mirror, table: str, order: str = "ALL") -> list[Row]:
    """Return the rows of a table of the mirror."""
    found = mirror.connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
