"""Calls, meetings, tasks and notes: the time that customers cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import DAY, Ints, ids, pick, pick_any, take, times
from suitecrm_bridge.sandbox.demo.words import Talk, countries, talk

CUSTOMERS_EACH = {"Calls": 4, "Meetings": 10, "Tasks": 20, "Notes": 10}
COSTLY_WEIGHT = 25
"""How many times more calls and meetings go to those who cost money."""
MINUTES = (10, 15, 20, 30, 45)
DONE = (85, 8, 7)


@dataclass(frozen=True)
class Touches:
    """Contacts with customers, as numbers in the order of time."""

    customer: Ints
    moment: Ints
    word: Ints
    minutes: Ints
    state: Ints


def activity_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield the activities with a block's customers, after the `first` ones."""
    for module, own in _OWN.items():
        touches = _draw(rng, module, ledger, entered, calendar, first)
        names = ids(ledger.seed, f"{module}/{first}", 0, len(touches.customer))

        def build(
            part: slice,
            touches: Touches = touches,
            names: list[str] = names,
            own: Callable[..., dict[str, Any]] = own,
        ) -> Rows:
            return _rows(touches, names, own, ledger, part)

        yield from batches("module", module, len(names), build)


def _draw(
    rng: np.random.Generator,
    module: str,
    ledger: Ledger,
    entered: Ints,
    calendar: Calendar,
    first: int,
) -> Touches:
    who, each = ledger.customers, CUSTOMERS_EACH[module]
    count = (first + who.count) // each - first // each
    weight = np.where(who.business, 3.0, 0.0 if module == "Meetings" else 1.0)
    if module in ("Calls", "Meetings"):
        weight[who.costly] *= COSTLY_WEIGHT
    count = count if weight.sum() else 0
    customer = pick(rng, weight.tolist(), count)
    span = calendar.last_second - entered[customer]
    moment = entered[customer] + (rng.random(count) * span).astype(np.int64)
    order = np.argsort(moment, kind="stable")
    return Touches(
        customer=customer[order],
        moment=moment[order],
        word=pick_any(rng, 10_000, count),
        minutes=np.array(MINUTES)[pick_any(rng, len(MINUTES), count)],
        state=pick(rng, DONE, count),
    )


def _rows(
    touches: Touches,
    names: list[str],
    own: Callable[..., dict[str, Any]],
    ledger: Ledger,
    part: slice,
) -> Rows:
    customer = touches.customer[part]
    stamp = times(touches.moment[part])
    account = ledger.customers.account[customer].tolist()
    by_account = [
        there >= 0 and not word % 2
        for there, word in zip(account, touches.word[part].tolist(), strict=True)
    ]
    parents = zip(account, take(ledger.who.contacts, customer), by_account, strict=True)
    return rows(
        len(stamp),
        {
            "id": names[part],
            "date_entered": stamp,
            "date_modified": stamp,
            "parent_type": ["Accounts" if whole else "Contacts" for whole in by_account],
            "parent_id": [
                ledger.who.accounts[there] if whole else contact
                for there, contact, whole in parents
            ],
            **kept_by(take(ledger.who.users, ledger.customers.owner[customer])),
            **own(touches, ledger, part),
        },
    )


def _said(touches: Touches, ledger: Ledger, part: slice, kind: str) -> list[str]:
    """Return a text of a kind for each, in the customer's language."""
    country = ledger.customers.country[touches.customer[part]].tolist()
    spoken: list[Talk] = [talk(countries()[number].language) for number in country]
    texts = [getattr(words, kind) for words in spoken]
    return [
        all_[word % len(all_)]
        for all_, word in zip(texts, touches.word[part].tolist(), strict=True)
    ]


def _held(touches: Touches, part: slice) -> dict[str, Any]:
    minutes = touches.minutes[part]
    return {
        "date_start": times(touches.moment[part]),
        "date_end": times(touches.moment[part] + minutes * 60),
        "status": take(["Held", "Not Held", "Planned"], touches.state[part]),
    }


def _call(touches: Touches, ledger: Ledger, part: slice) -> dict[str, Any]:
    return {
        "name": _said(touches, ledger, part, "calls"),
        "direction": take(["Inbound", "Outbound"], touches.word[part] // 7 % 2),
        "duration_hours": 0,
        "duration_minutes": touches.minutes[part],
        **_held(touches, part),
    }


def _meeting(touches: Touches, ledger: Ledger, part: slice) -> dict[str, Any]:
    return {
        "name": _said(touches, ledger, part, "meetings"),
        "duration_hours": 1,
        "duration_minutes": touches.minutes[part],
        **_held(touches, part),
    }


def _task(touches: Touches, ledger: Ledger, part: slice) -> dict[str, Any]:
    moment = touches.moment[part]
    return {
        "name": _said(touches, ledger, part, "tasks"),
        "status": take(["Completed", "In Progress", "Not Started"], touches.state[part]),
        "priority": take(["High", "Medium", "Low"], touches.word[part] // 7 % 3),
        "date_start": times(moment),
        "date_due": times(moment + 7 * DAY),
        "contact_id": take(ledger.who.contacts, touches.customer[part]),
    }


def _note(touches: Touches, ledger: Ledger, part: slice) -> dict[str, Any]:
    said = _said(touches, ledger, part, "notes")
    words = touches.word[part].tolist()
    return {
        "name": "Note",
        "description": [
            text.format(competitor=planted.competitor(word))
            for text, word in zip(said, words, strict=True)
        ],
        "contact_id": take(ledger.who.contacts, touches.customer[part]),
    }


_OWN: dict[str, Callable[..., dict[str, Any]]] = {
    "Calls": _call,
    "Meetings": _meeting,
    "Tasks": _task,
    "Notes": _note,
}
