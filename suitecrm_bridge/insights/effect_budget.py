"""Who to address for a budget, by what programmes brought up to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects import words
from suitecrm_bridge.analytics.effects.budget import Limits, Plan, plan
from suitecrm_bridge.analytics.effects.effect import Numbers
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.insights.effects import Measured
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns

BUDGET: Mapping[str, Kind] = {
    "programme": "text",
    "offered": "count",
    "chosen": "count",
    "cost": "money",
    "value": "money",
}


@dataclass(frozen=True)
class Budgeted:
    """A plan, the pairs that it chose from with their value, and what it says."""

    plan: Plan
    pairs: pd.DataFrame
    said: tuple[str, ...]

    def table(self) -> Table:
        """Return a row a programme: people offered and chosen, what that costs and brings."""
        rows = [
            {
                "programme": str(key),
                "offered": len(group),
                "chosen": int(group["chosen"].sum()),
                "cost": _units(group.loc[group["chosen"], "cost"]),
                "value": _units(group.loc[group["chosen"], "value"]),
            }
            for key, group in self.pairs.groupby("programme", sort=True)
        ]
        frame = pd.DataFrame(rows, columns=list(BUDGET), dtype=object)
        return Table("budget", frame, columns("effects.column_", BUDGET), said=self.said)


def budgeted(
    candidates: pd.DataFrame,
    found: Mapping[str, Measured],
    limits: Limits,
    lang: Language | None = None,
) -> Budgeted:
    """Return who to address by what.

    What a programme brings a person is what it brought people of their segment, drawn towards what
    it brought all; of a segment of which nothing is known, what it brought all; and where nothing
    was measured yet, what is hoped for. A programme that does harm, or whose groups are not as they
    were drawn, addresses nobody.

    Args:
        candidates: programme, person, channel, segment, cost and hoped (gain before cost), the last
            two in hundredths of the base currency, a row for each programme that may address them.
        found: what the programmes brought.
        limits: budgets in hundredths, capacities in messages.
        lang: of the sentences; default, the language in use.

    Raises:
        ValueError: a cost or a hope is missing, or a cost is below 0.
    """
    gain = candidates["hoped"].to_numpy(dtype="float64", na_value=np.nan, copy=True)
    for key, one in found.items():
        rows = (candidates["programme"] == key).to_numpy(bool)
        gain[rows] = _gains(candidates.loc[rows, "segment"], gain[rows], one)
    pairs = candidates.assign(value=gain - candidates["cost"].to_numpy(float))
    chosen = plan(pairs, limits)
    said = tuple(words.one_more(chosen, lang))
    return Budgeted(chosen, pairs.assign(chosen=chosen.chosen), said)


def _gains(segment: pd.Series[str], hoped: Numbers, one: Measured) -> Numbers:
    if one.stands in ("does_harm", "void"):
        return np.zeros(len(hoped))
    overall = hoped if one.earns is None else np.full(len(hoped), one.earns.estimate)
    known = one.segments.dropna(subset="effect").set_index("segment")["effect"]
    own = segment.map(known).to_numpy(dtype="float64", na_value=np.nan)
    return np.where(np.isnan(own), overall, own)


def _units(cents: pd.Series[float]) -> object:
    return units(round(float(cents.sum())))
