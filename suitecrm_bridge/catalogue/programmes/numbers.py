"""Amounts and shares in programme files, exact to the digit that was written."""

from __future__ import annotations

from decimal import Decimal

from suitecrm_bridge.catalogue.tables import Table

MOST_SHARE = Decimal("0.5")
"""Of a control: a larger one would rather be the programme."""
_MOST_AMOUNT = Decimal(10**12)


def amount(table: Table, key: str, default: Decimal | None = None) -> Decimal:
    """Return an amount from 0, in units of the base currency.

    Raises:
        CatalogueError: it is none.
    """
    value = _number(table, key, default)
    if not 0 <= value <= _MOST_AMOUNT:
        raise table.fail(f"{key} is {value}; it must be an amount from 0, such as 0.05")
    return value


def share(table: Table, key: str, default: Decimal | None = None) -> Decimal:
    """Return a share from 0 to a half.

    Raises:
        CatalogueError: it is none.
    """
    value = _number(table, key, default)
    if not 0 <= value <= MOST_SHARE:
        hint = f"; {value} % is written {value / 100}" if 1 <= value <= 50 else ""
        raise table.fail(f"{key} is {value}; it must be a share from 0 to {MOST_SHARE}{hint}")
    return value


def _number(table: Table, key: str, default: Decimal | None) -> Decimal:
    if default is not None and not table.has(key):
        return default
    value = dict(table.items()).get(key)
    if value is None:
        raise table.fail(f"{key} is missing")
    if type(value) not in (int, float):
        raise table.fail(f"{key} must be a number, not {value!r}")
    found = Decimal(str(value))
    if not found.is_finite():
        raise table.fail(f"{key} must be a number, not {value!r}")
    return found
