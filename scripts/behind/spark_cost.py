"""What it costs to score many purchases by DuckDB and by Spark on this machine; see spark.py."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
from bench_score import AS_OF, EACH, made

MEMORY_MB = 4_000
_TICKS = 100
_PAGE_MB = 4096 / 1e6


def table(sizes: list[int], master: str) -> Iterator[str]:
    """Yield the lines of a table; seconds of the processor and peaks count all processes."""
    yield "| purchases | customers | way | s of CPU | µs a purchase | s by the clock | peak MB |"
    yield "|---|---|---|---|---|---|---|"
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            file = made(size, folder)
            for work in ("duckdb", "spark"):
                seconds, clock, peak = _run(file, folder / f"{work}.parquet", work, master)
                yield (
                    f"| {size:,} | {size // EACH:,} | {work} | {seconds:.0f}"
                    f" | {1e6 * seconds / size:.1f} | {clock:.0f} | {peak:,.0f} |"
                )
            if different := _different(folder):
                raise AssertionError(f"{different} scores differ")


def _run(file: Path, output: Path, work: str, master: str) -> tuple[float, float, float]:
    """Return seconds of the processor, seconds by the clock and the peak of the memory."""
    command = [sys.executable, "-m", "suitecrm_bridge", "score", "--purchases", str(file)]
    command += ["--output", str(output), "--as-of", AS_OF.isoformat(), "--memory", str(MEMORY_MB)]
    command += ["--engine", work, *(["--master", master] if work == "spark" else [])]
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    seconds: dict[str, float] = {}
    peak = 0.0
    while child.poll() is None:
        found = _processes(child.pid)
        seconds |= {pid: used for pid, used, _ in found}
        peak = max(peak, sum(size for *_, size in found))
        time.sleep(0.2)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return sum(seconds.values()), time.monotonic() - began, peak


def _processes(session: int) -> list[tuple[str, float, float]]:
    """Return id, seconds of the processor and megabytes of each process of a session, on Linux."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
        try:
            words = (
                Path("/proc", pid, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
        except OSError:
            continue
        if int(words[3]) == session:
            used = (int(words[11]) + int(words[12])) / _TICKS
            found.append((pid, used, int(words[21]) * _PAGE_MB))
    return found


def _different(folder: Path) -> int:
    one, other = (f"from '{folder / name}'" for name in ("duckdb.parquet", "spark.parquet"))
    query = (
        f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"
    )
    with duckdb.connect() as connection:
        return int(connection.execute(query).fetchall()[0][0])
