"""Charts of complaints in which nothing changed, and what is learnt from them."""

from __future__ import annotations

import numpy as np
import regimes
from regimes import REGIMES

from suitecrm_bridge.analytics.complaints import charts
from suitecrm_bridge.analytics.complaints.board import RULES
from suitecrm_bridge.analytics.complaints.shocks import Together
from suitecrm_bridge.analytics.complaints.usual import Shock, terms

__all__ = ["PAST", "RECENT", "REGIMES", "chances", "drawn", "learnt"]

PAST, RECENT = 104, 26


def days(size):
    """The middle of each period of `size` weeks, as epoch days."""
    return 20_000 + 7 * size * (np.arange((PAST + RECENT) // size) + 0.5)


def drawn(rng, parts, number, mean, size=1):
    """Counts of charts in control, the last of them recent."""
    return regimes.drawn(rng, parts, regimes.rates(rng, parts, number, mean, days(size), size))


def learnt(counts, amount=None, size=1):
    """What is usual of the charts, from all periods but the recent ones."""
    amount = np.ones_like(counts) if amount is None else amount
    usable = np.zeros_like(counts, dtype=bool)
    usable[:, : PAST // size] = True
    design = terms(days(size))
    first = charts.baseline(counts, amount, usable, design, Shock())
    found = Together.of(counts, first, usable & (amount > 0))
    return charts.baseline(
        counts, amount, usable, design, Shock(found.variance or 0.0, found.stays)
    )


def chances(counts, usual, size=1):
    """The chance of the latest by each rule, a row a rule."""
    periods = counts.shape[1]
    return np.stack(
        [
            charts.chances(counts, usual, charts.weights(periods, PAST // size, periods, share))
            for share in RULES[size]
        ]
    )
