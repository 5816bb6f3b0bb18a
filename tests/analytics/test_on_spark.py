"""The same texts on Spark: runs where PySpark and Java are installed."""

import random
from typing import Any

import pandas as pd
import pytest

from suitecrm_bridge.analytics import indicators, lifecycle, migration, rfm
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine, SqlEngine
from suitecrm_bridge.analytics.spark import SparkEngine
from tests.on_spark import needs_spark, spark

from . import facts, test_indicators, test_migration

__all__ = ["spark"]

pytestmark = [
    needs_spark,
    pytest.mark.long,
    # What Java and Python say to each other is left to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


@pytest.fixture
def on_spark(spark: Any) -> SparkEngine:
    return SparkEngine(spark.newSession())


def scored(engine: SqlEngine, entity: Any, source: Any, min_buyers: int) -> list[Any]:
    rfm.compute(engine, {entity: "fifths"}, source, to_date(100), min_buyers)
    table = engine.fetch("rfm")
    table = table.astype(object).where(table.notna(), None)
    return [table.columns.tolist(), *table.itertuples(index=False, name=None)]


@pytest.mark.parametrize("min_buyers", [1, 30])
@pytest.mark.parametrize("source", ["invoices", "opportunities"])
@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_spark_agrees_with_duckdb(
    on_spark: SparkEngine, entity: str, source: str, min_buyers: int
) -> None:
    duckdb = Engine()
    for engine in (duckdb, on_spark):
        facts.load(engine)
    expected = scored(duckdb, entity, source, min_buyers)
    assert scored(on_spark, entity, source, min_buyers) == expected


def test_spark_agrees_with_duckdb_on_many_customers(on_spark: SparkEngine) -> None:
    chance = random.Random(7)
    invoices = [
        (
            f"i{number}",
            f"c{chance.randrange(400)}",
            None,
            chance.choice(["Paid", "Unpaid", "Cancelled", ""]),
            chance.randrange(-50, 110),
            chance.choice([0, -chance.randrange(10**6), chance.randrange(10**12)]),
        )
        for number in range(2000)
    ]
    rows = {**facts.ROWS, "invoice_facts": invoices}
    rows["customers_contacts"] = [(f"c{number}",) for number in range(50, 500)]
    duckdb = Engine()
    for engine in (duckdb, on_spark):
        facts.load(engine, rows)
    assert scored(on_spark, "contacts", "invoices", 30) == scored(
        duckdb, "contacts", "invoices", 30
    )


@pytest.fixture(scope="module")
def portfolio() -> list[tuple[str, int, int]]:
    chance = random.Random(5)
    return [
        (f"c{chance.randrange(60)}", chance.randrange(-5, 1200), chance.randrange(-900, 10**6))
        for _ in range(400)
    ]


def asked(engine: SqlEngine, bought: list[tuple[str, int, int]]) -> list[Any]:
    customers = [f"c{number}" for number in range(70)]
    test_indicators.load(engine, bought, customers)
    products = [(f"i{n}", f"p{n % 7}", 100) for n in range(len(bought))]
    kinds = {"invoice_id": "string", "product_id": "string", "cents": "int64"}
    engine.table("line_facts", pd.DataFrame(products, columns=list(kinds)).astype(kinds))
    as_of = test_indicators.AS_OF
    lifecycle.compute(engine, as_of)
    figures = indicators.compute(engine, "contacts", as_of)
    parts = [figures, engine.fetch("lifecycle"), *indicators.breakdowns(engine).values()]
    found = [part.astype(object).where(part.notna(), None) for part in parts]
    return [list(part.itertuples(index=False, name=None)) for part in found]


def test_spark_agrees_with_duckdb_on_lifecycle_and_indicators(
    on_spark: SparkEngine, portfolio: list[tuple[str, int, int]]
) -> None:
    assert asked(on_spark, portfolio) == asked(Engine(), portfolio)


@pytest.mark.parametrize("ranking", ["fifths", "thresholds"])
def test_spark_agrees_with_duckdb_on_cut_points(
    on_spark: SparkEngine, ranking: rfm.Ranking
) -> None:
    found = []
    for engine in (on_spark, Engine()):
        facts.load(engine)
        rfm.compute(engine, {"contacts": ranking}, "invoices", to_date(100), 2)
        found.append(rfm.cuts(engine))
    assert found[0] == found[1]


def test_spark_agrees_with_duckdb_on_migration(on_spark: SparkEngine) -> None:
    found = []
    for engine in (on_spark, Engine()):
        before, after = (
            test_migration.snapshot(rows) for rows in (test_migration.BEFORE, test_migration.AFTER)
        )
        matrix = migration.matrix(engine, before, after)
        moved = migration.movers(engine)
        found.append(
            [
                list(part.itertuples(index=False, name=None))
                for part in (matrix.drop(columns="share"), moved)
            ]
        )
    assert found[0] == found[1]
