"""Decisions on many people at once, each made a single time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
Words = npt.NDArray[Any]
"""Of texts."""
Days = npt.NDArray[np.int64]

DECISIONS = ("enters", "control", "stays", "leaves", "deferred", "excluded")
COLUMNS = (
    "programme", "wave", "person", "decision", "reason", "arm", "due", "occasion", "product", "new",
)  # fmt: skip
NEVER = -1
"""Stands where nothing is due."""


def words(values: pd.Series[Any]) -> Words:
    """Return texts as an array."""
    return values.to_numpy(dtype=object)


class Deciding:
    """People of one programme, in an order, and what is decided on each of them.

    Args:
        people: person, occasion, product; wave and arm where they have them already.
        wave: of those who have none yet.
    """

    def __init__(self, people: pd.DataFrame, wave: str = "") -> None:
        size = len(people)
        self.person = people["person"].reset_index(drop=True)
        self.occasion, self.product = words(people["occasion"]), words(people["product"])
        is_new = "wave" not in people
        self.wave = np.full(size, wave, dtype=object) if is_new else words(people["wave"]).copy()
        self.arm = np.full(size, "", dtype=object) if is_new else words(people["arm"]).copy()
        self.decision = np.full(size, "", dtype=object)
        self.reason = np.full(size, "", dtype=object)
        self.due = np.full(size, NEVER, dtype=np.int64)
        self._is_new = is_new

    def __len__(self) -> int:
        return len(self.person)

    @property
    def open(self) -> Mask:
        """Who is not decided on yet."""
        return np.asarray(self.decision == "", dtype=bool)

    def of(self, who: Mask) -> pd.Series[Any]:
        """Return some of the people."""
        return self.person[who]

    def decide(
        self, who: Mask, decision: str, reason: str | Words = "", due: int | Days = NEVER
    ) -> None:
        """Decide on those of `who` that are not decided on yet."""
        chosen = who & self.open
        self.decision[chosen] = decision
        self.reason[chosen] = reason if isinstance(reason, str) else reason[chosen]
        self.due[chosen] = due if isinstance(due, int) else due[chosen]

    def table(self, programme: str) -> pd.DataFrame:
        """Return the decisions, with the columns of a plan."""
        return pd.DataFrame(
            {
                "programme": np.full(len(self), programme, dtype=object),
                "wave": self.wave,
                "person": words(self.person),
                "decision": self.decision,
                "reason": self.reason,
                "arm": self.arm,
                "due": self.due,
                "occasion": self.occasion,
                "product": self.product,
                "new": np.full(len(self), self._is_new, dtype=bool),
            }
        )
