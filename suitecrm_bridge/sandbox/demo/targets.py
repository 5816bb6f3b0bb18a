"""Targets: people who were written to before they asked; some became leads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import DAYS, Calendar
from suitecrm_bridge.sandbox.demo.campaigns import running
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.people import MAIL, slug
from suitecrm_bridge.sandbox.demo.values import DAY, Ints, ids, pick_any, take, times
from suitecrm_bridge.sandbox.demo.willing import home, people
from suitecrm_bridge.sandbox.demo.words import countries, speech

TARGETS_PER_LEAD = 2
LEADS_PER_TARGETED = 4
"""Of this many leads one was a target before."""
BEFORE_DAYS = 20
"""They were written to within this many days before they asked."""


def target_batches(
    rng: np.random.Generator,
    ledger: Ledger,
    first: int,
    leads: list[str],
    asked: Ints,
    calendar: Calendar,
) -> Iterator[Batch]:
    """Yield the targets of a block with these leads, who asked at these seconds."""
    count = TARGETS_PER_LEAD * len(leads)
    became = len(leads) // LEADS_PER_TARGETED
    before = (rng.random(count) * BEFORE_DAYS * DAY).astype(np.int64)
    moment = calendar.last_second - (rng.random(count) * DAYS * DAY).astype(np.int64)
    moment[:became] = asked[: became * LEADS_PER_TARGETED : LEADS_PER_TARGETED] - before[:became]
    where, word = (pick_any(rng, size, count) for size in (len(countries()), 10_000))
    own = ids(ledger.seed, f"Prospects/{first}", 0, count)
    turned_into: list[str | None] = [None] * count
    turned_into[:became] = leads[: became * LEADS_PER_TARGETED : LEADS_PER_TARGETED]
    campaign = running(ledger.seed, moment, calendar)
    owner = take(ledger.who.users, word % len(ledger.who.users))

    def build(part: slice) -> Rows:
        stamp, names = times(moment[part]), person_names(where[part], word[part])
        return rows(
            len(stamp),
            {
                "id": own[part],
                "date_entered": stamp,
                "date_modified": stamp,
                "first_name": [first_name for first_name, _ in names],
                "last_name": [last_name for _, last_name in names],
                "email1": person_addresses(names, own[part]),
                **dict.fromkeys(("salutation", "phone_work", "phone_mobile", "account_name")),
                **home([countries()[place].name for place in where[part].tolist()]),
                **people(own[part]),
                "lead_id": turned_into[part],
                "campaign_id": campaign[part],
                **kept_by(owner[part]),
            },
        )

    yield from batches("module", "Prospects", count, build)


def person_addresses(names: list[tuple[str, str]], own: list[str]) -> list[str]:
    """Return the address of each, by name and id."""
    return [
        f"{slug(first)}.{slug(last)}.{id[:6]}@{MAIL[0]}"
        for (first, last), id in zip(names, own, strict=True)
    ]


def person_names(country: Ints, word: Ints) -> list[tuple[str, str]]:
    """Return the first and last name of each, in the language of their country."""
    found = []
    for place, number in zip(country.tolist(), word.tolist(), strict=True):
        words = speech(countries()[place].language)
        firstperson_names = words.women if number % 2 else words.men
        found.append(
            (
                firstperson_names[number % len(firstperson_names)],
                words.last_names[number // 3 % len(words.last_names)],
            )
        )
    return found
