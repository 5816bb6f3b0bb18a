"""A session of Spark that is quick with few rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PARTS = 4

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(PARTS),
    # To compile a plan takes longer than to interpret it for few rows.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # Parts stay as they are, so that it is seen who would get everybody.
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.retainedTasks": "1000000",
    "spark.ui.retainedStages": "100000",
}


def for_few_rows(master: str, folder: Path) -> Any:
    """Return a session whose sisters score files that are small.

    Args:
        master: where it works.
        folder: where what does not fit into memory goes, on this machine.
    """
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    return builder.config("spark.local.dir", str(folder)).getOrCreate()
