"""Spark makes of files what DuckDB makes of them, and gives nobody's work to one task."""

from typing import Any

import pytest
from spark_seeds import Compared, compared
from spark_session import PARTS

from tests.on_spark import largest_shares, needs_spark, spark

__all__ = ["spark"]

pytestmark = [
    needs_spark,
    pytest.mark.story,
    # What Java and Python say to each other is left to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


@pytest.fixture(scope="module")
def found(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared(1, tmp_path_factory.mktemp("seed") / "of", "local[2]")


def test_the_scores_of_odd_purchases_are_the_same_to_the_last_digit(found: Compared) -> None:
    assert found.forecasts > 1000
    assert found.different == 0


def test_counts_remarks_and_the_list_of_bad_rows_are_the_same(found: Compared) -> None:
    assert found.set_apart > 10
    assert found.told_alike


def test_no_task_gets_the_work_for_all_customers(spark: Any, found: Compared) -> None:
    shares = largest_shares(spark, found.customers // 2)
    assert len(shares) > 10
    assert max(shares) < 2 / PARTS
