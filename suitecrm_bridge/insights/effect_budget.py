"""Who to address for a budget, by what programmes brought up to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects import words
from suitecrm_bridge.analytics.effects.budget import Limits, Plan, plan
from suitecrm_bridge.analytics.effects.effect import Flags, Numbers
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.effects import Measured
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns
from suitecrm_bridge.tables import words as words_of

BUDGET: Mapping[str, Kind] = {
    "programme": "key",
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
    labels: Mapping[str, str] = field(default_factory=dict)

    def table(self) -> Table:
        """Return a row a programme: people offered and chosen, what that costs and brings.

        Columns: programme and its name, offered, chosen, cost and value in units.
        """
        groups = {str(key): own for key, own in self.pairs.groupby("programme", sort=True)}
        rows = [
            {
                "programme": key,
                "programme_name": self.labels.get(key, key),
                "offered": len(group),
                "chosen": int(group["chosen"].sum()),
                "cost": _units(group.loc[group["chosen"], "cost"]),
                "value": _units(group.loc[group["chosen"], "value"]),
            }
            for key in self.labels or groups
            for group in [groups.get(key, self.pairs.head(0))]
        ]
        names = ["programme", "programme_name", *list(BUDGET)[1:]]
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        shown = [
            replace(one, names="programme_name") if one.name == "programme" else one
            for one in columns("effects.column_", BUDGET)
        ]
        return Table("budget", frame, shown, words_of("effects.title_budget"), said=self.said)


def budgeted(
    candidates: pd.DataFrame,
    found: Mapping[str, Measured],
    limits: Limits,
    lang: Language | None = None,
    labels: Mapping[str, str] | None = None,
) -> Budgeted:
    """Return who to address by what; of several offers of one product a person gets the best.

    What a programme brings a person is what it brought people of their segment, drawn towards what
    it brought all; of a segment of which nothing is known, what it brought all; and where nothing
    was measured yet, what is hoped for. A programme that does harm, or whose groups are not as they
    were drawn, addresses nobody.

    Args:
        candidates: programme, person, channel, segment, cost and hoped (gain before cost), the last
            two in hundredths of the base currency, a row for each programme that may address them;
            where known, product (what is offered, "" for none) and room (see `plan`).
        found: what the programmes brought.
        limits: budgets in hundredths, capacities in messages.
        lang: of the sentences; default, the language in use.
        labels: of the programmes, in the order in which they are shown; default, their keys.

    Raises:
        ValueError: a cost or a hope is missing, or a cost is below 0.
    """
    gain = candidates["hoped"].to_numpy(dtype="float64", na_value=np.nan, copy=True)
    for key, one in found.items():
        rows = (candidates["programme"] == key).to_numpy(bool)
        gain[rows] = _gains(candidates.loc[rows, "segment"], gain[rows], one)
    pairs = candidates.assign(value=gain - candidates["cost"].to_numpy(float))
    offers = _best_offers(pairs)
    found_plan = plan(pairs[offers], limits)
    chosen = np.zeros(len(pairs), dtype=bool)
    chosen[np.flatnonzero(offers)] = found_plan.chosen
    known = labels or {}
    said = (words.planned(found_plan, lang), *words.one_more(found_plan, lang, known))
    if pairs.empty:
        said = (text("effects.nobody_enters", lang),)
    return Budgeted(found_plan, pairs.assign(chosen=chosen), said, known)


def _best_offers(pairs: pd.DataFrame) -> Flags:
    """Return all pairs but those that offer a product which another offers its person better."""
    if "product" not in pairs:
        return np.ones(len(pairs), dtype=bool)
    ranked = pairs.sort_values(["value", "programme"], ascending=[False, True], kind="stable")
    again = ranked.duplicated(["person", "product"]) & (ranked["product"] != "")
    return ~again.reindex(pairs.index).to_numpy(dtype=bool)


def _gains(segment: pd.Series[str], hoped: Numbers, one: Measured) -> Numbers:
    if one.stands in ("does_harm", "void"):
        return np.zeros(len(hoped))
    overall = hoped if one.earns is None else np.full(len(hoped), one.earns.estimate)
    known = one.segments.dropna(subset="effect").set_index("segment")["effect"]
    own = segment.map(known).to_numpy(dtype="float64", na_value=np.nan)
    return np.where(np.isnan(own), overall, own)


def _units(cents: pd.Series[float]) -> object:
    return units(round(float(cents.sum())))
