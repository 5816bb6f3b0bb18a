"""Check everything: format, lint, types, layers, tests.

Usage: python scripts/test.py [ARGUMENTS FOR PYTEST]

    python scripts/test.py                          everything
    python scripts/test.py --stories                and whole nights of faults and kills, as CI does
    python scripts/test.py --long                   and those at more places than CI has time for
    python scripts/test.py tests/catalogue -k gap   the tests named, after the other checks
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from behind import environment

TYPES = ("-m", "mypy")
"""Takes one core for as long as tests take to begin on the others."""

CHECKS = (
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("lint", ("-m", "ruff", "check", ".")),
    (
        "layers",
        ("-c", "import sys; from importlinter.cli import lint_imports as run; sys.exit(run())"),
    ),
)

TESTS = ("-m", "pytest", "--numprocesses", "auto", "--dist", "worksteal")
"""A file's tests stay in one process, which makes what they share once, until another has none."""

MEMORY = Path("/dev/shm")  # noqa: S108, pytest makes a folder of its own in it
ROOM = 4 << 30


def steps(arguments: list[str]) -> int:
    """Run every check, then pytest with `arguments`; fail if any of them failed."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare(["dev"])
    keep_in_memory()
    results = {}
    types = environment.begin([python, *TYPES])
    for name, command in (*CHECKS, ("tests", (*TESTS, *arguments))):
        print(f"\n== {name}", flush=True)
        results[name] = environment.run([python, *command])
    print("\n== types", flush=True)
    results["types"] = types()
    print("\n== summary")
    for name, code in results.items():
        print(f"{name:8}", f"failed (exit code {code})" if code else "passed")
    return 1 if any(results.values()) else 0


def keep_in_memory() -> None:
    """Let pytest's temporary files lie in memory where there is room.

    A third of the time of many tests is a disk that says that it holds what a mirror committed.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


if __name__ == "__main__":
    sys.exit(environment.door(steps))
