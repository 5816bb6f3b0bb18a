"""Sessions of Spark: begun with what figures need, or a word on what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from suitecrm_bridge.errors import ConfigurationError, StoreError
from suitecrm_bridge.i18n import text

LOCAL = "local[*]"
"""The master that is all cores of this machine."""

LOCAL_PARTS = "16"
"""Into how many parts customers are divided on this machine; on a cluster its settings say so."""

LEAST_MEMORY_MB = 1024
"""Megabytes that the process which leads the work has at least."""

_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    # Names of columns are written as in DuckDB.
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.caseSensitive": "true",
    # Spark knows no nanoseconds.
    "spark.sql.legacy.parquet.nanosAsLong": "true",
}

_AT_ITS_BEGINNING = {
    "spark.app.name": "SuiteCRM Bridge",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Scores come back in parts that are bounded here.
    "spark.driver.maxResultSize": "0",
}


@contextmanager
def session(master: str, folder: Path, memory_mb: int) -> Iterator[Any]:
    """Open a session of Spark, with tables and settings of its own.

    Where this process has one already, it is a sister of that, and the work goes to the same place.

    Args:
        master: where the work goes: `local[*]`, `spark://host:7077`, …
        folder: where what does not fit into memory goes, on this machine.
        memory_mb: megabytes of the process that leads the work.

    Raises:
        ConfigurationError: PySpark or Java is not there, or the master does not answer.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ConfigurationError(text("purchase_files.no_pyspark")) from error
    running = SparkSession.getActiveSession()
    found = running.newSession() if running else _begun(SparkSession, master, folder, memory_mb)
    for name, value in _ALWAYS.items():
        found.conf.set(name, value)
    try:
        yield found
    finally:
        if not running:
            found.stop()


def _begun(kind: Any, master: str, folder: Path, memory_mb: int) -> Any:
    builder = kind.builder.master(master)
    chosen = _AT_ITS_BEGINNING | {
        "spark.driver.memory": f"{max(memory_mb, LEAST_MEMORY_MB)}m",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
    }
    if master.startswith("local"):
        chosen |= {
            "spark.local.dir": str(folder / "spill"),
            "spark.sql.shuffle.partitions": LOCAL_PARTS,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
    for name, value in chosen.items():
        builder = builder.config(name, value)
    with failures("purchase_files.no_spark", ConfigurationError, master=master):
        return builder.getOrCreate()


@contextmanager
def failures(
    key: str = "purchase_files.spark_failed", kind: type[Exception] = StoreError, **known: object
) -> Iterator[None]:
    """Turn what goes wrong in Spark into an error with a text of the catalogue."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        told = str(error).strip().partition("\n")[0]
        raise kind(text(key, error=told, **known)) from error
