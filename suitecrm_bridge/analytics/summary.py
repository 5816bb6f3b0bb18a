"""Each customer's purchases summed up for the models, on arrays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.intake import purchases_table

Integers = NDArray[np.int64]


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
    table = purchases_table(purchases)
    known = (table["day"] <= as_of_day).to_numpy()
    codes, ids = pd.factorize(table["customer_id"], sort=True)
    customer, day, cents = _net_days(
        *(column[known] for column in (codes, table["day"].to_numpy(), table["cents"].to_numpy()))
    )
    totals = np.zeros(len(ids), dtype=np.int64)
    np.add.at(totals, customer, cents)
    customer, day, cents = (column[cents > 0] for column in (customer, day, cents))
    first = _starts(customer)
    last = np.append(first, len(customer))[1:] - 1
    repeats = last - first
    repeat_cents = np.maximum(totals[customer[first]] - cents[first], 0)
    return pd.DataFrame(
        {
            "customer_id": ids[customer[first]],
            "frequency": pd.array(repeats, dtype="Int64"),
            "recency": pd.array(day[last] - day[first], dtype="Int64"),
            "T": pd.array(as_of_day - day[first], dtype="Int64"),
            "monetary_value": np.where(repeats > 0, repeat_cents, 0) / np.maximum(repeats, 1) / 100,
        }
    )


def _net_days(
    customer: Integers, day: Integers, cents: Integers
) -> tuple[Integers, Integers, Integers]:
    """Return customer, day and what the day brought, in this order."""
    earliest = day.min(initial=0)
    span = np.int64(day.max(initial=0) - earliest + 1)
    key = customer * span + (day - earliest)
    key, order = _sorted(key)
    starts = _starts(key)
    net = np.add.reduceat(cents[order], starts) if len(starts) else cents
    key = key[starts]
    customer = key // span
    return customer, key - customer * span + earliest, net


def _sorted(key: Integers) -> tuple[Integers, Integers]:
    """Return `key`, whose values are 0 or more, in order, and the place of each value.

    Sorting is several times as fast as `argsort`: the place goes along where it has room.
    """
    bits = len(key).bit_length()
    if int(key.max(initial=0)).bit_length() + bits > 63:
        order = np.argsort(key)
        return key[order], order
    packed = np.sort(key << bits | np.arange(len(key)))
    return packed >> bits, packed & ((1 << bits) - 1)


def _starts(values: Integers) -> Integers:
    """Return where each run of equal values begins."""
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    return np.insert(changes, 0, 0) if len(values) else changes
