"""Sync that many made-up SuiteCRMs at once, of which one is not there and one never answers.

Usage: python scripts/clients.py [CLIENTS] [--parallel N] [--minutes M]

Says how long it took, how each ended that was not done, and how much memory all processes took
together at most; the exit code is 1 when others than those two were not done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Run in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    return environment.run(
        [python, environment.BEHIND / "many_clients.py", *arguments], cwd=Path.cwd()
    )


if __name__ == "__main__":
    sys.exit(environment.door(steps))
