"""Contracts of maintenance that some business customers hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, kept_by, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import (
    BASE_CURRENCY,
    CENT,
    DAY,
    Ints,
    dates,
    ids,
    money,
    pick_any,
    take,
    take_or_none,
    times,
)

CUSTOMERS_PER_CONTRACT = 25
STATUSES = ("Not Started", "In Progress", "Signed")
_SIGNED = 2
_FOR_DAYS = (365, 730)


def contract_batches(
    rng: np.random.Generator, ledger: Ledger, entered: Ints, calendar: Calendar, first: int
) -> Iterator[Batch]:
    """Yield the contracts of a block's customers; `first` of all came before."""
    each, who = CUSTOMERS_PER_CONTRACT, ledger.customers
    count = (first + who.count) // each - first // each
    customer = pick_any(rng, who.count, count)
    room = calendar.last_second - entered[customer]
    moment = entered[customer] + (rng.random(count) * room).astype(np.int64)
    lasts = np.array(_FOR_DAYS)[pick_any(rng, len(_FOR_DAYS), count)]
    status = np.where(rng.random(count) < 0.8, _SIGNED, pick_any(rng, _SIGNED, count))
    cents = 10_000 * (1 + pick_any(rng, 40, count))
    own = ids(ledger.seed, f"AOS_Contracts/{first}", 0, count)

    def build(part: slice) -> Rows:
        whose, begun = customer[part], moment[part] // DAY
        return rows(
            len(whose),
            {
                "id": own[part],
                "date_entered": times(moment[part]),
                "date_modified": times(moment[part]),
                "name": [f"Maintenance {number:04d}" for number in range(part.start, part.stop)],
                "status": take(STATUSES, status[part]),
                "contract_type": "Type",
                "start_date": dates(begun),
                "end_date": dates(begun + lasts[part]),
                "currency_id": BASE_CURRENCY,
                "total_contract_value": money(cents[part] * CENT),
                "total_contract_value_usdollar": money(cents[part] * CENT),
                "contact_id": take(ledger.who.contacts, whose),
                "contract_account_id": take_or_none(ledger.who.accounts, who.account[whose]),
                **kept_by(take(ledger.who.users, who.owner[whose])),
            },
        )

    yield from batches("module", "AOS_Contracts", count, build)
