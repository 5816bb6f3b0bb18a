"""Leads: people who asked, some of whom became customers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import DAYS, Calendar
from suitecrm_bridge.sandbox.demo.campaigns import running
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.people import MAIL, SOURCES, slug
from suitecrm_bridge.sandbox.demo.values import (
    DAY,
    Flags,
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
from suitecrm_bridge.sandbox.demo.words import countries, speech

CUSTOMERS_PER_LEAD = 10
CONVERTED = 0.45
OPEN = {"New": 20, "Assigned": 20, "In Process": 25, "Recycled": 10, "Dead": 25}


def lead_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield the leads of a block's customers, after the `first` ones."""
    each, who = CUSTOMERS_PER_LEAD, ledger.customers
    count = (first + who.count) // each - first // each
    customer = pick_any(rng, who.count, count)
    won = rng.random(count) < CONVERTED
    moment = _moments(rng, calendar, entered[customer], won)
    status = np.where(won, len(OPEN), pick(rng, list(OPEN.values()), count))
    source = pick(rng, list(SOURCES.values()), count)
    word = pick_any(rng, 10_000, count)
    own = ids(ledger.seed, f"Leads/{first}", 0, count)
    begun = running(ledger.seed, moment, calendar)

    def build(part: slice) -> Rows:
        whose, became = customer[part], won[part]
        account = np.where(became, who.account[whose], -1)
        names = _names(who.country[whose], word[part])
        return rows(
            len(whose),
            {
                "id": own[part],
                "date_entered": times(moment[part]),
                "date_modified": times(np.where(became, entered[whose], moment[part])),
                "first_name": [first_name for first_name, _ in names],
                "last_name": [last_name for _, last_name in names],
                "email1": _addresses(names, own[part]),
                **dict.fromkeys(("salutation", "phone_work", "phone_mobile", "opportunity_id")),
                **home([countries()[place].name for place in who.country[whose].tolist()]),
                **people(own[part]),
                "status": take([*OPEN, "Converted"], status[part]),
                "lead_source": take(list(SOURCES), source[part]),
                "converted": became.astype(np.int64),
                "contact_id": keep(take(ledger.who.contacts, whose), became),
                "account_id": take_or_none(ledger.who.accounts, account),
                "campaign_id": keep(begun[part], source[part] == list(SOURCES).index("Campaign")),
                **kept_by(take(ledger.who.users, who.owner[whose])),
            },
        )

    yield from batches("module", "Leads", count, build)


def _moments(rng: np.random.Generator, calendar: Calendar, entered: Ints, won: Flags) -> Ints:
    """Return when each asked: who became a customer before that, the others at any time."""
    any_time = calendar.last_second - (rng.random(len(won)) * (DAYS - 1) * DAY).astype(np.int64)
    moment = np.where(won, entered - (rng.random(len(won)) * 20 * DAY), any_time)
    return moment.astype(np.int64)


def _addresses(names: list[tuple[str, str]], own: list[str]) -> list[str]:
    return [
        f"{slug(first)}.{slug(last)}.{id[:6]}@{MAIL[0]}"
        for (first, last), id in zip(names, own, strict=True)
    ]


def _names(country: Ints, word: Ints) -> list[tuple[str, str]]:
    found = []
    for place, number in zip(country.tolist(), word.tolist(), strict=True):
        words = speech(countries()[place].language)
        first_names = words.women if number % 2 else words.men
        found.append(
            (
                first_names[number % len(first_names)],
                words.last_names[number // 3 % len(words.last_names)],
            )
        )
    return found
