"""The texts of value and retention on Spark: runs where PySpark and Java are installed."""

import random
from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics import churn, retention
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine, SqlEngine
from suitecrm_bridge.analytics.spark import SparkEngine

from .test_on_spark import on_spark, pytestmark, spark

__all__ = ["on_spark", "pytestmark", "spark"]

AS_OF = to_date(700)


@pytest.fixture(scope="module")
def purchases() -> pd.DataFrame:
    chance = random.Random(3)
    rows = [
        (f"c{chance.randrange(60)}", f"p{number}", chance.randrange(0, 720), cents)
        for number in range(800)
        for cents in [chance.choice([0, -chance.randrange(10**4), chance.randrange(10**12)])]
    ]
    kinds = {"customer_id": "string", "purchase_id": "string", "day": "Int64", "cents": "Int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def answers(engine: SqlEngine, purchases: pd.DataFrame, until: date) -> dict[str, list[object]]:
    engine.table("purchases", purchases, "contacts")
    retention.compute(engine, AS_OF)
    names = [
        "purchase_days",
        "btyd_summary",
        "spells",
        "churn_by_month",
        "churn_by_cohort",
        "retention",
        "revenue_churn",
        "survival",
    ]
    found = {name: engine.fetch(name) for name in names}
    found["holdout"] = churn.holdout(engine, until, AS_OF)
    shown = {}
    for name, table in found.items():
        known = table.astype(object).where(table.notna(), None)
        rows = sorted(known.itertuples(index=False, name=None), key=str)
        shown[name] = [table.columns.tolist(), *rows]
    return shown


def test_spark_agrees_with_duckdb_on_value_and_retention(
    on_spark: SparkEngine, purchases: pd.DataFrame
) -> None:
    expected = answers(Engine(), purchases, to_date(400))
    assert len(expected["spells"]) > 200
    found = answers(on_spark, purchases, to_date(400))
    for name, rows in expected.items():
        assert found[name] == rows
