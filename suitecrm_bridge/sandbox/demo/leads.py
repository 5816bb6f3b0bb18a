"""Targets, leads and calls with them: people who were written to or asked, some of them buyers.

Who becomes a customer depends on where they came from and on whether somebody called them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import DAYS, Calendar
from suitecrm_bridge.sandbox.demo.campaigns import running
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.people import SOURCES
from suitecrm_bridge.sandbox.demo.targets import (
    person_addresses,
    person_names,
    target_batches,
)
from suitecrm_bridge.sandbox.demo.values import (
    DAY,
    Flags,
    Floats,
    Ints,
    ids,
    keep,
    pick,
    pick_any,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.willing import home, people
from suitecrm_bridge.sandbox.demo.words import countries

CUSTOMERS_PER_LEAD = 5
USUAL_ODDS = -0.4
CALLED = (0.45, 0.3, 0.25)
"""Shares of leads with no call, one and two."""
OF_A_CALL = 0.9
"""What each call adds to the logarithm of the odds, and their lack takes away."""
LONGEST_DAYS = 20
"""Within which a lead is called, and becomes a contact where it does."""
CALL_MINUTES = 15
OPEN = {"New": 20, "Assigned": 20, "In Process": 25, "Recycled": 10, "Dead": 25}


@dataclass(frozen=True)
class _Leads:
    """The leads of a block as numbers: who each became, or would have, and how often called."""

    own: list[str]
    customer: Ints
    won: Flags
    moment: Ints
    status: Ints
    source: Ints
    word: Ints
    calls: Ints
    campaign: list[str | None]


def lead_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield the leads of a block's customers, after the `first` ones, and what goes with them."""
    found = _draw(rng, ledger, entered, calendar, first)
    build = partial(_rows, found, ledger, entered)
    yield from batches("module", "Leads", len(found.own), build)
    until = np.where(found.won, entered[found.customer], calendar.last_second)
    called = np.repeat(np.arange(len(found.own)), found.calls)
    owner = take(ledger.who.users, ledger.customers.owner[found.customer[called]])
    when = _when(rng, found.moment[called], until[called])
    yield from _calls(ledger.seed, first, take(found.own, called), when, owner)
    yield from target_batches(rng, ledger, first, found.own, found.moment, calendar)


def _draw(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> _Leads:
    each = CUSTOMERS_PER_LEAD
    count = (first + ledger.customers.count) // each - first // each
    source = pick(rng, list(SOURCES.values()), count)
    calls = pick(rng, CALLED, count)
    won = rng.random(count) < _chances(source, calls)
    customer = _customers(rng, ledger, source, won)
    moment = _moments(rng, calendar, entered[customer], won)
    return _Leads(
        own=ids(ledger.seed, f"Leads/{first}", 0, count),
        customer=customer,
        won=won,
        moment=moment,
        status=np.where(won, len(OPEN), pick(rng, list(OPEN.values()), count)),
        source=source,
        word=pick_any(rng, 10_000, count),
        calls=calls,
        campaign=running(ledger.seed, moment, calendar),
    )


def _rows(found: _Leads, ledger: Ledger, entered: Ints, part: slice) -> Rows:
    whose, became, who = found.customer[part], found.won[part], ledger.customers
    account = np.where(became, who.account[whose], -1)
    names = person_names(who.country[whose], found.word[part])
    by_campaign = found.source[part] == list(SOURCES).index("Campaign")
    return rows(
        len(whose),
        {
            "id": found.own[part],
            "date_entered": times(found.moment[part]),
            "date_modified": times(np.where(became, entered[whose], found.moment[part])),
            "first_name": [first_name for first_name, _ in names],
            "last_name": [last_name for _, last_name in names],
            "email1": person_addresses(names, found.own[part]),
            **dict.fromkeys(("salutation", "phone_work", "phone_mobile", "opportunity_id")),
            "account_name": None,
            "refered_by": None,
            **home([countries()[place].name for place in who.country[whose].tolist()]),
            **people(found.own[part]),
            "status": take([*OPEN, "Converted"], found.status[part]),
            "lead_source": take(list(SOURCES), found.source[part]),
            "converted": became.astype(np.int64),
            "contact_id": keep(take(ledger.who.contacts, whose), became),
            "account_id": take_or_none(ledger.who.accounts, account),
            "campaign_id": keep(found.campaign[part], by_campaign),
            **kept_by(take(ledger.who.users, who.owner[whose])),
        },
    )


def _chances(source: Ints, calls: Ints) -> Floats:
    """Return how likely each becomes a customer: what is planted."""
    of_source = np.array([planted.OF_SOURCES[name] for name in SOURCES])[source]
    odds = USUAL_ODDS + of_source + OF_A_CALL * (calls - np.arange(3) @ CALLED)
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def _customers(rng: np.random.Generator, ledger: Ledger, source: Ints, won: Flags) -> Ints:
    """Return who each became, or would have: from the poor source those who buy little."""
    everybody = ledger.customers.count
    customer = pick_any(rng, everybody, len(source))
    bought = np.bincount(
        ledger.invoices.customer, weights=ledger.amounts.revenue, minlength=everybody
    )
    buyers = bought[bought > 0]
    middle = np.median(buyers) if len(buyers) else 0
    little = np.flatnonzero((bought > 0) & (bought <= middle))
    poor = np.flatnonzero(won & (source == list(SOURCES).index(planted.POOR_SOURCE)))
    if len(little):
        customer[poor] = little[pick_any(rng, len(little), len(poor))]
    return customer


def _when(rng: np.random.Generator, moment: Ints, until: Ints) -> Ints:
    later = moment + (rng.random(len(moment)) * LONGEST_DAYS * DAY).astype(np.int64)
    return np.asarray(np.minimum(later, until), dtype=np.int64)


def _calls(seed: int, first: int, lead: list[str], when: Ints, owner: list[str]) -> Iterator[Batch]:
    """Yield the calls that were held with leads."""
    own = ids(seed, f"Calls/leads/{first}", 0, len(lead))

    def build(part: slice) -> Rows:
        stamp = times(when[part])
        return rows(
            len(stamp),
            {
                "id": own[part],
                "date_entered": stamp,
                "date_modified": stamp,
                "name": "Call",
                "parent_type": "Leads",
                "parent_id": lead[part],
                "direction": "Outbound",
                "date_start": stamp,
                "date_end": times(when[part] + CALL_MINUTES * 60),
                "status": "Held",
                "duration_hours": 0,
                "duration_minutes": CALL_MINUTES,
                **kept_by(owner[part]),
            },
        )

    yield from batches("module", "Calls", len(own), build)


def _moments(rng: np.random.Generator, calendar: Calendar, entered: Ints, won: Flags) -> Ints:
    """Return when each asked: who became a customer before that, the others at any time."""
    any_time = calendar.last_second - (rng.random(len(won)) * (DAYS - 1) * DAY).astype(np.int64)
    moment = np.where(won, entered - (rng.random(len(won)) * LONGEST_DAYS * DAY), any_time)
    return moment.astype(np.int64)
