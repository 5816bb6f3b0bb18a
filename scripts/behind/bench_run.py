"""What `scripts/bench.py` starts in the project's environment."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import bench_timing

FOLDER = Path(__file__).parent


def suites() -> dict[str, ModuleType]:
    """Return every suite by its name."""
    own = {"bench_run", "bench_floor", "bench_timing"}
    found = sorted(file.stem for file in FOLDER.glob("bench_*.py") if file.stem not in own)
    return {name.removeprefix("bench_"): importlib.import_module(name) for name in found}


def main(arguments: list[str]) -> int:
    """Run the suites that are asked for, print the table, and write the JSON file."""
    known = suites()
    options = _parsed(known, arguments)
    results: list[bench_timing.Result] = []
    for name in options.suites or known:
        for result in bench_timing.run(known[name].tasks(options), options.repeat):
            results.append(result)
            print(bench_timing.table([result]), flush=True)
            print(flush=True)
    if options.json:
        document = {"machine": machine(), "results": [result.as_dict() for result in results]}
        options.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0


def machine() -> dict[str, Any]:
    """Return what the figures depend on, nothing that names the machine."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _parsed(known: dict[str, ModuleType], arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py", description=_about(known))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(known))
    parser.add_argument("--repeat", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--json", type=Path, help="file for the figures")
    for name, suite in known.items():
        suite.options(parser.add_argument_group(name))
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.suites) - set(known))
    if unknown:
        parser.error(f"no suite {', '.join(unknown)}; there are {', '.join(known)}")
    return options


def _about(known: dict[str, ModuleType]) -> str:
    return "\n".join(f"{name}: {(suite.__doc__ or '').strip()}" for name, suite in known.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
