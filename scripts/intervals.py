"""Count how often the intervals of 95 % that are shown hold the truth, from 1 answer to 50.

Usage: python scripts/intervals.py

Prints the table of docs/indicators.md: for each kind of index the least probability, over many
truths, that its interval holds them, and beside it that of the interval in common use. Nothing is
drawn: the probability of every outcome is summed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Count in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    counting = environment.BEHIND / "intervals_counted.py"
    return environment.run([python, counting, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
