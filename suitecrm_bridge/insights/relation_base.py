"""What tables about the relation beside buying are made from, each part once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.insights.portfolio import count
from suitecrm_bridge.insights.worth import give_facts
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import cents
from suitecrm_bridge.tables import Kind, Table, columns, words


@dataclass(frozen=True)
class Asked:
    """What is asked about: a kind of customers of a mirror.

    Each property raises NotFound where nothing was scored yet.
    """

    mirror: Mirror
    choices: Choices
    entity: Entity

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Every scored customer."""
        return everybody(self.mirror, self.entity)

    @cached_property
    def engine(self) -> Engine:
        """An engine with the facts of the day of the scores."""
        engine, _ = count(self.mirror, self.choices, self.entity, None)
        give_facts(self.mirror, engine)
        return engine

    @cached_property
    def day(self) -> date:
        """The day of the scores."""
        return self.mirror.scores.as_of(self.entity) or self.choices.today

    def names(self, customers: pd.Series[Any]) -> list[str]:
        """Return what customers are called."""
        known = self.mirror.scores.names(self.entity, [*dict.fromkeys(customers)])
        return [known.get(one, "") for one in customers]

    def products(self, products: pd.Series[Any]) -> list[str]:
        """Return what products are called; one without a name by its id."""
        known = self.mirror.facts.product_names()
        return [known.get(one, str(one)) for one in products]


def pieces(thousandths: pd.Series[Any]) -> pd.Series[Any]:
    """Return quantities as Decimals."""
    return thousandths.astype(object).map(lambda value: Decimal(int(value)).scaleb(-3))


def in_cents(amounts: pd.Series[Any]) -> Any:
    """Return amounts as hundredths, missing where they are."""
    return pd.array([None if pd.isna(one) else cents(one) for one in amounts], dtype="Int64")


def made(name: str, frame: pd.DataFrame, kinds: Mapping[str, Kind], told: pd.DataFrame) -> Table:
    """Return a table with its title and headings; people see `told`."""
    title = words(f"relations.title_{name}")
    return Table(name, frame, columns("relations.column_", kinds), title, for_people=told)
