"""Complaints by chance over three years, in canonical facts, and what is planted in them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints import alarms
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from tests.analytics.complaints.base import AS_OF, rows

TODAY = to_day(AS_OF)
YEARS = 3 * 365
COUNTRIES = ("Belgique", "France", "Ireland")
PRODUCTS = tuple(f"p{number}" for number in range(8))
THEMES = ("late", "broken", "rude")


@dataclass
class Flood:
    """Complaints and sales as they come: lists of (day, product, country, theme, customer)."""

    rng: np.random.Generator
    complaints: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    sales: list[tuple[int, str, str]] = field(default_factory=list)

    def sell(self, number, *, days=(0, YEARS), product=None, country=None):
        """Sell a day between these (0 is three years ago)."""
        self.sales += zip(
            self._days(number, days),
            self._any(number, PRODUCTS, product),
            self._any(number, COUNTRIES, country),
            strict=True,
        )

    def complain(self, number, *, days=(0, YEARS), product=None, country=None, theme=None, by=None):
        """Complain on days between these, as a new customer each time unless it is one (`by`)."""
        known = len(self.complaints)
        self.complaints += zip(
            self._days(number, days),
            self._any(number, PRODUCTS, product),
            self._any(number, COUNTRIES, country),
            self._any(number, THEMES, theme),
            [by or f"k{known + i}" for i in range(number)],
            strict=True,
        )

    def _days(self, number, days):
        return (TODAY - YEARS + 1 + self.rng.integers(*days, number)).tolist()

    def _any(self, number, words, given):
        return self.rng.choice(words, number).tolist() if given is None else [given] * number

    def engine(self):
        """Put everything into an engine."""
        engine = Engine()
        ids = [f"c{number}" for number in range(len(self.complaints))]
        days, products, countries, themes, who = (
            zip(*self.complaints, strict=True) if self.complaints else [()] * 5
        )
        engine.table("complaint_timeline", _frame(case_id=ids, created_day=days, product=products))
        engine.table("case_customers", _frame(case_id=ids, customer_id=who))
        engine.table("case_themes", _frame(case_id=ids, theme=themes))
        buyers = [f"b{number}" for number in range(len(self.sales))]
        sold = [number for number, _, _ in self.sales]
        traits = dict(zip(who, countries, strict=True))
        traits |= dict(zip(buyers, (country for _, _, country in self.sales), strict=True))
        lives = _frame(customer_id=traits, country=traits.values())
        engine.table("customer_traits", lives, "contacts")
        bought = _frame(customer_id=buyers, purchase_id=buyers, day=sold, cents=[100] * len(sold))
        engine.table("purchases", bought, "contacts")
        lines = [product for _, product, _ in self.sales]
        engine.table("line_facts", _frame(invoice_id=buyers, product_id=lines))
        return engine

    def alarms(self, rules=None, dimensions=alarms.DIMENSIONS):
        """Return the alarms as dicts, and the engine that holds the rest."""
        engine = self.engine()
        alarms.compute(engine, AS_OF, rules, dimensions)
        return rows(engine.fetch("complaint_alarms")), engine


def _frame(**columns):
    numbers = ("created_day", "day", "cents")
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="Int64" if name in numbers else "string")
            for name, values in columns.items()
        }
    )


def usual(seed, complaints=600, sales=9000):
    """Three years without anything planted."""
    flood = Flood(np.random.default_rng(seed))
    flood.sell(sales)
    flood.complain(complaints)
    return flood
