"""Measure what the alarms promise: how often they are false, and what they find.

Usage: python scripts/promises.py [--families N] [--bases N] [--only REGIME] [--seed S]

Draws charts of complaints in which nothing has changed, as they come in businesses that differ
(shocks that hit a whole week, seasons, trends, clusters), and prints the tables of
docs/complaints.md: how often a chart alarms all the same, how often anything in a whole base does,
and how many rises are found, beside a textbook u′ chart and a u chart that are set to be false as
often. --families says how many times forty charts are drawn for a line, --bases how many bases.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Measure in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    promises = environment.BEHIND / "promises_measure.py"
    return environment.run([python, promises, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
