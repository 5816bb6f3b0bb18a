"""What a few customers of a large base do beside buying: call in the evening, give an idea."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import DAY, Ints, ids, pick_any, take, times
from suitecrm_bridge.sandbox.demo.words import countries, talk

EVENING_LOT, IDEA_LOT = 7, 9
EVENING, LONG = 17 * 3600, 9_000
"""From this second of a day on, for two hours and a half: evening in winter and summer time."""
EVERY_DAYS = 45


def evening(ledger: Ledger) -> Ints:
    """Return who calls in the evening."""
    return _lot(ledger, EVENING_LOT)


def idea_givers(ledger: Ledger) -> Ints:
    """Return who gives an idea."""
    return _lot(ledger, IDEA_LOT)


def _lot(ledger: Ledger, lot: int) -> Ints:
    """Draw from the ids alone, so that all others are as they were."""
    contacts = ledger.who.contacts
    if len(contacts) < planted.LEAVER_FROM:
        return np.array([], dtype=np.int64)
    numbers = np.array([int(id[9:13], 16) for id in contacts], dtype=np.int64)
    return np.flatnonzero(numbers % planted.BOND_LOTS == lot)


def bond_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield calls and notes of a block's customers, after the `first` ones."""
    callers = np.repeat(evening(ledger), planted.EVENING_CALLS)
    ago = np.tile(np.arange(planted.EVENING_CALLS), len(evening(ledger))) * EVERY_DAYS
    day = calendar.last_day - 3 - ago - pick_any(rng, 30, len(ago))
    called = day * DAY + EVENING + pick_any(rng, LONG, len(ago))
    known = called > entered[callers]
    yield from _calls(ledger, callers[known], called[known], first)
    givers = idea_givers(ledger)
    said = (calendar.last_day - 3 - pick_any(rng, 300, len(givers))) * DAY + DAY // 2
    word = pick_any(rng, 10_000, len(givers)).tolist()
    yield from _notes(ledger, givers, np.maximum(said, entered[givers]), word, first)


def _calls(ledger: Ledger, customer: Ints, moment: Ints, first: int) -> Iterator[Batch]:
    own = ids(ledger.seed, f"Calls/evening/{first}", 0, len(moment))
    spoken = [talk(countries()[one].language) for one in ledger.customers.country[customer]]
    names = [words.calls[n % len(words.calls)] for n, words in enumerate(spoken)]

    def build(part: slice) -> Rows:
        columns = {
            "name": names[part],
            "direction": "Inbound",
            "status": "Held",
            "date_start": times(moment[part]),
            "date_end": times(moment[part] + 120),
            "duration_hours": 0,
            "duration_minutes": 2,
        }
        return _rows(ledger, customer[part], moment[part], {"id": own[part], **columns})

    yield from batches("module", "Calls", len(moment), build)


def _notes(
    ledger: Ledger, customer: Ints, moment: Ints, word: list[int], first: int
) -> Iterator[Batch]:
    own = ids(ledger.seed, f"Notes/ideas/{first}", 0, len(moment))
    spoken = [talk(countries()[one].language).ideas for one in ledger.customers.country[customer]]
    said = [ideas[n % len(ideas)] for n, ideas in zip(word, spoken, strict=True)]

    def build(part: slice) -> Rows:
        contacts = take(ledger.who.contacts, customer[part])
        columns = {"name": "Note", "description": said[part], "contact_id": contacts}
        return _rows(ledger, customer[part], moment[part], {"id": own[part], **columns})

    yield from batches("module", "Notes", len(moment), build)


def _rows(ledger: Ledger, customer: Ints, moment: Ints, columns: Mapping[str, Any]) -> Rows:
    stamp = times(moment)
    owner = take(ledger.who.users, ledger.customers.owner[customer])
    common = {
        "date_entered": stamp,
        "date_modified": stamp,
        "parent_type": "Contacts",
        "parent_id": take(ledger.who.contacts, customer),
    }
    return rows(len(stamp), {**common, **kept_by(owner), **columns})
