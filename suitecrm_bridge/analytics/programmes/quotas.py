"""How many calls and tasks a user of SuiteCRM still gets today, over all programmes together."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from suitecrm_bridge.analytics.programmes.deciding import Mask, Words
from suitecrm_bridge.catalogue.programmes import OF_USERS, Wave

QUOTA = "quota"
"""Why somebody waits whose user has enough for today."""


class Quotas:
    """What every user has today: what was given to them, and what this plan gives.

    Args:
        given: programme, wave and owner of each call and task that counts for today.
        most: how many a user gets a day, from all programmes.
    """

    def __init__(self, given: pd.DataFrame, most: int) -> None:
        self._most = most
        self._of_user: Counter[str] = Counter()
        self._of_wave: Counter[tuple[str, str, str]] = Counter()
        for programme, wave, owner in zip(
            given["programme"], given["wave"], given["owner"], strict=True
        ):
            self._take((programme, wave, owner))

    def late(
        self,
        programme: str,
        wave: Wave,
        owners: Words,
        coming: Mask,
        treated: Mask,
        order: npt.NDArray[np.intp],
    ) -> Mask:
        """Return who comes after the last one that their user's quota reaches, and note the others.

        Those who are only measured take nothing of it, but wait where those behind whom they stand
        do: they are as good as those who are addressed.

        Args:
            programme: whose wave it is.
            wave: the wave that they come to.
            owners: of each person their user.
            coming: whose turn it is.
            treated: who is addressed.
            order: the places of the people, those who come first first.
        """
        late = np.zeros(len(coming), dtype=bool)
        if wave.channel not in OF_USERS:
            return late
        for place in order[coming[order]]:
            key = (programme, wave.key, owners[place])
            if self._is_full(key, wave.a_day):
                late[place] = True
            elif treated[place]:
                self._take(key)
        return late

    def _is_full(self, key: tuple[str, str, str], a_day: int | None) -> bool:
        of_wave = a_day is not None and self._of_wave[key] >= a_day
        return of_wave or self._of_user[key[2]] >= self._most

    def _take(self, key: tuple[str, str, str]) -> None:
        self._of_user[key[2]] += 1
        self._of_wave[key] += 1
