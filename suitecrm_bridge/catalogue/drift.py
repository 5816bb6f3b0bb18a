"""How far a figure may drift, as time passes, before that alone is a reason to write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

_FORM = re.compile(r"(\d+(?:\.\d+)?)( %)?")


@dataclass(frozen=True)
class Drift:
    """The largest difference that does not count: an amount, days for dates, or a share.

    `amount` is in the units of the field, or in hundredths of the greater value where `relative`.
    """

    amount: Decimal
    relative: bool = False

    @classmethod
    def parse(cls, words: str) -> Drift:
        """Return the drift that "0.02" or "3 %" stands for.

        Raises:
            ValueError: the words have another form.
        """
        found = _FORM.fullmatch(words)
        if not found:
            raise ValueError(f'{words!r} is neither a number nor a number with " %" behind it')
        return cls(Decimal(found[1]), relative=found[2] is not None)

    def covers(self, one: Any, other: Any) -> bool:
        """Return whether two values of a field are so close that none need be written."""
        if one is None or other is None:
            return one is other
        if isinstance(one, date):
            return bool(abs((one - other).days) <= self.amount)
        allowed = self.amount
        if self.relative:
            allowed = self.amount * max(abs(Decimal(one)), abs(Decimal(other))) / 100
        return abs(Decimal(one) - Decimal(other)) <= allowed
