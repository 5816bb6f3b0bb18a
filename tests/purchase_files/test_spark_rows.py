"""What Spark is told of rows, and of files that it cannot read, where there is no Spark."""

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import duckdb
import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import ConfigurationError, DataError
from suitecrm_bridge.purchase_files import SparkPurchases
from suitecrm_bridge.purchase_files.spark_rows import DATE, NUMBER
from tests.purchase_files.written import write

NUMBERS = [
    "10",
    "10.5",
    ".5",
    "5.",
    "+7",
    "+-5",
    "-+5",
    "--7",
    "+",
    ".",
    "1e",
    "1e3",
    "1E+3",
    "1e-3",
    "e5",
    "1.5e",
    "1e5.5",
    "00012",
    "-.5e-3",
    "1_000",
    "1__0",
    "_1",
    "1_",
    "1_0.5",
    "1._5",
    "1.5_0",
    "1e1_0",
    "0x10",
    "1d",
    "1f",
    "1,5",
    "1.2.3",
    "true",
    "1e400",
    "x",
    "-0",
    "-",
]
DATES = [
    "2026-01-02",
    "2026/01/02",
    "2026\\01\\02",
    "2026-01/02",
    "2026.01.02",
    "2026-1-002",
    "2026-001-2",
    "2026-02-29",
    "2024-02-29",
    "2026-01-0a",
    "2026-12-1-",
    "202601-01-",
    "0026-01-02",
    "+026-01-02",
]


@pytest.mark.parametrize("words", [*NUMBERS, " 1 ", "\t1\n", "\x0b1", "\xa01", "1 2", "١", ""])
def test_spark_takes_for_a_number_what_duckdb_does(words: str) -> None:
    found = re.search(NUMBER, words)
    asked = duckdb.execute("select try_cast(? as double)", [words]).fetchall()
    assert (found and float(found[1].replace("_", ""))) == asked[0][0]


@pytest.mark.parametrize("words", [*DATES, "2026 01 02", " 2026-1-2 ", "2026- 1-02", "2026-1-1 T"])
def test_spark_takes_for_a_date_what_duckdb_does(words: str) -> None:
    found = re.search(DATE, words)
    plain = found and "{:0>4}-{:0>2}-{:0>2}".format(*found.group(1, 3, 4))
    query = "select try_cast(? as date) is not distinct from try_cast(? as date)"
    assert duckdb.execute(query, [words, plain]).fetchall() == [(True,)]


def opened(file: Path, master: str = "local[1]") -> SparkPurchases:
    return SparkPurchases([file], file.parent, 256, "UTC", master)


@pytest.mark.parametrize("name", ["_a.csv", ".a.csv"])
def test_a_file_that_spark_would_pass_over_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="begin with _"):
        opened(write(tmp_path / name, "x,2026-01-01,1"))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "needs PySpark 4"), ("fr", "exige PySpark 4")]
)
def test_without_pyspark_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: i18n.Language, said: str
) -> None:
    i18n.use_language(language)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ConfigurationError, match=said) as told:
        opened(write(tmp_path / "a.csv", "x,2026-01-01,1"))
    assert "pip install 'suitecrm-bridge[spark]'" in str(told.value)
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_spark_that_does_not_start_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Builder:
        def config(self, name: str, value: str) -> "Builder":
            return self

        def getOrCreate(self) -> None:  # noqa: N802
            raise OSError("[JAVA_GATEWAY_EXITED] Java gateway process exited")

    session = SimpleNamespace(
        getActiveSession=lambda: None, builder=SimpleNamespace(master=lambda _: Builder())
    )
    for name, known in {
        "pyspark": {},
        "pyspark.sql": {"SparkSession": session},
        "pyspark.errors": {"PySparkException": OSError},
        "py4j": {},
        "py4j.protocol": {"Py4JError": OSError},
    }.items():
        module = ModuleType(name)
        module.__dict__.update(known)
        monkeypatch.setitem(sys.modules, name, module)
    with pytest.raises(ConfigurationError, match="It needs Java 17") as told:
        opened(write(tmp_path / "a.csv", "x,2026-01-01,1"), "spark://nowhere:7077")
    assert "spark://nowhere:7077: [JAVA_GATEWAY_EXITED]" in str(told.value)
