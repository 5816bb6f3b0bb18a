"""Each customer's purchases summed up for the models, on arrays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.intake import purchases_columns
from suitecrm_bridge.catalogue.bearable import LAST_DAY

Integers = NDArray[np.int64]

SCATTERED = 4
"""Numbers of customers are taken as they are while they span at most this many a purchase."""


def summarize(purchases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Sum up each customer's purchases for the models.

    Purchases after `as_of` do not exist yet. Refunds are netted by day; a day that brings
    nothing is no purchase, and a customer without a purchase has no row. What such a day takes
    away lowers the value of the others.

    Columns in: customer_id; date (date, datetime or ISO 8601 text); amount (int, float, Decimal
    or text with a decimal point, in units of the currency).
    Columns out, in the order of customer_id: customer_id; frequency (days with a purchase after
    the first); recency (days from the first to the last); T (days from the first to `as_of`);
    monetary_value (float, average of the days after the first: what everything but the first day
    brought, refunds deducted, by `frequency`; 0 where there is none, or refunds ate it up).

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.
    """
    as_of_day = to_day(as_of)
    columns = purchases_columns(purchases)
    customer, ids = _numbered(columns["customer_id"])
    day, cents = columns["day"], columns["cents"]
    customer, day, cents = _where(day <= as_of_day, customer, day, cents)
    customer, day, cents = _net_days(customer, day, cents)
    starts = _starts(customer)
    totals = np.zeros(len(ids), dtype=np.int64)
    totals[customer[starts]] = _sums(cents, starts)
    customer, day, cents = _where(cents > 0, customer, day, cents)
    first = _starts(customer)
    last = np.append(first, len(customer))[1:] - 1
    own = customer[first]
    repeats = last - first
    repeat_cents = np.maximum(totals[own] - cents[first], 0)
    return pd.DataFrame(
        {
            "customer_id": ids[own],
            "frequency": pd.array(repeats, dtype="Int64"),
            "recency": pd.array(day[last] - day[first], dtype="Int64"),
            "T": pd.array(as_of_day - day[first], dtype="Int64"),
            "monetary_value": np.where(repeats > 0, repeat_cents, 0) / np.maximum(repeats, 1) / 100,
        }
    )


def _numbered(customers: Any) -> tuple[Integers, Any]:
    """Return the place of each customer in their order, and the ids by place."""
    if customers.dtype.kind == "i" and len(customers):
        least, most = int(customers.min()), int(customers.max())
        # Where whole numbers lie close to each other they are places already.
        if most - least < SCATTERED * len(customers):
            return customers - least, np.arange(least, most + 1)
    return pd.factorize(pd.Series(customers), sort=True)


def _net_days(
    customer: Integers, day: Integers, cents: Integers
) -> tuple[Integers, Integers, Integers]:
    """Return customer, day and what the day brought, in this order."""
    earliest = day.min(initial=LAST_DAY)
    customer, day, cents = _in_order(customer, day - earliest, cents)
    starts = np.flatnonzero(_differs(customer) | _differs(day))
    return customer[starts], day[starts].astype(np.int64) + earliest, _sums(cents, starts)


def _in_order(
    customer: Integers, day: Integers, cents: Integers
) -> tuple[Integers, Integers, Integers]:
    """Return all three by customer and day: two passes of counting, where sorting takes many."""
    rows, columns = (places.astype(np.int32) for places in (day, customer))
    shape = (int(day.max(initial=0)) + 1, int(customer.max(initial=0)) + 1)
    placed = coo_array((cents, (rows, columns)), shape=shape)
    placed.has_canonical_format = True  # else a third pass adds up what is added up here
    found = placed.tocsr().tocsc()
    sizes = np.diff(found.indptr)
    return np.repeat(np.arange(len(sizes)), sizes), found.indices, found.data


def _where(wanted: Any, *columns: Integers) -> Iterator[Integers]:
    return iter(columns) if wanted.all() else (column[wanted] for column in columns)


def _sums(values: Integers, starts: Integers) -> Integers:
    return values if len(starts) == len(values) else np.add.reduceat(values, starts)


def _starts(values: Integers) -> Integers:
    """Return where each run of equal values begins."""
    return np.flatnonzero(_differs(values))


def _differs(values: Integers) -> NDArray[np.bool_]:
    """Return whether each value differs from the one before it."""
    found = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found
