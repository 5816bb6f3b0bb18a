"""Score purchases in Parquet files, against pandas and polars.

RFM and the summary of the same file (frequency, recency, age, money), by pandas, polars and the
bridge, which come to the same figures of each customer; that is checked. The labels tell the peak
memory of a process that does it once. Then everything that `score --purchases` does, by the
command itself, for each of SIZES: scores, lifecycle, fitted forecasts, lifetime value, the file. A
ratio of 1 is time in proportion to the purchases; the peak memory goes to standard error.

With `--before CHECKOUT` bases of NIGHTS customers, made up in a mirror with invoices, lines and
cases, are scored by that checkout and by this one, each in a process of its own: CPU seconds of
scoring, without what Python imports.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from bench_timing import CannotDo, Task, Took, Work
from memory import peak_mb
from score_frames import FIGURES, with_pandas, with_polars

from suitecrm_bridge.analytics import churn, rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.purchase_files import Purchases

AS_OF = date(2025, 12, 31)
EACH = 10
"""Purchases a customer."""
MANY = 1_000_000
TINY = ("--scored", "3000", "--sizes", "2000", "3000", "--memory", "256")
"""Options for a test of the suite itself."""

_SCRIPT = Path(__file__).with_name("bench_score.sql")
_HERE = _SCRIPT.resolve().parents[2]


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument("--scored", type=int, default=10_000_000, help="purchases to compare on")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[1_000_000, 5_000_000],
        help="purchases to score wholly",
    )
    parser.add_argument("--memory", type=int, default=750, help="megabytes for the comparison")
    parser.add_argument("--whole-memory", type=int, default=4_000, help="megabytes for the rest")
    parser.add_argument("--folder", type=Path, help="where the files of purchases are made")
    parser.add_argument("--before", type=Path, help="an older checkout, to score mirrors with")
    parser.add_argument(
        "--nights",
        type=int,
        nargs="*",
        default=[500, 24_000, 200_000],
        help="customers of the mirrors to score",
    )


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield the comparison, then scoring each of the sizes wholly."""
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        if options.scored:
            file = made(options.scored, folder)
            labels = {who: f"{who}{_peak(who, file, options)}" for who in CONTENDERS}
            compare(file, folder, options.memory)
            works = [(labels[who], _work(who, file, options)) for who in CONTENDERS]
            yield Task(
                f"RFM and summary of {options.scored:,} purchases",
                works[0],
                works[1:],
                "purchases",
            )
            file.unlink()
        if options.sizes:
            runs = [_whole(size, folder, options.whole_memory) for size in options.sizes]
            yield Task(
                f"score --purchases, {EACH} a customer, {options.whole_memory:,} MB for DuckDB",
                runs[0],
                runs[1:],
                "purchases",
            )
        if options.before:
            for customers in options.nights:
                yield Task(
                    f"score a mirror of {customers:,} customers, s of CPU",
                    ("before", _night(options.before.resolve(), customers, folder)),
                    [("now", _night(_HERE, customers, folder))],
                    "customers",
                )


def _night(checkout: Path, customers: int, folder: Path) -> Work:
    """Score a mirror that the checkout itself fills; each time a copy of it."""
    base, home = (folder / f"{kind}-{checkout.name}-{customers}" for kind in ("filled", "scored"))
    paths = os.pathsep.join((str(checkout), str(_SCRIPT.parent)))
    environment = {**os.environ, "PYTHONPATH": paths}

    def run(*arguments: str) -> str:
        command = [sys.executable, str(_SCRIPT.with_name("score_night.py")), *arguments]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        if done.returncode:
            raise CannotDo(done.stderr.strip().rpartition("\n")[2])
        return done.stdout

    def work() -> Took:
        if not base.is_dir():
            base.mkdir()
            run(str(base), str(customers))
        shutil.copytree(base, home)
        try:
            found = json.loads(run(str(home)).splitlines()[-1])
        finally:
            shutil.rmtree(home)
        peak = int(found["peak_mb"])
        print(f"peak of {customers:,} customers, {checkout.name}: {peak:,} MB", file=sys.stderr)
        return Took(float(found["cpu"]), int(found["customers"]))

    return work


