"""Cases: what customers complain about or ask, each about something that they bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from suitecrm_bridge.sandbox.demo import occasions, planted
from suitecrm_bridge.sandbox.demo.batch import Rows, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import (
    DAY,
    Flags,
    Ints,
    ids,
    keep,
    pick,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.words import Topic, countries, letters, products

T = TypeVar("T")

TAGGED = 0.8
NAMES_A_RIVAL = 0.15
FORGOTTEN = 0.05
CHANNELS = {"phone": 34, "email": 33, "web": 17, "in_person": 8, "social": 6, "post": 2}
PRIORITIES = {"P1": 18, "P2": 52, "P3": 30}
STATUSES = (
    "Closed_Closed",
    "Closed_Rejected",
    "Closed_Duplicate",
    "Open_New",
    "Open_Assigned",
    "Open_Pending Input",
)
CLOSED_SHARES, OPEN_SHARES = (90, 6, 4), (30, 45, 25)
DUPLICATE, FIRST_OPEN = 2, 3


@dataclass(frozen=True)
class Cases:
    """The cases of one block, as numbers in the order of time.

    `line` is what each is about, `replied` the second of the first answer, -1 while there is
    none, `complainers` the customers who complain again and again.
    """

    line: Ints
    customer: Ints
    entered: Ints
    modified: Ints
    topic: Ints
    status: Ints
    priority: Ints
    channel: Ints
    tagged: Flags
    rival: Flags
    words: Ints
    replied: Ints
    complainers: Ints

    @property
    def count(self) -> int:
        """Number of cases."""
        return len(self.line)


def draw(rng: np.random.Generator, ledger: Ledger, calendar: Calendar, first: int) -> Cases:
    """Draw one case for ten customers out of what they bought, and the planted ones."""
    about = occasions.draw(rng, ledger, calendar, first)
    customer = ledger.invoices.customer[ledger.invoices.lines.invoice[about.line]]
    count, moment = len(about.line), about.moment
    priority = pick(rng, list(PRIORITIES.values()), count)
    # Half the P1 cases take less than 30 hours, the others two and four times as long.
    hours = 30.0 * 2.0**priority * np.exp(1.1 * rng.standard_normal(count))
    slow = [place.name for place in countries()].index(planted.SLOW_COUNTRY)
    hours[ledger.customers.country[customer] == slow] *= planted.SLOW_FACTOR
    answered = moment + (hours * 3600).astype(np.int64)
    closed = (answered <= calendar.last_second) & (rng.random(count) >= FORGOTTEN)
    status = np.where(
        closed, pick(rng, CLOSED_SHARES, count), FIRST_OPEN + pick(rng, OPEN_SHARES, count)
    )
    status[~closed & (moment > calendar.last_second - DAY)] = FIRST_OPEN
    # Each of the planted ones is a complaint of its own.
    status[(status == DUPLICATE) & (about.topic >= 0)] = 0
    touched = moment + ((answered - moment) * rng.random(count) * 0.5).astype(np.int64)
    touched = np.where(status == FIRST_OPEN, moment, np.minimum(touched, calendar.last_second))
    modified = np.where(closed, answered, touched)
    reply = moment + ((modified - moment) * rng.random(count) * 0.5).astype(np.int64)
    return Cases(
        line=about.line,
        customer=customer,
        entered=moment,
        modified=modified,
        topic=np.where(about.topic >= 0, about.topic, _topics(rng, count)),
        status=status,
        priority=priority,
        channel=pick(rng, list(CHANNELS.values()), count),
        tagged=(rng.random(count) < TAGGED) | (about.topic >= 0),
        rival=rng.random(count) < NAMES_A_RIVAL,
        words=(rng.random((count, 6)) * 10_000).astype(np.int64),
        replied=np.where(status == FIRST_OPEN, -1, reply),
        complainers=about.complainers,
    )


def _topics(rng: np.random.Generator, count: int) -> Ints:
    return pick(rng, [topic.share for topic in letters().topics], count)


def case_rows(cases: Cases, ledger: Ledger, first: int, part: slice) -> Rows:
    """Return the rows of `part`; `first` is the number of cases in the blocks before."""
    customers, who = ledger.customers, ledger.who
    customer = cases.customer[part]
    owner = take(who.users, customers.owner[customer])
    status = take(STATUSES, cases.status[part])
    topics = take(letters().topics, cases.topic[part])
    complaint = np.array([topic.cause is not None for topic in topics]) & cases.tagged[part]
    product = ledger.invoices.lines.product[cases.line[part]]
    written = [_letter(cases, ledger, number) for number in range(part.start, part.stop)]
    named = {key: [letter[key] for letter in written] for key in written[0]}
    return rows(
        len(customer),
        {
            "id": case_ids(ledger.seed, first, part),
            "date_entered": times(cases.entered[part]),
            "date_modified": times(cases.modified[part]),
            "case_number": list(range(first + part.start + 1, first + part.stop + 1)),
            "name": named["name"],
            "type": [topic.type for topic in topics],
            "status": status,
            "state": [text.partition("_")[0] for text in status],
            "priority": take(list(PRIORITIES), cases.priority[part]),
            "description": named["description"],
            "resolution": named["resolution"],
            "account_id": take_or_none(who.accounts, customers.account[customer]),
            "contact_created_by_id": take(who.contacts, customer),
            "complaint_c": complaint.astype(np.int64),
            "aos_products_id_c": keep(take(ledger.product_ids, product), complaint),
            "complaint_cause_c": keep([topic.cause for topic in topics], complaint),
            "complaint_channel_c": keep(take(list(CHANNELS), cases.channel[part]), complaint),
            "competitor_c": keep(named["competitor"], complaint),
            "created_by": owner,
            "modified_user_id": owner,
            "assigned_user_id": keep(owner, cases.status[part] != FIRST_OPEN),
            "deleted": 0,
        },
    )


def _letter(cases: Cases, ledger: Ledger, number: int) -> dict[str, Any]:
    """Write the case `number` in the customer's language."""
    customer, line = int(cases.customer[number]), int(cases.line[number])
    language = countries()[int(ledger.customers.country[customer])].language
    topic: Topic = letters().topics[int(cases.topic[number])]
    invoice = int(ledger.invoices.lines.invoice[line])
    digits = cases.words[number].tolist()
    rival = bool(cases.rival[number]) and topic.cause is not None
    competitor = planted.competitor(digits[5])
    facts = {
        "product": products()[int(ledger.invoices.lines.product[line])].name,
        "number": ledger.first + invoice + 1,
        "days": max(2, (int(cases.entered[number] - ledger.invoices.moment[invoice])) // DAY),
        "competitor": competitor,
    }
    subject, text = _choose(topic.letters[language], digits[1])
    closing = letters().closing[language]
    sentences = [
        _choose(letters().opening[language], digits[0]),
        text,
        *([_choose(letters().rival[language], digits[2])] if rival else []),
        _choose(closing + letters().demand[language] if topic.cause else closing, digits[3]),
    ]
    closed = cases.status[number] < FIRST_OPEN
    return {
        "name": subject.format(**facts),
        "description": "\n".join(sentences).format(**facts),
        "resolution": _choose(topic.resolutions[language], digits[4]) if closed else None,
        "competitor": competitor if rival else None,
    }


def _choose(words: tuple[T, ...], number: int) -> T:
    return words[number % len(words)]


def case_ids(seed: int, first: int, part: slice) -> list[str]:
    """Return the ids of the cases of `part`."""
    return ids(seed, "Cases", first + part.start, part.stop - part.start)
