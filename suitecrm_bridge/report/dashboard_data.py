"""What the dashboard shows of one kind of customer beside their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from suitecrm_bridge.tables import Sentence, Table

NAMED = 2_000
"""Customers that a page names at most: the first of every list, the others by value at stake."""
OF_EACH = 100
"""Of them, the first ones of each list in its own order, whatever is at stake."""


@dataclass(frozen=True)
class ComparedData:
    """Who moved since an earlier day, with the columns of `Move`, and who has left since.

    `ago` is a week, month, quarter or year, or "last"; `note` says what to know before believing
    it, `left` are customers' ids.
    """

    ago: str
    before: date
    after: date
    moves: pd.DataFrame
    left: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class DashboardData:
    """What the dashboard shows of one kind of customer.

    Args:
        sentences: five, of what there is to know first.
        headlines: four figures: headline, value, before, since, unit, better (1 where a rise is
            good, else -1).
        values: what can be chosen, by "country", "owner" and "product".
        owners: the names of users by their ids, of those whose name is known.
        people: customer_id, country, owner, products, of those whose names stand on the page.
        cells: product, segment, recency, frequency, country, owner, customers, buyers, leaving,
            revenue_cents, stake_cents; product "" is everybody, another one its buyers.
        months: product, segment, country, owner, month, cents, purchases.
        compared: who moved, since each day that can be compared with.
        cohorts: cohort, customers, months_since, retention, provisional; a month of first purchases
            each.
        tables: more tables, by name: fields, lead_sources, campaigns, cohorts, lost_revenue.
    """

    sentences: Sequence[Sentence]
    headlines: Table
    values: Mapping[str, Sequence[str]]
    people: pd.DataFrame
    cells: pd.DataFrame
    months: pd.DataFrame
    compared: Sequence[ComparedData] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    cohorts: pd.DataFrame = field(default_factory=pd.DataFrame)
    tables: Mapping[str, Table] = field(default_factory=dict)
