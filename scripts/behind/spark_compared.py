"""Holds Spark to what DuckDB makes of the same files; see spark.py."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from spark_cost import table
from spark_seeds import ZONES, compared
from spark_session import for_few_rows

from suitecrm_bridge.purchase_files import LOCAL


def main(arguments: list[str]) -> int:
    """Print a line a seed; the exit code is 1 where anything differs."""
    options = _options(arguments)
    if options.sizes:
        for line in table(options.sizes, options.master):
            print(line, flush=True)
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as spill:
        session = None if options.as_in_use else for_few_rows(options.master, Path(spill))
        failed = _compare(options)
        if session:
            session.stop()
    return 1 if failed else 0


def _compare(options: argparse.Namespace) -> int:
    """Print a line a seed, and return how many of them differ."""
    print("| seed | zone | rows | set apart | customers | forecasts | differ | all else |")
    print("|---|---|---|---|---|---|---|---|")
    failed = 0
    for seed in range(options.first, options.first + options.seeds):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = compared(seed, Path(folder), options.master)
        alike = found.different == 0 and found.told_alike
        failed += not alike
        told = "the same" if found.told_alike else "DIFFERS"
        print(
            f"| {seed} | {ZONES[seed % len(ZONES)]} | {found.rows} | {found.set_apart}"
            f" | {found.customers} | {found.forecasts} | {found.different} | {told} |",
            flush=True,
        )
        print(f"seed {seed}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return failed


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="spark.py")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--as-in-use", action="store_true")
    parser.add_argument("--master", default=LOCAL)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
