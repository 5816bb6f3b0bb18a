"""Follow complaints up by product, country and month, against plain pandas.

Both contenders start from the same canonical facts in memory, the bridge's in DuckDB, and come to
the same figures, which is checked: number, open, answered, resolved, breached, within, medians and
90th percentiles in business minutes, sales and complaints per 100 sales. The label tells the
peak memory of a process that does it once; the bridge's then draws the control charts, too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from _bench import Task
from _complaints_pandas import crossing as their_crossing
from _memory import peak_mb

from suitecrm_bridge.analytics.complaints import alarms, figures, satisfaction, slowness, timeline
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import complaint_rules

AS_OF = date(2026, 3, 31)
DIMENSIONS = ("product", "country", "month")
MOST_MB = 2_000
TINY = ("--complaints", "3000")
"""Options for a test of the suite itself."""

_FACTS = "case_facts", "case_answers", "case_changes", "case_customers"
_SOLD = "customer_traits", "purchases", "line_facts"
_EMPTY = {
    "customer_scores": "customer_id VARCHAR, segment VARCHAR, lifecycle VARCHAR, clv_cents BIGINT",
    "survey_facts": "answer_id VARCHAR, response_id VARCHAR, question_id VARCHAR,"
    " customer_id VARCHAR, day BIGINT, kind VARCHAR, value BIGINT",
    "question_facts": "question_id VARCHAR, survey_id VARCHAR, name VARCHAR, kind VARCHAR,"
    " happiness BIGINT",
}


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument("--complaints", type=int, default=1_000_000, help="complaints to follow up")


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield the task, once both contenders have come to the same figures."""
    number = options.complaints
    connection = made(number)
    frames = read(connection)
    ours, theirs = (
        our_crossing(connection),
        their_crossing(frames, AS_OF, complaint_rules().targets),
    )
    compare(ours, theirs)
    peaks = {who: _peak(who, number) for who in ("pandas", "bridge")}
    if peaks["bridge"] > MOST_MB:
        raise AssertionError(f"the bridge took {peaks['bridge']:,} MB, more than {MOST_MB:,}")

    def work() -> int:
        our_crossing(connection)
        return number

    def their_work() -> int:
        their_crossing(frames, AS_OF, complaint_rules().targets)
        return number

    yield Task(
        f"follow up {number:,} complaints",
        (f"pandas, {peaks['pandas']:,} MB", their_work),
        [(f"suitecrm-bridge, {peaks['bridge']:,} MB", work)],
        "complaints",
    )


def made(number: int) -> duckdb.DuckDBPyConnection:
    """Make the facts of `number` complaints, as many answers and purchases, over three years."""
    connection = duckdb.connect()
    first = (AS_OF.toordinal() - date(1970, 1, 1).toordinal() - 1094) * 1440
    connection.execute(f"SET VARIABLE n = {number}; SET VARIABLE first = {first}")
    script = Path(__file__).with_name("_bench_complaints.sql").read_text(encoding="utf-8")
    connection.execute(script)
    for name, columns in _EMPTY.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    return connection


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Return the facts as frames."""
    return {name: connection.table(name).df() for name in (*_FACTS, *_SOLD)}


def our_crossing(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the bridge's figures."""
    engine = Engine(connection)
    timeline.prepare(engine, AS_OF)
    satisfaction.prepare(engine, AS_OF)
    return figures.crossing(engine, DIMENSIONS, AS_OF)


def compare(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Refuse figures that are not the same."""
    left = ours.assign(month=pd.to_datetime(ours["month"])).set_index(list(DIMENSIONS))
    left = left.sort_index()[list(theirs.columns)].astype("float64")
    pd.testing.assert_frame_equal(
        left, theirs.astype("float64"), check_index_type=False, check_names=False, rtol=1e-12
    )


def _peak(contender: str, number: int) -> int:
    """Return the megabytes that a process of its own takes at most."""
    command = [sys.executable, __file__, contender, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return int(done.stdout)


def _child(contender: str, number: int) -> int:
    connection = made(number)
    if contender == "pandas":
        frames = read(connection)
        connection.close()
        their_crossing(frames, AS_OF, complaint_rules().targets)
    else:
        our_crossing(connection)
        engine = Engine(connection)
        alarms.compute(engine, AS_OF, dimensions=("product", "country"))
        slowness.compute(engine, AS_OF)
    return peak_mb()


if __name__ == "__main__":
    print(_child(sys.argv[1], int(sys.argv[2])))
