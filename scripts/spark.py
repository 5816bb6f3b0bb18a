"""Hold Spark to DuckDB: the same scores of the same purchases, seed by seed.

Usage: python scripts/spark.py [--seeds N] [--first S] [--master URL] [--as-in-use]
       python scripts/spark.py --sizes N... [--master URL]

Writes made-up purchases as files of Parquet and CSV, with nulls, ties, refunds, moments in time
zones, ids in several spellings and rows that cannot be used, scores them by DuckDB and by Spark,
and prints the table of docs/performance.md: how many scores differ, to the last digit, and whether
the counts, the remarks and the list of rows that were set apart are the same. Needs Java 17.
--as-in-use leaves Spark's settings for few rows out, which make it quicker here.
--sizes scores that many purchases by both instead, and prints what it costs on this machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Compare in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare(["spark"])
    script = environment.BEHIND / "spark_compared.py"
    return environment.run([python, script, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
