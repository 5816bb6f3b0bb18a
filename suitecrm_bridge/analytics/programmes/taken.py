"""What everybody is offered already, by any programme."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.programmes.deciding import Deciding, Mask, Words


class Taken:
    """The products that people are offered, each with the programmes that offer it.

    Args:
        enrolled: who entered which programme, and until when.
    """

    def __init__(self, enrolled: pd.DataFrame) -> None:
        active = enrolled[enrolled["ended"].isna() & (enrolled["product"] != "")]
        self._by: dict[tuple[str, str], set[str]] = {}
        for key, person, product in zip(
            active["programme"], active["person"], active["product"], strict=True
        ):
            self._by.setdefault((person, product), set()).add(key)

    def same_product(self, programme: str, people: pd.Series[Any], products: Words) -> Mask:
        """Return whether another programme offers the same product to each of these people."""
        found = [
            product != "" and bool(self._by.get((person, product), set()) - {programme})
            for person, product in zip(people, products, strict=True)
        ]
        return np.array(found, dtype=bool)

    def note(self, programme: str, decided: Deciding) -> None:
        """Note who entered a programme now, and who left it."""
        rows = zip(decided.person, decided.product, decided.decision, strict=True)
        for person, product, decision in rows:
            if product == "":
                continue
            held = self._by.setdefault((person, product), set())
            if decision == "enters":
                held.add(programme)
            elif decision == "leaves":
                held.discard(programme)
