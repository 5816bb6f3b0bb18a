"""Plays seeds, prints a line on each and the sum of all; see chaos.py."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import count, islice
from pathlib import Path

from chaos_bridge import Result
from chaos_runs import DISTURBANCES
from chaos_seed import play, replayed, written


def main(arguments: list[str]) -> int:
    """Play the seeds asked for; return 1 when a promise was broken."""
    options = _options(arguments)
    results = []
    for result in _played(options):
        results.append(result)
        print(line(result), flush=True)
    print(summary(results), flush=True)
    if options.json:
        options.json.write_text(written(results), encoding="utf-8")
    return 1 if any(result.findings for result in results) else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chaos.py")
    parser.add_argument("--seeds", type=int, help="how many; without --minutes 20")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="no seed begins later")
    parser.add_argument("--path", choices=("stock", "fast", "both"), default="both")
    parser.add_argument("--customers", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", action="append", choices=DISTURBANCES, help="may be repeated")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args(arguments)
    if options.seeds is None and options.minutes is None:
        options.seeds = 20
    return options


def _played(options: argparse.Namespace) -> Iterator[Result]:
    """Yield the results as they come, some seeds under way at once."""
    end = time.monotonic() + (options.minutes or 10_000) * 60
    seeds = islice(count(options.first), options.seeds)
    only = tuple(options.only or ())
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=spawned) as pool:
        under_way: set[Future[Result]] = set()
        while True:
            while len(under_way) < options.jobs and time.monotonic() < end:
                seed = next(seeds, None)
                if seed is None:
                    break
                path = ("stock", "fast")[seed % 2] if options.path == "both" else options.path
                under_way.add(pool.submit(play, seed, path, options.customers, only))
            if not under_way:
                return
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def line(result: Result) -> str:
    """Return what became of a seed."""
    faults = " ".join(f"{name}:{number}" for name, number in sorted(result.faults.items()))
    faults += "".join(f", {name} {number}" for name, number in _disturbances(result))
    words = (
        f"seed {result.seed:4} {result.path:5} {'FINDING' if result.findings else 'ok':7}"
        f" {result.runs:2} runs {result.kills} kills {result.stops} stops {result.edits:3} edits"
        f" {result.requests:5} requests {result.seconds:5.1f} s  {faults}"
    )
    if not result.findings:
        return words
    found = [f"    {finding[:600]}" for finding in result.findings[:8]]
    return "\n".join([words, f"    exit codes {result.exits}", *found, f"    {replayed(result)}"])


def _disturbances(*results: Result) -> list[tuple[str, int]]:
    total: Counter[str] = sum((result.disturbances for result in results), Counter())
    return sorted(total.items())


def summary(results: list[Result]) -> str:
    """Return the sum of all seeds."""
    names = ("runs", "kills", "stops", "edits", "requests", "writes", "seconds")
    sums = {name: round(sum(getattr(r, name) for r in results)) for name in names}
    faults: Counter[str] = sum((result.faults for result in results), Counter())
    found = sum(bool(result.findings) for result in results)
    listed = ", ".join(f"{name} {number:,}" for name, number in sums.items())
    kinds = ", ".join(f"{name} {number:,}" for name, number in sorted(faults.items()))
    return (
        f"\n{len(results)} seeds, {found} with findings; {listed}\n"
        f"{faults.total():,} faults: {kinds}\n"
        f"disturbances: {', '.join(f'{name} {n:,}' for name, n in _disturbances(*results))}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
