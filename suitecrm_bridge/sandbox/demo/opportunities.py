"""Opportunities: the larger affairs that sales people follow, mostly with companies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.batch import Rows, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import DAYS, Calendar, at_opening_hours
from suitecrm_bridge.sandbox.demo.customers import Customers
from suitecrm_bridge.sandbox.demo.invoices import currency_ids
from suitecrm_bridge.sandbox.demo.people import SOURCES, Identity
from suitecrm_bridge.sandbox.demo.values import (
    DAY,
    Floats,
    Ints,
    dates,
    ids,
    money_twice,
    pick,
    pick_any,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.words import countries, rates, speech, talk

CUSTOMERS_PER_OPPORTUNITY = 8
WORTH = {True: 2_600, False: 900}
STAGES = {
    "Prospecting": 10,
    "Qualification": 20,
    "Needs Analysis": 25,
    "Value Proposition": 30,
    "Id. Decision Makers": 40,
    "Perception Analysis": 50,
    "Proposal/Price Quote": 65,
    "Negotiation/Review": 80,
    "Closed Won": 100,
    "Closed Lost": 0,
}
OPEN, WON, LOST = 8, 8, 9
NEW_FOR = 180 * DAY
"""A customer entered less than this ago is new business."""


@dataclass(frozen=True)
class Opportunities:
    """The opportunities of one block, as numbers in the order of time."""

    customer: Ints
    entered: Ints
    modified: Ints
    closing_day: Ints
    stage: Ints
    existing: Ints
    cents: Ints
    currency: Ints
    rate: Floats
    subject: Ints
    source: Ints

    @property
    def count(self) -> int:
        """Number of opportunities."""
        return len(self.customer)


def draw(
    rng: np.random.Generator,
    customers: Customers,
    entered: Ints,
    calendar: Calendar,
    first: int,
) -> Opportunities:
    """Draw one opportunity for eight customers, after the customer was entered."""
    each = CUSTOMERS_PER_OPPORTUNITY
    count = (first + customers.count) // each - first // each
    customer = pick(rng, np.where(customers.business, 4, 1).tolist(), count)
    age = (DAYS * rng.random(count) ** 1.2).astype(np.int64)
    moment = np.maximum(at_opening_hours(rng, calendar.last_day - age), entered[customer])
    customer, moment = _by_time(customer, moment)
    duration = ((12 + 110 * rng.random(count)) * DAY).astype(np.int64)
    decided = moment + duration <= calendar.last_second
    stage = np.where(
        decided, np.array([WON, LOST])[pick(rng, [58, 42], count)], pick_any(rng, OPEN, count)
    )
    order = list(rates())
    local = np.array([order.index(place.currency) for place in countries()])
    foreign = rng.random(count) < 0.3
    currency = np.where(foreign, local[customers.country[customer]], 0)
    rate = np.array(list(rates().values()))[currency]
    worth = np.where(customers.business[customer], WORTH[True], WORTH[False])
    amount = worth * np.exp(0.8 * rng.standard_normal(count)) * customers.spend[customer] * rate
    touched = (duration * rng.random(count) ** 0.5).astype(np.int64)
    return Opportunities(
        customer=customer,
        entered=moment,
        modified=np.minimum(moment + np.where(decided, duration, touched), calendar.last_second),
        closing_day=(moment + duration) // DAY,
        stage=stage,
        existing=(moment - entered[customer] > NEW_FOR).astype(np.int64),
        cents=np.maximum(np.rint(amount / 50), 1).astype(np.int64) * 5_000,
        currency=currency,
        rate=rate,
        subject=pick_any(rng, 1_000, count),
        source=pick(rng, list(SOURCES.values()), count),
    )


def _by_time(customer: Ints, moment: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(moment, kind="stable")
    return customer[order], moment[order]


def opportunity_rows(
    found: Opportunities, customers: Customers, who: Identity, seed: int, first: int, part: slice
) -> Rows:
    """Return the rows of `part`; `first` is the number of opportunities in the blocks before."""
    customer = found.customer[part]
    owner = take(who.users, customers.owner[customer])
    subjects = [
        (affairs := speech(countries()[country].language).affairs)[subject % len(affairs)]
        for country, subject in zip(
            customers.country[customer].tolist(), found.subject[part].tolist(), strict=True
        )
    ]
    amount, amount_in_base = money_twice(found.cents[part], found.rate[part])
    stage = take(list(STAGES), found.stage[part])
    return rows(
        len(customer),
        {
            "id": opportunity_ids(seed, first, part),
            "date_entered": times(found.entered[part]),
            "date_modified": times(found.modified[part]),
            "name": subjects,
            "opportunity_type": take(["New Business", "Existing Business"], found.existing[part]),
            "sales_stage": stage,
            "lead_source": take(list(SOURCES), found.source[part]),
            "probability": [STAGES[name] for name in stage],
            "currency_id": take(currency_ids(seed), found.currency[part]),
            "amount": amount,
            "amount_usdollar": amount_in_base,
            "date_closed": dates(found.closing_day[part]),
            "account_id": take_or_none(who.accounts, customers.account[customer]),
            "campaign_id": None,
            "next_step": None,
            **kept_by(owner),
            "description": _reasons(found, customers, part),
        },
    )


def _reasons(found: Opportunities, customers: Customers, part: slice) -> list[str | None]:
    """Return why each lost opportunity was lost, None for the others."""
    reasons: list[str | None] = []
    country = customers.country[found.customer[part]].tolist()
    for place, stage, word in zip(
        country, found.stage[part].tolist(), found.subject[part].tolist(), strict=True
    ):
        said = talk(countries()[place].language).lost
        text = said[word % len(said)].format(competitor=planted.competitor(word * 10))
        reasons.append(text if stage == LOST else None)
    return reasons


def opportunity_ids(seed: int, first: int, part: slice) -> list[str]:
    """Return the ids of the opportunities of `part`."""
    return ids(seed, "Opportunities", first + part.start, part.stop - part.start)
