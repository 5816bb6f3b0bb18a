"""Measure on made-up bases how much better scores of leads are than a list with the newest first.

Usage: python scripts/leads.py [--seeds 20] [--customers 20000]

Writes the tables of docs/leads.md: what scores were worth on later customers of the demo data,
beside the newest first and the average of the source, and whether as many came as was forecast.
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
    measuring = environment.BEHIND / "leads_measured.py"
    return environment.run([python, measuring, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
