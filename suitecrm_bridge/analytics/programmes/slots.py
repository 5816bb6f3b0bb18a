"""How many contacts a person may still have, over all programmes together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.programmes.deciding import Days
from suitecrm_bridge.catalogue.programmes import Cap


class Slots:
    """The contacts of everybody: those that were made, and those that this plan makes.

    Args:
        made: person and day of each contact.
        as_of: the day that is planned.
    """

    def __init__(self, made: pd.DataFrame, as_of: int) -> None:
        self._as_of = as_of
        self._days: defaultdict[str, list[int]] = defaultdict(list)
        for person, day in zip(made["person"], made["day"], strict=True):
            self._days[person].append(int(day))

    def full_until(self, people: pd.Series[Any], caps: Sequence[Cap]) -> Days:
        """Return by person the day from which every cap has room: 0 where each has now."""
        return np.array([self._until(person, caps) for person in people], dtype=np.int64)

    def left(self, people: pd.Series[Any], caps: Sequence[Cap]) -> Days:
        """Return how many contacts every cap leaves each person now."""
        return np.array([self._left(person, caps) for person in people], dtype=np.int64)

    def take(self, people: pd.Series[Any]) -> None:
        """Note a contact on the day that is planned."""
        for person in people:
            self._days[person].append(self._as_of)

    def _left(self, person: str, caps: Sequence[Cap]) -> int:
        days = self._days.get(person, ())
        had = [sum(day > self._as_of - cap.days for day in days) for cap in caps]
        return max(0, min(cap.contacts - had for cap, had in zip(caps, had, strict=True)))

    def _until(self, person: str, caps: Sequence[Cap]) -> int:
        days = self._days.get(person)
        if not days:
            return 0
        until = 0
        for cap in caps:
            recent = sorted(day for day in days if day > self._as_of - cap.days)
            if len(recent) >= cap.contacts:
                until = max(until, recent[-cap.contacts] + cap.days)
        return until
