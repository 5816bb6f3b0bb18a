"""Count how often the intervals of 95 % that are shown hold the truth, from 1 answer to 50.

Usage: python scripts/intervals.py

Prints the table of docs/indicators.md: for each kind of index the least probability, over many
truths, that its interval holds them, and beside it that of the interval in common use. Nothing is
drawn: the probability of every outcome is summed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import _environment


def steps(arguments: list[str]) -> int:
    """Count in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = _environment.prepare()
    counting = Path(__file__).with_name("_intervals.py")
    return _environment.run([python, counting, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(_environment.door(steps))
