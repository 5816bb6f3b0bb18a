"""Campaigns, and what each customer did with them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, rows
from suitecrm_bridge.sandbox.demo.calendar import OPENING, Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import (
    BASE_CURRENCY,
    CENT,
    DAY,
    Ints,
    dates,
    ids,
    money,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.words import campaigns

TARGETED = 0.3
OPTED_OUT = 0.012
RUNS_FOR = 30
ACTIVITIES = ("targeted", "viewed", "link", "removed")
BY_RECORD = 1
"""The first of them is saved as a record; the others come by SQL without date_modified."""


def campaign_ids(seed: int) -> list[str]:
    """Return the ids of the campaigns."""
    return ids(seed, "Campaigns", 0, len(campaigns()))


def starts(calendar: Calendar) -> Ints:
    """Return the second at which each campaign began."""
    day = np.array([one.day for one in campaigns()], dtype=np.int64)
    return (calendar.first_day + day) * DAY + OPENING


def running(seed: int, moment: Ints, calendar: Calendar) -> list[str | None]:
    """Return the campaign that had begun last at each moment, None before the first."""
    return take_or_none(
        campaign_ids(seed), np.searchsorted(starts(calendar), moment, side="right") - 1
    )


def campaign_rows(seed: int, users: list[str], calendar: Calendar) -> Rows:
    """Return the campaigns."""
    known, start = campaigns(), starts(calendar)
    cost = np.array([one.cost for one in known], dtype=np.int64) * 100 * CENT
    over = start + RUNS_FOR * DAY <= calendar.last_second
    return rows(
        len(known),
        {
            "id": campaign_ids(seed),
            "date_entered": times(start - 20 * DAY),
            "date_modified": times(np.minimum(start + RUNS_FOR * DAY, calendar.last_second)),
            "name": [one.name for one in known],
            "status": take(["Active", "Complete"], over.astype(np.int64)),
            "campaign_type": [one.type for one in known],
            "start_date": dates(start // DAY),
            "end_date": dates(start // DAY + RUNS_FOR),
            "currency_id": BASE_CURRENCY,
            "budget": money(cost * 6 // 5),
            "expected_cost": money(cost),
            "actual_cost": money(cost * 21 // 20),
            "expected_revenue": money(cost * 4),
            "impressions": 0,
            "survey_id": None,
            "created_by": users[0],
            "modified_user_id": users[0],
            "assigned_user_id": users[0],
            "deleted": 0,
        },
    )


def log_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield the log of every campaign for a block's customers, after the `first` ones."""
    campaign, customer, activity, moment = _log(rng, ledger, entered, calendar)
    names, who = campaign_ids(ledger.seed), ledger.who
    own = ids(ledger.seed, f"CampaignLog/{first}", 0, len(moment))
    hits = 1 + rng.poisson(0.4, len(moment)) * (activity > 0)

    def build(part: slice) -> Rows:
        happened = times(moment[part])
        by_record = (activity[part] < BY_RECORD).tolist()
        return rows(
            len(happened),
            {
                "id": own[part],
                "campaign_id": take(names, campaign[part]),
                "target_type": "Contacts",
                "target_id": take(who.contacts, customer[part]),
                "activity_type": take(ACTIVITIES, activity[part]),
                "activity_date": happened,
                "related_type": None,
                "related_id": None,
                "list_id": None,
                "marketing_id": None,
                "hits": hits[part],
                "archived": 0,
                "date_modified": [
                    at if saved else None for at, saved in zip(happened, by_record, strict=True)
                ],
                "deleted": 0,
            },
        )

    yield from batches("module", "CampaignLog", len(moment), build)


def _log(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return campaign, customer, activity and second of each row, in the order of the campaigns."""
    found = []
    keen, everyone = ledger.customers.keen, ledger.customers.count
    for number, start in enumerate(starts(calendar).tolist()):
        sent = np.flatnonzero((rng.random(everyone) < TARGETED) & (entered < start))
        at = start + (rng.random(len(sent)) * DAY / 4).astype(np.int64)
        opened = at + DAY // 24 + (rng.standard_exponential(len(sent)) * DAY).astype(np.int64)
        saw = rng.random(len(sent)) < 0.15 + 0.6 * keen[sent]
        clicked = saw & (rng.random(len(sent)) < 0.08 + 0.5 * keen[sent])
        left = rng.random(len(sent)) < OPTED_OUT
        steps = [(np.ones_like(saw), at), (saw, opened), (clicked, opened + 90), (left, opened)]
        for activity, (did, moment) in enumerate(steps):
            count = int(did.sum())
            facts = [np.full(count, number), sent[did], np.full(count, activity), moment[did]]
            found.append(np.stack(facts))
    campaign, customer, activity, moment = np.concatenate(found, axis=1)
    return campaign, customer, activity, np.minimum(moment, calendar.last_second)
