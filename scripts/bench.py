"""Compare the bridge with named baselines, on the same server and data in one run.

Usage: python scripts/bench.py [SUITE...] [--repeat N] [--json FILE] [options of the suites]

Without a suite every one runs; `--help` after a suite tells its options. A ratio is how many
times as fast as the block's first line, by the quickest round; the rounds of the contenders
take turns.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Run the suites in the project's environment."""
    if arguments and {"-h", "--help"} >= {*arguments}:
        print(__doc__)
        return 0
    python = environment.prepare()
    runner = environment.BEHIND / "bench_run.py"
    return environment.run([python, runner, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
