"""What figures can bear: one guard for frames of people and for records of the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""A day outside is a slip of the pen, or a day that was never set."""

_EPOCH = date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = EARLIEST.toordinal() - _EPOCH, LATEST.toordinal() - _EPOCH
"""The same as integer days since 1970-01-01."""

MAX_UNITS = 10**13
"""Largest amount of one record, in units of the currency.

All figures are sums of hundredths in 64 bits, which hold 9.2e16 units: more than 9,000 records of
this amount in one base. The fields in SuiteCRM have 18 digits, 2 of them behind the point, and hold
1e16 units: the total of a customer with 1,000 such purchases. With ten times as much, a hundred
purchases would leave the field.
"""

MAX_QUANTITY = 10**9
"""Largest quantity of an invoice line; its value is held to `MAX_UNITS` besides."""

RANGES: Mapping[str, tuple[int, int]] = {
    "product_qty": (-MAX_QUANTITY, MAX_QUANTITY),
    "duration_hours": (0, 10_000),
    "duration_minutes": (0, 600_000),
    "happiness": (-1, 10),
}
"""Lowest and highest number by column, ends included; other amounts may have `MAX_UNITS`."""