def made(size: int, folder: Path) -> Path:
    """Make a file of purchases, the same each time."""
    file = folder / f"purchases-{size}.parquet"
    config = {"memory_limit": "2GB", "temp_directory": str(folder / "spill")}
    with duckdb.connect(config={**config, "preserve_insertion_order": False}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set variable n = {size}; set variable c = {max(1, size // EACH)}")
        query = _SCRIPT.read_text(encoding="utf-8")
        connection.execute(f"copy ({query}) to '{file}' (format parquet)")
    return file


def ours(file: Path, folder: Path, memory: int, *, whole: bool = False) -> Any:
    """Find the figures; return them, or only how many customers there are."""
    with Purchases([file], folder, memory) as purchases:
        purchases.read()
        engine = Engine(purchases.connection)
        engine.view("purchases", "purchase_rows", rfm.ANYBODY)
        engine.view("customers", "customer_names", rfm.ANYBODY)
        rfm.rank(engine, {rfm.ANYBODY: "always_fifths"}, "invoices", AS_OF, 30)
        churn.sum_up(engine, AS_OF)
        purchases.connection.execute(
            "create temp table figures as select n.name as customer_id, r.rfm_segment,"
            f" {', '.join(FIGURES)} from rfm as r join customer_names as n using (customer_id)"
            " left join btyd_summary as s using (customer_id)"
        )
        if whole:
            return purchases.connection.table("figures").df()
        return purchases.connection.execute("select count(*) from figures").fetchall()[0][0]


CONTENDERS = ("pandas", "polars", "suitecrm-bridge")


def _once(who: str, file: Path, memory: int) -> None:
    if who == "pandas":
        with_pandas(file, AS_OF)
    elif who == "polars":
        with_polars(file, AS_OF)
    else:
        ours(file, file.parent, memory)


def _work(who: str, file: Path, options: argparse.Namespace) -> Work:
    def work() -> int:
        _once(who, file, options.memory)
        return int(options.scored)

    return work


def compare(file: Path, folder: Path, memory: int) -> None:
    """Refuse figures that are not the same."""
    found = ours(file, folder, memory, whole=True).set_index("customer_id")[list(FIGURES)]
    others = [with_pandas(file, AS_OF), with_polars(file, AS_OF).to_pandas()]
    for other in others:
        if "customer_id" in other.columns:
            other = other.set_index("customer_id")
        other.index = other.index.astype(object)
        other = other.reindex(found.index)[list(FIGURES)].astype("float64").fillna(0)
        different = (other != found.astype("float64").fillna(0)).sum()
        if different.any():
            raise AssertionError(f"the figures differ: {different.to_dict()}")


def _whole(size: int, folder: Path, memory: int) -> tuple[str, Work]:
    file = made(size, folder)

    def work() -> int:
        command = [sys.executable, __file__, "whole", str(file), str(memory)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        peak = int(done.stdout.splitlines()[-1])
        print(f"peak of {size:,} purchases: {peak:,} MB", file=sys.stderr)
        return size

    return f"{size:,} purchases", work


def _peak(who: str, file: Path, options: argparse.Namespace) -> str:
    """Return in words what a process of its own takes at most; nothing where it is no matter."""
    if options.scored < MANY:
        return ""
    command = [sys.executable, __file__, who, str(file), str(options.memory)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return f", {int(done.stdout):,} MB"


def _child(who: str, file: Path, memory: int) -> int:
    if who != "whole":
        _once(who, file, memory)
        return peak_mb()
    from suitecrm_bridge.cli import main

    output = file.with_name("scores.parquet")
    arguments = ["score", "--purchases", str(file), "--output", str(output)]
    arguments += ["--as-of", AS_OF.isoformat(), "--memory", str(memory)]
    main(arguments, standalone_mode=False)
    output.unlink()
    return peak_mb()


if __name__ == "__main__":
    print(_child(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
