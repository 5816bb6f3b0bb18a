"""Spark makes of files what DuckDB makes of them, and gives nobody's work to one task."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spark_seeds import Compared, compared
from spark_session import PARTS

from suitecrm_bridge.purchase_files import Purchases, SparkPurchases
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


BEFORE_MIDNIGHT = datetime(2024, 1, 1, 23, 30)  # noqa: DTZ001, a moment without a zone
ODD_FILES: dict[str, dict[str, Any]] = {
    "written by Spark 3": {"customer_id": ["a"], "date": [BEFORE_MIDNIGHT], "amount": [1.005]},
    "ids as pandas spoils them": {
        "customer_id": [12345678.0, 7.0],
        "date": [BEFORE_MIDNIGHT.replace(tzinfo=UTC)] * 2,
        "amount": [1, 2],
    },
    "%20é#": {"customer_id": [b"x"], "date": [1], "amount": [True]},
}


@pytest.mark.long
@pytest.mark.parametrize("name", ODD_FILES)
def test_odd_files_of_parquet_are_read_the_same(spark: Any, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.parquet"
    old = name == "written by Spark 3"
    pq.write_table(pa.table(ODD_FILES[name]), file, use_deprecated_int96_timestamps=old)
    assert read(spark, file, "spark") == read(spark, file, "duckdb")


@pytest.mark.long
def test_an_odd_file_of_csv_is_read_the_same(spark: Any, tmp_path: Path) -> None:
    lines = ["\ufeffcustomer_id,date,amount", "A,2024-01-01,1", "", "  ,,"]
    lines += ["customer_id,date,amount", '"A,b",2024-01-01,"1"', "x,infinity,1", '"","",""', "x"]
    file = tmp_path / "a.csv"
    file.write_bytes("\r\n".join(lines).encode() + b"\r\n\xe9,2024-01-01,1\r\n")
    assert read(spark, file, "spark") == read(spark, file, "duckdb")


def read(spark: Any, file: Path, work: str) -> list[Any]:
    query = (
        "select n.name, p.day, p.cents from purchase_rows as p"
        " join customer_names as n on n.customer_id = p.customer_id"
    )
    known = ([file], file.parent, 256, "Europe/Paris")
    if work == "spark":
        with SparkPurchases(*known, "local[2]") as there:
            counts = there.read()
            rows = [tuple(row) for row in there.session.sql(query).collect()]
            return [counts, sorted(rows), list(there.bad())]
    with Purchases(*known) as here:
        counts = here.read()
        return [counts, sorted(here.connection.execute(query).fetchall()), list(here.bad())]


def test_no_task_gets_the_work_for_all_customers(spark: Any, found: Compared) -> None:
    shares = largest_shares(spark, found.customers // 2)
    assert len(shares) > 10
    assert max(shares) < 2 / PARTS
