"""Customers in parts: what is told of them passes through Python, and never all of it at once."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.nodes import checked

AT_ONCE = 20_000
"""Customers a part: with all that is said of them each takes some 7 KB."""


_PARTS = "parts_of_customers"


def parts(engine: Engine, at_once: int = AT_ONCE) -> Iterator[Tables]:
    """Yield the customers of the table `rfm` in parts, and one part when there is nobody.

    A part has the rows of its own customers of each table with the columns entity and customer_id.

    Raises:
        DataError: there is no such table, or it cannot be made.
    """
    engine.make("rfm")
    count = int(engine.ask("select count(*) as customers from rfm", "rfm")["customers"].iloc[0])
    if count <= at_once:
        yield engine
        return
    place = f"(row_number() over () - 1) // {int(at_once)}"
    engine.keep(_PARTS, f"select entity, customer_id, {place} as part from rfm")  # noqa: S608, a number
    for number in range(-(-count // at_once)):
        yield _Part(engine, number)


class _Part:
    def __init__(self, engine: Engine, number: int) -> None:
        self._engine, self._number = engine, number

    def fetch(self, name: str) -> pd.DataFrame:
        self._engine.make(name)
        own = f"select entity, customer_id from {_PARTS} where part = {self._number}"  # noqa: S608, a number
        rows = f"from {checked(name)} semi join ({own}) using (entity, customer_id)"
        return self._engine.ask(rows, name)
