"""Follow complaints up by product, country and month, against plain pandas.

Both contenders start from the same canonical facts, pandas from frames, the bridge from a database
file like its mirror, which may take MEMORY megabytes before it uses the disk. They come to the
same figures, which is checked: number, open, answered, resolved, breached, within, medians and 90th
percentiles in business minutes, sales, and complaints per 100 sales. Of MANY complaints the label
tells the peak memory of a process that does it once. The bridge's does the rest of the analysis,
too: themes and competitors in the texts, control charts of products, countries and themes, slow
countries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from bench_timing import Task
from complaints_pandas import crossing as their_crossing
from memory import peak_mb

from suitecrm_bridge.analytics.complaints import (
    alarms,
    competitors,
    figures,
    satisfaction,
    slowness,
    themes,
    timeline,
)
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import CompetitorRules, complaint_rules
from suitecrm_bridge.sandbox.demo.planted import RIVAL
from suitecrm_bridge.sandbox.demo.words import letters

AS_OF = date(2026, 3, 31)
DIMENSIONS = ("product", "country", "month")
MOST_MB = 2_000
MEMORY = 1_000
MANY = 100_000
TINY = ("--complaints", "3000")
"""Options for a test of the suite itself."""

_CONTENDERS = {"pandas": "pandas", "suitecrm-bridge": "bridge"}
_FACTS = "case_facts", "case_answers", "case_changes", "case_customers"
_SOLD = "customer_traits", "purchases", "line_facts"
_EMPTY = {
    "case_statuses": "case_id VARCHAR, status VARCHAR, moment BIGINT, place BIGINT",
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
    # First of all: a process inherits the peak of the one that starts it.
    labels = [f"{name}{_peak(who, number)}" for name, who in _CONTENDERS.items()]
    with made(number) as connection:
        frames, targets = read(connection), complaint_rules().targets
        compare(our_crossing(connection), their_crossing(frames, AS_OF, targets))

        def work() -> int:
            our_crossing(connection)
            return number

        def their_work() -> int:
            their_crossing(frames, AS_OF, targets)
            return number

        yield Task(
            f"follow up {number:,} complaints",
            (labels[0], their_work),
            [(labels[1], work)],
            "complaints",
        )


@contextmanager
def made(number: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Make the facts of `number` complaints, as many answers and purchases, over three years."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        config = {"memory_limit": f"{MEMORY}MB", "preserve_insertion_order": False}
        with duckdb.connect(Path(folder) / "facts.duckdb", config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            first = (AS_OF.toordinal() - date(1970, 1, 1).toordinal() - 1094) * 1440
            connection.execute(f"SET VARIABLE n = {number}; SET VARIABLE first = {first}")
            script = Path(__file__).with_name("bench_complaints.sql")
            connection.execute("SET VARIABLE rival = ?", [RIVAL])
            connection.register("letters", _letters())
            connection.execute(script.read_text(encoding="utf-8"))
            for name, columns in _EMPTY.items():
                connection.execute(f"CREATE TABLE {name} ({columns})")
            yield connection


def _letters() -> pd.DataFrame:
    """Return what people complain about, in both languages: subject, body."""
    written = [
        (subject, f"{opening}\n{body}\n{closing}")
        for topic in letters().topics
        if topic.cause is not None
        for language, texts in topic.letters.items()
        for subject, body in texts
        for opening, closing in zip(
            letters().opening[language], letters().closing[language], strict=False
        )
    ]
    return pd.DataFrame(written, columns=["subject", "body"])


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Return the facts as frames."""
    return {name: connection.table(name).df() for name in (*_FACTS, *_SOLD)}


def _engine(connection: duckdb.DuckDBPyConnection) -> Engine:
    """Return an engine that knows the facts as those of contacts."""
    engine = Engine(connection)
    for name in ("customer_traits", "purchases", "survey_facts"):
        engine.table(name, connection.table(name), "contacts")
    return engine


def our_crossing(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the bridge's figures."""
    engine = _engine(connection)
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


def _peak(contender: str, number: int) -> str:
    """Return in words what a process of its own takes at most; nothing where it is no matter."""
    if number < MANY:
        return ""
    command = [sys.executable, __file__, contender, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    peak = int(done.stdout)
    if contender == "bridge" and peak > MOST_MB:
        raise AssertionError(f"the bridge took {peak:,} MB, more than {MOST_MB:,}")
    return f", {peak:,} MB"


def _child(contender: str, number: int) -> int:
    with made(number) as connection:
        if contender == "bridge":
            our_crossing(connection)
            engine = _engine(connection)
            found = themes.compute(engine)
            named = CompetitorRules(names={RIVAL: ()}, from_field=1, no_names=frozenset())
            competitors.compute(engine, AS_OF, named)
            alarms.compute(engine, AS_OF)
            slowness.compute(engine, AS_OF)
            if not found.sorted or not len(competitors.summary(engine)):
                raise AssertionError(f"no themes or competitors in {found.texts:,} texts")
            return peak_mb()
        frames = read(connection)
    their_crossing(frames, AS_OF, complaint_rules().targets)
    return peak_mb()


if __name__ == "__main__":
    print(_child(sys.argv[1], int(sys.argv[2])))
