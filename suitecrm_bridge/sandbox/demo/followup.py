"""What became of each case: the messages to and fro, and what its status was."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, rows
from suitecrm_bridge.sandbox.demo.cases import FIRST_OPEN, STATUSES, Cases, case_ids
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.values import Ints, ids, keep, take, times
from suitecrm_bridge.sandbox.demo.words import countries, talk

ANSWER, REPLY, INTERNAL = range(3)
TEXTS = ("answers", "replies", "internal")
REPLIES = 0.35
NOTED = 0.4
NEW, ASSIGNED = STATUSES.index("Open_New"), STATUSES.index("Open_Assigned")


def update_batches(
    rng: np.random.Generator, cases: Cases, ledger: Ledger, first: int
) -> Iterator[Batch]:
    """Yield the updates of a block's cases, of which `first` came before, by kind and time."""
    answered = np.flatnonzero(cases.replied >= 0)
    replied = answered[rng.random(len(answered)) < REPLIES]
    noted = answered[rng.random(len(answered)) < NOTED]
    case = np.concatenate([answered, replied, noted])
    kind = np.repeat([ANSWER, REPLY, INTERNAL], [len(answered), len(replied), len(noted)])
    start = cases.replied[case]
    later = start + ((cases.modified[case] - start) * rng.random(len(case))).astype(np.int64)
    moment = np.where(kind == ANSWER, start, later)
    word = (rng.random(len(case)) * 1000).astype(np.int64)
    own = ids(ledger.seed, f"AOP_Case_Updates/{first}", 0, len(case))
    names = case_ids(ledger.seed, first, slice(0, cases.count))

    def build(part: slice) -> Rows:
        customer = cases.customer[case[part]]
        owner = take(ledger.who.users, ledger.customers.owner[customer])
        texts = _texts(ledger, customer, kind[part], word[part])
        stamp = times(moment[part])
        return rows(
            len(stamp),
            {
                "id": own[part],
                "date_entered": stamp,
                "date_modified": stamp,
                "name": texts,
                "description": texts,
                "case_id": take(names, case[part]),
                "contact_id": keep(take(ledger.who.contacts, customer), kind[part] == REPLY),
                "internal": (kind[part] == INTERNAL).astype(np.int64),
                "created_by": owner,
                "modified_user_id": owner,
                "assigned_user_id": owner,
                "deleted": 0,
            },
        )

    yield from batches("module", "AOP_Case_Updates", len(case), build)


def _texts(ledger: Ledger, customer: Ints, kind: Ints, word: Ints) -> list[str]:
    country = ledger.customers.country[customer].tolist()
    found = []
    for place, what, number in zip(country, kind.tolist(), word.tolist(), strict=True):
        said = getattr(talk(countries()[place].language), TEXTS[what])
        found.append(said[number % len(said)])
    return found


def history_batches(cases: Cases, ledger: Ledger, first: int) -> Iterator[Batch]:
    """Yield what the audit table keeps of each case: taken on, then what it came to."""
    taken = np.flatnonzero(cases.replied >= 0)
    settled = taken[cases.status[taken] != ASSIGNED]
    closed = settled[cases.status[settled] < FIRST_OPEN]
    counts = [len(taken), len(settled), len(closed)]
    case = np.concatenate([taken, settled, closed])
    moment = np.concatenate([cases.replied[taken], cases.modified[settled], cases.modified[closed]])
    before = np.repeat([STATUSES[NEW], STATUSES[ASSIGNED], "Open"], counts).tolist()
    after = [
        *[STATUSES[ASSIGNED]] * len(taken),
        *take(STATUSES, cases.status[settled]),
        *["Closed"] * len(closed),
    ]
    field = np.repeat(["status", "status", "state"], counts).tolist()
    own = ids(ledger.seed, f"cases_audit/{first}", 0, len(case))
    names = case_ids(ledger.seed, first, slice(0, cases.count))
    owner = take(ledger.who.users, ledger.customers.owner[cases.customer[case]])

    def build(part: slice) -> Rows:
        columns = {
            "id": own[part],
            "parent_id": take(names, case[part]),
            "created_by": owner[part],
            "field_name": field[part],
            "before_value_string": before[part],
            "after_value_string": after[part],
            "date_modified": times(moment[part]),
            "deleted": 0,
        }
        return rows(len(own[part]), columns)

    yield from batches("link", "cases_audit", len(case), build)
