"""Draw the page of a report over made-up mirrors, and open it in Chromium where there is one.

Seconds are those of the processor for drawing; the line before the table tells memory, the size of
the page, and how long Chromium takes to start, open it and take a picture. A large mirror is a
scored one of 100,000 customers, many times over under other ids.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_timing import CannotDo, Task, Took, Work

_HERE = Path(__file__).resolve().parent
AT_ONCE = 100_000
"""Customers that are scored; more are copies of them."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TINY = ("--reports", "60")
"""Options for a test of the suite itself."""


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument(
        "--reports", type=int, nargs="+", default=[200, 100_000, 1_000_000], help="customers"
    )
    parser.add_argument("--report-memory", type=int, default=3_000, help="MB for DuckDB")


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield the page of each size."""
    with tempfile.TemporaryDirectory() as name:
        works = [(f"{n:,}", _work(n, options.report_memory, Path(name))) for n in options.reports]
        yield Task("draw the page of a report, by customers", works[0], works[1:], "customers")


def _work(customers: int, memory: int, folder: Path) -> Work:
    home = folder / str(customers)

    def work() -> Took:
        if not home.is_dir():
            home.mkdir()
            _run(home, memory, str(min(customers, AT_ONCE)), str(max(1, customers // AT_ONCE)))
        found = json.loads(_run(home, memory).splitlines()[-1])
        page = home / "report" / "report.html"
        told = f"{customers:,} customers: {page.stat().st_size / 1e6:.1f} MB of page"
        print(f"{told}, {found['peak_mb']:,.0f} MB of memory{_opened(page)}", flush=True)
        return Took(found["cpu"], customers)

    return work


def _run(home: Path, memory: int, *arguments: str) -> str:
    command = [sys.executable, str(_HERE / "report_drawn.py"), str(home), str(memory), *arguments]
    root = os.pathsep.join((str(_HERE.parent.parent), str(_HERE)))
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise CannotDo(done.stderr.strip().rpartition("\n")[2])
    return done.stdout


def _opened(page: Path) -> str:
    """Return in words how long a browser takes to show a page, "" without one."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return ""
    picture = f"--screenshot={page.with_suffix('.png')}"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1300,1000"]
    began = time.perf_counter()
    subprocess.run([browser, *quiet, picture, page.as_uri()], capture_output=True, check=False)
    return f", {time.perf_counter() - began:.1f} s in Chromium"
