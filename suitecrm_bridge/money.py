"""Money: hundredths of the base currency everywhere, units only where they are shown or sent."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any


def units(cents: Any) -> Decimal | None:
    """Return hundredths as an exact amount, None where they are missing in any form of a frame."""
    return None if is_missing(cents) else Decimal(int(cents)).scaleb(-2)


def cents(units: Decimal) -> int:
    """Return an amount in hundredths, halves of one rounded to the even."""
    return int(units.scaleb(2).to_integral_value())


def is_missing(value: Any) -> bool:
    """Return whether a value is none, in any of the forms that frames have for it."""
    # By name: importing pandas takes longer than the rest of most commands.
    named = type(value).__name__ in ("NAType", "NaTType")
    return value is None or named or (isinstance(value, float) and math.isnan(value))
