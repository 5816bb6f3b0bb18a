"""What the tables about the relation with customers are made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.portfolio import count
from suitecrm_bridge.insights.worth import give_facts
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import cents
from suitecrm_bridge.tables import Kind, Table, columns, words


def ready(mirror: Mirror, choices: Choices, entity: Entity) -> tuple[Engine, date]:
    """Return an engine with the facts of the day of the scores."""
    engine, day = count(mirror, choices, entity, None)
    give_facts(mirror, engine)
    return engine, day


def names(mirror: Mirror, entity: Entity, customers: pd.Series[Any]) -> list[str]:
    """Return the name of each customer, "" of who has none."""
    known = mirror.scores.names(entity, [*dict.fromkeys(customers)])
    return [known.get(one, "") for one in customers]


def products(mirror: Mirror, ids: pd.Series[Any]) -> list[str]:
    """Return the name of each product, the id of one that has none."""
    known = mirror.facts.product_names()
    return [known.get(one, str(one)) for one in ids]


def pieces(thousandths: pd.Series[Any]) -> pd.Series[Any]:
    """Return thousandths as Decimal pieces."""
    return thousandths.astype(object).map(lambda value: Decimal(int(value)).scaleb(-3))


def in_cents(amounts: pd.Series[Any]) -> Any:
    """Return amounts in hundredths."""
    return pd.array([None if pd.isna(one) else cents(one) for one in amounts], dtype="Int64")


def laid_out(
    name: str, frame: pd.DataFrame, kinds: Mapping[str, Kind], told: pd.DataFrame
) -> Table:
    """Return a table with the title and headings of its name; `told` is what people read."""
    title = words(f"relations.title_{name}")
    return Table(name, frame, columns("relations.column_", kinds), title, for_people=told)
