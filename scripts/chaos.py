"""Sync under faults, kills and edits by chance, and compare with a sync that nothing disturbed.

Usage: python scripts/chaos.py [--seeds N] [--first S] [--minutes M] [--path stock|fast|both]
                               [--customers C] [--jobs J] [--only DISTURBANCE]... [--json FILE]

A line a seed; the exit code is 1 when a promise of docs/guarantees.md was broken, and the line
says how to play that seed again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Play in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    chaos = environment.BEHIND / "chaos_play.py"
    return environment.run([python, chaos, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
